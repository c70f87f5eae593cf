"""Paying through the provider: amount from the bill, notices believed only with signature and time, each once."""

import itertools
import json
from datetime import timedelta

import pytest
import stripe

from accounts.models import Person
from billing import gateway, queries
from billing.commands import payment
from billing.models import Payment
from kernel import clock, outbox
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, RuleBroken
from tests.billing.conftest import SECRET
from tests.factories.accounts import sign_in
from tests.factories.billing import a_bill, a_cap_in_force, a_market, announced

WEBHOOK = "/billing/stripe/webhook"
_events = itertools.count(1)


@pytest.fixture
def market(app):
    """A market with a cap in force."""
    market = a_market()
    a_cap_in_force(market)
    return market


@pytest.fixture
def browser(app, market):
    """The buyer's browser, signed in."""
    client = app.test_client()
    sign_in(client, db.session.get(Person, market.buyer.user_id))
    return client


def paying(browser, bill):
    """The payment under way after the button was pressed."""
    answer = browser.post(f"/invoices/{bill.id}/pay-online")
    assert answer.status_code == 303
    db.session.rollback()
    return queries.open_payment_of(bill.id)


def event(paid, *, kind="checkout.session.completed", **session):
    """What the provider says about a session."""
    told = {"id": paid.session_id, "object": "checkout.session", "payment_status": "paid"}
    told |= {"amount_total": paid.amount_minor, "currency": "cny", "payment_intent": "pi_1"} | session
    return {"id": f"evt_{next(_events)}", "object": "event", "type": kind, "data": {"object": told}}


def tell(client, told, *, secret=SECRET, at=None, header=None):
    """Post a notice as the provider does, signed at a moment."""
    body = json.dumps(told)
    moment = int((at or clock.now()).timestamp())
    signed = stripe.WebhookSignature.generate_signature_header(body, secret, moment)
    headers = {"Stripe-Signature": signed if header is None else header}
    answer = client.post(WEBHOOK, data=body, headers=headers, content_type="application/json")
    db.session.rollback()
    db.session.expire_all()
    return answer


class TestPayOnline:
    def test_leads_to_the_provider_with_the_amount_of_the_bill(self, market, browser, provider):
        bill = a_bill(market, quantity=2)
        answer = browser.post(f"/invoices/{bill.id}/pay-online", data={"amount_minor": "1"})
        db.session.rollback()
        paid = queries.open_payment_of(bill.id)
        assert answer.headers["Location"] == f"https://checkout.stripe.com/cs_{paid.id}"
        (method, _url, sent, key) = provider.asked[0]
        assert (method, key) == ("post", f"checkout-{paid.id}")
        assert sent["line_items[0][price_data][unit_amount]"] == "20000"
        assert sent["line_items[0][price_data][currency]"] == "cny"
        assert (paid.method, paid.state, paid.session_id) == ("stripe", "announced", f"cs_{paid.id}")

    def test_takes_up_what_was_begun(self, market, browser, provider):
        bill = a_bill(market)
        assert paying(browser, bill).id == paying(browser, bill).id
        assert len(queries.payments_of(bill.id)) == 1

    def test_withdraws_the_payment_where_the_provider_does_not_answer(self, market, browser, provider):
        bill = a_bill(market)
        provider.fails = True
        assert browser.post(f"/invoices/{bill.id}/pay-online").status_code == 503
        db.session.rollback()
        assert queries.open_payment_of(bill.id) is None
        provider.fails = False
        assert paying(browser, bill).reference.endswith("-2")
        provider.fails = True
        assert browser.post(f"/invoices/{bill.id}/pay-online").status_code == 503
        db.session.rollback()
        assert queries.open_payment_of(bill.id) is not None

    def test_refuses_beside_a_transfer_under_way(self, market, browser, provider):
        bill = a_bill(market)
        announced(bill, market.buyer)
        assert browser.post(f"/invoices/{bill.id}/pay-online").status_code == 409
        assert provider.asked == []

    def test_is_not_offered_where_no_provider_is_configured(self, market, browser):
        bill = a_bill(market)
        assert browser.post(f"/invoices/{bill.id}/pay-online").status_code == 404
        assert "pay-online" not in browser.get(f"/invoices/{bill.id}/pay").text

    def test_is_offered_where_one_is(self, market, browser, provider):
        assert "pay-online" in browser.get(f"/invoices/{a_bill(market).id}/pay").text


