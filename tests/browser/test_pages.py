"""Every page that has an address of its own: checked once for whoever may open it, in both languages where it is public."""

from typing import Any

import pytest

from tests.browser.town import TODAY
from tests.browser.visitor import Visitor
from tests.factories.accounts import PASSWORD

# Files and addresses that draw no page.
NO_PAGE = ("/api/v1/", "/static/", "/favicon.ico", "/robots.txt", "/healthz", "/documents/")


def pages(live: Any) -> list[str]:
    """Every address without blanks that answers GET with a page."""
    rules = [rule for rule in live.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted({rule.rule for rule in rules if not rule.arguments and not rule.rule.startswith(NO_PAGE)})


def open_all(visitor: Visitor, addresses: list[str]) -> set[str]:
    """Look at every page that opens; what leads elsewhere or is refused is somebody else's."""
    opened = set()
    for address in addresses:
        answer = visitor.page.goto(visitor.live.address + address)
        if answer and answer.status == 200 and visitor.path.split("?")[0] == address:
            opened.add(address)
        visitor.look(expected_failure=bool(answer and answer.status >= 400))
    return opened


@pytest.mark.browser
@pytest.mark.slow
class TestPages:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_are_in_order_for_anybody(self, town, server, visit, language: str) -> None:  # noqa: ANN001
        live = server(copy_of=town.folder)
        live.at(TODAY)
        opened = open_all(visit(live, language), pages(live))
        public = {
            "/",
            "/catalogue",
            "/resources",
            "/products",
            "/operators",
            "/prices",
            "/open-data",
            "/check",
            "/help",
        }
        assert public <= opened

    @pytest.mark.parametrize("part", ["decider", "operator", "agency", "registrar", "insurer"])
    def test_are_in_order_for(self, town, server, visit, part: str) -> None:  # noqa: ANN001
        live = server(copy_of=town.folder)
        live.at(TODAY)
        visitor = visit(live, "en" if part == "insurer" else "zh")
        public = open_all_quietly(visitor, pages(live))
        visitor.enter(town.emails[part], PASSWORD)
        opened = open_all(visitor, [address for address in pages(live) if address not in public])
        assert "/desk" in opened


def open_all_quietly(visitor: Visitor, addresses: list[str]) -> set[str]:
    """Which pages open without an account."""
    asked = {address: visitor.page.request.get(visitor.live.address + address) for address in addresses}
    return {
        address for address, answer in asked.items() if answer.status == 200 and "/sign-in" not in answer.url
    }
