"""Rights of use, deliveries, downloads and reports of results: who, in which state, under which rule."""

import pytest

from billing import queries as billing
from billing.commands import declaration, payment
from contracts.commands import agreement as agreements
from kernel import clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import available, execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from kernel.fields import File
from kernel.storage import store
from marketplace import queries, reactions
from marketplace.commands import delivery, download, entitlement, result
from marketplace.queries.citation import citation_of_delivery
from registry.commands import release as releases
from tests.factories import marketplace as made
from tests.factories.accounts import an_actor
from tests.factories.registry import a_release, an_agency, colleague


def a_verification(stall):
    sold = made.a_listed_product(
        stall.seller, stall.right, stall.element, kind="verification", title="雨情核验"
    )
    made.a_cap(sold, stall.seller, stall.authority)
    plan = made.plan_of(made.an_open_offer(sold, stall.seller))
    return made.a_paid_use(stall, product_id=str(sold.id), plan_id=str(plan.id))


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
