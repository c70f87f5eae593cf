"""The seven steps of the spine, walked in the browser in Chinese by everybody whose step it is, from an empty house."""

import pytest

from tests.browser import market, rights, supply
from tests.browser.town import PASSWORD, found


@pytest.mark.browser
@pytest.mark.slow
def test_walk_from_a_file_to_a_statement(server, visit) -> None:  # noqa: ANN001
    live = server()
    found(live)
    visitor = visit(live, "zh")
    for step in (*supply.STEPS, *rights.STEPS, *market.STEPS):
        step(visitor, PASSWORD)
