"""The pages of the marketplace: sound in both languages, complete for their owners, closed to others."""

import re

import pytest

from marketplace import queries
from tests.factories import marketplace as made
from tests.factories.accounts import PASSWORD, a_member, organisation_of, sign_in
from tests.factories.registry import a_release

OPEN = ("/products", "/prices", "/prices/history", "/open-data")
OWN = ("/orders", "/my-data", "/my-products", "/products/new")


def page(response, title: str = "") -> str:
    """A page as every page must be: one h1, a title, labelled inputs, no id twice."""
    assert response.status_code in (200, 409, 422), response.text[:2000]
    text = response.text
    assert len(re.findall(r"<h1[ >]", text)) == 1 and re.search(r"<title>\s*\S", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", text):
        if 'type="hidden"' not in tag and "aria-label=" not in tag:
            assert re.search(r'\sid="([^"]+)"', tag)[1] in labelled, tag
    assert title in text
    return text


def browser(app, actor):
    """A browser signed in as somebody of the actor's organisation."""
    client = app.test_client()
    assert sign_in(client, a_member(organisation_of(actor)), PASSWORD).status_code == 302
    return client


class TestPublicPages:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_are_drawn_in_both_languages(self, stall, client, lang) -> None:
        release = a_release()
        paths = [*OPEN, f"/products/{stall.product.id}", f"/open-data/{release.id}"]
        for path in paths:
            page(client.get(f"{path}?lang={lang}"))

    def test_list_what_is_on_sale(self, stall, client) -> None:
        text = page(client.get("/products?lang=en"), stall.product.title)
        assert "¥100.00" in text and "Free for Public governance" in text

    def test_narrow_down_with_counts(self, stall, client) -> None:
        assert stall.product.title in client.get("/products?q=雨量+指数&price=free&theme=weather").text
        assert stall.product.title not in client.get("/products?q=暴雪").text
        assert stall.product.title not in client.get("/products?kind=report").text
        assert stall.product.title in client.get(f"/products?seller={stall.product.seller_id}").text
        assert stall.product.title not in client.get("/products?price=nonsense&purpose=nonsense").text

    def test_answer_what_a_purpose_costs(self, stall, client) -> None:
        at = f"/products/{stall.product.id}?lang=en&quantity=3&purpose="
        assert "¥300.00" in page(client.get(at + "industry_development"))
        free = page(client.get(at + "public_governance"))
        assert "Declare the purpose" in free and "instead of" in free and "¥100.00" in free
        assert client.get(at.replace("=3", "=0") + "public_governance").status_code == 422

    def test_name_the_cap_in_the_price_list(self, stall, client) -> None:
        assert "衡数价〔2026〕7号" in page(client.get("/prices?lang=en"))
        sheet = client.get("/prices?format=csv&lang=en").data.decode("utf-8-sig")
        assert "10000" in sheet and "衡数价〔2026〕7号" in sheet
        assert client.get("/prices/history?format=xlsx").data[:2] == b"PK"

    def test_show_the_chain_of_authority(self, stall, client) -> None:
        text = page(client.get(f"/products/{stall.product.id}?lang=en"))
        assert stall.right.number in text and "Every link is in force today" in text

    def test_show_nothing_of_drafts(self, stall, client) -> None:
        draft = made.a_drafted_product(stall.seller, stall.right, stall.element, title="未发布产品")
        assert client.get(f"/products/{draft.id}").status_code == 404
        for path in (*OPEN, "/api/v1/marketplace/products"):
            assert "未发布产品" not in client.get(path).text


class TestOwnPages:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_are_drawn_for_buyer_and_seller(self, app, stall, lang) -> None:
        held = made.a_paid_use(stall)
        delivered = made.fetched(held, stall.buyer)
        waiting = made.an_order(stall)
        paths = [
            *OWN[:3],
            "/desk",
            f"/orders/{held.order_id}",
            f"/orders/{waiting.id}",
            f"/my-data/{held.id}",
            f"/deliveries/{delivered.id}",
        ]
        buyer, seller, authority = (browser(app, one) for one in (stall.buyer, stall.seller, stall.authority))
        for client in (buyer, seller, authority):
            for path in paths:
                page(client.get(f"{path}?lang={lang}"))
        for path in (f"/products/{stall.product.id}/order", f"/my-data/{held.id}/report"):
            page(buyer.get(f"{path}?lang={lang}"))
        draft = made.a_drafted_product(stall.seller, stall.right, stall.element)
        offer = made.a_drafted_offer(stall.product, stall.seller)
        own = ["/products/new", f"/products/{draft.id}", f"/products/{draft.id}/edit"]
        own += [
            f"/products/{stall.product.id}/offer",
            f"/offers/{offer.id}/edit",
            f"/products/{stall.product.id}",
        ]
        own += [f"/do/marketplace.product.attach/{draft.id}", f"/do/marketplace.product.list_/{draft.id}"]
        for path in own:
            page(seller.get(f"{path}?lang={lang}"))

    def test_ask_a_stranger_to_sign_in(self, app, client) -> None:
        for path in OWN:
            assert client.get(path).location == f"/sign-in?next={path}"

    def test_export_orders_and_products(self, app, stall) -> None:
        placed = made.an_order(stall)
        seller = browser(app, stall.seller)
        assert placed.number in seller.get("/orders?format=csv&lang=en").text
        assert stall.product.title in seller.get("/my-products?format=csv&lang=en").text
        assert seller.get("/orders?format=xlsx").data[:2] == b"PK"


class TestJourney:
    def test_of_an_order_from_the_page_to_the_file(self, app, stall) -> None:
        client = browser(app, stall.buyer)
        form = {
            "product_id": str(stall.product.id),
            "plan_id": str(stall.plan.id),
            "purpose_class": "industry_development",
            "quantity": "2",
            "use_text": "保险定价",
            "request_key": "one-click",
        }
        first = client.post(f"/products/{stall.product.id}/order", data=form)
        again = client.post(f"/products/{stall.product.id}/order", data=form)
        assert first.status_code == 302 and first.location == again.location
        placed = queries.order(__import__("uuid").UUID(first.location.rsplit("/", 1)[1]))
        made.paid(made.bound(placed, stall), stall)
        held = made.use_of(placed)
        handed = client.post(f"/my-data/{held.id}/fetch")
        text = page(client.get(f"{handed.location}?lang=en"), stall.product.sha256)
        assert "BibTeX" in text
        file = client.get(f"{handed.location}/file")
        assert file.data == made.TABLE.content and "attachment" in file.headers["Content-Disposition"]
        assert "%E9%9B%A8" in file.headers["Content-Disposition"]
        for kind in ("txt", "bib", "json"):
            assert client.get(f"{handed.location}/citation.{kind}").status_code == 200
        assert client.get(f"{handed.location}/citation.exe").status_code == 404

    def test_of_a_refused_order_keeps_what_was_typed(self, app, stall) -> None:
        client = browser(app, stall.buyer)
        form = {
            "product_id": str(stall.product.id),
            "plan_id": str(stall.plan.id),
            "purpose_class": "public_governance",
            "quantity": "1",
            "use_text": "防汛值班",
        }
        refused = client.post(f"/products/{stall.product.id}/order?lang=en", data=form)
        assert refused.status_code == 409 and "has not been verified" in page(refused, "防汛值班")

    def test_of_a_product_from_the_form_to_the_list(self, app, stall) -> None:
        client = browser(app, stall.seller)
        form = {
            "right_id": str(stall.right.id),
            "elements": [str(stall.element.id)],
            "kind": "data_set",
            "title": "雨量年报",
            "abstract": "年度雨量汇总。",
            "purposes": ["industry_development"],
            "keywords": "雨量、年报",
            "exchange_reference": "HZ-2",
            "columns-0-name": "station",
            "columns-0-title": "站点",
            "columns-0-type": "text",
        }
        drawn = client.post("/products/new", data=form)
        assert drawn.status_code == 302, drawn.text
        changed = client.post(f"{drawn.location}/edit", data=form | {"title": "雨量年报（修订）"})
        assert changed.status_code == 302
        assert "雨量年报（修订）" in page(client.get(f"{drawn.location}?lang=en"))
