"""Orders, rights of use, deliveries, downloads, results: who, in which state, with which input, under which rule."""

import pytest

from billing import queries as billing
from billing.commands import declaration, invoice, payment
from contracts.commands import agreement as agreements
from kernel import clock, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.due import SWEEPS
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from kernel.storage import store
from marketplace import queries, reactions
from marketplace.commands import delivery, download, entitlement, order, result
from marketplace.queries.citation import citation_of_delivery
from registry.commands import release as releases
from tests.factories import contracts as rights
from tests.factories import marketplace as made
from tests.factories.accounts import an_actor
from tests.factories.registry import a_release, an_agency, colleague


class TestOrderPlace:
    def test_keeps_the_quote(self, stall) -> None:
        placed = made.an_order(stall, quantity=3)
        quote = placed.quote
        assert (placed.total_minor, quote["total_minor"], quote["cap_minor"]) == (30_000, 30_000, 12_000)
        assert quote["cap_document"] == "衡数价〔2026〕7号" and quote["explanation"]["zh"]

    def test_bounds_a_list_price_by_a_later_cap(self, stall) -> None:
        later = clock.today().isoformat()
        made.a_cap(
            stall.product, stall.seller, stall.authority, "80.00", valid_from=later, document_number="9号"
        )
        assert made.an_order(stall).unit_price_minor == 8_000

    @pytest.mark.parametrize("number", [0, -1, 1.5, "2.0", "２", True, 10**6 + 1, "1e3", "", None, "nine"])
    def test_refuses_quantities_that_are_none(self, stall, number) -> None:
        with pytest.raises(InvalidInput):
            made.an_order(stall, quantity=number)

    def test_takes_no_price(self, stall) -> None:
        for name in ("unit_price_minor", "total_minor", "mode", "buyer_id", "state", "declaration_id"):
            with pytest.raises(InvalidInput):
                made.an_order(stall, **{name: 1})

    def test_needs_an_organisation_and_the_mandate_to_apply(self, stall) -> None:
        for nobody in (ANONYMOUS, an_actor("buyer", mandates=["sign"])):
            with pytest.raises(NotAllowed):
                made.an_order(stall, nobody)

    def test_is_not_for_the_seller_itself(self, stall) -> None:
        with pytest.raises(InvalidInput):
            made.an_order(stall, stall.seller)

    def test_refuses_a_purpose_the_offer_is_not_for(self, stall) -> None:
        with pytest.raises(RuleBroken, match="Permitted purposes"):
            made.an_order(stall, purpose_class="sector_development")

    def test_gives_nothing_for_nothing_on_the_buyers_word(self, stall) -> None:
        with pytest.raises(RuleBroken) as refused:
            made.an_order(stall, purpose_class=made.GOVERNANCE)
        assert "B01" in refused.value.ids and "Declare it" in str(refused.value)

    def test_happens_once_for_a_key(self, stall) -> None:
        data = {
            "product_id": str(stall.product.id),
            "plan_id": str(stall.plan.id),
            "purpose_class": made.INDUSTRY,
            "quantity": 1,
            "use_text": "定价。",
        }
        first = execute(order.place, actor=stall.buyer, data=data, request_key="k")
        assert execute(order.place, actor=stall.buyer, data=data, request_key="k").id == first.id

    def test_counts_calls_and_periods(self, stall) -> None:
        made.a_cap(stall.product, stall.seller, stall.authority, "1.00", unit="per_call")
        made.a_cap(stall.product, stall.seller, stall.authority, "50.00", unit="per_period")
        plans = [
            {"unit": "per_call", "price_minor": "0.10", "quantity_included": 5},
            {"unit": "per_period", "price_minor": "50.00", "term_months": 1},
        ]
        opened = made.an_open_offer(stall.product, stall.seller, plans=plans)
        calls, months = queries.offers.plans_of(opened.id)
        assert made.an_order(stall, plan_id=str(calls.id), quantity=2).calls_included == 10
        assert made.an_order(stall, plan_id=str(months.id), quantity=3).term_months == 3

    def test_carries_the_project_mark_of_a_government_buyer(self, app, stall) -> None:
        buyer = an_actor("agency")
        placed = made.an_order(stall, buyer, project="政务信息化 2026-17")
        shown = queries.orders(buyer).where(type(placed).id == placed.id)
        assert [row.project for row in db.session.scalars(shown)] == ["政务信息化 2026-17"]

    def test_starts_the_clock_for_the_signature(self, stall) -> None:
        placed = made.an_order(stall)
        (clock_row,) = due.running_of(placed)
        assert (clock_row.name, clock_row.due_on) == ("order_signature", placed.sign_by)
        made.bound(placed, stall)
        assert not due.running_of(placed)

    def test_draws_up_the_contract(self, stall) -> None:
        agreement = made.agreement_about(made.an_order(stall))
        assert (agreement.kind, agreement.state) == ("data_provision_contract", "drawn_up")
        assert agreement.must_sign_ids == [stall.seller.organisation_id, stall.buyer.organisation_id]


