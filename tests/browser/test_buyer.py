"""The buyer's part of the walk again: in English, and in a browser that runs no scripts."""

from dataclasses import replace

import pytest

from tests.browser.market import Sale, industry_buys
from tests.browser.visitor import Visitor
from tests.factories.accounts import PASSWORD

SALE = Sale(
    enter=lambda visitor, who: visitor.enter(who, PASSWORD),
    ordered="2026-07-20",
    confirmed="2026-07-22",
    source="衡州市水利局",
)


@pytest.fixture
def sale(town) -> Sale:  # noqa: ANN001
    """Another sale of the product on sale in the town."""
    return replace(
        SALE, buyer=town.emails["insurer"], seller=town.emails["developer"], keeper=town.emails["keeper"]
    )


@pytest.mark.browser
@pytest.mark.slow
class TestBuyer:
    def test_buys_in_english(self, town, server, visit, sale: Sale) -> None:  # noqa: ANN001
        visitor: Visitor = visit(server(copy_of=town.folder), "en")
        industry_buys(visitor, PASSWORD, sale)

    def test_buys_without_scripts(self, town, server, visit, sale: Sale) -> None:  # noqa: ANN001
        visitor: Visitor = visit(server(copy_of=town.folder), "zh", scripts=False)
        industry_buys(visitor, PASSWORD, sale)
