"""Data opened on conditions: applied for, answered, signed twice by the applicant and once by the agency, then fetched."""

from datetime import date, timedelta

import pytest

from contracts import commands, queries, reactions
from contracts.models import OpenAccess
from contracts.queries.access import accesses_past_end, policy_of_access
from contracts.rules.access import (
    ability_is_shown,
    access_has_an_end,
    access_is_bound,
    data_are_open_on_conditions,
)
from contracts.rules.policy import read
from kernel import clock, documents
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from tests.factories import contracts as made
from tests.factories.accounts import an_actor
from tests.factories.registry import a_published_entry, an_agency

ROWS = File("hospitals.csv", "name,beds\n第一医院,800\n".encode())


@pytest.fixture
def agency(app):
    return an_agency()


@pytest.fixture
def buyer(app):
    return an_actor("buyer")


def an_entry(agency, attribute: str = "conditional"):
    condition = "仅用于公共卫生研究。" if attribute == "conditional" else None
    return a_published_entry(
        agency, opening_attribute=attribute, opening_conditions=condition, use_conditions=condition
    )


def applied(entry, buyer, **facts) -> OpenAccess:
    given = {
        "entry_id": str(entry.id),
        "purpose": "health_welfare",
        "purpose_text": "分析床位分布。",
        "ability": "自有三级等保平台，五人团队。",
        "measures": "专人专机，全程留痕。",
        "wanted_until": (clock.today() + timedelta(days=200)).isoformat(),
    }
    return execute(commands.access.apply, actor=buyer, data=given | facts)


def admitted(agency, buyer, **facts) -> OpenAccess:
    row = applied(an_entry(agency), buyer)
    data = {"file": ROWS, "ends_on": (clock.today() + timedelta(days=100)).isoformat()}
    return execute(commands.access.admit, actor=agency, subject_id=row.id, data=data | facts)


def papers(row):
    return {one.kind: one for one in queries.agreements_about("access", row.id)}


def opened(agency, buyer) -> OpenAccess:
    row = admitted(agency, buyer)
    both = papers(row)
    made.signed(both["open_use_agreement"], agency)
    made.signed(both["open_use_agreement"], buyer)
    made.signed(both["open_use_commitment"], buyer)
    db.session.refresh(row)
    return row


def fetched(row, actor):
    return execute(commands.access.fetch, actor=actor, subject_id=row.id)


class TestAccessApply:
    def test_keeps_the_condition_as_it_stands(self, agency, buyer) -> None:
        row = applied(an_entry(agency), buyer)
        assert (row.state, row.condition) == ("applied", "仅用于公共卫生研究。")

    def test_is_for_data_open_on_conditions_alone(self, agency, buyer) -> None:
        with pytest.raises(RuleBroken, match="open to everybody"):
            applied(an_entry(agency, "open"), buyer)

    def test_wants_ability_and_a_day_ahead(self, agency, buyer) -> None:
        entry = an_entry(agency)
        with pytest.raises(RuleBroken) as caught:
            applied(entry, buyer, ability="")
        assert "O05" in caught.value.ids
        with pytest.raises(RuleBroken, match="ahead"):
            applied(entry, buyer, wanted_until=clock.today().isoformat())

    def test_is_not_for_the_agency_s_own_data(self, agency) -> None:
        with pytest.raises(InvalidInput):
            applied(an_entry(agency), agency)

    def test_has_a_clock_for_the_answer(self, agency, buyer) -> None:
        from kernel.due import DueDate  # noqa: PLC0415

        row = applied(an_entry(agency), buyer)
        clocks = db.session.scalars(db.select(DueDate).where(DueDate.subject_id == row.id)).all()
        assert [one.name for one in clocks] == ["open_access_answer"]


class TestAccessAdmit:
    def test_puts_two_documents_before_the_parties(self, agency, buyer) -> None:
        row = admitted(agency, buyer)
        both = papers(row)
        assert (
            set(both) == {"open_use_agreement", "open_use_commitment"} and row.state == "awaiting_signature"
        )
        agreement = queries.document_of(both["open_use_agreement"])
        assert len(agreement.signatories) == 2
        assert queries.document_of(both["open_use_commitment"]).signatories == [str(buyer.organisation_id)]
        assert documents.content(agreement).startswith(b"%PDF-1.7")
        assert read(agreement.data["policy"]) == policy_of_access(row)

    def test_is_the_agency_s(self, agency, buyer) -> None:
        row = applied(an_entry(agency), buyer)
        with pytest.raises(NotAllowed):
            execute(commands.access.admit, actor=buyer, subject_id=row.id, data={})
        with pytest.raises(NotFound):
            execute(commands.access.admit, actor=an_agency(), subject_id=row.id, data={})

    def test_is_for_a_term_ahead(self, agency, buyer) -> None:
        with pytest.raises(RuleBroken, match="ahead"):
            admitted(agency, buyer, ends_on=clock.today().isoformat())