class TestOrderSign:
    def test_waits_for_both_signatures(self, stall) -> None:
        placed = made.an_order(stall)
        rights.signed(made.agreement_about(placed), stall.buyer)
        assert placed.state == "awaiting_signature"
        rights.signed(made.agreement_about(placed), stall.seller)
        assert (placed.state, made.bill_of(placed).total_minor) == ("awaiting_payment", 10_000)

    def test_is_for_the_product_alone(self, stall) -> None:
        with pytest.raises(NotAllowed):
            execute(order.sign, actor=stall.buyer, subject_id=made.an_order(stall).id)

    def test_comes_too_late_after_its_day(self, stall) -> None:
        placed = made.an_order(stall)
        with made.days_later((placed.sign_by - clock.today()).days + 1), pytest.raises(WrongState):
            rights.signed(made.agreement_about(placed), stall.buyer)


class TestOrderActivate:
    def test_follows_the_payment(self, stall) -> None:
        held = made.a_paid_use(stall)
        assert (queries.order(held.order_id).state, held.state) == ("active", "active")

    def test_is_for_the_product_alone(self, stall) -> None:
        placed = made.bound(made.an_order(stall), stall)
        for actor in (stall.buyer, stall.seller, stall.authority):
            with pytest.raises(NotAllowed):
                execute(order.activate, actor=actor, subject_id=placed.id)


class TestOrderCancel:
    def test_is_the_buyers_before_it_is_bound(self, stall) -> None:
        placed = made.an_order(stall)
        execute(order.cancel, actor=stall.buyer, subject_id=placed.id, data={"reason": "不需要了。"})
        assert (placed.state, made.agreement_about(placed).state) == ("cancelled", "lapsed")

    def test_is_not_the_sellers_nor_anybodys_afterwards(self, stall) -> None:
        placed = made.an_order(stall)
        with pytest.raises(NotAllowed):
            execute(order.cancel, actor=stall.seller, subject_id=placed.id, data={"reason": "缺货。"})
        made.bound(placed, stall)
        with pytest.raises(NotAllowed):
            execute(order.cancel, actor=stall.buyer, subject_id=placed.id, data={"reason": "不需要了。"})

    def test_follows_a_void_bill(self, stall) -> None:
        placed = made.bound(made.an_order(stall), stall)
        bill = made.bill_of(placed)
        execute(invoice.void, actor=SYSTEM, subject_id=bill.id, data={"reason": "开具有误。"})
        assert (placed.state, made.agreement_about(placed).state) == ("cancelled", "terminated")


class TestOrderLapse:
    def test_comes_when_it_was_not_signed_in_time(self, stall) -> None:
        placed = made.an_order(stall)
        after = (placed.sign_by - clock.today()).days + 1
        with made.days_later(after):
            due = [found for sweep in SWEEPS for found in sweep(clock.today())]
            assert (order.lapse, placed.id) in due
            execute(order.lapse, actor=SYSTEM, subject_id=placed.id)
        assert (placed.state, made.agreement_about(placed).state) == ("lapsed", "lapsed")

    def test_leaves_others_alone(self, stall) -> None:
        made.an_order(stall)
        assert not list(reactions.orders_not_signed(clock.today()))


class TestOrderEnd:
    def test_follows_the_end_of_the_use(self, stall) -> None:
        held = made.a_paid_use(stall)
        execute(entitlement.end, actor=SYSTEM, subject_id=held.id, data={"reason": "违约。"})
        assert queries.order(held.order_id).state == "ended"


class TestEntitlementEstablish:
    def test_is_never_shorter_than_the_contract(self, stall) -> None:
        placed = made.bound(made.an_order(stall), stall)
        with made.days_later(9):
            held = made.use_of(made.paid(placed, stall))
            assert held.starts_on == clock.today() and held.ends_on >= placed.ends_on
        assert held.ends_on <= stall.right.ends_on

    def test_needs_an_active_order(self, stall) -> None:
        with pytest.raises(NotFound):
            execute(entitlement.establish, actor=SYSTEM, data={"order_id": str(made.an_order(stall).id)})


