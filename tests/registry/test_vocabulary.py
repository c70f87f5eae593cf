"""Code lists: complete in both languages, found by any of their words, with the standard addresses."""

import json
import re

import pytest

from kernel.words import Text, translate
from registry import vocabulary
from registry.vocabulary import (
    FORMATS,
    FREQUENCIES,
    INDUSTRIES,
    NATIONAL_GRADES,
    OPENING_ATTRIBUTES,
    RESOURCE_CODE,
    SHARING_ATTRIBUTES,
    THEMES,
    CodeList,
    Term,
    fold,
    load,
    nearest,
)
from tests.conftest import SHARED

LISTS = [value for value in vars(vocabulary).values() if isinstance(value, CodeList)]


class TestCodeLists:
    @pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.name)
    def test_have_words_in_both_languages(self, codes):
        for term in codes:
            assert re.search("[一-鿿]|^[A-Z]", term.zh), term
            assert term.en.isascii(), term
            if term.zh != term.en:
                assert translate(Text(term.en), "zh") != term.en, term

    @pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.name)
    def test_find_every_term_by_code_and_by_either_word(self, codes):
        for term in codes:
            for word in (term.code, term.zh, term.en):
                assert term in codes.find_all(word)

    def test_are_as_long_as_the_law_says(self):
        assert OPENING_ATTRIBUTES.codes == ("open", "conditional", "none", "undecided")
        assert SHARING_ATTRIBUTES.codes == ("unconditional", "conditional", "none")
        assert NATIONAL_GRADES.codes == ("general", "important", "core")
        assert INDUSTRIES.codes == tuple("ABCDEFGHIJKLMNOPQRST")
        assert 20 <= len(THEMES) <= 24

    def test_give_full_standard_addresses(self):
        eu = "http://publications.europa.eu/resource/authority/"
        assert FREQUENCIES["half_yearly"].uri == f"{eu}frequency/ANNUAL_2"
        assert THEMES["health"].uri == f"{eu}data-theme/HEAL"
        assert FORMATS["csv"].uri == f"{eu}file-type/CSV"
        assert OPENING_ATTRIBUTES["open"].uri == f"{eu}access-right/PUBLIC"
        assert THEMES["industry_agriculture"].uri is None

    def test_offer_choices_in_the_language_asked_for(self):
        assert OPENING_ATTRIBUTES.choices("zh_CN")[0] == ("open", "无条件开放")
        assert OPENING_ATTRIBUTES.choices("en")[2] == ("none", "not open")

    def test_find_nothing_for_a_word_that_means_two_terms(self):
        assert THEMES.find("文化、卫生、体育") is None
        assert {term.code for term in THEMES.find_all("文化、卫生、体育")} == {"health", "education_culture"}

    def test_refuse_a_code_that_stands_twice(self):
        with pytest.raises(ValueError, match="twice"):
            CodeList("broken", (Term("a", "甲", "first"), Term("a", "乙", "second")))

    def test_are_read_once(self):
        assert load("themes", "theme") is THEMES

    def test_answer_membership_and_length(self):
        assert "open" in OPENING_ATTRIBUTES
        assert "无条件开放" not in OPENING_ATTRIBUTES
        assert len(OPENING_ATTRIBUTES) == 4

    @pytest.mark.data
    def test_name_the_sections_as_the_national_standard_does(self):
        path = SHARED / "reference" / "industries.json"
        if not path.exists():
            pytest.skip("real data are not beside the repository: ../shared/data/reference")
        assert [(s["code"], s["name"]) for s in json.loads(path.read_text("utf-8"))] == [
            (term.code, term.zh) for term in INDUSTRIES
        ]


class TestFold:
    def test_joins_spellings_that_mean_the_same(self):
        assert fold("农、林、牧、渔业") == fold("农林牧渔业") == fold(" 农 林牧渔业\n")
        assert fold("ＡＰＩ") == fold("api")


class TestNearest:
    @pytest.mark.parametrize(
        ("word", "codes", "code"),
        [
            ("每月度更新", FREQUENCIES, "monthly"),
            ("市场监管局", THEMES, "market"),
            ("无条件开放的", OPENING_ATTRIBUTES, "open"),
            ("电力、热力、燃气和水生产供应业", INDUSTRIES, "D"),
            ("xlsxx", FORMATS, "xlsx"),
        ],
    )
    def test_names_the_term_that_was_meant(self, word, codes, code):
        found = nearest(word, codes)
        assert found is not None
        assert found.code == code

    @pytest.mark.parametrize("word", ["", "  ", "衢州市律师协会理事"])
    def test_names_nothing_where_nothing_is_near(self, word):
        assert nearest(word, FREQUENCIES) is None


class TestResourceCode:
    @pytest.mark.parametrize("code", ["307001/000001", "1010011/1", "20500312345/42"])
    def test_takes_codes_of_the_guide(self, code):
        assert RESOURCE_CODE.fullmatch(code)

    @pytest.mark.parametrize(
        "code", ["407001/1", "30700/1", "307001-1", "307001/", "307001/1\n", "３07001/1"]
    )
    def test_refuses_others(self, code):
        assert not RESOURCE_CODE.fullmatch(code)
