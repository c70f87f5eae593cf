"""What the law demands of accounts."""

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from accounts import rules
from accounts.vocabulary import COMMON_PASSWORDS
from kernel.errors import RuleBroken

RIGHT = "91110000600037341L"
TODAY = date(2026, 11, 23)


class TestComparable:
    def test_folds_width_case_and_blanks(self) -> None:
        assert rules.comparable(" Ａ公司 ") == rules.comparable("a公司")


class TestCreditCode:
    def test_takes_right_codes_as_they_are(self) -> None:
        assert rules.credit_code(RIGHT) == RIGHT

    @pytest.mark.parametrize(
        "typed", ["９１１１００００６０００３７３４１Ｌ", " 91110000-6000 37341l ", RIGHT.lower()]
    )
    def test_puts_width_case_blanks_and_hyphens_right(self, typed: str) -> None:
        assert rules.credit_code(typed) == RIGHT

    @pytest.mark.parametrize("first", ["1", "5", "9", "A", "N", "Y"])
    def test_takes_codes_of_every_registering_department(self, first: str) -> None:
        body = f"{first}1110000600037341"
        code = body + uscc.calc_check_digit(body)
        assert rules.credit_code(code) == code

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("9111", "has 18 characters; this one has 4"),
            ("", "this one has 0"),
            ("9I110000600037341L", "Character 2 (“I”) does not occur in these codes; perhaps 1 or 0"),
            ("91110000600037Z41L", "Character 15 (“Z”) does not occur"),
            ("9111000A600037341L", "Character 8 (“A”) must be a digit"),
            ("91110000600037341M", "it would have to be L"),
        ],
    )
    def test_says_which_character_is_wrong(self, typed: str, said: str) -> None:
        with pytest.raises(RuleBroken, match=said.replace("(", r"\(").replace(")", r"\)")) as refusal:
            rules.credit_code(typed)
        assert refusal.value.ids == ("A03",)

    @given(st.integers(0, 16), st.sampled_from(rules.CREDIT_CODE_CHARACTERS))
    def test_notices_any_one_wrong_character(self, place: int, sign: str) -> None:
        changed = RIGHT[:place] + sign + RIGHT[place + 1 :]
        if changed == RIGHT:
            assert rules.credit_code(changed) == RIGHT
        else:
            with pytest.raises(RuleBroken):
                rules.credit_code(changed)


class TestRolesAreNotMixed:
    def test_says_the_side(self) -> None:
        assert rules.roles_are_not_mixed(["agency", "registrar"]) == "managing"
        assert rules.roles_are_not_mixed(["operator", "buyer"], "operating") == "operating"

    @pytest.mark.parametrize(
        "roles", [["agency", "operator"], ["authority", "buyer"], ["expert", "developer"]]
    )
    def test_refuses_both_sides_in_one_organisation(self, roles: list[str]) -> None:
        with pytest.raises(RuleBroken, match="cannot operate them too") as refusal:
            rules.roles_are_not_mixed(roles)
        assert refusal.value.ids == ("P04",)

    def test_refuses_to_change_sides(self) -> None:
        with pytest.raises(RuleBroken, match="does not change"):
            rules.roles_are_not_mixed(["authority"], "operating")


class TestOperatingBodiesDoNotDecide:
    def test_leaves_deciding_to_managing_bodies(self) -> None:
        rules.operating_bodies_do_not_decide("decide", "managing")
        rules.operating_bodies_do_not_decide("sign", "operating")
        with pytest.raises(RuleBroken, match="operating body"):
            rules.operating_bodies_do_not_decide("decide", "operating")


class TestResponsiblePersonsAreNamed:
    def test_is_content_when_all_are(self) -> None:
        rules.responsible_persons_are_named(head="A", officer="B", body="C")

    def test_lists_who_is_missing(self) -> None:
        with pytest.raises(
            RuleBroken, match="Head responsible for data security, Data security officer"
        ) as refusal:
            rules.responsible_persons_are_named(head=" ", officer="", body="C")
        assert refusal.value.ids == ("E01", "X09")


class TestPasswordResistsGuessing:
    @pytest.mark.parametrize("password", ["correct horse", "一个很长的句子作为密码", "9f!kq2Lm#z"])
    def test_takes_long_ones(self, password: str) -> None:
        rules.password_resists_guessing(password, "li@example.org")

    @pytest.mark.parametrize(
        ("password", "said"),
        [
            ("short", "at least 10"),
            ("1234567890", "first that are tried"),
            ("WoAiNi1314520", "first that are tried"),
            ("１２３４５６７８９０", "first that are tried"),
            ("ababababababab", "first that are tried"),
            ("zhang.wei@example.org", "must not be your e-mail"),
            ("Zhang.wei.long", "must not be your e-mail"),
        ],
    )
    def test_refuses_what_is_tried_first(self, password: str, said: str) -> None:
        email = "zhang.wei.long@example.org" if password == "Zhang.wei.long" else "zhang.wei@example.org"
        with pytest.raises(RuleBroken, match=said):
            rules.password_resists_guessing(password, email)

    def test_knows_common_ones_that_are_long_enough(self) -> None:
        assert len(COMMON_PASSWORDS) > 150


class TestMandateHasAnEnd:
    def test_runs_from_first_to_last_day(self) -> None:
        rules.mandate_has_an_end(TODAY, TODAY, TODAY)
        rules.mandate_has_an_end(TODAY + timedelta(9), TODAY + timedelta(10), TODAY)

    def test_refuses_days_the_wrong_way_round_and_days_gone(self) -> None:
        with pytest.raises(RuleBroken, match="before the first"):
            rules.mandate_has_an_end(TODAY, TODAY - timedelta(1), TODAY)
        with pytest.raises(RuleBroken, match="over already"):
            rules.mandate_has_an_end(TODAY - timedelta(9), TODAY - timedelta(1), TODAY)


class TestTokenEndsInTime:
    def test_takes_days_up_to_the_longest(self) -> None:
        rules.token_ends_in_time(TODAY, TODAY, timedelta(5))
        rules.token_ends_in_time(TODAY + timedelta(5), TODAY, timedelta(5))

    def test_refuses_the_past_and_what_is_too_far(self) -> None:
        with pytest.raises(RuleBroken, match="over already"):
            rules.token_ends_in_time(TODAY - timedelta(1), TODAY, timedelta(5))
        with pytest.raises(RuleBroken, match="2026-11-28 at the latest"):
            rules.token_ends_in_time(TODAY + timedelta(6), TODAY, timedelta(5))


class TestControlHasNoCircle:
    def test_refuses_to_be_controlled_by_oneself(self) -> None:
        one, other = uuid.uuid4(), uuid.uuid4()
        rules.control_has_no_circle(one, [other])
        with pytest.raises(RuleBroken, match="controlled by itself"):
            rules.control_has_no_circle(one, [other, one])
