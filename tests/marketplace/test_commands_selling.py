"""Products and offers: who may do what, in which state, with which input, under which rule."""

import pytest

from contracts.commands import element as elements
from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from marketplace import queries
from marketplace.commands import offer, product
from marketplace.queries.products import element_ids
from tests.factories import contracts as rights
from tests.factories import marketplace as made
from tests.factories.accounts import an_actor
from tests.factories.registry import colleague


def a_draft(stall, **facts):
    return made.a_drafted_product(stall.seller, stall.right, stall.element, **facts)


def changed(sold, **facts):
    given = {
        "right_id": str(sold.right_id),
        "elements": [str(one) for one in element_ids(sold.id)],
    }
    return {**made.PRODUCT, **given, **facts}


class TestProductDraft:
    def test_keeps_what_the_seller_says(self, stall) -> None:
        sold = a_draft(stall)
        assert (sold.state, sold.level, sold.jurisdiction) == (
            "draft",
            "first_level",
            stall.right.jurisdiction,
        )

    def test_is_for_the_holder_of_the_right(self, stall) -> None:
        with pytest.raises(NotAllowed):
            made.a_drafted_product(stall.buyer, stall.right, stall.element)
        with pytest.raises(InvalidInput):
            made.a_drafted_product(an_actor("operator"), stall.right, stall.element)

    def test_refuses_purposes_beyond_the_right(self, stall) -> None:
        with pytest.raises(RuleBroken):
            a_draft(stall, purposes=["public_welfare"])

    def test_refuses_elements_of_another_right(self, stall) -> None:
        with pytest.raises(RuleBroken):
            a_draft(stall, elements=[str(stall.product.id)])

    def test_refuses_a_table_without_fields(self, stall) -> None:
        with pytest.raises(InvalidInput):
            a_draft(stall, columns=[])
        assert a_draft(stall, kind="report", columns=[]).kind == "report"

    def test_takes_no_column_of_the_table(self, stall) -> None:
        for name in ("state", "seller_id", "level", "sha256", "listed_at"):
            with pytest.raises(InvalidInput):
                a_draft(stall, **{name: "x"})


class TestProductAmend:
    def test_changes_a_draft_and_asks_for_the_file_again(self, stall) -> None:
        sold = made.with_its_file(a_draft(stall), stall.seller)
        data = changed(sold, title="新名", columns=made.FIELDS[:2])
        execute(product.amend, actor=stall.seller, subject_id=sold.id, data=data)
        assert (sold.title, sold.storage_key, sold.sample) == ("新名", None, {})

    def test_keeps_the_file_where_the_fields_stay(self, stall) -> None:
        sold = made.with_its_file(a_draft(stall), stall.seller)
        execute(product.amend, actor=stall.seller, subject_id=sold.id, data=changed(sold, title="新名"))
        assert sold.storage_key is not None

    def test_ends_with_listing(self, stall) -> None:
        with pytest.raises(WrongState):
            execute(
                product.amend, actor=stall.seller, subject_id=stall.product.id, data=changed(stall.product)
            )


class TestProductAttach:
    def test_keeps_hash_rows_and_sample(self, stall) -> None:
        sold = made.with_its_file(a_draft(stall), stall.seller)
        assert (sold.sha256, sold.rows) == (made.TABLE.sha256, 3)
        assert sold.sample["rows"] == [["某站", "2026-10-01", "0.8"]]

    def test_refuses_a_file_that_does_not_fit(self, stall) -> None:
        sold = a_draft(stall)
        with pytest.raises(RuleBroken):
            made.with_its_file(sold, stall.seller, File("x.csv", b"other,day\n1,2\n"))
        with pytest.raises(InvalidInput):
            made.with_its_file(sold, stall.seller, File("x.csv", b"station,day,index\na,b,c\n"))
        with pytest.raises(InvalidInput):
            made.with_its_file(sold, stall.seller, File("x.zip", b"PK\x03\x04"))

    def test_bounds_the_sample(self, stall) -> None:
        sold = a_draft(stall)
        many = File("s.csv", ("station,day,index\n" + "站,2026-10-01,1\n" * 11).encode())
        strange = File("s.csv", "station,phone\n站,1\n".encode())
        broken = File("s.csv", b"a,b\n1\n")
        for sample in (many, strange, broken):
            with pytest.raises(InvalidInput) as refused:
                made.with_its_file(sold, stall.seller, sample=sample)
            assert "sample" in refused.value.messages

    def test_takes_a_newer_edition_but_no_other_sample_once_listed(self, stall) -> None:
        newer = File("new.csv", "station,day,index\n东站,2026-11-01,0.9\n".encode())
        made.with_its_file(stall.product, stall.seller, newer, None, edition="2026-11-01")
        assert stall.product.rows == 1
        with pytest.raises(InvalidInput):
            made.with_its_file(stall.product, stall.seller)

    def test_counts_no_rows_of_a_report(self, stall) -> None:
        sold = a_draft(stall, kind="report", columns=[])
        made.with_its_file(sold, stall.seller, File("年报.txt", "今年雨量偏多。".encode()), None)
        assert (sold.rows, sold.format) == (None, "txt")


