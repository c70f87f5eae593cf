"""Signing: a named person with a mandate, confirmed, for exactly one file."""

import io
import uuid
from datetime import timedelta

import pypdf
import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError

from kernel import audit, clock, documents, signing
from kernel.actor import ANONYMOUS, Actor
from kernel.command import execute
from kernel.db import db, new_id
from kernel.documents import Signature
from kernel.errors import Conflict, NotAllowed, WrongState
from kernel.storage import store
from tests.kernel import deeds
from tests.kernel.deeds import NOW, A, B, C, draw, signer

pytestmark = pytest.mark.prints

CONFIRMED = {"confirmed": True, "method": "password", "at": "2026-11-21T08:29:58+00:00"}


@pytest.fixture
def document(app):
    made = draw(("toy_deed", new_id()), jurisdiction="530000")
    db.session.commit()
    return made


def sign(document, actor, **changes):
    options = {"capacity": {"zh": "法定代表人", "en": "Legal representative"}, "now": NOW, "evidence": CONFIRMED} | changes
    return documents.sign(document, actor=actor, **options)


class TestSign:
    def test_freezes_first_and_comes_into_force_last(self, document):
        assert documents.outstanding(document) == [A, B]
        sign(document, signer(A))
        assert (document.state, document.frozen_at) == ("drawn_up", NOW) and documents.outstanding(document) == [B]
        sign(document, signer(B), now=NOW + timedelta(hours=1))
        assert (document.state, document.frozen_at) == ("in_force", NOW) and documents.outstanding(document) == []

    def test_keeps_who_for_whom_how_and_for_which_file(self, document):
        act = sign(document, signer(A), mandate="授权书〔2026〕1号")
        assert (act.name, act.organisation_name, act.mandate) == ("张三", "单位11", "授权书〔2026〕1号")
        assert (act.method, act.document_sha256, act.signed_at) == ("recorded_act", document.sha256, NOW)
        statement = act.evidence["statement"]
        assert statement["confirmation"] == CONFIRMED and statement["document_sha256"] == document.sha256
        assert documents.signatures(document) == [act] and act.storage_key is None

    def test_is_given_once_by_an_organisation(self, document):
        sign(document, signer(A))
        with pytest.raises(Conflict, match="单位11"):
            sign(document, signer(A, "李四"))

    @pytest.mark.parametrize(
        ("actor", "said"),
        [
            (signer(C), "not among those"),
            (ANONYMOUS, "not among those"),
            (signer(A, mandates=["apply"]), "no mandate"),
            (Actor(None, "机器", A, "单位", mandates=frozenset({"sign"})), "Only a person"),
        ],
    )
    def test_is_refused_to_others(self, document, actor, said):
        with pytest.raises(NotAllowed, match=said):
            sign(document, actor)
        assert documents.signatures(document) == [] and document.frozen_at is None

    @pytest.mark.parametrize("evidence", [{}, {"confirmed": False}, {"confirmed": "yes"}, {"confirmed": 1}])
    def test_needs_the_confirmation(self, document, evidence):
        with pytest.raises(NotAllowed, match="password"):
            sign(document, signer(A), evidence=evidence)

    def test_holds_for_the_text_that_was_seen(self, document):
        with pytest.raises(Conflict, match="no longer the one you saw"):
            sign(document, signer(A), evidence=CONFIRMED | {"document_sha256": "0" * 64})
        assert sign(document, signer(A), evidence=CONFIRMED | {"document_sha256": document.sha256})

    def test_keeps_no_secret(self, document):
        with pytest.raises(ValueError, match="password"):
            sign(document, signer(A), evidence=CONFIRMED | {"password": "geheim"})

    def test_is_closed_once_everybody_has_signed_or_it_has_ended(self, document):
        documents.revoke(document, now=NOW, reason="作废")
        with pytest.raises(WrongState, match="not open"):
            sign(document, signer(A))
        gone = draw(("toy_deed", new_id()), jurisdiction="530000")
        db.session.rollback()
        with pytest.raises(WrongState, match="not open"):
            sign(gone, signer(A))

    def test_is_refused_on_a_file_that_was_changed(self, document):
        store().delete(document.storage_key)
        store().put(document.storage_key, b"%PDF-1.7 another text")
        with pytest.raises(Conflict, match="not the one that was issued"):
            sign(document, signer(A))

    def test_can_be_personal(self, app):
        handler = Actor(uuid.uuid4(), "王五", C, "某公司")
        document = draw(("toy_deed", new_id()), jurisdiction="530000", signatories=[handler.user_id], parties=[C])
        act = sign(document, handler, personal=True, capacity="数据处理人员")
        assert (act.party_id, act.organisation_name, document.state) == (handler.user_id, "", "in_force")
        assert documents.documents_for(handler) == [document]

    def test_stands_in_the_log_with_the_hash(self, app):
        with clock.frozen(NOW):
            deed = execute(deeds.prepare, actor=signer(A))
            execute(deeds.sign, actor=signer(A), subject_id=deed.id)
            execute(deeds.sign, actor=signer(B), subject_id=deed.id)
        document = documents.current("toy_statement", deed)
        drawn, first, second = (event.notes for event in audit.events_of(deed))
        assert document.state == "in_force"
        assert [note[0]["act"] for note in (drawn, first, second)] == ["draw_up", "sign", "sign"]
        assert {note[0]["sha256"] for note in (drawn, first, second)} == {document.sha256}
        assert documents.verify(document)["genuine"]

    def test_cannot_be_changed_afterwards(self, document):
        act = sign(document, signer(A))
        db.session.commit()
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(update(Signature).where(Signature.id == act.id).values(name="李四"))
        db.session.rollback()


