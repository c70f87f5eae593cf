"""Issued documents: numbered without gaps, the same bytes years later, checkable by anyone, changed by nobody."""

import io
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import timedelta

import page
import pypdf
import pytest
from sqlalchemy import func, select

from kernel import config, documents
from kernel.actor import ANONYMOUS, Actor
from kernel.db import db, new_id
from kernel.documents import Attachment, Document, StoredFile, numbers, templates
from kernel.errors import Conflict, NotFound
from kernel.money import Money
from kernel.pdf import MissingGlyphs, PdfFailed
from kernel.permissions import visible_to
from kernel.storage import store
from kernel.words import Text
from tests.kernel import deeds
from tests.kernel.deeds import NOW, A, B, C, draw, draw_sheet, sheet, signer

pytestmark = pytest.mark.prints


@pytest.fixture
def deed(app):
    row = deeds.ToyDeed(id=new_id(), state="prepared", jurisdiction="530000")
    db.session.add(row)
    db.session.commit()
    return row


def text_of(content):
    return "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages)


class TestDrawUp:
    def test_stores_a_file_that_conforms_and_says_everything(self, deed):
        document = draw_sheet(deed, public=True)
        content = documents.content(document)
        report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_A_3B)
        assert report.is_compliant, [failure.message for failure in report.failures]
        text = text_of(content)
        for said in ("公共数据资源登记确认单", document.number, "53000020260001", "2029年10月11日", "〇龘𠮷", "某某登记机构"):
            assert said in text
        assert document.check_address == f"http://localhost/check/{document.check_code}" and "/check/" in text
        assert (document.state, document.frozen_at, document.size) == ("in_force", None, len(content))
        assert document.file_name == f"公共数据资源登记确认单-{document.number}.pdf" and document.is_current

    def test_numbers_by_prefix_place_and_year_without_gaps(self, deed):
        first, second = draw_sheet(deed, part="1"), draw_sheet(deed, part="2")
        db.session.commit()
        draw_sheet(deed, part="3")
        db.session.rollback()
        third = draw_sheet(deed, part="3")
        elsewhere = draw_sheet(deed, part="4", jurisdiction="CN")
        next_year = draw_sheet(deed, part="5", now=NOW + timedelta(days=60))
        serials = [d.number.split("-")[3] for d in (first, second, third, elsewhere, next_year)]
        assert serials == ["000001", "000002", "000003", "000001", "000001"]
        assert first.number.startswith("TY-530000-20261121-") and documents.by_number(f" {first.number.lower()} ") is first
        assert draw(deed).number.startswith("TZ-530000-20261121-000001-")

    def test_counts_the_day_where_the_law_does(self, deed):
        late = NOW.replace(hour=17)
        assert "-20261122-" in draw_sheet(deed, now=late).number

    def test_prints_the_english_part_with_the_same_figures(self, deed):
        text = text_of(documents.content(draw(deed, language="bilingual")))
        zh, _, en = text.partition("English translation")
        assert "结算对账单" in zh and "Settlement statement" in en + zh and "甲方" in zh and "Party A" in en
        amounts = re.compile(r"¥[\d,.]+|\d+(?:\.\d+)?%")
        assert amounts.findall(zh) == amounts.findall(en) and "¥629,629.62" in en and "25.5%" in en
        assert "人民币陆拾贰万玖仟陆佰贰拾玖元陆角贰分" in zh and "人民币" not in en
        assert "1 July 2026 to 30 September 2026" in en and "2026年7月1日至2026年9月30日" in zh

    def test_replaces_a_draft_nobody_signed(self, deed):
        draft = draw(deed)
        fresh = draw(deed, data=deeds.statement("某某市财政局"))
        assert (draft.state, draft.ended_because, draft.is_current) == ("superseded", {"by": fresh.number}, False)
        assert fresh.replaces_id == draft.id and documents.current("toy_statement", deed) is fresh
        assert f"替代 {draft.number}" in text_of(documents.content(fresh))
        assert documents.documents_of(deed) == [draft, fresh]

    def test_refuses_to_draw_up_again_what_is_signed_or_in_force(self, deed):
        partly = draw(deed)
        documents.sign(partly, actor=signer(A), capacity="甲", now=NOW, evidence={"confirmed": True})
        in_force = draw_sheet(deed)
        for attempt in (
            lambda: draw(deed),
            lambda: draw(deed, replaces=partly),
            lambda: draw_sheet(deed),
            lambda: draw_sheet(deed, replaces=partly),
        ):
            with pytest.raises(Conflict, match="cannot be drawn up again"):
                attempt()
        renewed = draw_sheet(deed, replaces=in_force)
        assert in_force.state == "superseded" and renewed.replaces_id == in_force.id

    def test_takes_the_place_of_a_document_of_another_subject(self, deed):
        old = draw_sheet(deed)
        other = ("toy_deed", new_id())
        renewed = draw_sheet(other, replaces=old, jurisdiction="530000")
        assert old.state == "superseded" and documents.check_facts(old)["replaced_by"] == renewed.number

    def test_lets_the_database_refuse_a_second_current_one(self, deed):
        document = draw_sheet(deed)
        assert document.current_key == f"toy_sheet:toy_deed:{deed.id}:"
        assert Document.__table__.c.current_key.unique

    def test_embeds_terms_and_files(self, deed):
        inner = documents.content(draw_sheet(deed))
        key = store().keep("documents", inner, "pdf")
        document = draw(
            deed,
            attachments=[Attachment("terms.jsonld", {"b": Money(5), "a": Text("Basis")}, "ODRL"), Attachment("d.json", 1)],
            files=[StoredFile("inner.pdf", key, "application/pdf", "原件")],
        )
        found = pypdf.PdfReader(io.BytesIO(documents.content(document))).attachments
        assert json.loads(found["terms.jsonld"][0]) == {"a": {"en": "Basis", "zh": "依据"}, "b": {"currency": "CNY", "minor": 5}}
        assert found["inner.pdf"] == [inner] and found["d.json"] == [b"1"]
        assert documents.render_again(document) == documents.content(document)
        assert page.is_pdf_compliant_bytes(documents.content(document), profile=page.ValidationProfile.PDF_A_3B)

    def test_refuses_what_cannot_be_printed(self, deed):
        with pytest.raises(MissingGlyphs, match="U\\+1F600"):
            draw_sheet(deed, data=sheet("名称😀"))
        with pytest.raises(PdfFailed, match="has no attribute 'code'"):
            draw_sheet(deed, data={k: v for k, v in sheet().items() if k != "code"})
        with pytest.raises(TypeError, match="1.5"):
            draw_sheet(deed, data=sheet() | {"code": 1.5})
        with pytest.raises(ValueError, match="zh or bilingual"):
            draw_sheet(deed, language="fr")
        with pytest.raises(ValueError, match="no id yet"):
            draw_sheet(deeds.ToyDeed(jurisdiction="530000"))
        with pytest.raises(ValueError, match="jurisdiction"):
            draw_sheet(deed, jurisdiction="云南")
        with pytest.raises(KeyError):
            documents.draw_up("no_such_kind", subject=deed, data={}, now=NOW)

    def test_escapes_what_people_typed(self, deed):
        evil = "</td><script>x</script><img src='file:///etc/hostname'>{{ 7*7 }} & <b>"
        content = documents.content(draw_sheet(deed, data=sheet(evil)))
        assert "</td><script>" in text_of(content) and "{{ 7*7 }}" in text_of(content)

    def test_takes_a_title_of_its_own(self, deed):
        document = draw_sheet(deed, title={"zh": "更正登记确认单", "en": "Sheet of a corrected registration"})
        assert document.title == "更正登记确认单" and "更正登记确认单" in text_of(documents.content(document))
        assert draw(deed, title=Text("Basis")).title_en == "Basis"


