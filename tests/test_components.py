"""The page components: what they draw for odd values, and that nothing typed becomes markup."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from marshmallow import Schema, fields

from kernel.calendar import DayFact, DueDay, Period
from kernel.config import Settings
from kernel.errors import RuleBroken
from kernel.fields import Upload, Words, Yuan
from kernel.pages import Form, Page
from kernel.pages.templates import install
from kernel.words import Text

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


class Reading(Schema):
    what = Words(required=True, metadata={"label": "Name"})


class Everything(Schema):
    name = Words(required=True, metadata={"label": "Name", "hint": "As printed", "basis": "WZ12"})
    price = Yuan(metadata={"label": "Price"})
    purpose = fields.String(
        metadata={"label": "Purpose", "widget": "radios", "choices": [("a", "A"), ("b", "B")]}
    )
    places = fields.List(fields.String(), metadata={"label": "Places", "choices": [("53", "Yunnan")]})
    words = fields.List(fields.String(), metadata={"label": "Words", "separator": "[、,]"})
    rows = fields.List(fields.Nested(Reading), metadata={"label": "Rows"})
    paper = Upload(metadata={"label": "Paper", "accept": ".pdf", "max_mb": 5})


@pytest.fixture
def draw(settings: Settings) -> Iterator[Any]:
    """Draw one line of template with the macros of a file: no database, no package."""
    app = Flask("components", template_folder=str(TEMPLATES))
    app.secret_key = settings.secret_key
    install(app)
    with app.test_request_context("/list?q=a&theme=x&theme=y&page=3&lang=en"):
        yield lambda source, **values: str(render_template_string(source, **values))


class TestMoney:
    USE = '{% from "_money.html" import money, share, plain_yuan %}'

    @pytest.mark.parametrize(
        ("minor", "shown"),
        [(123456, "¥1,234.56"), (0, "¥0.00"), (-5, "−¥0.05"), (100, "¥1.00"), (10**12, "¥10,000,000,000.00")],
    )
    def test_writes_fen_as_yuan(self, draw: Any, minor: int, shown: str) -> None:
        assert shown in draw(self.USE + "{{ money(minor) }}", minor=minor)

    def test_says_free_only_where_asked(self, draw: Any) -> None:
        assert "Free of charge" in draw(self.USE + "{{ money(0, free=True) }}")

    @pytest.mark.parametrize(
        ("bp", "shown"), [(1250, "12.5%"), (10000, "100%"), (5, "0.05%"), (-25, "−0.25%")]
    )
    def test_writes_basis_points_as_per_cent(self, draw: Any, bp: int, shown: str) -> None:
        assert shown in draw(self.USE + "{{ share(bp) }}", bp=bp)


class TestForm:
    USE = '{% from "_form.html" import form_page %}{{ form_page(form) }}'

    def test_escapes_what_was_typed(self, draw: Any) -> None:
        page = draw(self.USE, form=Form(Everything, {"name": '"><script>x</script>'}))
        assert "<script>x" not in page

    def test_links_each_message_to_its_field(self, draw: Any) -> None:
        page = draw(self.USE, form=Form(Everything, {}, {"name": ["Missing"], "purpose": ["Choose"]}))
        for target in re.findall(r'<a href="#([^"]+)"', page):
            assert f'id="{target}"' in page
        assert 'aria-invalid="true"' in page
        assert 'aria-describedby="name-hint name-error"' in page

    def test_shows_the_refusal_of_a_rule_with_its_basis(self, draw: Any) -> None:
        refusal = RuleBroken("term_is_lawful", Text("Too long"), ids=("B01",), basis="DG11")
        page = draw(self.USE, form=Form(Everything, {}, refusal=refusal))
        assert "Too long" in page
        assert "DG11" in page

    def test_keeps_lists_rows_and_choices(self, draw: Any) -> None:
        typed = {"places": ["53"], "words": ["rain", "wind"], "purpose": "b", "rows": [{"what": "air"}]}
        page = draw(self.USE, form=Form(Everything, typed))
        assert 'value="53" checked' in page
        assert 'value="rain、wind"' in page
        assert 'value="b" checked' in page
        assert 'name="rows-0-what"' in page
        assert 'value="air"' in page

    def test_sends_files_as_multipart(self, draw: Any) -> None:
        page = draw(self.USE, form=Form(Everything))
        assert 'enctype="multipart/form-data"' in page
        assert 'aria-describedby="paper-limits"' in page

    def test_has_no_identity_twice(self, draw: Any) -> None:
        page = draw(self.USE, form=Form(Everything, {}, {"name": ["Missing"]}))
        identities = re.findall(r'\bid="([^"]+)"', page)
        assert len(identities) == len(set(identities))


class TestList:
    USE = '{% from "_table.html" import table %}{% call table("T", [("A", "a"), "B"], page=page, exports=("csv",)) %}{% endcall %}'

    def test_keeps_the_filter_when_it_turns_pages_sorts_and_exports(self, draw: Any) -> None:
        page = draw(self.USE, page=Page([1], 3, 20, 100))
        assert "?q=a&amp;theme=x&amp;theme=y&amp;lang=en&amp;page=4" in page
        assert "theme=y&amp;lang=en&amp;sort=a" in page
        assert "theme=y&amp;lang=en&amp;format=csv" in page

    def test_says_so_when_there_is_nothing(self, draw: Any) -> None:
        assert "There is nothing here yet." in draw(self.USE, page=Page([], 1, 20, 0))


class TestDue:
    USE = '{% from "_time.html" import due, why_date %}'

    @pytest.mark.parametrize(
        ("left", "words"),
        [
            (-3, "overdue by 3 working days"),
            (0, "due today"),
            (1, "1 working day left"),
            (12, "12 working days left"),
        ],
    )
    def test_says_the_time_left_in_words(self, draw: Any, left: int, words: str) -> None:
        assert words in draw(self.USE + "{{ due(on, left) }}", on=date(2026, 11, 20), left=left)

    def test_explains_the_day(self, draw: Any) -> None:
        period = Period(30, "working_days", "registration.review", "YN L42")
        facts = (DayFact(date(2027, 1, 1), "holiday", "New Year"),)
        day = DueDay(date(2027, 1, 8), True, date(2026, 11, 21), period, (date(2027, 1, 1),), facts)
        page = draw(self.USE + "{{ why_date(day) }}", day=day)
        for words in ("30 working days", "YN L42", "01-01", "not published yet"):
            assert words in page


class TestChain:
    USE = '{% from "_chain.html" import chain %}{{ chain(steps) }}'

    def test_says_that_it_is_whole(self, draw: Any) -> None:
        assert "Every link is in force today" in draw(self.USE, steps=[{"kind": "resource", "title": "Rain"}])

    def test_says_where_it_is_interrupted(self, draw: Any) -> None:
        steps = [
            {"kind": "resource", "title": "Rain"},
            {"kind": "first_level", "title": "Right", "broken": "Suspended."},
        ]
        page = draw(self.USE, steps=steps)
        assert "The chain is interrupted" in page
        assert "Suspended." in page


class TestTemplates:
    FILES = sorted(path for path in TEMPLATES.rglob("*.html") if "pdf" not in path.parts)

    @pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
    def test_have_no_inline_style_or_script(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r'\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)', text)

    @pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
    def test_stay_short(self, path: Path) -> None:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 100