class TestAccessRefuse:
    def test_says_why(self, agency, buyer) -> None:
        row = applied(an_entry(agency), buyer)
        execute(commands.access.refuse, actor=agency, subject_id=row.id, data={"reasons": "条件不符。"})
        assert (row.state, row.reasons) == ("refused", "条件不符。")


class TestAccessWithdraw:
    def test_takes_the_documents_with_it(self, agency, buyer) -> None:
        row = admitted(agency, buyer)
        execute(commands.access.withdraw, actor=buyer, subject_id=row.id)
        assert {one.state for one in papers(row).values()} == {"lapsed"}


class TestAccessComeIntoForce:
    def test_waits_for_every_signature(self, agency, buyer) -> None:
        row = admitted(agency, buyer)
        both = papers(row)
        made.signed(both["open_use_commitment"], buyer)
        made.signed(both["open_use_agreement"], buyer)
        db.session.refresh(row)
        assert row.state == "awaiting_signature"
        with pytest.raises(WrongState):
            fetched(row, buyer)
        made.signed(both["open_use_agreement"], agency)
        db.session.refresh(row)
        assert row.state == "in_force" and row.in_force_at is not None


class TestAccessFetch:
    def test_is_for_the_applicant(self, agency, buyer) -> None:
        row = opened(agency, buyer)
        assert fetched(row, buyer).file["name"] == "hospitals.csv"
        with pytest.raises(NotAllowed):
            fetched(row, agency)

    def test_ends_with_the_term_and_with_the_opening(self, agency, buyer) -> None:
        row = opened(agency, buyer)
        with clock.frozen(clock.now() + timedelta(days=101)):
            with pytest.raises(RuleBroken, match="not permitted"):
                fetched(row, buyer)
            assert [one.id for one in accesses_past_end(clock.today())] == [row.id]

    def test_is_closed_when_a_document_has_ended(self, agency, buyer) -> None:
        row = opened(agency, buyer)
        commitment = papers(row)["open_use_commitment"]
        execute(commands.agreement.terminate, actor=SYSTEM, subject_id=commitment.id, data={"reason": "违约"})
        with pytest.raises(RuleBroken) as caught:
            fetched(row, buyer)
        assert "O07" in caught.value.ids


class TestAccessEnd:
    def test_ends_both_documents(self, agency, buyer) -> None:
        row = opened(agency, buyer)
        execute(commands.access.end, actor=agency, subject_id=row.id, data={"reasons": "条件不再符合。"})
        assert row.state == "ended" and {one.state for one in papers(row).values()} == {"terminated"}

    def test_follows_the_last_day(self, agency, buyer) -> None:
        row = opened(agency, buyer)
        with clock.frozen(clock.now() + timedelta(days=101)):
            ((command, subject_id, data),) = reactions.access.accesses_that_end(clock.today())
            execute(command, actor=SYSTEM, subject_id=subject_id, data=data)
        assert row.state == "ended"


class TestDataAreOpenOnConditions:
    def test_lets_pass_published_conditional_data(self) -> None:
        data_are_open_on_conditions("published", "conditional")

    @pytest.mark.parametrize(
        "facts", [("published", "none"), ("published", None), ("draft", "conditional"), ("published", "open")]
    )
    def test_refuses_all_others(self, facts) -> None:
        with pytest.raises(RuleBroken):
            data_are_open_on_conditions(*facts)


class TestAbilityIsShown:
    def test_lets_pass_where_it_is_shown_or_not_asked_for(self) -> None:
        ability_is_shown(True, "三级等保")
        ability_is_shown(False, "")

    def test_refuses_an_empty_one(self) -> None:
        with pytest.raises(RuleBroken):
            ability_is_shown(True, " ")


class TestAccessIsBound:
    def test_lets_pass_both(self) -> None:
        access_is_bound(True, True)

    @pytest.mark.parametrize("which", [(False, True), (True, False), (False, False)])
    def test_refuses_one_alone(self, which) -> None:
        with pytest.raises(RuleBroken):
            access_is_bound(*which)


class TestAccessHasAnEnd:
    def test_lets_pass_a_day_ahead(self) -> None:
        access_has_an_end(date(2026, 1, 1), date(2026, 1, 2))

    def test_refuses_today(self) -> None:
        with pytest.raises(RuleBroken):
            access_has_an_end(date(2026, 1, 1), date(2026, 1, 1))