class TestProductList:
    def test_puts_it_on_sale(self, stall) -> None:
        assert (stall.product.state, stall.product.listed_at is not None) == ("listed", True)

    def test_needs_a_file(self, stall) -> None:
        with pytest.raises(InvalidInput):
            made.listed(a_draft(stall), stall.seller)

    def test_needs_the_statement(self, stall) -> None:
        sold = made.with_its_file(a_draft(stall), stall.seller)
        with pytest.raises(InvalidInput):
            execute(product.list_, actor=stall.seller, subject_id=sold.id, data={"nothing_bars_it": False})

    def test_needs_the_reference_of_the_exchange(self, stall) -> None:
        sold = made.with_its_file(a_draft(stall, exchange_reference=""), stall.seller)
        with pytest.raises(RuleBroken) as refused:
            made.listed(sold, stall.seller)
        assert refused.value.ids == ("T01",)

    def test_refuses_personal_information_without_treatment(self, stall) -> None:
        words = {"abstract": "含投保人身份证号和家庭住址。"}
        with pytest.raises(RuleBroken):
            made.listed(made.with_its_file(a_draft(stall, **words), stall.seller), stall.seller)
        treated = a_draft(stall, **words, treatment="身份证号已哈希，住址只留到区县。")
        assert made.listed(made.with_its_file(treated, stall.seller), stall.seller).state == "listed"

    def test_refuses_a_sample_that_shows_a_person(self, stall) -> None:
        shows = File("s.csv", b"station,day,index\n13800138000,2026-10-01,1\n")
        sold = made.with_its_file(a_draft(stall), stall.seller, sample=shows)
        with pytest.raises(RuleBroken):
            made.listed(sold, stall.seller)

    def test_refuses_a_suspended_element(self, stall) -> None:
        sold = made.with_its_file(a_draft(stall), stall.seller)
        suspend = {"reason": "数据有误。"}
        execute(elements.suspend, actor=stall.seller, subject_id=stall.element.id, data=suspend)
        with pytest.raises(RuleBroken):
            made.listed(sold, stall.seller)


class TestProductSuspend:
    def test_stops_sale_and_use(self, stall) -> None:
        held = made.a_paid_use(stall)
        stop(stall, stall.authority)
        assert (stall.product.state, held.state) == ("suspended", "suspended")
        with pytest.raises(RuleBroken):
            made.an_order(stall)

    def test_is_for_seller_and_authority(self, stall) -> None:
        for stranger in (stall.buyer, an_actor("operator"), an_actor("authority", jurisdiction="530000")):
            with pytest.raises((NotAllowed, NotFound)):
                stop(stall, stranger)

    def test_lets_nobody_name_a_ground_that_is_not_its_own(self, stall) -> None:
        stop(stall, stall.seller, ground="right")
        assert stall.product.grounds == ["seller"]


class TestProductResume:
    def test_needs_the_last_ground_gone(self, stall) -> None:
        held = made.a_paid_use(stall)
        stop(stall, stall.seller)
        stop(stall, stall.authority)
        go_on(stall, stall.seller)
        assert stall.product.state == "suspended"
        go_on(stall, stall.authority)
        assert (stall.product.state, held.state, held.grounds) == ("listed", "active", [])

    def test_does_not_lift_what_another_ordered(self, stall) -> None:
        stop(stall, stall.authority)
        with pytest.raises(NotAllowed):
            go_on(stall, stall.seller)
        assert "resume" not in [one.verb for one in available(stall.product, stall.seller)]


def stop(stall, actor, **facts):
    data = {"reason": "核查中。"} | facts
    return execute(product.suspend, actor=actor, subject_id=stall.product.id, data=data)


def go_on(stall, actor):
    return execute(product.resume, actor=actor, subject_id=stall.product.id, data={"reason": "已整改。"})


class TestProductWithdraw:
    def test_by_the_seller_leaves_what_was_sold(self, stall) -> None:
        held = made.a_paid_use(stall)
        execute(product.withdraw, actor=stall.seller, subject_id=stall.product.id, data={"reason": "换代。"})
        assert (stall.product.state, stall.offer.state, held.state) == ("withdrawn", "closed", "active")
        assert made.fetched(held, stall.buyer).sha256 == stall.product.sha256

    def test_frees_what_the_seller_had_stopped_before(self, stall) -> None:
        held = made.a_paid_use(stall)
        stop(stall, stall.seller)
        execute(product.withdraw, actor=stall.seller, subject_id=stall.product.id, data={"reason": "换代。"})
        assert held.state == "active"

    def test_by_the_authority_ends_it(self, stall) -> None:
        held = made.a_paid_use(stall)
        execute(
            product.withdraw, actor=stall.authority, subject_id=stall.product.id, data={"reason": "违规。"}
        )
        assert (held.state, queries.order(held.order_id).state) == ("ended", "ended")


