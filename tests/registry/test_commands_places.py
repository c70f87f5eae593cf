"""Databases, catalogues of places and rounds of adjustment: what their commands do and refuse."""

import pytest

from kernel import due
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry.commands import adjustment, catalogue, database, local_catalogue
from registry.queries import places, rounds
from tests.factories.accounts import an_actor
from tests.factories.collecting import a_database, a_local_catalogue, a_round, enlisted
from tests.factories.registry import ENTRY, a_published_entry, an_agency, an_authority

pytestmark = pytest.mark.usefixtures("app")
COUNTY = "640302"
WHY = {"reasons": "机构改革，职责调整。"}


def verbs(subject, actor):
    return {command.verb for command in available(subject, actor)}


class TestDatabaseEstablish:
    def test_names_the_lead_department(self):
        lead = an_agency()
        found = a_database(an_authority(), lead)
        assert (found.state, found.agency_id, found.version) == ("established", lead.organisation_id, 0)

    def test_is_for_the_authority_of_the_place(self):
        lead = an_agency()
        with pytest.raises(NotAllowed):
            a_database(lead, lead)
        with pytest.raises(InvalidInput) as refused:
            a_database(an_authority("640300"), lead)
        assert "jurisdiction" in refused.value.messages

    def test_wants_an_agency_as_lead(self):
        with pytest.raises(InvalidInput) as refused:
            a_database(an_authority(), an_actor("buyer"))
        assert "agency_id" in refused.value.messages

    def test_stands_once(self):
        authority, lead = an_authority(), an_agency()
        a_database(authority, lead)
        with pytest.raises(RuleBroken) as refused:
            a_database(authority, lead, title="另一个库")
        assert set(refused.value.ids) == {"A12"}

    def test_knows_the_base_databases_of_the_rule(self):
        authority, lead = an_authority(), an_agency()
        assert a_database(authority, lead, kind="base", code="population", title="人口库").kind == "base"
        with pytest.raises(RuleBroken):
            a_database(authority, lead, kind="base", code="weather", title="气象库")

    def test_leaves_counties_their_theme_databases(self):
        authority, lead = an_authority(COUNTY), an_agency(jurisdiction=COUNTY)
        facts = {"jurisdiction": COUNTY, "code": None, "title": "利通区文旅主题库"}
        assert a_database(authority, lead, **facts).state == "established"
        with pytest.raises(RuleBroken):
            a_database(authority, lead, **facts | {"kind": "base", "code": "population", "title": "人口库"})


class TestDatabaseAmend:
    def test_changes_the_lead_department(self):
        authority, lead, other = an_authority(), an_agency(), an_agency()
        found = a_database(authority, lead)
        data = {"title": "生态库", "agency_id": str(other.organisation_id), "basis": "WZ10", "scope": "水、气、土"}
        execute(database.amend, actor=authority, subject_id=found.id, data=data)
        assert (found.agency_id, found.scope) == (other.organisation_id, "水、气、土")
        with pytest.raises(NotAllowed):
            execute(database.amend, actor=lead, subject_id=found.id, data=data)


class TestDatabaseEnlist:
    def test_adds_an_entry_with_its_items(self):
        authority, lead = an_authority(), an_agency()
        found, entry = a_database(authority, lead), a_published_entry()
        enlisted(found, entry, lead, ["雨量"])
        enlisted(found, entry, lead, ["站点"])
        assert [row.items for row in db.session.scalars(places.database_members(found.id))] == [["站点"]]
        assert [row.id for row in places.databases_of(entry.id)] == [found.id]

    def test_is_for_the_lead_department(self):
        found, entry = a_database(an_authority(), an_agency()), a_published_entry()
        with pytest.raises(NotAllowed):
            enlisted(found, entry, an_agency())

    def test_takes_published_entries_and_known_items_only(self):
        authority, lead = an_authority(), an_agency()
        found = a_database(authority, lead)
        with pytest.raises(InvalidInput):
            enlisted(found, a_published_entry(an_agency(jurisdiction="640300")), lead)
        with pytest.raises(InvalidInput) as refused:
            enlisted(found, a_published_entry(), lead, ["湿度"])
        assert "items" in refused.value.messages

    def test_keeps_levels_apart(self):
        lead = an_agency()
        found = a_database(an_authority(), lead)
        entry = a_published_entry(database_level="department")
        with pytest.raises(RuleBroken) as refused:
            enlisted(found, entry, lead)
        assert "C11" in refused.value.ids


class TestDatabaseStrike:
    def test_takes_an_entry_out(self):
        lead = an_agency()
        found, entry = a_database(an_authority(), lead), a_published_entry()
        enlisted(found, entry, lead)
        data = {"entry_id": str(entry.id), **WHY}
        execute(database.strike, actor=lead, subject_id=found.id, data=data)
        assert places.database_member(found.id, entry.id) is None
        with pytest.raises(InvalidInput):
            execute(database.strike, actor=lead, subject_id=found.id, data=data)


