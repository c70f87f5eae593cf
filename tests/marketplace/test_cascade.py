"""What changes of a right bring about on the market: shown beforehand, done with it, undone where it can be."""

import pytest

from billing import queries as billing
from contracts import commands as contracts
from contracts import queries
from contracts.queries.parts import parts_of
from kernel import clock
from kernel.command import execute
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, RuleBroken
from marketplace.commands import passing
from tests.factories import life
from tests.factories import marketplace as made
from tests.factories.life import run


def states(*rows):
    for one in rows:
        db.session.refresh(one)
    return [one.state for one in rows]


def given_up(stall):
    run(contracts.right_life.ask_surrender, stall.seller, stall.right, reason="业务调整。")
    run(contracts.right_life.surrender, stall.authority, stall.right, **life.WHY)


class TestNewSales:
    def test_stop_while_running_uses_go_on(self, stall) -> None:
        use = made.a_paid_use(stall)
        run(contracts.right_life.restrict, stall.authority, stall.right, scope="new_sales", **life.WHY)
        with pytest.raises(RuleBroken) as caught:
            made.an_order(stall)
        assert caught.value.duty == "contracts.sales_may_begin"
        with pytest.raises(RuleBroken):
            made.an_open_offer(stall.product, stall.seller)
        assert states(use, stall.product, stall.offer) == ["active", "listed", "open"]
        assert made.fetched(use, stall.buyer)
        run(contracts.right_life.relax, stall.authority, stall.right, **life.WHY)
        assert made.an_order(stall).state == "awaiting_signature"


class TestParts:
    def test_of_products_rest_and_come_back(self, stall) -> None:
        use = made.a_paid_use(stall)
        assert (str(stall.product.id), stall.product.title) in parts_of(stall.right, "products")
        part = {"scope": "products", "scope_ids": [str(stall.product.id)]}
        run(contracts.right_life.restrict, stall.authority, stall.right, **part, **life.WHY)
        assert states(stall.right, stall.product, use) == ["in_force", "suspended", "suspended"]
        run(contracts.right_life.relax, stall.authority, stall.right, **life.WHY)
        assert states(stall.product, use) == ["listed", "active"]

    def test_of_resources_reach_down_to_the_use_and_back(self, stall) -> None:
        use = made.a_paid_use(stall)
        source = queries.sources_of_right(stall.right)[0]
        part = {"scope": "resources", "scope_ids": [str(source.id)]}
        run(contracts.right_life.restrict, stall.authority, stall.right, **part, **life.WHY)
        assert states(stall.right, stall.element, stall.product, use) == [
            "in_force", "suspended", "suspended", "suspended",
        ]  # fmt: skip
        run(contracts.right_life.relax, stall.authority, stall.right, **life.WHY)
        assert states(stall.element, stall.product, use) == ["available", "listed", "active"]


class TestEnd:
    def test_is_what_the_plan_showed_down_to_the_bills(self, stall) -> None:
        use, waiting = made.a_paid_use(stall), made.bound(made.an_order(stall), stall)
        bill = made.bill_of(waiting)
        run(contracts.right_life.ask_surrender, stall.seller, stall.right, reason="业务调整。")
        planned = queries.hit_by(stall.right, "contracts.right.surrender", {})
        shown = {(hit.kind, hit.subject.id, hit.step.rpartition(".")[2]) for hit in planned if hit.step}
        assert {
            ("product", stall.product.id, "withdraw"), ("offer", stall.offer.id, "close"),
            ("entitlement", use.id, "end"), ("order", waiting.id, "cancel"), ("invoice", bill.id, "void"),
        } <= shown  # fmt: skip
        run(contracts.right_life.surrender, stall.authority, stall.right, **life.WHY)
        assert states(stall.product, stall.offer, use, waiting, bill) == [
            "withdrawn", "closed", "ended", "cancelled", "void",
        ]  # fmt: skip

    def test_leaves_what_is_owed_in_the_final_account(self, stall) -> None:
        made.a_paid_use(stall)
        given_up(stall)
        rows = {row.label.msgid: (row.count, row.minor) for row in billing.figures_of_right(stall.right.id)}
        assert rows["Bills that were paid"] == (1, 10_000) and rows["Bills that are not paid"] == (0, 0)


class TestProductNarrow:
    def test_follows_a_reduction_of_the_purposes(self, stall) -> None:
        use = made.a_paid_use(stall)
        less = life.a_reduction(stall.seller, stall.right, purposes=["public_governance"])
        life.agreed(less, stall.who.deputy, stall.seller)
        assert states(stall.product, stall.offer, use) == ["listed", "closed", "ended"]
        assert stall.product.purposes == ["public_governance"]
        with pytest.raises(NotAllowed):
            run(passing.narrow, stall.seller, stall.product, purposes=["public_welfare"])


class TestProductHandOver:
    def test_goes_with_the_right_to_its_new_holder(self, stall) -> None:
        use, follower = made.a_paid_use(stall), life.another_operator(stall.who)
        change = life.a_transfer(stall.seller, stall.right, follower)
        life.agreed(change, stall.who.deputy, stall.seller, follower)
        assert states(stall.product, stall.offer, use) == ["listed", "closed", "active"]
        assert stall.product.seller_id == follower.organisation_id
        assert queries.right_is_live(stall.right.id, clock.today())[0]


class TestEntitlementHandOver:
    def test_keeps_the_running_use_with_the_new_holder(self, stall) -> None:
        use, follower = made.a_paid_use(stall), life.another_operator(stall.who)
        change = life.a_transfer(stall.seller, stall.right, follower)
        life.agreed(change, stall.who.deputy, stall.seller, follower)
        db.session.refresh(use)
        assert use.seller_id == follower.organisation_id
        assert made.fetched(use, stall.buyer)
        with pytest.raises(NotFound):  # the former seller does not see it any more
            execute(
                passing.hand_over_use, actor=stall.seller, subject_id=use.id,
                data={"seller_id": str(stall.seller.organisation_id)},
            )  # fmt: skip
