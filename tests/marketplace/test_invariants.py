"""What must never happen, tried through page, JSON and shell. Numbers as in the list of the product."""

import json
from datetime import datetime

import pytest

from billing.commands import declaration
from contracts import queries as contracts
from contracts.commands import right as held_rights
from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import DomainError, RuleBroken
from marketplace import queries
from marketplace.commands import order, product
from registry.commands import catalogue
from tests.factories import contracts as rights
from tests.factories import marketplace as made
from tests.factories.accounts import an_actor
from tests.factories.billing import EVIDENCE, announced, confirmed
from tests.marketplace.doors import Doors


def fetch_is_refused(app, held, actor) -> None:
    """At every door, at this moment."""
    doors = Doors(app, actor)
    at_page = doors.page.post(f"/my-data/{held.id}/fetch")
    assert at_page.status_code in (404, 409), at_page.text
    at_json = doors.json("deliveries/fetch", {"entitlement_id": str(held.id)})
    assert at_json.status_code in (404, 409), at_json.text
    assert doors.shell("marketplace.delivery.fetch", {"entitlement_id": str(held.id)}).exit_code == 1


def order_is_refused(app, stall, statuses=(409, 422), **facts) -> None:
    """At every door."""
    doors = Doors(app, stall.buyer)
    data = {
        "product_id": str(stall.product.id),
        "plan_id": str(stall.plan.id),
        "purpose_class": made.INDUSTRY,
        "quantity": 1,
        "use_text": "定价。",
    } | facts
    before = db.session.scalar(db.select(db.func.count()).select_from(queries.orders(SYSTEM).subquery()))
    assert doors.json("orders/place", data).status_code in statuses
    assert doors.shell("marketplace.order.place", data).exit_code == 1
    known = {"product_id", "plan_id", "purpose_class", "quantity", "use_text"}
    if set(data) <= known:
        assert doors.page.post(f"/products/{stall.product.id}/order", data=data).status_code in (
            *statuses,
            404,
        )
    after = db.session.scalar(db.select(db.func.count()).select_from(queries.orders(SYSTEM).subquery()))
    assert before == after


def entry_of(stall):
    return contracts.lineage_of(stall.element.id)[0].entries[0]


class TestInvariant1:
    """Data that may not be opened enters nothing; what rests on it stops."""

    def test_a_withdrawn_entry_stops_sale_and_access(self, app, stall) -> None:
        held = made.a_paid_use(stall)
        reasons = {"reasons": "涉密，撤回。"}
        agency = stall.who.agency
        execute(catalogue.withdraw, actor=agency, subject_id=entry_of(stall).id, data=reasons)
        db.session.refresh(stall.product)
        assert (stall.product.state, stall.product.grounds) == ("suspended", ["right"])
        order_is_refused(app, stall)
        fetch_is_refused(app, held, stall.buyer)

    def test_an_attribute_that_changed_unseen_is_seen_at_every_use(self, app, stall) -> None:
        held, waiting = made.a_paid_use(stall), made.an_order(stall)
        entry_of(stall).opening_attribute = "none"
        db.session.commit()
        draft = made.a_drafted_product(stall.seller, stall.right, stall.element)
        made.with_its_file(draft, stall.seller)
        with pytest.raises(RuleBroken):
            made.listed(draft, stall.seller)
        with pytest.raises(RuleBroken):
            made.an_open_offer(stall.product, stall.seller)
        with pytest.raises(RuleBroken):
            rights.signed(made.agreement_about(waiting), stall.buyer)
        order_is_refused(app, stall)
        fetch_is_refused(app, held, stall.buyer)

    def test_the_shell_names_the_interrupted_product(self, app, stall) -> None:
        assert app.test_cli_runner().invoke(args=["marketplace", "check"]).exit_code == 0
        entry_of(stall).opening_attribute = "none"
        db.session.commit()
        told = app.test_cli_runner().invoke(args=["marketplace", "check", "--json"])
        assert told.exit_code == 1 and str(stall.product.id) in json.loads(told.stdout)["interrupted"]


