"""The check of a file somebody received: whole, an earlier state, or changed; every way to tamper is seen and named."""

import functools
import io
import re
from datetime import timedelta

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf

from kernel import clock, config, documents, pdf, signing
from kernel.command import execute
from kernel.db import db
from kernel.errors import Conflict
from kernel.signing import authority
from kernel.signing.contents import gaps
from kernel.signing.trust import asn1_certificate, asn1_key
from tests.kernel import deeds
from tests.kernel.deeds import NOW, A, B, signer
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


@pytest.fixture
def unrevoked():
    """Takes back what a test revoked."""
    yield
    (config.settings().data / "keys" / "demo-revoked.json").unlink(missing_ok=True)


class Prepared:
    """Hands out signatures that were really made before, so that ten tests need not make them again."""

    method = "pades_one_time"

    def __init__(self, acts):
        self.acts = list(acts)

    def sign(self, request):
        act = self.acts[request.place - 1]
        sealed = signing.RECORDED_ACT.sign(request).evidence
        return signing.SignedAct(act.method, act.evidence | sealed, act.signed_file)

    def is_intact(self, evidence, sha256):
        return signing.PADES_ONE_TIME.is_intact(evidence, sha256)


@pytest.fixture
def document(app, issued, first, second, monkeypatch):
    """The document of a deed that both parties signed in the file, by commands that stand in the log."""
    monkeypatch.setattr(pdf, "render", lambda *_, **__: issued)
    sign = functools.partial(documents.sign, by=Prepared([first, second]))
    monkeypatch.setattr(documents, "sign", sign)
    with clock.frozen(NOW):
        deed = execute(deeds.prepare, actor=signer(A))
    for moment, party in ((AT, A), (LATER, B)):
        with clock.frozen(moment):
            execute(deeds.sign, actor=signer(party, "张三" if party == A else "李四"), subject_id=deed.id)
    return documents.current(deeds.STATEMENT.name, deed)


