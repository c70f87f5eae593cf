"""Signing where a service fails, and files that are no longer what a reader expects: refused in words, never a crash."""

import random
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from kernel import config, signing
from kernel.errors import Conflict, InvalidInput
from kernel.signing import Brought, authority, contents, pades, writing
from kernel.signing.examine import Examined, Problem, examine
from kernel.signing.renewal import renewed
from kernel.signing.trust import trust
from kernel.words import Text
from tests.kernel.signing_parts import AT, a_page, a_request

# Object identifiers as they stand in a structure, and others of the same length in their place.
STAMPED, OF_DATA = bytes.fromhex("060b2a864886f70d0109100104"), bytes.fromhex("06092a864886f70d0107010500")
SHA256, UNKNOWN = bytes.fromhex("0609608648016503040201"), bytes.fromhex("0609608648016503040277")
MESSAGE_DIGEST, OTHER = bytes.fromhex("06092a864886f70d010904"), bytes.fromhex("06092a864886f70d010977")
pytestmark = [pytest.mark.prints, pytest.mark.slow]


@pytest.fixture(scope="module")
def issued(settings):
    """The text as issued."""
    return a_page()


@pytest.fixture(scope="module")
def signed(issued):
    """The file with one signature."""
    return signing.PADES_ONE_TIME.sign(a_request(issued)).signed_file


@pytest.fixture
def no_stamps(monkeypatch):
    """The time stamp service that was set does not answer: nobody listens at its port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    unreachable = replace(config.settings(), timestamp_url=f"http://127.0.0.1:{port}/tsa")
    monkeypatch.setitem(config._loaded, "settings", unreachable)


class TestServices:
    def test_nothing_is_signed_without_a_time_stamp(self, issued, no_stamps) -> None:
        with pytest.raises(Conflict, match="could not be written"):
            signing.PADES_ONE_TIME.sign(a_request(issued))

    def test_nothing_is_renewed_without_one(self, signed, no_stamps) -> None:
        with pytest.raises(Conflict, match="could not be renewed"):
            renewed(signed, AT + timedelta(hours=2))

    def test_what_does_not_pass_its_own_check_is_not_kept(self, issued, monkeypatch) -> None:
        found = Examined((), (), 1, (Problem("garbage", Text("Bytes stand behind it.")),))
        monkeypatch.setattr(pades, "examine", lambda *_: found)
        with pytest.raises(Conflict, match="own check"):
            signing.PADES_ONE_TIME.sign(a_request(issued))


class TestKeyFile:
    def test_without_a_key_is_refused(self, issued) -> None:
        pair = authority.issue("张三", "单位1", AT)
        alone = pkcs12.serialize_key_and_certificates(b"", None, pair.certificate, None, serialization.NoEncryption())
        with pytest.raises(InvalidInput) as caught:
            signing.PADES_FILE.sign(a_request(issued, material=Brought(alone, "")))
        assert "no key" in str(caught.value.messages["certificate"][0])

    def test_of_an_authority_nobody_believes_is_refused(self, issued, monkeypatch, tmp_path) -> None:
        with pytest.MonkeyPatch.context() as elsewhere:
            elsewhere.setitem(config._loaded, "settings", replace(config.settings(), data=tmp_path))
            (tmp_path / "keys").mkdir()
            pair, above = authority.issue("张三", "单位1", AT), authority.root().certificate
        grown_up = replace(config.settings(), demo=False, timestamp_url="http://127.0.0.1:9/tsa")
        monkeypatch.setitem(config._loaded, "settings", grown_up)
        closed = serialization.BestAvailableEncryption(b"x")
        file = pkcs12.serialize_key_and_certificates(b"", pair.key, pair.certificate, [above], closed)
        with pytest.raises(InvalidInput) as caught:
            signing.PADES_FILE.sign(a_request(issued, material=Brought(file, "x")))
        assert "Nobody this site believes" in str(caught.value.messages["certificate"][0])


class TestUnreadable:
    @pytest.mark.parametrize("content", [b"", b"no file", b"%PDF-1.7\n%%EOF\n"])
    def test_is_said_of_what_is_no_pdf(self, content) -> None:
        assert contents.attached(content) is None and contents.gaps(content) == []
        assert contents.title_of(content) == ""
        assert [one.code for one in examine(content, trust(AT)).problems] == ["unreadable"]

    @pytest.mark.parametrize("kind", ["signature", "stamp"])
    @pytest.mark.parametrize("old, new, times", [(STAMPED, OF_DATA, 1), (SHA256, UNKNOWN, -1), (MESSAGE_DIGEST, OTHER, -1)])
    def test_is_named_where_the_structure_says_what_nobody_expects(self, signed, kind, old, new, times) -> None:
        gap = next(one for one in contents.gaps(signed) if one.kind == kind)
        written = bytes.fromhex(signed[gap.begin + 1 : gap.end - 1].decode())
        assert old in written
        changed = b"<" + written.replace(old, new, times).hex().encode() + b">"
        found = examine(signed[: gap.begin] + changed + signed[gap.end :], trust(AT))
        assert found.problems and all(one.status != "OK" for one in found.signatures)

    @pytest.mark.parametrize("part", ["signature", "stamp"])
    def test_is_named_where_a_signature_or_stamp_is_no_structure(self, signed, part) -> None:
        gap = next(one for one in contents.gaps(signed) if one.kind == part)
        emptied = signed[: gap.begin] + b"<" + b"0" * (gap.end - gap.begin - 2) + b">" + signed[gap.end :]
        found = examine(emptied, trust(AT))
        assert found.problems and not (part == "stamp" and found.stamps)

    @pytest.mark.parametrize("seed", range(4))
    def test_never_crashes_a_reader(self, signed, seed) -> None:
        """Of a file with one bit changed outside of the signatures themselves, something is always wrong."""
        draw, gaps = random.Random(seed), contents.gaps(signed)  # noqa: S311
        for _ in range(12):
            at = draw.randrange(len(signed))
            if any(gap.begin <= at < gap.end for gap in gaps):
                continue  # the room left behind a signature says nothing
            changed = signed[:at] + bytes([signed[at] ^ (1 << draw.randrange(8))]) + signed[at + 1 :]
            assert examine(changed, trust(AT)).problems, at
            contents.attached(changed)
            contents.gaps(changed)


class TestWriting:
    def test_passes_on_what_else_is_asked_of_a_file(self, tmp_path) -> None:
        with (tmp_path / "x").open("wb") as file:
            clearly = writing._Clearly(file)
            clearly.write(b"stream")
            clearly.write(b"\nendstream")
            assert clearly.tell() == len(b"stream\r\nendstream")
