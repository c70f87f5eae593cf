"""Five years of both levels of rights through the pages: amended, suspended and mended, renewed, expired, left."""

import pytest

from tests.browser import life


@pytest.mark.browser
@pytest.mark.slow
def test_five_years_of_both_levels(town, server, visit) -> None:  # noqa: ANN001
    live = server(copy_of=town.folder)
    live.at("2026-08-03T09:00")
    five = life.Years(visit(live, "zh"), town.emails)
    first, second = five.rights()
    five.on("2026-08-03")
    five.amend(first, "operator")
    five.amend(second, "developer")
    five.on("2026-10-12")
    five.suspend(first)
    assert five.states() == ["suspended", "suspended"]
    five.mend_and_lift(first, "operator")
    assert five.states() == ["in_force", "in_force"]
    five.on("2028-04-17")
    five.renew(second, "developer", "2029-04-14")
    five.on("2029-03-19")
    five.renew(first, "operator", "2031-04-14")
    five.renew(second, "developer", "2031-04-14")
    five.on("2031-04-16")
    five.let_time_do_its_work()
    assert five.states() == ["expired", "expired"]
    five.leave(first, "operator")
    five.leave(second, "developer")
