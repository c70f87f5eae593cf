"""How good entries are, how they are graded, handed to an archive and looked up."""

import io
import zipfile
from datetime import timedelta

import pytest

from kernel import clock
from kernel.command import execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.storage import store
from registry import queries
from registry.commands import (
    archive_package,
    changes,
    grading_rule,
)
from registry.gateway.archives import unpacked
from registry.queries import quality
from registry.rules.keeping import package_is_whole
from tests.factories.accounts import an_actor, organisation_of
from tests.factories.collecting import (
    a_comparison,
    a_database,
    a_grading_rule,
    a_lookup,
    an_aggregation,
    an_archive_package,
)
from tests.factories.registry import (
    a_licence,
    a_published_entry,
    a_registered_resource,
    an_agency,
    an_authority,
)
from tests.registry.sources_steps import LEVELS, WHY, hand_in, ready

pytestmark = pytest.mark.usefixtures("app")


class TestQuality:
    def test_shows_each_agency_what_is_missing(self):
        agency, authority = an_agency(), an_authority()
        entry = a_published_entry(agency, authority, **LEVELS)
        an_aggregation(entry, agency, a_database(authority, agency))
        a_published_entry(an_agency(), authority, title="另一目录", items=None)
        rows = {row.agency_id: row for row in quality.quality(authority, clock.today())}
        own = rows[agency.organisation_id]
        assert (own.entries, own.quality.fresh, own.quality.aggregated) == (1, 100, 100)
        assert own.told["items"] == 1 and own.told["resource_code"] == 0
        fields = dict((name, (share, lacking)) for name, share, lacking in quality.told_by_field(rows.values()))
        assert fields["items"] == (50, 1) and fields["abstract"] == (100, 0)

    def test_shows_an_agency_only_itself(self):
        agency, authority = an_agency(), an_authority()
        a_published_entry(agency, authority)
        a_published_entry(an_agency(), authority, title="另一目录")
        assert [row.agency_id for row in quality.quality(agency, clock.today())] == [agency.organisation_id]
        assert quality.quality(an_actor("buyer"), clock.today()) == []

    def test_counts_what_is_open_and_overdue(self):
        agency, authority = an_agency(), an_authority()
        first = a_published_entry(agency, authority, **LEVELS)
        second = a_published_entry(an_agency(), authority, title="水情", items=[{"name": "水位"}])
        a_comparison(authority, first, second)
        execute(changes.note_change, actor=authority, subject_id=first.id, data={"what": "职责调整"})
        day = clock.today() + timedelta(days=60)
        own = next(row for row in quality.quality(authority, day, "990100") if row.agency_id == agency.organisation_id)
        assert (own.quality.open_corrections, own.quality.overdue) == (1, 1)


class TestGradingRuleAdopt:
    def test_binds_the_entries_of_the_place(self):
        agency, authority = an_agency(), an_authority()
        a_grading_rule(authority)
        entry = ready(agency, local_level="3")
        with pytest.raises(RuleBroken) as refused:
            hand_in(entry, agency)
        assert set(refused.value.ids) == {"G01", "G02"}
        assert hand_in(ready(agency, local_level="2", title="二级"), agency).state == "submitted"

    def test_never_weakens_a_rule_above(self):
        a_grading_rule(an_authority("530000"), "530000", openings=["none"])
        lower = an_authority("530000")
        with pytest.raises(RuleBroken) as refused:
            a_grading_rule(lower, "530000", level="core")
        assert refused.value.ids == ("G01",)

    def test_is_not_for_counties_where_the_city_alone_makes_them(self):
        with pytest.raises(RuleBroken) as refused:
            a_grading_rule(an_authority("640302"), "640302")
        assert "WZ11" in str(refused.value.message)

    def test_cites_the_rule_of_the_level_above(self):
        a_grading_rule(an_authority("990000"), "990000", openings=["none"], title="省级规则")
        with pytest.raises(RuleBroken) as refused:
            a_grading_rule(an_authority())
        assert "省级规则" in str(refused.value.message)

    def test_is_for_the_authority_of_the_place(self):
        with pytest.raises(NotAllowed):
            a_grading_rule(an_agency())
        with pytest.raises(InvalidInput):
            a_grading_rule(an_authority("640300"))


class TestGradingRuleRepeal:
    def test_lets_entries_go(self):
        agency, authority = an_agency(), an_authority()
        found = a_grading_rule(authority)
        execute(grading_rule.repeal, actor=authority, subject_id=found.id, data=WHY)
        assert hand_in(ready(agency, local_level="3"), agency).state == "submitted"