class TestInvariant2:
    """Nothing exceeds the right it rests on, and nothing outlives it."""

    def test_a_product_cannot_reach_beyond_its_right(self, app, stall) -> None:
        doors = Doors(app, stall.seller)
        data = dict(made.PRODUCT) | {
            "right_id": str(stall.right.id),
            "elements": [str(stall.element.id)],
            "purposes": ["public_welfare"],
        }
        assert doors.json("products/draft", data).status_code == 409
        assert doors.shell("marketplace.product.draft", data).exit_code == 1
        form = {
            name: data[name] for name in ("right_id", "elements", "purposes", "kind", "title", "abstract")
        }
        form |= {"columns-0-name": "station"}
        assert doors.page.post("/products/new", data=form).status_code == 409

    def test_a_use_ends_with_its_right(self, app, stall) -> None:
        held = made.a_paid_use(stall)
        assert held.ends_on <= stall.right.ends_on
        execute(held_rights.expire, actor=SYSTEM, subject_id=stall.right.id)
        assert (stall.product.state, held.state) == ("withdrawn", "ended")
        fetch_is_refused(app, held, stall.buyer)

    def test_a_suspension_cascades_and_is_lifted_again(self, app, stall) -> None:
        held = made.a_paid_use(stall)
        data = {"reason": "安全检查。", "basis": "WZ46"}
        execute(held_rights.suspend, actor=stall.authority, subject_id=stall.right.id, data=data)
        assert (stall.product.state, held.state) == ("suspended", "suspended")
        fetch_is_refused(app, held, stall.buyer)
        execute(
            held_rights.lift, actor=stall.authority, subject_id=stall.right.id, data={"reason": "已整改。"}
        )
        assert (stall.product.state, held.state) == ("listed", "active")
        assert made.fetched(held, stall.buyer).sha256 == stall.product.sha256


class TestInvariant4:
    """The purpose decides the price, never the seller and never the buyer's word."""

    @pytest.mark.parametrize(
        "tampered",
        [
            {"unit_price_minor": 0},
            {"total_minor": 1},
            {"price_minor": 1},
            {"mode": "free"},
            {"waived_minor": 10_000},
            {"declaration_id": "0" * 32},
        ],
    )
    def test_no_price_comes_from_outside(self, app, stall, tampered) -> None:
        order_is_refused(app, stall, (422,), **tampered)

    def test_free_use_needs_a_purpose_verified_for_this_buyer_and_product(self, app, stall) -> None:
        other = an_actor("buyer")
        made.a_verified_purpose(stall, other)
        order_is_refused(app, stall, (409,), purpose_class=made.GOVERNANCE)
        second = made.a_listed_product(stall.seller, stall.right, stall.element, title="另一产品")
        data = {
            "item_id": str(second.id),
            "purpose_class": made.GOVERNANCE,
            "text": "防汛。",
            "evidence": EVIDENCE,
        }
        declared = execute(declaration.declare, actor=stall.buyer, data=data)
        execute(declaration.verify, actor=stall.authority, subject_id=declared.id)
        order_is_refused(app, stall, (409,), purpose_class=made.GOVERNANCE)

    def test_free_use_reports_what_was_waived(self, stall) -> None:
        held = made.a_free_use(stall, quantity=2)
        bill = made.bill_of(queries.order(held.order_id))
        assert (bill.state, bill.total_minor, bill.waived_minor) == ("paid", 0, 20_000)

    def test_a_revoked_purpose_ends_free_use_with_the_next_request(self, app, stall) -> None:
        held = made.a_free_use(stall)
        made.fetched(held, stall.buyer)
        declared = db.session.scalars(db.select(made.PurposeDeclaration)).one()
        data = {"reason": "用于商业。"}
        execute(declaration.revoke, actor=stall.authority, subject_id=declared.id, data=data)
        fetch_is_refused(app, held, stall.buyer)

    def test_no_guided_price_stands_above_its_cap(self, app, stall) -> None:
        drafted = made.a_drafted_offer(stall.product, stall.seller, "120.01")
        doors = Doors(app, stall.seller)
        assert doors.page.post(f"/do/marketplace.offer.open/{drafted.id}").status_code == 409
        assert doors.json(f"offers/{drafted.id}/open", {}).status_code == 409
        assert doors.shell("marketplace.offer.open", {}, drafted.id).exit_code == 1