class TestIntact:
    def test_sees_every_change_of_the_evidence(self, document):
        act = sign(document, signer(A))
        assert documents.verify(document, rerender=False)["signatures_match"]
        evidence = act.evidence
        for changed in (
            evidence | {"statement": evidence["statement"] | {"name": "李四"}},
            evidence | {"seal": "00" * 64},
            {"statement": evidence["statement"]},
            evidence | {"seal": "zz"},
        ):
            assert not signing.RECORDED_ACT.is_intact(changed, document.sha256)
        assert not signing.RECORDED_ACT.is_intact(evidence, "0" * 64)
        act.evidence = evidence | {"seal": "00" * 64}
        with db.session.no_autoflush:
            assert not documents.verify(document, rerender=False)["signatures_match"]
        db.session.rollback()

    def test_knows_its_providers(self):
        assert signing.provider("recorded_act") is signing.RECORDED_ACT
        with pytest.raises(Conflict, match="fax"):
            signing.provider("fax")


class TestOtherProviders:
    def test_may_hand_back_a_signed_file(self, document):
        class InFile:
            method = "in_file"

            def sign(self, request):
                return signing.SignedAct(self.method, {"by": request.name}, request.content + b"signed")

            def is_intact(self, evidence, sha256):
                return True

        act = sign(document, signer(A), by=InFile())
        assert store().get(act.storage_key) == documents.content(document) + b"signed"


class TestSignatureSheet:
    def test_names_every_signature_and_carries_the_file(self, document):
        with pytest.raises(WrongState, match="no signature"):
            documents.signature_sheet(document, now=NOW)
        sign(document, signer(A))
        early = documents.signature_sheet(document, now=NOW)
        sign(document, signer(B, "李四"))
        sheet = documents.signature_sheet(document, now=NOW)
        reader = pypdf.PdfReader(io.BytesIO(documents.content(sheet)))
        text = "".join(part.extract_text() for part in reader.pages)
        for said in ("签署记录单", "张三", "李四", "法定代表人", "单位12", document.number, "2026年11月21日 16:30:00"):
            assert said in text
        assert reader.attachments[f"{document.number}.pdf"] == [documents.content(document)]
        assert early.state == "superseded" and sheet.state == "in_force"
        assert documents.readable_by(sheet, signer(A)) and not documents.readable_by(sheet, signer(C))