class TestDatabaseCompile:
    def test_counts_up_and_keeps_the_hash_of_what_stands(self):
        lead = an_agency()
        found = a_database(an_authority(), lead)
        with pytest.raises(RuleBroken):
            execute(database.compile_, actor=lead, subject_id=found.id)
        enlisted(found, a_published_entry(), lead)
        execute(database.compile_, actor=lead, subject_id=found.id, data={"note": "首版"})
        first = found.members_sha256
        enlisted(found, a_published_entry(title="土壤墒情"), lead)
        execute(database.compile_, actor=lead, subject_id=found.id)
        assert (found.state, found.version) == ("compiled", 2) and found.members_sha256 != first


class TestDatabaseClose:
    def test_ends_it(self):
        authority, lead = an_authority(), an_agency()
        found = a_database(authority, lead)
        execute(database.close, actor=authority, subject_id=found.id, data=WHY)
        assert found.state == "closed" and not verbs(found, lead)
        assert a_database(authority, lead).state == "established"
        with pytest.raises(WrongState):
            execute(database.close, actor=authority, subject_id=found.id, data=WHY)


class TestLocalCatalogueCompile:
    def test_counts_what_is_published(self):
        agency = an_agency(jurisdiction=COUNTY)
        a_published_entry(agency, an_authority("640300"))
        found = a_local_catalogue(an_authority(COUNTY), COUNTY)
        assert (found.kind, found.entries, found.agencies, found.waiting) == ("full", 1, 1, 0)

    def test_is_for_places_with_a_level_above(self):
        with pytest.raises(RuleBroken):
            a_local_catalogue(an_authority("530000"), "530000")
        with pytest.raises(InvalidInput):
            a_local_catalogue(an_authority(COUNTY), "640300")
        with pytest.raises(NotAllowed):
            a_local_catalogue(an_agency(), COUNTY)


class TestLocalCatalogueReport:
    def test_starts_the_clock_of_the_level_above(self):
        authority = an_authority(COUNTY)
        found = a_local_catalogue(authority, COUNTY)
        execute(local_catalogue.report, actor=authority, subject_id=found.id)
        clock = due.running_of(found)[0]
        assert (found.state, clock.name, clock.waits_for) == ("reported", "review_of_local_catalogue", "authority")

    def test_is_for_the_authority_that_compiled_it(self):
        found = a_local_catalogue(an_authority(COUNTY), COUNTY)
        with pytest.raises(NotFound):
            execute(local_catalogue.report, actor=an_authority("990100"), subject_id=found.id)
        with pytest.raises(NotAllowed):
            execute(local_catalogue.report, actor=an_authority("640300"), subject_id=found.id)

    def test_knows_what_stands_above_already(self):
        city = a_published_entry(an_agency(jurisdiction="640300"), an_authority("640300"))
        own = a_published_entry(an_agency(jurisdiction=COUNTY), an_authority("640300"))
        assert places.titles_known_above(COUNTY) == [own.title] and city.title == own.title


class TestLocalCatalogueApprove:
    def test_is_done_by_the_level_above(self):
        county, city = an_authority(COUNTY), an_authority("640300")
        found = a_local_catalogue(county, COUNTY)
        with pytest.raises(WrongState):
            execute(local_catalogue.approve, actor=city, subject_id=found.id)
        execute(local_catalogue.report, actor=county, subject_id=found.id)
        with pytest.raises(NotAllowed):
            execute(local_catalogue.approve, actor=county, subject_id=found.id)
        with pytest.raises(RuleBroken) as refused:
            execute(local_catalogue.approve, actor=an_authority(COUNTY), subject_id=found.id)
        assert refused.value.ids == ("C08",)
        execute(local_catalogue.approve, actor=city, subject_id=found.id)
        assert found.state == "approved" and not due.running_of(found)


class TestLocalCatalogueReturn:
    def test_says_what_has_to_be_changed(self):
        county, city = an_authority(COUNTY), an_authority("640300")
        found = a_local_catalogue(county, COUNTY)
        execute(local_catalogue.report, actor=county, subject_id=found.id)
        with pytest.raises(InvalidInput):
            execute(local_catalogue.return_, actor=city, subject_id=found.id, data={"reasons": ""})
        execute(local_catalogue.return_, actor=city, subject_id=found.id, data=WHY)
        assert (found.state, found.reasons) == ("returned", WHY["reasons"])
        execute(local_catalogue.report, actor=county, subject_id=found.id)
        assert (found.state, found.reasons) == ("reported", None)