class TestInvariant6:
    """No access without a live chain, the signatures, the purpose and the payment."""

    def test_nothing_before_signatures_and_payment(self, app, stall) -> None:
        placed = made.an_order(stall)
        assert queries.entitlement_of_order(placed.id) is None
        rights.signed(made.agreement_about(placed), stall.buyer)
        assert queries.entitlement_of_order(placed.id) is None
        rights.signed(made.agreement_about(placed), stall.seller)
        assert queries.entitlement_of_order(placed.id) is None
        doors = Doors(app, stall.buyer)
        for verb in ("sign", "activate"):
            assert doors.json(f"orders/{placed.id}/{verb}", {}).status_code == 403
            assert doors.shell(f"marketplace.order.{verb}", {}, placed.id).exit_code == 1
            assert doors.page.post(f"/do/marketplace.order.{verb}/{placed.id}").status_code == 403
        forged = {"order_id": str(placed.id)}
        assert doors.json("entitlements/establish", forged).status_code == 403

    def test_a_contract_that_ended_closes_access(self, app, stall) -> None:
        held = made.a_paid_use(stall)
        made.agreement_about(queries.order(held.order_id)).state = "terminated"
        db.session.commit()
        fetch_is_refused(app, held, stall.buyer)

    def test_a_bill_that_was_given_back_closes_access(self, app, stall) -> None:
        held = made.a_paid_use(stall)
        made.bill_of(queries.order(held.order_id)).state = "credited"
        db.session.commit()
        fetch_is_refused(app, held, stall.buyer)

    def test_a_link_dies_with_a_suspension_and_after_its_minutes(self, app, stall) -> None:
        held, doors = made.a_paid_use(stall), Doors(app, stall.buyer)
        done = doors.json("deliveries/fetch", {"entitlement_id": str(held.id)})
        link = f"/api/v1/marketplace/deliveries/{done.json['id']}/file"
        assert doors.program.get(link, headers=doors.headers).data == made.TABLE.content
        assert doors.page.get(f"/deliveries/{done.json['id']}/file").data == made.TABLE.content
        assert app.test_client().get(link).status_code == 404
        stop = {"reason": "核查。"}
        execute(product.suspend, actor=stall.authority, subject_id=stall.product.id, data=stop)
        assert doors.program.get(link, headers=doors.headers).status_code == 409
        assert doors.page.get(f"/deliveries/{done.json['id']}/file").status_code == 409
        execute(product.resume, actor=stall.authority, subject_id=stall.product.id, data=stop)
        assert doors.program.get(link, headers=doors.headers).status_code == 200
        with clock.frozen(clock.now() + (datetime.fromisoformat(done.json["link_until"]) - clock.now()) * 2):
            assert doors.program.get(link, headers=doors.headers).status_code == 409

    def test_a_term_that_is_over_is_over_whether_or_not_anybody_marked_it(self, stall) -> None:
        held = made.a_paid_use(stall)
        assert held.state == "active"
        with made.days_later((held.ends_on - clock.today()).days + 1), pytest.raises(RuleBroken):
            made.fetched(held, stall.buyer)