class TestBegin:
    def test_takes_the_amount_of_the_bill(self, market):
        bill = a_bill(market)
        made = execute(payment.begin, actor=market.buyer, data={"invoice_id": str(bill.id)})
        assert (made.state, made.method, made.amount_minor) == ("announced", "stripe", bill.total_minor)

    def test_is_for_the_buyer_of_the_bill_alone(self, market):
        with pytest.raises(InvalidInput):
            execute(payment.begin, actor=market.operator, data={"invoice_id": str(a_bill(market).id)})


class TestAttach:
    def test_keeps_the_session(self, market):
        made = execute(payment.begin, actor=market.buyer, data={"invoice_id": str(a_bill(market).id)})
        execute(payment.attach, actor=SYSTEM, subject_id=made.id, data={"session_id": "cs_1"})
        assert (made.session_id, made.state) == ("cs_1", "announced")


class TestWebhook:
    def test_pays_the_bill(self, market, browser, provider, client):
        bill = a_bill(market)
        answer = tell(client, event(paying(browser, bill)))
        assert answer.json == {"received": True, "used": True}
        assert queries.invoice(bill.id).state == "paid"
        assert queries.problems() == []

    def test_pays_it_once_however_often_it_is_told(self, market, browser, provider, client):
        bill = a_bill(market)
        told = event(paying(browser, bill))
        answers = [tell(client, told).status_code for _ in range(3)]
        again = tell(client, told | {"id": "evt_other"})
        assert answers == [200, 200, 200]
        assert again.json["used"] is False
        assert queries.balance_of("bank", market.operator.organisation_id) == 10_000

    @pytest.mark.parametrize("minutes", [-6, 6])
    def test_believes_no_notice_from_another_time(self, market, browser, provider, client, minutes):
        bill = a_bill(market)
        told = event(paying(browser, bill))
        assert tell(client, told, at=clock.now() + timedelta(minutes=minutes)).status_code == 422
        assert queries.invoice(bill.id).state == "issued"

    @pytest.mark.parametrize("header", ["", "nonsense", "t=1,v1=00", "v1=00", "t=x,v1=00"])
    def test_believes_no_notice_without_a_right_signature(self, market, browser, provider, client, header):
        bill = a_bill(market)
        assert tell(client, event(paying(browser, bill)), header=header).status_code == 422
        assert queries.invoice(bill.id).state == "issued"

    def test_believes_no_other_key_and_no_changed_body(self, market, browser, provider, client):
        bill = a_bill(market)
        told = event(paying(browser, bill))
        assert tell(client, told, secret="whsec_another").status_code == 422
        signed = stripe.WebhookSignature.generate_signature_header(json.dumps(told), SECRET)
        told["data"]["object"]["amount_total"] += 1
        assert tell(client, told, header=signed).status_code == 422
        assert client.post(WEBHOOK, data=b"\xff\xfe", headers={"Stripe-Signature": signed}).status_code == 422

    @pytest.mark.parametrize("wrong", [{"amount_total": 9_999}, {"currency": "usd"}])
    def test_takes_no_other_amount_or_currency(self, market, browser, provider, client, wrong):
        bill = a_bill(market)
        answer = tell(client, event(paying(browser, bill), **wrong))
        assert answer.status_code == 409
        assert queries.invoice(bill.id).state == "issued"

    def test_waits_where_the_money_is_not_there_yet(self, market, browser, provider, client):
        bill = a_bill(market)
        paid = paying(browser, bill)
        assert tell(client, event(paid, payment_status="unpaid")).json["used"] is False
        assert queries.invoice(bill.id).state == "issued"
        assert tell(client, event(paid, kind="checkout.session.async_payment_succeeded")).json["used"] is True
        assert queries.invoice(bill.id).state == "paid"

    def test_lets_a_session_that_expired_lapse(self, market, browser, provider, client):
        bill = a_bill(market)
        paid = paying(browser, bill)
        told = event(paid, kind="checkout.session.expired", payment_status="unpaid")
        assert tell(client, told).json["used"] is True
        assert queries.open_payment_of(bill.id) is None
        assert tell(client, told).json["used"] is False

    @pytest.mark.parametrize("order", list(itertools.permutations(["paid", "expired", "paid"])))
    def test_ends_the_same_in_whatever_order_it_is_told(self, market, browser, provider, client, order):
        bill = a_bill(market)
        paid = paying(browser, bill)
        notices = {
            "paid": event(paid),
            "expired": event(paid, kind="checkout.session.expired", payment_status="unpaid"),
        }
        for name in order:
            assert tell(client, notices[name]).status_code == 200
        assert queries.invoice(bill.id).state == "paid"
        assert queries.balance_of("bank", market.operator.organisation_id) == 10_000

    def test_ignores_what_it_does_not_know(self, market, browser, provider, client):
        paid = paying(browser, a_bill(market))
        assert tell(client, event(paid, kind="invoice.finalized")).json["used"] is False
        assert tell(client, event(paid, id="cs_unknown")).json["used"] is False

    def test_is_not_there_without_a_provider(self, client, market):
        assert client.post(WEBHOOK, data="{}").status_code == 404


