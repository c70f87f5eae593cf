"""What a text is for the search: folding, tokens, and that tokens answer exactly what the folded texts say."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.search import words as asking
from kernel.search.folding import LONGEST_WORD, MOST_WORDS, fold, fold_all, needles, runs
from kernel.search.tokens import (
    SOUND,
    TITLE,
    Folded,
    contained,
    heard,
    is_exact,
    of_document,
    of_text,
    syllables,
    terms,
)

SIGNS = st.text(alphabet="雨量气象站数据一二 abcXYZ019-_./，、（）ＡＢ１\n%\"'*:&|!()é", max_size=40)


class TestFold:
    @pytest.mark.parametrize(
        ("text", "folded"),
        [
            ("气象 站", "气象站"),
            ("雨量（逐日）", "雨量逐日"),
            ("ＣＳＶ　文件", " csv文件"),
            ("CSV file", " csv file"),
            ("5G基站", " 5g基站"),
            ("ZG-990100/01", " zg99010001"),
            ("PM2.5浓度", " pm25浓度"),
            ("%*\"'", ""),
        ],
    )
    def test_leaves_out_what_does_not_change_the_meaning(self, text, folded):
        assert fold(text) == folded

    def test_keeps_the_parts_of_codes_as_lines(self):
        assert fold_all(["编号 A-1/2", "雨量", "雨量"]) == "编号 a12\n雨量\n a\n 1\n 2"

    @given(SIGNS)
    def test_changes_nothing_the_second_time(self, text):
        assert fold(fold(text)) == fold(text)


class TestNeedles:
    def test_are_the_words_of_a_query(self):
        assert needles("气象站、雨量，CSV") == ["气象站", "雨量", " csv"]
        assert needles("  ") == [] and needles("% *") is None
        assert len(needles(" ".join(f"w{number}" for number in range(50)))) == MOST_WORDS
        assert needles("长" * 3000) == ["长" * LONGEST_WORD]


class TestTokens:
    def test_are_characters_pairs_and_words(self):
        assert of_text("气象 csv站") == {"气", "象", "气象", "csv", "站"}
        document = Folded("雨量", "气象", "", syllables("雨量"))
        assert {TITLE + "雨量", "气象", SOUND + "yuliang", SOUND + "yl", SOUND + "liang"} <= set(
            of_document(document)
        )

    def test_say_which_words_need_no_look_at_the_text(self):
        assert is_exact("雨") and is_exact("雨量") and is_exact(" csv")
        assert not is_exact("雨雨雨") and not is_exact(" 5g基站") and not is_exact("气象站")

    def test_hear_a_title_from_every_syllable_on(self):
        assert {"hengzhou", "hz", "zhou"} <= set(heard(syllables("衡州")))

    @settings(max_examples=300, deadline=None)
    @given(SIGNS, SIGNS)
    def test_of_a_text_answer_whatever_is_part_of_it(self, text, query):
        """No hit is lost: where the folded word is part of the folded text, the text has all tokens of the word."""
        document = Folded("", "", fold_all([text]), "")
        tokens = of_text(document.body)
        for needle in needles(query) or []:
            answered = all(
                any(token.startswith(term.token) for token in tokens) if term.begins else term.token in tokens
                for term in terms(needle)
            )
            if contained(needle, document):
                assert answered
            elif is_exact(needle):
                assert not answered


class TestExpression:
    @pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
    @given(query=SIGNS)
    def test_holds_nothing_but_letters_between_its_own_signs(self, dialect, query):
        asked = (
            asking.wanted.__wrapped__(query)
            if hasattr(asking.wanted, "__wrapped__")
            else asking.Wanted(tuple((needle,) for needle in needles(query) or ()))
        )
        for marks in asking.RANKS:
            said = asking.expression(asked, marks, dialect)
            quote = '"' if dialect == "sqlite" else "'"
            for token in re.findall(f"{quote}([^{quote}]*){quote}", said):
                assert runs(token.strip("\ue000\ue001\ue002")) or re.fullmatch(r"[\ue000-\ue002]?\w+", token)
