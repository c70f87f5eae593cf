"""Fee caps: proposed by one, put in force by another."""

from datetime import timedelta

import pytest

from billing import queries
from billing.commands import cap
from billing.models import FeeCap
from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from tests.factories.accounts import an_actor
from tests.factories.billing import a_cap_in_force, a_market, a_proposed_cap, colleague


def in_force(market, purpose="industry_development", unit="per_item", on=None):
    return queries.cap_in_force(market.item.id, purpose, unit, on or clock.today())


class TestPropose:
    def test_keeps_what_the_operator_proposes(self, app):
        market = a_market()
        made = a_proposed_cap(market, 12_345)
        assert (made.state, made.amount_minor, made.item_title) == ("proposed", 12_345, market.item.title)
        assert made.operator_id == market.operator.organisation_id
        assert in_force(market) is None

    def test_is_open_to_the_authority_for_its_place(self, app):
        market = a_market()
        data = {"item_id": str(market.item.id), "purpose_class": "sector_development", "unit": "per_call"}
        data |= {"amount_minor": "0.05", "valid_from": clock.today().isoformat(), "document_number": "7"}
        made = execute(cap.propose, actor=market.authority, data=data)
        assert (made.amount_minor, made.operator_id) == (5, market.operator.organisation_id)

    def test_needs_the_number_of_its_document(self, app):
        with pytest.raises(InvalidInput) as refusal:
            a_proposed_cap(a_market(), document_number=" ")
        assert list(refusal.value.messages) == ["document_number"]

    def test_refuses_items_of_others(self, app):
        market = a_market()
        with pytest.raises(InvalidInput) as refusal:
            a_proposed_cap(a_market(), item_id=market.item.id)
        assert "item_id" in refusal.value.messages

    def test_refuses_a_cap_for_a_free_purpose(self, app):
        with pytest.raises(RuleBroken, match="no cap is set"):
            a_proposed_cap(a_market(), purpose_class="public_welfare")

    def test_refuses_a_day_that_is_past(self, app):
        with pytest.raises(RuleBroken, match="day that is past"):
            a_proposed_cap(a_market(), valid_from=(clock.today() - timedelta(days=1)).isoformat())

    @pytest.mark.parametrize("role", ["buyer", "agency", "developer"])
    def test_is_not_for_others(self, app, role):
        with pytest.raises(NotAllowed):
            execute(cap.propose, actor=an_actor(role), data={})


class TestPutInForce:
    def test_lets_the_cap_apply(self, app):
        market = a_market()
        made = a_cap_in_force(market)
        assert made.state == "in_force"
        assert in_force(market).id == made.id

    def test_is_not_for_the_person_who_proposed_it(self, app):
        market = a_market()
        data = {"item_id": str(market.item.id), "purpose_class": "sector_development", "unit": "per_item"}
        data |= {"amount_minor": "5", "valid_from": clock.today().isoformat(), "document_number": "7"}
        made = execute(cap.propose, actor=market.authority, data=data)
        with pytest.raises(NotAllowed):
            execute(cap.put_in_force, actor=market.authority, subject_id=made.id)
        assert cap.put_in_force not in available(made, market.authority)
        assert execute(cap.put_in_force, actor=market.deputy, subject_id=made.id).state == "in_force"

    def test_is_not_for_the_operator(self, app):
        market = a_market()
        made = a_proposed_cap(market)
        with pytest.raises(NotAllowed):
            execute(cap.put_in_force, actor=market.colleague, subject_id=made.id)

    def test_replaces_the_earlier_cap_from_its_first_day(self, app):
        market = a_market()
        first = a_cap_in_force(market, 12_000)
        later = clock.today() + timedelta(days=10)
        second = a_cap_in_force(market, 9_000, valid_from=later.isoformat())
        first = db.session.get(FeeCap, first.id)
        assert (first.state, first.valid_until) == ("superseded", later - timedelta(days=1))
        assert in_force(market).amount_minor == 12_000
        assert in_force(market, on=later).id == second.id

    def test_leaves_a_cap_that_begins_later_in_place(self, app):
        market = a_market()
        later = clock.today() + timedelta(days=10)
        a_cap_in_force(market, 9_000, valid_from=later.isoformat())
        a_cap_in_force(market, 12_000)
        assert in_force(market).amount_minor == 12_000
        assert in_force(market, on=later).amount_minor == 9_000

    def test_leaves_other_purposes_and_units_alone(self, app):
        market = a_market()
        first = a_cap_in_force(market)
        a_cap_in_force(market, 5, purpose_class="sector_development")
        a_cap_in_force(market, 5, unit="per_call")
        assert in_force(market).id == first.id
        assert in_force(market, unit="per_call").amount_minor == 5

    def test_refuses_a_proposal_whose_first_day_has_passed(self, app):
        market = a_market()
        made = a_proposed_cap(market)
        with (
            clock.frozen(clock.now() + timedelta(days=2)),
            pytest.raises(RuleBroken, match="day that is past"),
        ):
            execute(cap.put_in_force, actor=market.authority, subject_id=made.id)

    def test_happens_once(self, app):
        market = a_market()
        made = a_cap_in_force(market)
        with pytest.raises(WrongState):
            execute(cap.put_in_force, actor=market.deputy, subject_id=made.id)


class TestReject:
    def test_keeps_the_reason(self, app):
        market = a_market()
        made = a_proposed_cap(market)
        execute(cap.reject, actor=market.authority, subject_id=made.id, data={"reason": "成本依据不足。"})
        assert (made.state, made.rejected_because) == ("rejected", "成本依据不足。")
        assert in_force(market) is None

    def test_needs_a_reason(self, app):
        market = a_market()
        with pytest.raises(InvalidInput):
            execute(cap.reject, actor=market.authority, subject_id=a_proposed_cap(market).id)


class TestSupersede:
    def test_is_only_for_the_product_itself(self, app):
        market = a_market()
        made = a_cap_in_force(market)
        with pytest.raises(NotAllowed):
            execute(
                cap.supersede, actor=market.authority, subject_id=made.id, data={"valid_until": "2030-01-01"}
            )


class TestCaps:
    def test_shows_everybody_the_price_book_and_nobody_else_the_proposals(self, app):
        market = a_market()
        made, proposed = a_cap_in_force(market), a_proposed_cap(market, unit="per_call")
        assert db.session.scalars(queries.caps(ANONYMOUS)).all() == [made]
        for reader in (market.colleague, market.authority):
            assert set(db.session.scalars(queries.caps(reader))) == {made, proposed}
        with pytest.raises(NotFound):
            queries.seen(market.buyer, FeeCap, proposed.id)

    def test_narrows_by_day_item_operator_purpose_state_and_words(self, app):
        market = a_market()
        made = a_cap_in_force(market)
        later = clock.today() + timedelta(days=3)
        a_cap_in_force(market, 5, valid_from=later.isoformat())
        narrowed = {"item_id": market.item.id, "operator_id": market.operator.organisation_id, "text": "雨量"}
        narrowed |= {"purpose_class": "industry_development", "state": "superseded", "on": clock.today()}
        assert db.session.scalars(queries.caps(ANONYMOUS, **narrowed)).all() == [made]
        assert db.session.scalars(queries.caps(ANONYMOUS, text="气温")).all() == []

    def test_gives_a_colleague_the_same_right_as_the_proposer_to_look(self, app):
        market = a_market()
        assert queries.seen(colleague(market.operator), FeeCap, a_proposed_cap(market).id)