class TestReceive:
    def test_keeps_apart_what_comes_for_a_settled_bill_and_gives_it_back(
        self, market, browser, provider, client
    ):
        bill = a_bill(market)
        online = paying(browser, bill)
        execute(payment.lapse, actor=market.buyer, subject_id=online.id)
        announced_later = announced(bill, market.buyer)
        tell(client, event(online))
        online = db.session.get(Payment, online.id)
        assert (online.state, online.surplus, queries.invoice(bill.id).state) == ("confirmed", True, "issued")
        seller, buyer = market.operator.organisation_id, market.buyer.organisation_id
        assert queries.balance_of("unapplied", seller, buyer) == -10_000
        execute(payment.refund, actor=market.operator, subject_id=online.id, data={"reason": "重复付款。"})
        assert queries.balance_of("unapplied", seller, buyer) == queries.balance_of("bank", seller) == 0
        assert announced_later.state == "announced"
        assert queries.problems() == []

    def test_is_only_for_the_product_itself(self, market, browser, provider):
        online = paying(browser, a_bill(market))
        for command in (payment.receive, payment.attach):
            with pytest.raises(NotAllowed):
                execute(command, actor=market.buyer, subject_id=online.id, data={})

    def test_is_not_confirmed_by_hand(self, market, browser, provider):
        online = paying(browser, a_bill(market))
        with pytest.raises(NotAllowed):
            execute(payment.confirm, actor=market.operator, subject_id=online.id, data={})

    def test_compares_the_amount_with_that_of_the_payment(self, market, browser, provider):
        online = paying(browser, a_bill(market))
        data = {"event_id": "evt", "amount_minor": 1, "currency": "cny"}
        with pytest.raises(RuleBroken):
            execute(payment.receive, actor=SYSTEM, subject_id=online.id, data=data)


class TestGiveBack:
    def test_asks_the_provider_after_the_commit_and_once(self, market, browser, provider, client):
        bill = a_bill(market)
        tell(client, event(paying(browser, bill)))
        (paid,) = queries.payments_of(bill.id)
        execute(payment.refund, actor=market.operator, subject_id=paid.id, data={"reason": "数据有误。"})
        asked = len(provider.asked)
        outbox.deliver_due()
        (method, url, sent, key) = provider.asked[asked]
        assert (method, url.endswith("/refunds"), sent) == ("post", True, {"payment_intent": "pi_1"})
        assert key == f"refund-{paid.id}"
        assert queries.invoice(bill.id).state == "credited"

    def test_closes_the_providers_page_of_a_withdrawn_payment(self, market, browser, provider):
        online = paying(browser, a_bill(market))
        execute(payment.lapse, actor=market.buyer, subject_id=online.id)
        outbox.deliver_due()
        assert provider.asked[-1][1].endswith(f"/checkout/sessions/{online.session_id}/expire")


class TestGateway:
    def test_says_whether_it_is_configured(self, app, provider):
        assert gateway.is_configured()

    def test_reads_no_notice_without_a_secret(self, app):
        with pytest.raises(InvalidInput):
            gateway.read_notice(b"{}", "t=1,v1=00", clock.now())
