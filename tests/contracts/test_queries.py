"""Who sees what, and what packages above are told."""

import uuid

import pytest

from contracts import queries
from contracts.models import DevelopmentRight
from contracts.queries.applications import resources_to_ask_for, rights_to_build_on
from contracts.queries.checks import above
from contracts.queries.sources import least_open
from kernel import clock
from kernel.actor import ANONYMOUS, Actor
from kernel.db import db
from kernel.errors import NotFound
from registry.models import CatalogueEntry
from tests.factories import contracts as made
from tests.factories.accounts import an_actor


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


def count(query) -> int:
    """How many rows a query selects."""
    return len(db.session.scalars(query).all())


class TestRights:
    def test_are_seen_by_those_concerned(self, who) -> None:
        first = made.a_right(who)
        developer = made.a_developer(who)
        second = made.a_second_right(who, developer, made.an_element(who, first))

        def seen(actor: Actor) -> set[str]:
            return {row.number for row in db.session.scalars(queries.rights(actor))}

        assert seen(who.operator) == {first.number, second.number}
        assert seen(developer) == {second.number}
        assert seen(who.agency) == {first.number}
        assert seen(an_actor("auditor")) == {first.number, second.number}
        assert seen(an_actor("operator")) == seen(ANONYMOUS) == set()

    def test_are_found_by_state_level_and_words(self, who) -> None:
        held = made.an_awaiting_right(who)
        for facts, number in (
            ({"state": "in_force"}, 0),
            ({"level": "first_level"}, 1),
            ({"q": held.number}, 1),
            ({"q": "没有"}, 0),
        ):
            assert count(queries.rights(who.operator, **facts)) == number
        assert queries.rights_of_holder(held.holder_id) == []
        with pytest.raises(NotFound):
            queries.seen(an_actor("buyer"), DevelopmentRight, held.id)


class TestApplications:
    def test_are_found_by_state_level_and_words(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        for facts, number in (
            ({"state": "draft"}, 0),
            ({"level": "first_level"}, 1),
            ({"q": asked.title}, 1),
        ):
            assert count(queries.applications(who.authority, **facts)) == number
        assert count(queries.applications(an_actor("expert"))) == 0
        assert count(queries.applications(ANONYMOUS)) == 0

    def test_offer_only_what_can_be_asked_for(self, who) -> None:
        resource = made.a_source(who)
        assert [facts.id for facts in resources_to_ask_for(clock.today())] == [resource.id]
        assert resources_to_ask_for(clock.today(), q="没有") == []
        assert rights_to_build_on(clock.today()) == []


class TestRightIsLive:
    def test_says_that_an_unknown_right_is_none(self, app) -> None:
        assert queries.right_is_live(uuid.uuid4(), clock.today())[0] is False
        assert queries.chain_of(uuid.uuid4()) == []
        assert queries.income_shares(uuid.uuid4()) == []

    def test_wants_every_agreement_in_force(self, who) -> None:
        held = made.an_awaiting_right(who)
        made.signed(queries.agreements_about("right", held.id)[0], who.operator)
        held.state = "in_force"
        db.session.commit()
        assert "agreements" in str(queries.right_is_live(held.id, clock.today())[1])


class TestChainOf:
    def test_names_every_link_with_its_documents(self, who) -> None:
        held = made.a_right(who)
        steps = queries.chain_of(held.id)
        assert [step["kind"] for step in steps] == ["catalogue_entry", "resource", "first_level"]
        assert [step["broken"] for step in steps] == [None, None, None]
        assert [row["title"] for row in steps[-1]["documents"]] == [
            "First-level development agreement",
            "Data security commitment",
        ]
        assert steps[-1]["number"] == held.number and all(row["number"] for row in steps[-1]["documents"])
        assert queries.income_shares(held.id)[0]["share_bp"] == 7000


class TestLeastOpen:
    @pytest.mark.parametrize(
        ("entries", "found"),
        [
            ([("published", "open"), ("published", "conditional")], "conditional"),
            ([("published", "open"), ("published", "none")], "none"),
            ([("published", "open"), ("withdrawn", "open")], None),
            ([("published", "weird")], None),
            ([], None),
        ],
    )
    def test_takes_the_narrowest(self, entries, found) -> None:
        rows = [CatalogueEntry(state=state, opening_attribute=attribute) for state, attribute in entries]
        assert least_open(rows) == found


class TestAbove:
    def test_names_each_place_with_those_above(self, app) -> None:
        assert above(["990100", "nowhere"]) == {"990100": {"990100", "990000", "CN"}, "nowhere": set()}