def flipped(content, at):
    """The content with one byte changed."""
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def updated(content, change):
    """The content with a revision appended in which something was changed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def swap_attachment(writer):
    """Put other bytes behind the embedded file."""
    spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
    other = generic.StreamObject({generic.NameObject("/Type"): generic.NameObject("/EmbeddedFile")}, stream_data=b'{"terms": 2}')
    spec["/EF"][generic.NameObject("/F")] = writer.add_object(other)
    writer.update_container(spec["/EF"])


def add_page_text(writer):
    """Change a page."""
    writer.root["/Pages"]["/Kids"][0][generic.NameObject("/Rotate")] = generic.NumberObject(90)
    writer.update_container(writer.root["/Pages"]["/Kids"][0])


def third_signature(content):
    """A signature of a stranger, with a certificate the site believes."""
    pair = authority.issue("王五", "单位3", AT)
    stranger = SimpleSigner(asn1_certificate(pair.certificate), asn1_key(pair.key), None)
    out = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), PdfSignatureMetadata(field_name="Extra"), signer=stranger)
    return out.getvalue()


def inside(content, kind, number):
    """A place amid the bytes of a signature or time stamp."""
    gap = [gap for gap in gaps(content) if gap.kind == kind][number]
    return gap.begin + 600


def embedded_stream(content):
    """A place amid the embedded file."""
    return re.search(rb"/EmbeddedFile.*?stream\r?\n", content, re.S).end() + 6


MATRIX = {
    "one byte of the text": (lambda w, f: flipped(w, 2000), "changed", 1),
    "one byte behind the first signature": (lambda w, f: flipped(w, len(f) + 40), "changed", 3),
    "one byte of a signature": (lambda w, f: flipped(w, inside(w, "signature", 0)), "signature", 2),
    "one byte of a time stamp": (lambda w, f: flipped(w, inside(w, "stamp", 0)), "timestamp", 2),
    "one byte of the last time stamp": (lambda w, f: flipped(w, inside(w, "stamp", 1)), "timestamp", 3),
    "appended revision": (lambda w, f: updated(w, add_page_text), "appended", 4),
    "swapped attachment, appended": (lambda w, f: updated(w, swap_attachment), "attachment", 4),
    "swapped attachment, in place": (lambda w, f: flipped(w, embedded_stream(w)), "attachment", 1),
    "swapped attachment after the first signature": (lambda w, f: updated(f, swap_attachment), "attachment", 3),
    "cut back to the first signature": (lambda w, f: f, "cut_back", 2),
    "cut off in the midst": (lambda w, f: w[: len(f) + 100], "cut", 3),
    "garbage after the end": (lambda w, f: w + b"\n% a remark nobody signed\n", "garbage", 4),
    "third signature": (lambda w, f: third_signature(w), "foreign_signature", 4),
    "third signature after the first": (lambda w, f: third_signature(f), "foreign_signature", 3),
    "another file": (lambda w, f: b"%PDF-1.7 something else", "other", None),
    "no file at all": (lambda w, f: b"", "cut", 1),
}


class TestCheckFile:
    def test_finds_the_whole_file_whole(self, document, whole):
        verdict = documents.check_file(document, whole, LATER)
        assert (verdict.code, verdict.whole, str(verdict.text)[:8]) == ("whole", True, "The file")
        assert documents.verify(document)["genuine"] and documents.newest_content(document) == whole

    @pytest.mark.parametrize("row", MATRIX)
    def test_refuses_and_names(self, row, document, first, whole):
        tamper, code, revision = MATRIX[row]
        verdict = documents.check_file(document, tamper(whole, first.signed_file), LATER)
        assert (verdict.code, verdict.whole, verdict.revision) == (code, False, revision)

    def test_refuses_when_a_certificate_was_revoked_before_it_signed(self, document, whole, second, unrevoked):
        authority.revoke(int(second.evidence["certificate"]["serial"], 16), LATER - timedelta(minutes=1))
        verdict = documents.check_file(document, whole, LATER + timedelta(days=1))
        assert (verdict.code, verdict.whole) == ("revoked", False)

    def test_lets_stand_what_was_signed_before_the_revocation(self, document, whole, second, unrevoked):
        authority.revoke(int(second.evidence["certificate"]["serial"], 16), LATER + timedelta(minutes=1))
        assert documents.check_file(document, whole, LATER + timedelta(hours=1)).whole

    def test_knows_the_text_before_its_signatures(self, document, issued):
        verdict = documents.check_file(document, issued, LATER)
        assert verdict.code == "cut_back" and "张三" in str(verdict.text) and "李四" in str(verdict.text)

    def test_refuses_a_file_the_log_does_not_name(self, app, issued, monkeypatch):
        monkeypatch.setattr(pdf, "render", lambda *_, **__: issued)
        unlogged = deeds.draw(("toy_deed", A), jurisdiction="530000")
        assert documents.check_file(unlogged, issued, LATER).code == "unlogged"
        db.session.rollback()

    def test_says_when_somebody_has_not_signed(self, app, issued, monkeypatch):
        monkeypatch.setattr(pdf, "render", lambda *_, **__: issued)
        with clock.frozen(NOW):
            deed = execute(deeds.prepare, actor=signer(A))
        waiting = documents.current(deeds.STATEMENT.name, deed)
        assert documents.check_file(waiting, issued, LATER).code == "unfinished"

    def test_sees_a_signed_file_changed_in_the_store(self, document):
        path = config.settings().data / "files" / documents.newest(document).key
        path.write_bytes(flipped(path.read_bytes(), 100))
        assert documents.verify(document, rerender=False)["signed_files_match"] is False
        with pytest.raises(Conflict, match=document.number):
            documents.newest_content(document)

    def test_sees_a_signed_file_that_is_gone_from_the_store(self, document):
        (config.settings().data / "files" / documents.newest(document).key).unlink()
        assert documents.verify(document, rerender=False)["signed_files_match"] is False

    def test_refuses_a_kept_file_whose_making_the_log_does_not_name(self, document, whole, monkeypatch):
        monkeypatch.setattr(documents.checking, "logged_version", lambda *_: None)
        assert documents.check_file(document, whole, LATER).code == "unlogged"
