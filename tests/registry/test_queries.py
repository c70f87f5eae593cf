"""What the packages above read of the registry, and what lists show to whom."""

import uuid

import pytest

from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.errors import NotFound
from registry import queries
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_licence,
    a_prepared_release,
    a_published_entry,
    a_registered_resource,
    a_registrar,
    a_registration,
    a_release,
    an_agency,
    an_authority,
    handed_in,
)

pytestmark = pytest.mark.usefixtures("app")
IMPORTANT = {
    "national_grade": "important",
    "opening_attribute": "none",
    "sharing_attribute": "none",
    "sharing_basis": "《气象法》第二十二条",
}
NOWHERE = uuid.UUID(int=7)


def rows(query):
    return list(db.session.scalars(query))


class TestEntry:
    def test_is_found_by_its_id(self):
        entry = a_draft()
        assert queries.entry(entry.id).title == ENTRY["title"]
        assert (entry.theme, entry.industry, entry.code, entry.contact) == ("weather", None, None, "")
        with pytest.raises(NotFound):
            queries.entry(NOWHERE)


class TestEntries:
    def test_are_narrowed_by_state(self):
        agency = an_agency()
        a_draft(agency)
        assert len(rows(queries.entries(agency, state="draft"))) == 1
        assert rows(queries.entries(agency, state="published", own=True)) == []


class TestResources:
    def test_are_the_registered_ones_for_everybody(self):
        found = a_registered_resource()
        assert [row.id for row in rows(queries.resources(ANONYMOUS))] == [found.id]
        assert rows(queries.resources(an_agency(), own=True)) == []
        assert not queries.resource_is_registered(NOWHERE, clock.today())


class TestRegistrations:
    def test_are_narrowed_and_known_to_the_parties(self):
        agency, registrar = an_agency(), a_registrar()
        found = handed_in(a_registration(agency), agency)
        for actor in (agency, registrar, an_authority()):
            assert [row.id for row in rows(queries.registrations(actor, kind="first", q="雨量"))] == [
                found.id
            ]
        assert rows(queries.registrations(agency, kind="renewal")) == []
        assert rows(queries.registrations(an_actor("operator"))) == []
        assert [row.id for row in queries.registrations_of(agency, product_id=NOWHERE)] == []
        assert queries.registration_in_force() is None


class TestReleasedFiles:
    def test_are_those_that_anybody_may_fetch(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        found = a_release(agency, entry)
        a_prepared_release(agency, entry)
        assert [row.id for row in rows(queries.released_files())] == [found.id]
        assert [row.id for row in rows(queries.released_files(entry.id))] == [found.id]
        assert rows(queries.released_files(NOWHERE)) == []
        assert len(rows(queries.releases(agency, state="prepared"))) == 1
        assert len(queries.releases_of(agency, entry.id)) == 2


class TestOperators:
    def test_are_narrowed_by_words_level_and_place(self):
        found = a_licence()
        for facts in (
            {"q": "气象"},
            {"level": "first_level"},
            {"state": "in_force"},
            {"jurisdiction": "990100"},
        ):
            assert [row.id for row in rows(queries.operators(**facts))] == [found.id]
        assert rows(queries.operators(jurisdiction="530000")) == []
        assert len(rows(queries.licences(ANONYMOUS, state="in_force"))) == 1