class TestOfferDraft:
    def test_takes_the_kind_of_price_from_the_level(self, stall) -> None:
        drafted = made.a_drafted_offer(stall.product, stall.seller)
        assert (drafted.state, made.plan_of(drafted).mode) == ("draft", "guided")
        assert made.plan_of(drafted).price_minor == 10_000

    @pytest.mark.parametrize("price", ["-1", "0", "1.005", "abc", "1000000000.01"])
    def test_refuses_prices_that_are_none(self, stall, price) -> None:
        with pytest.raises(InvalidInput):
            made.a_drafted_offer(stall.product, stall.seller, price)

    def test_is_for_the_seller_of_the_product(self, stall) -> None:
        with pytest.raises(InvalidInput):
            made.a_drafted_offer(stall.product, an_actor("operator"))
        with pytest.raises(NotAllowed):
            made.a_drafted_offer(stall.product, stall.buyer)

    def test_keeps_its_days_in_order(self, stall) -> None:
        with pytest.raises(InvalidInput):
            made.a_drafted_offer(stall.product, stall.seller, open_from="2026-12-02", open_until="2026-12-01")


class TestOfferAmend:
    def test_replaces_the_plans(self, stall) -> None:
        drafted = made.a_drafted_offer(stall.product, stall.seller)
        data = {
            "product_id": str(stall.product.id),
            "title": "按次",
            "purposes": ["industry_development"],
            "open_from": clock.today().isoformat(),
            "plans": [{"unit": "per_call", "price_minor": "1.00"}, {"unit": "per_item", "price_minor": "9"}],
        }
        execute(offer.amend, actor=stall.seller, subject_id=drafted.id, data=data)
        assert [plan.unit for plan in queries.offers.plans_of(drafted.id)] == ["per_call", "per_item"]

    def test_stays_with_its_product(self, stall) -> None:
        drafted = made.a_drafted_offer(stall.product, stall.seller)
        other = a_draft(stall)
        data = {
            "product_id": str(other.id),
            "title": "按份",
            "purposes": ["industry_development"],
            "open_from": clock.today().isoformat(),
            "plans": [{"unit": "per_item", "price_minor": "9"}],
        }
        with pytest.raises(InvalidInput):
            execute(offer.amend, actor=stall.seller, subject_id=drafted.id, data=data)


class TestOfferOpen:
    def test_refuses_a_price_above_the_cap_and_names_it(self, stall) -> None:
        with pytest.raises(RuleBroken) as refused:
            made.an_open_offer(stall.product, stall.seller, "120.01")
        assert "120.00" in str(refused.value) and "衡数价〔2026〕7号" in str(refused.value)

    def test_refuses_a_unit_without_a_cap(self, stall) -> None:
        plans = [{"unit": "per_call", "price_minor": "1.00"}]
        with pytest.raises(RuleBroken, match="no fee cap"):
            made.an_open_offer(stall.product, stall.seller, plans=plans)

    def test_needs_no_cap_for_free_purposes(self, stall) -> None:
        plans = [{"unit": "per_call", "price_minor": "1.00"}]
        opened = made.an_open_offer(stall.product, stall.seller, plans=plans, purposes=["public_governance"])
        assert opened.state == "open"

    def test_waits_for_the_listing(self, stall) -> None:
        sold = made.with_its_file(a_draft(stall), stall.seller)
        with pytest.raises(RuleBroken):
            made.an_open_offer(sold, stall.seller)

    def test_of_second_level_follows_the_market(self, stall) -> None:
        developer = rights.a_developer(stall.who)
        held = rights.a_second_right(stall.who, developer, stall.element)
        sold = made.a_listed_product(
            developer, held, stall.element, title="雨量保险指数", purposes=["industry_development"]
        )
        opened = made.an_open_offer(sold, developer, "9999.00")
        assert made.plan_of(opened).mode == "market"
        placed = made.an_order(
            stall, product_id=str(sold.id), plan_id=str(made.plan_of(opened).id), quantity=2
        )
        assert (placed.mode, placed.total_minor) == ("market", 1_999_800)


class TestOfferClose:
    def test_stops_new_orders(self, stall) -> None:
        execute(offer.close, actor=stall.seller, subject_id=stall.offer.id)
        with pytest.raises(InvalidInput):
            made.an_order(stall)

    def test_comes_with_the_last_day(self, stall) -> None:
        until = clock.today().isoformat()
        opened = made.an_open_offer(stall.product, stall.seller, open_until=until)
        with made.days_later(1):
            found = [row.id for row in queries.offers.offers_past_end(clock.today())]
            assert found == [opened.id]
            with pytest.raises(InvalidInput):
                made.an_order(stall, plan_id=str(made.plan_of(opened).id))
            execute(offer.close, actor=SYSTEM, subject_id=opened.id)
        db.session.refresh(opened)
        assert opened.state == "closed"

    def test_is_not_for_a_colleague_of_the_buyer(self, stall) -> None:
        with pytest.raises((NotAllowed, NotFound)):
            execute(offer.close, actor=colleague(stall.buyer), subject_id=stall.offer.id)
