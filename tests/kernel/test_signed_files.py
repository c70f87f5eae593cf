"""Signatures in the file: PAdES B-LTA, still an archive file, and every way to tamper with one seen and named."""

import io
from datetime import timedelta

import page
import pypdf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils import generic

from kernel import config, signing
from kernel.errors import Conflict, InvalidInput, NotAllowed
from kernel.signing import Brought, authority
from kernel.signing.examine import examine
from kernel.signing.renewal import renewed
from kernel.signing.trust import trust
from tests.kernel.signing_parts import AT, LATER, a_page, a_request

pytestmark = [pytest.mark.prints, pytest.mark.slow]


@pytest.fixture(scope="module")
def issued(settings):
    """The text as issued."""
    return a_page()


@pytest.fixture(scope="module")
def first(issued):
    """The act of the first of two signers."""
    return signing.PADES_ONE_TIME.sign(a_request(issued))


@pytest.fixture(scope="module")
def second(issued, first):
    """The act of the second."""
    return signing.PADES_ONE_TIME.sign(a_request(issued, 2, first.signed_file, LATER))


@pytest.fixture(scope="module")
def whole(second):
    """The file with both signatures."""
    return second.signed_file


def format_failures(content):
    """What breaks PDF/A-3, apart from one rule: the tool wants every signature to reach the end of the file, ISO 19005-3
    the end of its own revision; `test_each_signature_covers_its_revision` asks that."""
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_A_3B)
    return [f.rule_id for f in report.failures if f.rule_id != "PDFA3B-SIGNATURE-BYTERANGE-001"]


def a_key_file(pair, password=b"geheim"):
    """A PKCS#12 file as a person keeps it."""
    return pkcs12.serialize_key_and_certificates(
        "键".encode(), pair.key, pair.certificate, [authority.root().certificate], serialization.BestAvailableEncryption(password)
    )


@pytest.fixture
def unrevoked():
    """Takes back what a test revoked."""
    yield
    (config.settings().data / "keys" / "demo-revoked.json").unlink(missing_ok=True)


class TestFile:
    def test_stays_an_archive_file(self, issued, first, whole):
        assert [format_failures(content) for content in (issued, first.signed_file, whole)] == [[], [], []]

    def test_closes_every_stream_so_that_its_length_shows(self, whole):
        assert whole.count(b"endstream") == whole.count(b"\r\nendstream") > 10
        written = io.BytesIO()
        generic.StreamObject(encoded_data=b"last is a return\r").write_to_stream(written)
        assert written.getvalue().endswith(b"\r\r\nendstream")

    def test_each_signature_covers_its_revision(self, first):
        end = pypdf.PdfReader(io.BytesIO(first.signed_file)).get_fields()["Signature-1"].value["/ByteRange"]
        alone = first.signed_file[: end[2] + end[3]]
        report = page.validate_pdf_bytes(alone, profile=page.ValidationProfile.PDF_A_3B)
        assert alone.rstrip().endswith(b"%%EOF") and report.is_compliant

    def test_begins_with_what_was_issued_and_with_what_was_signed_before(self, issued, first, whole):
        assert first.signed_file.startswith(issued) and whole.startswith(first.signed_file)

    def test_shows_each_signature_where_the_text_left_a_place(self, whole):
        sheet = pypdf.PdfReader(io.BytesIO(whole)).pages[0]
        widgets = [note.get_object() for note in sheet["/Annots"] if "/AP" in note.get_object()]
        boxes = {str(one["/T"]): [float(n) for n in one["/Rect"]] for one in widgets}
        assert set(boxes) == {"Signature-1", "Signature-2"}
        assert boxes["Signature-1"][1] - boxes["Signature-2"][3] == pytest.approx(0, abs=1.5)
        assert all(box[2] - box[0] == 228 and box[3] - box[1] == 72 for box in boxes.values())

    def test_without_places_shows_them_at_the_foot(self, issued):
        plain = a_page(body='<!doctype html><html lang="zh-CN"><head><title>试</title><style>@page {{ size: A4; '
                       'font-family: "{family}" }} body {{ font-family: "{family}" }}</style></head><body><h1>约</h1></body></html>')  # fmt: skip
        signed = signing.PADES_ONE_TIME.sign(a_request(plain, 2)).signed_file
        notes = [note.get_object() for note in pypdf.PdfReader(io.BytesIO(signed)).pages[0]["/Annots"]]
        boxes = [[float(n) for n in note["/Rect"]] for note in notes if float(note["/Rect"][2])]
        assert [box[1] for box in boxes] == [6, 6] and boxes[0][2] < boxes[1][0] and format_failures(signed) == []


