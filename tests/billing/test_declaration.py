"""Declared purposes: the buyer declares, the authority verifies, the seller has no say."""

from datetime import timedelta

import pytest

from billing import queries
from billing.commands import declaration
from billing.models import PurposeDeclaration
from kernel import clock, due
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound
from kernel.fields import File
from kernel.storage import store
from tests.factories.accounts import a_member, acting, an_actor, organisation_of
from tests.factories.billing import EVIDENCE, a_declaration, a_market, a_verified_declaration


def verified(market, buyer=None, **facts):
    who = (buyer or market.buyer).organisation_id
    asked = {"item_id": market.item.id, "purpose_class": "public_welfare", "on": clock.today()} | facts
    return queries.verified_declaration(who, **asked)


class TestDeclare:
    def test_keeps_purpose_and_evidence(self, app):
        market = a_market()
        made = a_declaration(market)
        assert (made.state, made.purpose_class, made.item_title) == ("declared", "public_welfare", "逐日雨量")
        assert made.seller_id == market.operator.organisation_id
        assert store().get(made.evidence["key"]) == EVIDENCE.content
        assert verified(market) is None

    def test_starts_the_clock_of_the_authority(self, app):
        made = a_declaration(a_market())
        (clock_row,) = due.running_of(made)
        assert (clock_row.name, clock_row.waits_for) == ("purpose_verification", "authority")
        assert clock_row.due_on == due.due_day(made, "purpose.verification_wd", clock.today()).on

    def test_needs_evidence_that_is_what_it_says(self, app):
        with pytest.raises(InvalidInput) as refusal:
            a_declaration(a_market(), evidence=File("任务书.pdf", b"MZ not a paper"))
        assert "evidence" in refusal.value.messages

    def test_refuses_an_item_of_ones_own_and_one_nobody_offers(self, app):
        market = a_market()
        with pytest.raises(InvalidInput):
            a_declaration(market, buyer=market.operator)
        with pytest.raises(InvalidInput):
            a_declaration(market, item_id=str(market.right.id))

    def test_is_not_for_people_without_the_mandate(self, app):
        market = a_market()
        reader = an_actor("buyer", mandates=["be_served"])
        with pytest.raises(NotAllowed):
            a_declaration(market, buyer=reader)


class TestVerify:
    def test_makes_the_use_free_until_it_is_looked_at_again(self, app):
        market = a_market()
        made = a_verified_declaration(market)
        assert verified(market).id == made.id
        assert made.valid_from == clock.today()
        assert verified(market, on=made.valid_until).id == made.id
        assert verified(market, on=made.valid_until + timedelta(days=1)) is None

    def test_holds_for_this_buyer_item_and_purpose_alone(self, app):
        market = a_market()
        a_verified_declaration(market)
        assert verified(market, buyer=an_actor("buyer")) is None
        assert verified(market, item_id=market.right.id) is None
        assert verified(market, purpose_class="public_governance") is None

    def test_is_not_for_seller_buyer_or_the_authority_where_it_buys_itself(self, app):
        market = a_market()
        made = a_declaration(market, buyer=market.authority)
        for actor in (market.authority, market.deputy, market.operator):
            with pytest.raises((NotAllowed, NotFound)):
                execute(declaration.verify, actor=actor, subject_id=made.id)

    def test_is_not_for_the_person_who_declared_it_in_another_role(self, app):
        market = a_market()
        authority = organisation_of(market.authority)
        from accounts.queries import person

        both = acting(a_member(authority, person=person(market.buyer.user_id)), authority)
        with pytest.raises(NotAllowed):
            execute(declaration.verify, actor=both, subject_id=a_declaration(market).id)

    def test_stops_the_clock(self, app):
        assert due.running_of(a_verified_declaration(a_market())) == []


class TestReject:
    def test_tells_the_buyer_why(self, app):
        market = a_market()
        made = a_declaration(market)
        execute(
            declaration.reject,
            actor=market.authority,
            subject_id=made.id,
            data={"reason": "材料与用途无关。"},
        )
        assert (made.state, made.reason) == ("rejected", "材料与用途无关。")
        assert verified(market) is None

    def test_needs_a_reason(self, app):
        market = a_market()
        with pytest.raises(InvalidInput):
            execute(declaration.reject, actor=market.authority, subject_id=a_declaration(market).id)


class TestRevoke:
    def test_ends_free_use_at_once(self, app):
        market = a_market()
        made = a_verified_declaration(market)
        execute(declaration.revoke, actor=market.deputy, subject_id=made.id, data={"reason": "转作商用。"})
        assert made.state == "revoked"
        assert verified(market) is None


class TestDeclarations:
    def test_shows_them_to_the_buyer_and_the_authority_but_not_to_the_seller(self, app):
        market = a_market()
        made = a_declaration(market)
        for reader in (market.buyer, market.authority):
            assert db.session.scalars(
                queries.declarations(reader, state="declared", item_id=made.item_id)
            ).all()
        for stranger in (market.operator, market.agency, an_actor("buyer")):
            assert db.session.scalars(queries.declarations(stranger)).all() == []
            with pytest.raises(NotFound):
                queries.seen(stranger, PurposeDeclaration, made.id)

    def test_finds_one_by_id_or_says_there_is_none(self, app):
        market = a_market()
        made = a_declaration(market)
        assert queries.declaration(made.id) is made
        with pytest.raises(NotFound):
            queries.declaration(market.item.id)
