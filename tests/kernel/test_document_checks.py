"""Whether a document is what was issued: stored file, log, signatures, another rendering."""

import uuid

import pytest
from sqlalchemy import update

from kernel import clock, config, documents
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.db import db, new_id
from kernel.documents import Document
from kernel.errors import Conflict, WrongState
from kernel.words import Text
from tests.kernel import deeds
from tests.kernel.deeds import NOW, A, draw, draw_sheet, signer

pytestmark = pytest.mark.prints


@pytest.fixture
def deed(app):
    row = deeds.ToyDeed(id=new_id(), state="prepared", jurisdiction="530000")
    db.session.add(row)
    db.session.commit()
    return row


def path_of(key):
    return config.settings().data / "files" / key


class TestContent:
    def test_is_not_handed_out_when_a_byte_was_changed(self, deed):
        document = draw_sheet(deed)
        path = path_of(document.storage_key)
        changed = bytearray(path.read_bytes())
        changed[len(changed) // 2] ^= 1
        path.write_bytes(bytes(changed))
        with pytest.raises(Conflict, match=document.number):
            documents.content(document)
        facts = documents.verify(document)
        assert (facts["stored_matches"], facts["rerender_matches"], facts["genuine"]) == (False, True, False)


class TestVerify:
    @pytest.fixture
    def logged(self, app):
        with clock.frozen(NOW):
            drawn = [execute(deeds.prepare, actor=ANONYMOUS) for _ in range(2)]
        return documents.current("toy_statement", drawn[1])

    def test_finds_an_untouched_document_genuine(self, logged):
        facts = documents.verify(logged, documents.content(logged))
        agreed = {name for name, value in facts.items() if value is True}
        assert agreed == {
            "stored_matches", "log_matches", "signatures_match", "signed_files_match", "uploaded_matches", "rerender_matches", "genuine",
        }  # fmt: skip
        assert documents.logged_event(logged).command == "toy.deed.prepare"

    def test_sees_a_changed_upload(self, logged):
        facts = documents.verify(logged, documents.content(logged) + b"\n", rerender=False)
        assert (facts["uploaded_matches"], facts["rerender_matches"], facts["genuine"]) == (False, None, False)

    def test_sees_a_file_and_row_changed_together(self, logged):
        """Who rules the database and the store cannot rewrite the log."""
        data = logged.data | {"payable": {"minor": 1, "currency": "CNY"}}
        forged = draw(("toy_deed", uuid.uuid4()), data=data, jurisdiction="530000")
        values = {"sha256": forged.sha256, "storage_key": forged.storage_key, "data": forged.data}
        db.session.execute(update(Document).where(Document.id == logged.id).values(**values))
        facts = documents.verify(logged)
        assert facts["stored_matches"] and not facts["log_matches"] and not facts["genuine"]

    def test_sees_changed_data(self, logged):
        logged.data = logged.data | {"payable": {"minor": 1, "currency": "CNY"}}
        assert documents.verify(logged)["rerender_matches"] is False

    def test_sees_a_document_the_log_does_not_know(self, deed):
        facts = documents.verify(draw_sheet(deed))
        assert facts["log_matches"] is False and documents.logged_event(draw(deed)) is None

    def test_sees_lost_files(self, logged):
        path_of(logged.storage_key).unlink()
        path_of(logged.template_key).rename(path_of(logged.template_key).with_suffix(".gone"))
        facts = documents.verify(logged)
        path_of(logged.template_key).with_suffix(".gone").rename(path_of(logged.template_key))
        assert (facts["stored_matches"], facts["rerender_matches"]) == (False, False)

    def test_does_not_compare_renderings_of_other_libraries(self, logged):
        logged.renderer = "weasyprint 71"
        facts = documents.verify(logged)
        assert facts["rerender_matches"] is None and facts["genuine"] and "weasyprint 70" in facts["renderer_now"]


class TestCheckFacts:
    def test_say_state_hash_and_signers_but_no_content(self, deed):
        document = draw(deed)
        documents.sign(document, actor=signer(A), capacity="甲", now=NOW, evidence={"confirmed": True})
        facts = documents.check_facts(document)
        assert facts["sha256"] == document.sha256 and facts["state"] == "drawn_up" and not facts["public"]
        assert [s["organisation"] for s in facts["signatures"]] == ["单位11"]
        assert "某某市数据局" not in str(facts) and "parties" not in facts and "data" not in facts

    def test_say_that_and_why_it_was_revoked(self, deed):
        document = draw_sheet(deed)
        documents.revoke(document, now=NOW, reason=Text("Basis"))
        facts = documents.check_facts(document)
        assert facts["state"] == "revoked" and facts["ended_because"] == {"reason": {"zh": "依据", "en": "Basis"}}
        with pytest.raises(WrongState, match=document.number):
            documents.revoke(document, now=NOW, reason="again")
        assert draw_sheet(deed).state == "in_force"


class TestOrphans:
    def test_are_the_files_of_what_was_rolled_back(self, deed):
        before = set(documents.orphans())
        kept, lost = draw_sheet(deed, part="1").storage_key, draw_sheet(deed, part="2").storage_key
        assert not {kept, lost} & set(documents.orphans())
        db.session.rollback()
        assert set(documents.orphans()) - before == {kept, lost}