class TestEntitlementSuspend:
    def test_by_the_authority_refuses_the_next_request(self, stall) -> None:
        held = made.a_paid_use(stall)
        made.fetched(held, stall.buyer)
        execute(entitlement.suspend, actor=stall.authority, subject_id=held.id, data={"reason": "泄露。"})
        with pytest.raises(RuleBroken):
            made.fetched(held, stall.buyer)

    def test_follows_a_revoked_purpose(self, stall) -> None:
        held = made.a_free_use(stall)
        declared = billing.verified_declaration(
            held.holder_id, held.product_id, held.purpose_class, clock.today()
        )
        data = {"reason": "用于商业。"}
        execute(declaration.revoke, actor=stall.authority, subject_id=declared.id, data=data)
        assert (held.state, held.grounds) == ("suspended", ["declaration"])


class TestEntitlementResume:
    def test_by_the_authority_opens_it_again(self, stall) -> None:
        held = made.a_paid_use(stall)
        for command in (entitlement.suspend, entitlement.resume):
            execute(command, actor=stall.authority, subject_id=held.id, data={"reason": "已查清。"})
        assert held.state == "active" and made.fetched(held, stall.buyer).id

    def test_is_not_the_holders(self, stall) -> None:
        held = made.a_paid_use(stall)
        execute(entitlement.suspend, actor=stall.authority, subject_id=held.id, data={"reason": "泄露。"})
        with pytest.raises(NotAllowed):
            execute(entitlement.resume, actor=stall.buyer, subject_id=held.id, data={"reason": "好了。"})


class TestEntitlementEnd:
    def test_follows_a_refund(self, stall) -> None:
        held = made.a_paid_use(stall)
        bill = billing.invoice_about(held.order_id)
        paid = billing.payments_of(bill.id)[0]
        execute(payment.refund, actor=stall.seller, subject_id=paid.id, data={"reason": "数据不符。"})
        assert (held.state, queries.order(held.order_id).state) == ("ended", "ended")


class TestEntitlementExpire:
    def test_comes_after_the_last_day(self, stall) -> None:
        held = made.a_paid_use(stall)
        assert not list(reactions.uses_that_end(held.ends_on))
        with made.days_later((held.ends_on - clock.today()).days + 1):
            assert (entitlement.expire, held.id) in list(reactions.uses_that_end(clock.today()))
            execute(entitlement.expire, actor=SYSTEM, subject_id=held.id)
        assert (held.state, queries.order(held.order_id).state) == ("ended", "ended")


class TestDeliveryFetch:
    def test_leaves_a_row_each_time(self, stall) -> None:
        held = made.a_paid_use(stall)
        first, second = made.fetched(held, stall.buyer), made.fetched(held, stall.buyer)
        assert first.id != second.id and queries.used_calls(held.id) == 2
        assert (first.person_name, first.obtained_on) == (stall.buyer.name, clock.today())
        assert "Organisation" in first.source

    def test_is_for_the_holder_alone(self, stall) -> None:
        held = made.a_paid_use(stall)
        for stranger in (stall.seller, stall.authority, an_actor("buyer")):
            with pytest.raises(NotFound):
                made.fetched(held, stranger)
        with pytest.raises(NotAllowed):
            made.fetched(held, ANONYMOUS)

    def test_ends_when_the_calls_are_used(self, stall) -> None:
        made.a_cap(stall.product, stall.seller, stall.authority, "1.00", unit="per_call")
        opened = made.an_open_offer(
            stall.product, stall.seller, plans=[{"unit": "per_call", "price_minor": "1.00"}]
        )
        held = made.a_paid_use(stall, plan_id=str(made.plan_of(opened).id), quantity=2)
        made.fetched(held, stall.buyer)
        last = made.fetched(held, stall.buyer)
        with pytest.raises(RuleBroken, match="All 2 are used"):
            made.fetched(held, stall.buyer)
        assert queries.files.file_of_delivery(stall.buyer, last.id, clock.now()).id == last.id

    def test_answers_a_verification_and_hands_nothing_over(self, stall) -> None:
        held = a_verification(stall)
        asked = {"station": "东站", "day": "2026-10-01"}
        yes = made.fetched(held, stall.buyer, question=asked)
        no = made.fetched(held, stall.buyer, question=asked | {"day": "2020-01-01"})
        assert (yes.answer, no.answer, yes.storage_key) == (True, False, None)
        with pytest.raises(NotFound):
            queries.files.file_of_delivery(stall.buyer, yes.id, clock.now())
        with pytest.raises(RuleBroken):
            made.fetched(held, stall.buyer)
        with pytest.raises(InvalidInput):
            made.fetched(held, stall.buyer, question={"phone": "1"})

    def test_takes_no_question_where_a_file_is_handed_over(self, stall) -> None:
        with pytest.raises(InvalidInput):
            made.fetched(made.a_paid_use(stall), stall.buyer, question={"station": "东站"})

    def test_says_how_to_cite(self, stall) -> None:
        made_once = made.fetched(made.a_paid_use(stall), stall.buyer)
        said = citation_of_delivery(made_once, "https://data.example")
        day = clock.today().isoformat()
        assert made_once.source in str(said.text) and day in str(said.text)
        assert made_once.source in said.bibtex and f"urldate = {{{day}}}" in said.bibtex
        assert said.csl[0]["accessed"]["date-parts"] == [[int(part) for part in day.split("-")]]


