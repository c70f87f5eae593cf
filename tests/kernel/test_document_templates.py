"""What documents are made of: kinds, snapshots, templates, printed forms."""

import pytest

from kernel import documents
from kernel.documents import Kind, kinds, printed, templates
from kernel.pdf import PdfFailed
from tests.kernel import deeds
from tests.kernel.deeds import NOW, B


class TestKinds:
    def test_have_names_and_prefixes_of_their_own(self):
        assert documents.register(deeds.SHEET) is documents.KINDS["toy_sheet"]
        for kind in (Kind("toy_sheet", "XX", "t"), Kind("another", "TY", "t"), Kind("another", "toolong", "t")):
            with pytest.raises(ValueError, match=kind.name):
                documents.register(kind)

    def test_keep_snapshots_plain(self):
        taken = kinds.snapshot({"at": NOW, 1: (B, True, None), "t": "e\u0301\r\n", "day": NOW.date()})
        assert taken == {"at": NOW.isoformat(), "1": [str(B), True, None], "t": "é\n", "day": "2026-11-21"}
        assert kinds.spoken({"a": [{"zh": "甲", "en": "A"}], "b": {"zh": 1}}, "en") == {"a": ["A"], "b": {"zh": 1}}


class TestTemplates:
    def bundle(self, monkeypatch, tmp_path, source, **others):
        for name, content in {"x.html": source, **others}.items():
            (tmp_path / name).write_text(content)
        monkeypatch.setattr(templates, "FOLDER", tmp_path)
        return templates.bundle(Kind("x", "XX", "x"))

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            ('{{ _("Words nobody translated") }}', "no Chinese for “Words nobody translated”"),
            ("{{ _(data.word) }}", "x.html, line 1: only words written out"),
            ('{% include data.other %}', "only in plain words"),
            ('{% include "missing.html" %}', "no document template missing.html"),
            ("{% if %}", "could not be filled"),
        ],
    )
    def test_are_refused_with_a_reason(self, monkeypatch, tmp_path, source, said):
        with pytest.raises(PdfFailed, match=said):
            self.bundle(monkeypatch, tmp_path, source)

    def test_have_no_plural_forms(self, monkeypatch, tmp_path):
        pinned = self.bundle(monkeypatch, tmp_path, '{{ ngettext("one", "many", 2) }}')
        with pytest.raises(PdfFailed, match="many"):
            templates.page(pinned, "x.html", "zh", {}, {})

    def test_take_capitals_and_codes_as_they_are(self, monkeypatch, tmp_path):
        pinned = self.bundle(monkeypatch, tmp_path, '{{ _("ODRL") }} {{ data.none }}{{ data.yes }}{{ data.no }}')
        values = {"none": None, "yes": True, "no": False}
        assert templates.page(pinned, "x.html", "zh", {}, values) == "ODRL —是否"

    def test_number_articles_and_chapters(self, monkeypatch, tmp_path):
        source = (
            '{% from "components.html" import clause, chapter, party, note, grid %}{{ chapter(2, "总则") }}'
            '{{ clause(12, "标的", "第一段\n第二段") }}{% call clause(3, "价款") %}<i>{{ 1 }}</i>{% endcall %}'
            '{{ party("甲方", data) }}{{ grid([("甲", 1), ("乙", 2, "right")], [["a", "b"]]) }}{{ note("注") }}'
        )
        components = (templates.FOLDER / "components.html").read_text()
        pinned = self.bundle(monkeypatch, tmp_path, source, **{"components.html": components})
        html = templates.page(pinned, "x.html", "zh", {}, {"name": "甲<乙", "address": "某路"})
        for said in ("第二章　总则", "第十二条　标的", "<p>第一段</p>", "第三条　价款", "<i>1</i>", "甲&lt;乙", "某路", 'class="right">b'):
            assert said in html


class TestPrinted:
    """Frozen formats: a change here would change documents rendered again."""

    @pytest.mark.parametrize(
        ("number", "words"),
        [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (1005, "一千零五"),
         (1010, "一千零一十"), (9999, "九千九百九十九")],
    )  # fmt: skip
    def test_numbers_in_chinese(self, number, words):
        assert printed.chinese(number) == words and printed.article("zh", number) == f"第{words}条"

    def test_numbers_only_what_articles_have(self):
        for number in (0, -1, 10_000):
            with pytest.raises(ValueError, match=str(number)):
                printed.chinese(number)

    def test_days_moments_amounts_and_shares(self):
        assert printed.day("zh", "2026-01-02") == "2026年1月2日" and printed.day("en", "2026-01-02") == "2 January 2026"
        assert printed.day("zh", None) == printed.moment("en", None) == "—"
        assert printed.moment("zh", "2026-11-21T16:00:01+00:00") == "2026年11月22日 00:00:01（北京时间）"
        assert printed.moment("en", "2026-11-21T16:00:01+00:00") == "22 November 2026 00:00:01 (UTC+8)"
        assert [printed.money("zh", m) for m in (123456, -5, {"minor": 1, "currency": "EUR"})] == ["¥1,234.56", "-¥0.05", "EUR 0.01"]
        assert [printed.share("zh", bp) for bp in (2550, 5, 10_000, -125)] == ["25.5%", "0.05%", "100%", "-1.25%"]
        assert printed.in_capitals("zh", 100) == "人民币壹元整" and printed.in_capitals("en", 100) == "¥1.00"
        assert (printed.grouped("en", 1_234_567), printed.chapter("en", 3)) == ("1,234,567", "Chapter 3")