class TestInvariant7:
    """Nobody decides on its own matter, and no payment is one person's."""

    def test_neither_side_settles_its_own_order(self, stall) -> None:
        placed = made.bound(made.an_order(stall), stall)
        paid = announced(made.bill_of(placed), stall.buyer)
        with pytest.raises(DomainError):
            confirmed(paid, stall.buyer)
        for actor in (stall.buyer, stall.seller, stall.authority):
            with pytest.raises(DomainError):
                execute(order.activate, actor=actor, subject_id=placed.id)

    def test_neither_side_verifies_the_purpose(self, stall) -> None:
        data = {
            "item_id": str(stall.product.id),
            "purpose_class": made.GOVERNANCE,
            "text": "防汛。",
            "evidence": EVIDENCE,
        }
        declared = execute(declaration.declare, actor=stall.buyer, data=data)
        for actor in (stall.buyer, stall.seller):
            with pytest.raises(DomainError):
                execute(declaration.verify, actor=actor, subject_id=declared.id)

    def test_nobody_buys_from_itself(self, app, stall) -> None:
        doors = Doors(app, stall.seller)
        data = {
            "product_id": str(stall.product.id),
            "plan_id": str(stall.plan.id),
            "purpose_class": made.INDUSTRY,
            "quantity": 1,
            "use_text": "自用。",
        }
        assert doors.json("orders/place", data).status_code == 422
        assert doors.shell("marketplace.order.place", data).exit_code == 1
        assert doors.page.post(f"/products/{stall.product.id}/order", data=data).status_code == 422


class TestThreats:
    """Rows of the list of threats that touch the marketplace."""

    @pytest.mark.parametrize("quantity", [0, -1, 10**6 + 1, 10**30, 1.5, "1e9", "２"])
    def test_6_quantities_that_are_none(self, app, stall, quantity) -> None:
        order_is_refused(app, stall, (422,), quantity=quantity)

    def test_1_orders_uses_and_deliveries_of_others_are_not_there(self, app, stall) -> None:
        held = made.a_paid_use(stall)
        delivered = made.fetched(held, stall.buyer)
        stranger = Doors(app, an_actor("buyer"))
        for path in (
            f"/orders/{held.order_id}",
            f"/my-data/{held.id}",
            f"/my-data/{held.id}/report",
            f"/deliveries/{delivered.id}",
            f"/deliveries/{delivered.id}/file",
            f"/deliveries/{delivered.id}/citation.bib",
            f"/do/marketplace.order.cancel/{held.order_id}",
        ):
            assert stranger.page.get(path).status_code == 404, path
        number = queries.order(held.order_id).number
        for path in ("/orders", "/orders?format=csv", f"/orders?q={number}", "/my-data", "/desk"):
            shown = stranger.page.get(path).text.replace(f'value="{number}"', "").replace(path, "")
            assert f"<code>{number}</code>" not in shown
        for kind in ("orders", "entitlements", "deliveries", "results"):
            listed = stranger.program.get(f"/api/v1/marketplace/{kind}", headers=stranger.headers).json
            assert listed["total"] == 0, kind

    def test_36_no_door_shows_more_rows_than_the_sample(self, app, stall, client) -> None:
        value = "南站"
        for path in (
            f"/products/{stall.product.id}",
            f"/products/{stall.product.id}?page=2&size=200&offset=3",
            f"/products?q={value}",
            f"/api/v1/marketplace/products/{stall.product.id}",
            "/api/v1/marketplace/products?size=200",
            "/prices?format=csv",
        ):
            assert value not in client.get(path).text.replace(f'value="{value}"', ""), path
        shown = client.get(f"/api/v1/marketplace/products/{stall.product.id}").json
        assert "storage_key" not in shown and len(shown["sample"]["rows"]) == 1

    def test_27_exports_hold_no_formula(self, app, stall) -> None:
        made.an_order(stall, use_text="=1+1")
        execute_title = "=HYPERLINK(1)"
        made.a_drafted_product(stall.seller, stall.right, stall.element, title=execute_title)
        sheet = Doors(app, stall.seller).page.get("/my-products?format=csv").data.decode("utf-8-sig")
        assert "'=HYPERLINK(1)" in sheet

    def test_22_words_of_a_seller_are_words(self, app, stall, client) -> None:
        nasty = '<script>alert(1)</script>"{{7*7}}'
        sold = made.a_drafted_product(stall.seller, stall.right, stall.element, title=nasty, abstract=nasty)
        made.listed(made.with_its_file(sold, stall.seller), stall.seller)
        for path in ("/products", f"/products/{sold.id}", "/prices"):
            assert "<script>alert" not in client.get(path).text