def a_verification(stall):
    sold = made.a_listed_product(
        stall.seller, stall.right, stall.element, kind="verification", title="雨情核验"
    )
    made.a_cap(sold, stall.seller, stall.authority)
    plan = made.plan_of(made.an_open_offer(sold, stall.seller))
    return made.a_paid_use(stall, product_id=str(sold.id), plan_id=str(plan.id))


class TestDownloadFetch:
    def test_needs_no_account_and_keeps_no_name(self, stall) -> None:
        release = a_release()
        done = execute(download.fetch, actor=ANONYMOUS, data={"release_id": str(release.id)})
        assert (done.sha256, queries.download_counts([release.id])) == (release.sha256, {release.id: 1})

    def test_is_refused_with_the_next_request_after_a_suspension(self, stall, client) -> None:
        agency = an_agency()
        release = a_release(agency)
        assert client.get(f"/open-data/{release.id}/file").data == store().get(release.storage_key)
        execute(releases.suspend, actor=agency, subject_id=release.id, data={"reasons": "发现风险。"})
        for path in (f"/open-data/{release.id}/file", f"/open-data/{release.id}"):
            assert client.get(path).status_code == 404
        assert client.get(f"/api/v1/marketplace/open-data/{release.id}/file").status_code == 404
        with pytest.raises(NotFound):
            execute(download.fetch, actor=ANONYMOUS, data={"release_id": str(release.id)})


class TestResultReport:
    def data(self, held, **facts):
        given = {
            "entitlement_id": str(held.id),
            "kind": "paper",
            "title": "雨量与保险",
            "published_on": clock.today().isoformat(),
            "names_source": True,
        }
        return given | facts

    def test_is_on_record(self, stall) -> None:
        held = made.a_paid_use(stall)
        made.fetched(held, stall.buyer)
        made_known = execute(result.report, actor=stall.buyer, data=self.data(held))
        assert [one.id for one in queries.results_of(stall.seller, held.id)] == [made_known.id]

    def test_has_to_name_source_and_day(self, stall) -> None:
        held = made.a_paid_use(stall)
        with pytest.raises(RuleBroken):
            execute(result.report, actor=stall.buyer, data=self.data(held))
        made.fetched(held, stall.buyer)
        with pytest.raises(RuleBroken) as refused:
            execute(result.report, actor=stall.buyer, data=self.data(held, names_source=False))
        assert refused.value.ids == ("N01",)

    def test_is_not_for_the_future_nor_for_strangers(self, stall) -> None:
        held = made.a_paid_use(stall)
        made.fetched(held, stall.buyer)
        with pytest.raises(InvalidInput):
            execute(result.report, actor=stall.buyer, data=self.data(held, published_on="2999-01-01"))
        with pytest.raises(NotFound):
            execute(result.report, actor=an_actor("buyer"), data=self.data(held))


class TestButtons:
    def test_are_those_the_server_would_not_refuse(self, stall) -> None:
        placed = made.an_order(stall)
        assert [one.verb for one in available(placed, stall.buyer)] == ["cancel"]
        assert not available(placed, colleague(stall.seller))
        assert agreements.sign in available(made.agreement_about(placed), stall.buyer)


class TestFiles:
    def test_of_another_kind_are_refused(self, stall) -> None:
        sold = made.a_drafted_product(stall.seller, stall.right, stall.element)
        with pytest.raises(InvalidInput):
            made.with_its_file(sold, stall.seller, File("x.html", b"<html>"), None)
        assert delivery.fetch.creates
