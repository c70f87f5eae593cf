"""*May I use this?*: the same answer on page and as JSON as at the order and at the fetch, without an account."""

import json
from datetime import timedelta

import pytest

from contracts import queries as contracts
from contracts.rules import policy as law
from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.errors import RuleBroken
from marketplace import queries
from marketplace.queries.may_use import may_use
from marketplace.queries.policies import policy_of_order, policy_of_product, policy_of_use
from tests.factories import marketplace as made
from tests.factories.accounts import PLACE


@pytest.fixture
def stall(app):
    return made.a_stall()


def answer(stall, purpose="industry_development", **facts):
    return may_use(ANONYMOUS, stall.product, clock.today(), purpose=purpose, **facts)


def refused(found) -> list[str]:
    return [one.rule for one in found.tree.refusals]


class TestAnswer:
    def test_is_yes_within_the_offer_and_names_the_price(self, stall) -> None:
        found = answer(stall, "credit_and_risk", place=PLACE, form="file")
        assert found.tree.holds is True and refused(found) == []
        assert [price.unit_price_minor for _, price in found.prices] == [10_000]

    def test_names_the_one_rule_that_refuses(self, stall) -> None:
        assert refused(answer(stall, "industry_development", place="CN")) == ["territory"]
        assert refused(answer(stall, "industry_development", form="interface")) == ["form"]

    def test_says_for_which_purposes_the_same_use_is_possible(self, stall) -> None:
        found = answer(stall, "charity")
        assert refused(found) == ["purpose", "price"]
        assert found.instead == ["industry_development", "public_governance"]

    def test_knows_the_day(self, stall) -> None:
        later = clock.today() + timedelta(days=4000)
        found = may_use(ANONYMOUS, stall.product, later, purpose="industry_development")
        assert {"term", "authority"} <= set(refused(found))

    def test_agrees_with_the_order(self, stall) -> None:
        for purpose in ("industry_development", "public_welfare"):
            possible = answer(stall, purpose).tree.holds
            try:
                made.an_order(stall, purpose_class=purpose)
            except RuleBroken:
                assert not possible
            else:
                assert possible


class TestPolicies:
    def test_get_narrower_from_right_to_offer_to_order_to_use(self, stall) -> None:
        held = made.a_paid_use(stall)
        ordered = queries.order(held.order_id)
        offer = policy_of_product(stall.product, stall.offer.purposes)
        order, use = policy_of_order(ordered), policy_of_use(held)
        assert order.purposes == {"industry_development"} < offer.purposes
        assert order.to == use.to and order.ends_on <= offer.ends_on and offer.to is None
        assert order.forbidden == offer.forbidden

    def test_stand_in_the_contract_as_they_are_enforced(self, stall) -> None:
        held = made.a_paid_use(stall)
        document = contracts.document_of(queries.agreement_of(held.order_id))
        signed = law.read(document.data["policy"])
        assert signed == policy_of_order(queries.order(held.order_id))
        annexes = {block["key"] for block in document.data["text"]["blocks"] if block["place"] == "annex"}
        assert {"annex_fields", "annex_quality"} <= annexes


class TestEnforcement:
    def test_ends_with_the_term_of_the_use(self, stall) -> None:
        held = made.a_paid_use(stall)
        made.fetched(held, stall.buyer)
        with made.days_later((held.ends_on - clock.today()).days + 1), pytest.raises(RuleBroken) as caught:
            made.fetched(held, stall.buyer)
        assert caught.value.duty.endswith(".use_is_permitted")


class TestPage:
    def test_answers_everybody_as_page_and_as_json(self, stall, client) -> None:
        address = f"/products/{stall.product.id}/may-i-use"
        page = client.get(f"{address}?purpose=charity", headers={"Accept-Language": "en"})
        assert page.status_code == 200 and b"No, not like this." in page.data
        told = client.get(f"{address}?purpose=industry_development&format=json").get_json()
        assert told["may_use"] is True and told["prices"][0]["quote"]["unit_price_minor"] == 10_000
        assert {part["rule"] for part in told["tree"]["parts"]} == {"policy", "sale", "authority", "price"}

    def test_says_what_it_cannot_read(self, stall, client) -> None:
        address = f"/products/{stall.product.id}/may-i-use"
        assert client.get(f"{address}?purpose=world_domination").status_code == 422
        refused = client.get(f"{address}?purpose=charity&day=tomorrow&lang=en")
        assert refused.status_code == 422 and "Enter a day as year-month-day" in refused.text

    def test_gives_programs_the_offer_as_odrl(self, stall, client) -> None:
        reply = client.get(f"/products/{stall.product.id}/policy.jsonld")
        assert reply.mimetype == "application/ld+json"
        assert law.read(json.loads(reply.data)).kind == "Offer"