class TestSignature:
    def test_reaches_the_level_of_archives(self, first, second):
        assert (first.evidence["level"], second.evidence["level"]) == ("B-LTA", "B-LTA")
        assert first.evidence["certificate"]["demonstration"] is True
        assert "no legal effect" in first.evidence["certificate"]["issuer"]

    def test_names_signer_and_moment(self, whole):
        found = examine(whole, trust(LATER))
        assert [(one.signer, one.stamped_at, one.status) for one in found.signatures] == [("张三", AT, "OK"), ("李四", LATER, "OK")]
        assert found.problems == () and found.stamps == (AT, LATER)

    def test_needs_the_same_confirmation_as_every_way(self, issued):
        with pytest.raises(NotAllowed, match="password"):
            signing.PADES_ONE_TIME.sign(a_request(issued, proof={}))

    def test_leaves_no_key_behind(self, whole):
        kept = {path.name for path in (config.settings().data / "keys").iterdir()}
        assert kept <= {"secret", "log.pem", "checkpoints.pem", "sealing", "demo-ca.pem", "demo-tsa.pem", "demo-tsa-ca.pem", "demo-revoked.json"}

    def test_is_not_possible_without_a_time_stamp_service(self, issued, monkeypatch):
        grown_up = config.Settings(**(vars(config.settings()) | {"demo": False}))
        monkeypatch.setitem(config._loaded, "settings", grown_up)
        with pytest.raises(Conflict, match="TIMESTAMP_URL"):
            signing.PADES_ONE_TIME.sign(a_request(issued))

    def test_of_a_demonstration_counts_for_nothing_outside_one(self, whole, monkeypatch):
        grown_up = config.Settings(**(vars(config.settings()) | {"demo": False}))
        monkeypatch.setitem(config._loaded, "settings", grown_up)
        assert {one.code for one in examine(whole, trust(LATER)).problems} >= {"untrusted"} or examine(whole, trust(LATER)).problems


class TestKeyFile:
    def test_signs_once_and_is_forgotten(self, issued):
        pair = authority.issue("张三", "单位1", AT - timedelta(days=2))
        request = a_request(issued, material=Brought(a_key_file(pair), "geheim"))
        act = signing.PADES_FILE.sign(request)
        assert act.evidence["certificate"]["serial"] == format(pair.certificate.serial_number, "x")
        assert "geheim" not in str(act.evidence) and "geheim" not in repr(request)

    @pytest.mark.parametrize(
        ("brought", "field"),
        [(None, "certificate"), (Brought(), "certificate"), (Brought(b"no file", "x"), "certificate_password")],
    )
    def test_must_be_there_and_open(self, issued, brought, field):
        with pytest.raises(InvalidInput) as caught:
            signing.PADES_FILE.sign(a_request(issued, material=brought))
        assert field in caught.value.messages

    @pytest.mark.parametrize(("name", "of"), [("王五", "别的单位"), ("张三丰", "单位12"), ("", "小单位1")])
    def test_must_be_in_the_name_of_the_signer(self, issued, name, of):
        pair = authority.issue(name, of, AT)
        with pytest.raises(InvalidInput) as caught:
            signing.PADES_FILE.sign(a_request(issued, material=Brought(a_key_file(pair), "geheim")))
        assert "another name" in str(caught.value.messages["certificate"][0])

    def test_must_not_be_revoked(self, issued, unrevoked):
        pair = authority.issue("张三", "单位1", AT)
        authority.revoke(pair.certificate.serial_number, AT - timedelta(minutes=1))
        with pytest.raises(InvalidInput) as caught:
            signing.PADES_FILE.sign(a_request(issued, material=Brought(a_key_file(pair), "geheim")))
        assert "revoked" in str(caught.value.messages["certificate"][0])


class TestRenewal:
    def test_lays_a_fresh_stamp_over_the_last(self, whole):
        fresh = renewed(whole, AT + timedelta(hours=2))
        found = examine(fresh, trust(AT + timedelta(hours=3)))
        assert fresh.startswith(whole) and len(found.stamps) == 3 and found.problems == ()
        assert format_failures(fresh) == []

    def test_keeps_a_signature_sound_long_after_its_certificate_expired(self, issued):
        kept, at = signing.PADES_ONE_TIME.sign(a_request(issued)).signed_file, AT
        for _year in range(3):
            at += timedelta(days=366)
            kept = renewed(kept, at)
        found = examine(kept, trust(at + timedelta(days=300)))
        assert found.problems == () and [(one.status, one.level) for one in found.signatures] == [("OK", "B-LTA")]
        assert len(found.stamps) == 4

    def test_refuses_a_file_that_no_longer_holds(self, whole):
        with pytest.raises(Conflict, match="could not be renewed"):
            renewed(b"%PDF-1.7 nothing", AT)
