"""Doors for programs and the shell, and the filters of the lists; what rests on an element rests with it."""

import json

from contracts.commands import element as elements
from kernel.command import execute
from tests.factories import contracts as rights
from tests.factories import marketplace as made
from tests.factories.registry import a_release
from tests.marketplace.doors import Doors


class TestOpenData:
    def test_is_listed_and_narrowed_down_without_a_key(self, stall, client) -> None:
        release = a_release()
        for path in ("/api/v1/marketplace/open-data", "/open-data?format=json"):
            listed = client.get(path).json
            assert [row["sha256"] for row in listed["items"]] == [release.sha256]
        for found, query in (
            (1, "q=雨量&theme=weather&type=csv"),
            (1, f"q={release.title}"),
            (0, "theme=transport"),
            (0, "type=xlsx"),
            (0, "q=暴雪"),
        ):
            assert client.get(f"/api/v1/marketplace/open-data?{query}").json["total"] == found, query

    def test_is_cited_and_counted(self, stall, client) -> None:
        release = a_release()
        assert client.get(f"/api/v1/marketplace/open-data/{release.id}/file").status_code == 200
        assert client.get(f"/open-data/{release.id}/citation.json").json[0]["title"] == release.title
        assert client.get("/api/v1/marketplace/downloads").json["total"] == 1


class TestDeliveries:
    def test_are_cited_for_programs(self, app, stall) -> None:
        doors = Doors(app, stall.buyer)
        delivered = made.fetched(made.a_paid_use(stall), stall.buyer)
        answer = doors.program.get(
            f"/api/v1/marketplace/deliveries/{delivered.id}/citation", headers=doors.headers
        )
        assert answer.json[0]["type"] == "dataset"


class TestShell:
    def test_prints_the_price_list(self, app, stall) -> None:
        told = app.test_cli_runner().invoke(args=["marketplace", "prices"])
        lines = [json.loads(line) for line in told.stdout.splitlines()]
        assert {(line["mode"], line["unit_price_minor"]) for line in lines} == {
            ("free", 0),
            ("guided", 10_000),
        }

    def test_checks_every_listed_product(self, app, stall) -> None:
        told = app.test_cli_runner().invoke(args=["marketplace", "check"])
        assert "1 products are listed, 0 of them interrupted." in told.stdout


class TestLists:
    def test_of_orders_are_narrowed_down(self, app, stall) -> None:
        placed, page = made.an_order(stall), Doors(app, stall.buyer).page
        for shown, query in (
            (True, "side=bought&state=awaiting_signature&sort=-total"),
            (False, "side=sold"),
            (False, "state=active"),
            (True, "purpose=industry_development&sort=product"),
            (False, "purpose=public_welfare"),
        ):
            assert (placed.number in page.get(f"/orders?{query}").text) is shown, query

    def test_of_prices_are_narrowed_down(self, stall, client) -> None:
        title = stall.product.title
        assert title in client.get("/prices?q=雨量&kind=data_set&purpose=industry_development").text
        assert title not in client.get("/prices?kind=model").text
        assert client.get("/prices/history?purpose=nonsense").status_code == 422


class TestElementsBelow:
    def test_take_products_with_them_and_give_them_back(self, stall) -> None:
        developer = rights.a_developer(stall.who)
        held = rights.a_second_right(stall.who, developer, stall.element)
        second = made.a_listed_product(
            developer, held, stall.element, title="雨量保险指数", purposes=["industry_development"]
        )
        use = made.a_paid_use(stall)
        for command, state, used in (
            (elements.suspend, "suspended", "suspended"),
            (elements.resume, "listed", "active"),
        ):
            execute(command, actor=stall.seller, subject_id=stall.element.id, data={"reason": "核查数据。"})
            assert (stall.product.state, second.state, use.state) == (state, state, used)
