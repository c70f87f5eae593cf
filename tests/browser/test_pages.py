"""Every page that has an address of its own: checked once for whoever may open it, in both languages where it is public."""

from typing import Any

import pytest

from tests.browser.town import TODAY
from tests.browser.visitor import Visitor
from tests.factories.accounts import PASSWORD

# Files; feeds and other doors of machines are told apart by what they answer.
NO_PAGE = ("/api/v1/", "/static/", "/documents/")

PUBLIC = {
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


def pages(live: Any) -> list[str]:
    """Every address without blanks that answers GET with a page."""
    rules = [rule for rule in live.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted({rule.rule for rule in rules if not rule.arguments and not rule.rule.startswith(NO_PAGE)})


def open_(visitor: Visitor) -> set[str]:
    """Which of them open for this visitor as a page, without leading elsewhere; asked without drawing them."""
    at = visitor.live.address
    asked = {path: visitor.page.request.get(at + path) for path in pages(visitor.live)}
    return {
        path
        for path, answer in asked.items()
        if answer.status == 200 and answer.url == at + path and "text/html" in answer.headers["content-type"]
    }


@pytest.mark.browser
@pytest.mark.slow
class TestPages:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_are_in_order_for_anybody(self, town, server, visit, language: str) -> None:  # noqa: ANN001
        live = server(copy_of=town.folder)
        live.at(TODAY)
        visitor = visit(live, language)
        public = open_(visitor)
        assert PUBLIC <= public
        for path in sorted(public):
            visitor.go(path)
        visitor.go("/no-such-page", status=404)

    @pytest.mark.parametrize("part", ["decider", "operator", "insurer"])
    def test_are_in_order_for(self, town, server, visit, part: str) -> None:  # noqa: ANN001
        live = server(copy_of=town.folder)
        live.at(TODAY)
        visitor = visit(live, "en" if part == "insurer" else "zh")
        public = open_(visitor)
        visitor.enter(town.emails[part], PASSWORD)
        own = open_(visitor) - public
        assert "/desk" in own
        for path in sorted(own):
            visitor.go(path)
