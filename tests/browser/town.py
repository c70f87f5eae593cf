"""The servers' data: the people of the demonstration alone, or a town in which the whole story has happened."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accounts import queries as accounts
from kernel import audit
from supervision.cli.demonstration.people import PASSWORD, found_city
from supervision.cli.demonstration.times import Calendar
from tests.browser.live import Live, live
from tests.factories.registry import a_release
from tests.journeys import story
from tests.journeys import test_from_resource_to_revenue as told

__all__ = ["PASSWORD", "Town", "found", "lived_in"]
TODAY = "2026-07-20T09:00"


@dataclass(frozen=True)
class Town:
    """A folder to copy, and the e-mail address of everybody in the story by part."""

    folder: Path
    emails: dict[str, str]


def found(server: Live) -> None:
    """Everybody of the demonstration registers and is admitted, long before the walk begins."""
    with server.inside():
        found_city(Calendar(date(2026, 7, 31)))


def lived_in(folder: Path) -> Town:
    """A town where a product is on sale, was sold once and used once for nothing, and a quarter was settled."""
    with live(folder) as server, server.inside():
        with story.on("03-02"):
            cast = story.everybody()
        entry = told.an_entry_comes_out_of_a_file(cast)
        found_ = told.the_resource_is_registered(cast, entry)
        told.the_developers_are_licensed(cast)
        first = told.a_first_level_right_is_granted(cast, found_)
        made = told.an_element_is_delivered(cast, first, found_)
        second = told.a_second_level_right_rests_on_it(cast, first, made)
        sold, plan = told.a_product_is_listed(cast, second, made)
        paid = told.industry_buys_it(cast, sold, plan)
        told.the_public_interest_gets_it_for_nothing(cast, sold, plan)
        told.the_quarter_is_settled(cast, paid)
        with story.on("07-15"):
            a_release(cast.agency, entry)
            audit.seal(server.now)
        people = {part: accounts.person(actor.user_id).email for part, actor in vars(cast).items()}
    return Town(folder, people)