class TestAdjustmentOpen:
    def test_asks_every_agency_with_entries(self):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority)
        an_agency()
        found = a_round(authority)
        parts = rounds.parts_of_round(found.id)
        assert [part.agency_id for part in parts] == [agency.organisation_id]
        assert due.running_of(parts[0])[0].name == "adjustment_answer"

    def test_is_one_at_a_time(self):
        authority = an_authority()
        a_round(authority)
        with pytest.raises(InvalidInput):
            a_round(authority)

    def test_is_not_held_where_the_catalogue_is_adjusted_continuously(self):
        with pytest.raises(RuleBroken):
            a_round(an_authority("331100"), "331100")

    def test_is_for_the_authority(self):
        with pytest.raises(NotAllowed):
            a_round(an_agency())
        with pytest.raises(InvalidInput):
            a_round(an_authority("640300"))


def a_part(number=2):
    """An authority, an agency and its part with so many published entries."""
    agency, authority = an_agency(), an_authority()
    entries = [a_published_entry(agency, authority, title=f"目录{at}") for at in range(number)]
    found = a_round(authority)
    return authority, agency, rounds.parts_of_round(found.id)[0], entries


class TestAdjustmentPartBegin:
    def test_lists_the_entries_of_the_agency(self):
        _, _, part, entries = a_part()
        assert {row.entry_id for row in rounds.open_items(part.id)} == {entry.id for entry in entries}

    def test_is_the_work_of_the_round(self):
        authority, agency, part, _ = a_part()
        data = {"round_id": str(part.round_id), "agency_id": str(agency.organisation_id)}
        with pytest.raises(NotAllowed):
            execute(adjustment.begin, actor=authority, data=data)


class TestAdjustmentPartConfirm:
    def test_answers_entry_by_entry(self):
        _, agency, part, entries = a_part()
        data = {"entry_ids": [str(entries[0].id)]}
        execute(adjustment.confirm, actor=agency, subject_id=part.id, data=data)
        assert part.state == "open" and due.running_of(part)
        with pytest.raises(InvalidInput):
            execute(adjustment.confirm, actor=agency, subject_id=part.id, data=data)
        execute(adjustment.confirm, actor=agency, subject_id=part.id, data={"everything": True})
        assert part.state == "answered" and not due.running_of(part)

    def test_is_for_the_agency_itself(self):
        authority, _, part, _ = a_part()
        with pytest.raises(NotAllowed):
            execute(adjustment.confirm, actor=authority, subject_id=part.id, data={"everything": True})
        with pytest.raises(NotFound):
            execute(adjustment.confirm, actor=an_agency(), subject_id=part.id, data={"everything": True})


class TestAdjustmentPartNoteChange:
    def test_counts_an_update_as_the_answer(self):
        _, agency, part, entries = a_part(1)
        data = {**ENTRY, "title": entries[0].title, "record_count": 12}
        execute(catalogue.revise, actor=agency, subject_id=entries[0].id, data=data)
        assert rounds.outcomes([part.id])[part.id] == {"changed": 1}

    def test_counts_a_withdrawal_too(self):
        authority, _, part, entries = a_part(2)
        execute(catalogue.withdraw, actor=authority, subject_id=entries[0].id, data=WHY)
        assert rounds.outcomes([part.id])[part.id] == {"changed": 1, "open": 1}


class TestAdjustmentPartComplete:
    def test_follows_the_last_answer(self):
        _, agency, part, _ = a_part(1)
        execute(adjustment.confirm, actor=agency, subject_id=part.id, data={"everything": True})
        assert part.state == "answered" and part.answered_on


class TestAdjustmentPartLeave:
    def test_keeps_what_was_not_answered(self):
        authority, _, part, _ = a_part()
        round_id = part.round_id
        execute(adjustment.close, actor=authority, subject_id=round_id, data=WHY)
        assert part.state == "unanswered"


class TestAdjustmentClose:
    def test_waits_for_every_agency_or_asks_for_reasons(self):
        authority, agency, part, _ = a_part()
        with pytest.raises(RuleBroken) as refused:
            execute(adjustment.close, actor=authority, subject_id=part.round_id)
        assert refused.value.ids == ("O02",)
        execute(adjustment.confirm, actor=agency, subject_id=part.id, data={"everything": True})
        found = execute(adjustment.close, actor=authority, subject_id=part.round_id)
        assert found.result == {"agencies": 1, "unanswered": 0, "confirmed": 2, "changed": 0, "open": 0}

    def test_starts_the_clock_of_the_next_and_the_next_stops_it(self):
        authority = an_authority()
        first = execute(adjustment.close, actor=authority, subject_id=a_round(authority).id)
        assert [clock.name for clock in due.running_of(first)] == ["next_adjustment"]
        a_round(authority)
        assert not due.running_of(first)

    def test_is_for_the_authority_of_the_place(self):
        found = a_round(an_authority())
        with pytest.raises(NotAllowed):
            execute(adjustment.close, actor=an_agency(), subject_id=found.id, data=WHY)