class TestRenderAgain:
    def test_gives_the_same_bytes(self, deed):
        document = draw(deed, language="bilingual")
        db.session.commit()
        db.session.expire_all()
        assert documents.render_again(document) == documents.content(document)

    def test_survives_a_changed_template_and_changed_words(self, deed, monkeypatch, tmp_path):
        document = draw_sheet(deed)
        for source in templates.FOLDER.iterdir():
            (tmp_path / source.name).write_text(source.read_text().replace("登记", "备案"))
        changed = (tmp_path / "base.html").read_text().replace('<div class="rule">', '<div class="rule new">')
        (tmp_path / "base.html").write_text(changed)
        monkeypatch.setattr(templates, "FOLDER", tmp_path)
        monkeypatch.setattr(templates, "translate", lambda text, language: f"新{text}")
        monkeypatch.setattr(config, "settings", lambda: None)
        assert documents.render_again(document) == documents.content(document)
        newer = templates.bundle(deeds.SHEET)
        assert newer.version != document.template_version

    @pytest.mark.slow
    def test_gives_the_same_bytes_in_another_process(self, deed, tmp_path):
        document = draw(deed)
        db.session.commit()
        source = (
            "import hashlib, json, sys; from kernel.documents import Document, render_again; from kernel import config;"
            "facts = json.load(sys.stdin); config.use(config.load({'SHUHENG_DEMO': '1', 'SHUHENG_DATA': facts.pop('home')}));"
            "print(hashlib.sha256(render_again(Document(**facts))).hexdigest())"
        )
        facts = {name: getattr(document, name) for name in ("template_key", "masthead", "data", "language")}
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", source],
            input=json.dumps(facts | {"home": str(config.settings().data)}),
            env=os.environ | {"PYTHONHASHSEED": "11", "TZ": "America/Lima", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == document.sha256


class TestByCheckCode:
    def test_forgives_how_it_was_typed(self, deed):
        document = draw_sheet(deed)
        document.check_code = "10AB10CD10EF10GH"
        db.session.commit()
        for typed in ("10AB-10CD-10EF-10GH", " loab iocd LOEF iogh ", "10ab10cd10ef10gh"):
            assert documents.by_check_code(typed) is document
        for typed in ("", "10AB10CD10EF10GX", "' OR 1=1 --"):
            with pytest.raises(NotFound):
                documents.by_check_code(typed)

    def test_is_drawn_from_eighty_random_bits(self):
        codes = {numbers.new_check_code() for _ in range(200)}
        assert len(codes) == 200 and all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{16}", code) for code in codes)


class TestByNumber:
    def test_refuses_a_mistyped_one_at_once(self, deed):
        number = draw_sheet(deed).number
        wrong = number.replace("000001", "000007")
        assert numbers.number_is_consistent(number) and not numbers.number_is_consistent(wrong)
        for typed in (wrong, "合同", "TY-530000-20261121-000002-" + numbers.mod_37_36.calc_check_digit("TY53000020261121000002")):
            with pytest.raises(NotFound):
                documents.by_number(typed)


class TestReaders:
    def test_are_the_parties_and_those_who_oversee(self, deed):
        private, public = draw(deed), draw_sheet(deed, public=True)
        db.session.commit()
        auditor = {"roles": frozenset({"auditor"})}
        readers = {
            "party": signer(A),
            "stranger": signer(C),
            "anybody": ANONYMOUS,
            "auditor here": Actor(uuid.uuid4(), jurisdictions=frozenset({"530000"}), **auditor),
            "auditor elsewhere": Actor(uuid.uuid4(), jurisdictions=frozenset({"310000"}), **auditor),
        }
        may = {name for name, actor in readers.items() if documents.readable_by(private, actor)}
        assert may == {"party", "auditor here"}
        for actor in readers.values():
            listed = set(db.session.scalars(select(Document).where(visible_to(actor, Document))))
            assert listed == {d for d in (private, public) if documents.readable_by(d, actor)}
        assert documents.documents_for(signer(B)) == [private] and documents.documents_for(ANONYMOUS) == []


class TestSerials:
    def test_hold_one_row_a_series(self, deed):
        for part in "abc":
            draw_sheet(deed, part=part)
        rows = db.session.scalar(select(func.count()).select_from(documents.DocumentSerial))
        assert rows == 1 and db.session.scalar(select(documents.DocumentSerial.next)) == 4
