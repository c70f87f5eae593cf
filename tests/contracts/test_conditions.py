"""Conditions from the library: chosen in the decision, printed as clauses, owed, proved, looked at, owed again."""

from datetime import date

import pytest

from contracts import commands, queries
from contracts.queries.conditions import library
from contracts.rules.conditions import (
    condition_is_proved,
    conditions_are_of_the_library,
    delivered_conditions,
)
from kernel import clock
from kernel.command import execute
from kernel.errors import InvalidInput, NotAllowed, RuleBroken, WrongState
from kernel.fields import File
from tests.factories import contracts as made
from tests.factories.accounts import PLACE, an_actor
from tests.factories.registry import an_authority

PROOF = File(
    "report.pdf",
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
)
OWN = {
    "code": "open_day",
    "what_zh": "每年举办一次开放日",
    "what_en": "Hold an open day once a year",
    "test_zh": "活动面向公众",
    "test_en": "It is for the public",
    "evidence_zh": "活动记录",
    "evidence_en": "Record",
    "sanction_zh": "责令补办",
    "sanction_en": "Order to hold it",
    "count": 1,
    "unit": "years",
    "repeats": True,
    "basis": "YN L120",
}


@pytest.fixture
def who(app) -> made.Parties:
    return made.parties()


def granted(who, *codes: str):
    asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
    return made.granted(asked, who.deputy, made.first_shares(who), library_conditions=list(codes))


def in_force(who, *codes: str):
    return made.all_signed(granted(who, *codes), who.operator, who.deputy)


def owed(held, code: str):
    return [row for row in queries.obligations_of(held.id) if row.condition and row.condition["code"] == code]


class TestConditionAdd:
    def test_can_be_chosen_in_its_place_alone(self, who) -> None:
        execute(commands.condition.add, actor=an_authority(PLACE), data=OWN)
        assert "open_day" in library(PLACE) and "open_day" not in library("CN")

    def test_wants_owner_test_proof_and_sanction(self, who) -> None:
        with pytest.raises(InvalidInput) as caught:
            execute(commands.condition.add, actor=who.authority, data={"code": "open_day"})
        assert {"what_zh", "test_en", "evidence_zh", "sanction_zh", "basis"} <= set(caught.value.messages)

    def test_keeps_names_apart(self, who) -> None:
        with pytest.raises(InvalidInput) as caught:
            execute(commands.condition.add, actor=who.authority, data=OWN | {"code": "quarterly_report"})
        assert set(caught.value.messages) == {"code"}

    def test_is_for_the_authority(self, who) -> None:
        with pytest.raises(NotAllowed):
            execute(commands.condition.add, actor=an_actor("operator"), data=OWN)


class TestConditionRetire:
    def test_leaves_what_was_chosen(self, who) -> None:
        row = execute(commands.condition.add, actor=who.authority, data=OWN)
        held = in_force(who, "open_day")
        execute(
            commands.condition.retire, actor=who.authority, subject_id=row.id, data={"reason": "不再需要"}
        )
        assert "open_day" not in library(PLACE) and owed(held, "open_day")
        with pytest.raises(WrongState):
            execute(
                commands.condition.retire, actor=who.authority, subject_id=row.id, data={"reason": "再次"}
            )


class TestConditionsAreOfTheLibrary:
    def test_lets_pass_what_is_known(self) -> None:
        conditions_are_of_the_library([])

    def test_names_what_is_not(self, who) -> None:
        with pytest.raises(RuleBroken, match="world_peace"):
            granted(who, "world_peace")


class TestConditionIsProved:
    def test_lets_pass_with_proof_or_where_none_is_named(self) -> None:
        condition_is_proved(True, True)
        condition_is_proved(False, False)

    def test_wants_the_proof(self) -> None:
        with pytest.raises(RuleBroken, match="proof"):
            condition_is_proved(True, False)


class TestConsequences:
    def test_are_printed_in_the_agreement(self, who) -> None:
        held = granted(who, "quarterly_report")
        document = queries.document_of(queries.agreements_about("right", held.id)[0])
        assert document.data["conditions"][0]["what"] == delivered_conditions()["quarterly_report"].said(
            "what"
        )
        assert document.data["conditions"][0]["due"]["en"] == "every 3 months"

    def test_are_obligations_with_their_day(self, who) -> None:
        held = in_force(who, "quarterly_report", "separate_accounts")
        (report,), (accounts,) = owed(held, "quarterly_report"), owed(held, "separate_accounts")
        one = delivered_conditions()["quarterly_report"]
        assert (report.due_on, accounts.due_on) == (one.due_after(clock.today(), held.ends_on), None)

    def test_come_again_until_the_right_ends(self, who) -> None:
        held = in_force(who, "quarterly_report")
        first = owed(held, "quarterly_report")[0]
        with pytest.raises(RuleBroken, match="proof"):
            execute(
                commands.obligation.fulfil, actor=who.operator, subject_id=first.id, data={"report": "已报"}
            )
        data = {"report": "已报", "proof": PROOF}
        execute(commands.obligation.fulfil, actor=who.operator, subject_id=first.id, data=data)
        again = owed(held, "quarterly_report")
        assert len(again) == 2 and again[1].due_on > again[0].due_on
        assert first.proof["name"] == "report.pdf"

    def test_end_with_the_right(self) -> None:
        one = delivered_conditions()["quarterly_report"]
        assert one.due_after(date(2026, 1, 1), date(2026, 3, 31)) is None
        assert one.due_after(date(2026, 1, 1), date(2026, 4, 1)) == date(2026, 4, 1)


class TestObligationConfirm:
    def test_is_the_authority_s_after_the_report(self, who) -> None:
        row = owed(in_force(who, "separate_accounts"), "separate_accounts")[0]
        with pytest.raises(WrongState):
            execute(
                commands.obligation.confirm, actor=who.authority, subject_id=row.id, data={"findings": "属实"}
            )
        data = {"report": "已建账", "proof": PROOF}
        execute(commands.obligation.fulfil, actor=who.operator, subject_id=row.id, data=data)
        with pytest.raises(NotAllowed):
            execute(
                commands.obligation.confirm, actor=who.operator, subject_id=row.id, data={"findings": "属实"}
            )
        execute(
            commands.obligation.confirm, actor=who.authority, subject_id=row.id, data={"findings": "属实"}
        )
        assert (row.state, row.findings) == ("confirmed", "属实")


class TestObligationReject:
    def test_lets_it_be_owed_again(self, who) -> None:
        row = owed(in_force(who, "separate_accounts"), "separate_accounts")[0]
        data = {"report": "已建账", "proof": PROOF}
        execute(commands.obligation.fulfil, actor=who.operator, subject_id=row.id, data=data)
        execute(
            commands.obligation.reject, actor=who.authority, subject_id=row.id, data={"findings": "未分摊"}
        )
        assert (row.state, row.ended_at) == ("open", None)


class TestPage:
    def test_shows_the_library_to_everybody(self, who, client) -> None:
        page = client.get(f"/conditions?place={PLACE}", headers={"Accept-Language": "en"})
        assert page.status_code == 200 and b"every 3 months" in page.data