class TestArchivePackageExport:
    def test_holds_record_events_and_manifest(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        found = an_archive_package(entry, agency)
        content = store().get(found.storage_key)
        manifest, hashes = unpacked(content)
        package_is_whole(manifest, hashes)
        assert (manifest["case"]["id"], found.events, found.retention) == (str(entry.id), 4, "retention.case_years")
        assert found.keep_until.year == clock.today().year + 10

    def test_shows_every_change_of_the_package(self):
        agency = an_agency()
        found = an_archive_package(a_published_entry(agency), agency)
        content = store().get(found.storage_key)
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(changed, "w") as after:
            for info in before.infolist():
                data = before.read(info)
                after.writestr(info.filename, data + b" " if info.filename == "record.json" else data)
        with pytest.raises(RuleBroken) as refused:
            package_is_whole(*unpacked(changed.getvalue()))
        assert "record.json" in str(refused.value.message)
        with pytest.raises(InvalidInput):
            unpacked(b"no package")

    def test_holds_the_documents_of_the_case(self):
        operator = an_actor("operator")
        found = an_archive_package(a_licence(operator), an_authority())
        assert found.documents >= 1

    def test_waits_until_the_case_is_at_rest(self):
        agency = an_agency()
        entry = hand_in(ready(agency), agency)
        with pytest.raises(RuleBroken) as refused:
            an_archive_package(entry, agency)
        assert refused.value.ids == ("A06",)

    def test_is_for_those_whose_case_it_is(self):
        entry = a_published_entry()
        with pytest.raises(NotFound):
            an_archive_package(entry, an_agency())
        with pytest.raises(NotAllowed):
            an_archive_package(entry, an_actor("buyer"))
        agency = an_agency()
        with pytest.raises(NotFound):
            an_archive_package(organisation_of(agency), agency)

    def test_keeps_registrations_longer(self):
        agency = an_agency()
        found = a_registered_resource(agency)
        registered = queries.registration_in_force(resource_id=found.id)
        package = an_archive_package(registered, agency)
        assert package.keep_until.year == clock.today().year + 30


class TestArchivePackageHandOver:
    def test_is_recorded_once(self):
        agency = an_agency()
        found = an_archive_package(a_published_entry(agency), agency)
        data = {"archive": "衡州市档案馆", "receipt": "衡档收〔2026〕8号", "handed_over_on": clock.today().isoformat()}
        with pytest.raises(NotFound):
            execute(archive_package.hand_over, actor=an_agency(), subject_id=found.id, data=data)
        for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
            with pytest.raises(InvalidInput):
                wrong = data | {"handed_over_on": day.isoformat()}
                execute(archive_package.hand_over, actor=agency, subject_id=found.id, data=wrong)
        execute(archive_package.hand_over, actor=agency, subject_id=found.id, data=data)
        assert (found.state, found.archive) == ("handed_over", "衡州市档案馆")
        with pytest.raises(WrongState):
            execute(archive_package.hand_over, actor=agency, subject_id=found.id, data=data)


class TestLookupLookUp:
    def test_keeps_what_the_register_said_with_the_case(self):
        agency = an_agency()
        known = organisation_of(an_actor("operator"))
        found = a_lookup(agency, asked=known.uscc.lower())
        assert found.found and found.result["name"] == known.name and len(found.sha256) == 64

    def test_knows_licences_registrations_and_entries(self):
        agency = an_agency()
        held = a_licence()
        assert a_lookup(agency, kind="licence", asked=held.number).result["state"] == "in_force"
        registered = a_registered_resource()
        assert a_lookup(agency, kind="registration", asked=registered.code).found
        a_published_entry(resource_code="307010/12")
        assert a_lookup(agency, kind="entry", asked="307010/12").found

    @pytest.mark.parametrize("kind", ["organisation", "licence", "registration", "entry"])
    def test_says_when_a_paper_has_to_be_asked_for(self, kind):
        found = a_lookup(an_agency(), kind=kind, asked="0000")
        assert (found.found, found.result) == (False, {})

    def test_is_for_agencies_with_a_case(self):
        with pytest.raises(NotAllowed):
            a_lookup(an_actor("buyer"))
        with pytest.raises(InvalidInput) as refused:
            a_lookup(an_agency(), case_number="", kind="magic")
        assert {"case_number", "kind"} <= set(refused.value.messages)
