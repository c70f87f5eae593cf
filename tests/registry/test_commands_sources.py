"""Lead sources, overlaps, comparisons and aggregation; grading rules, archives, look-ups: what they do and refuse."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from jurisdictions.tree import profile_of
from kernel import clock
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from kernel.storage import store
from registry import queries
from registry.commands import (
    aggregation,
    archive_package,
    catalogue,
    changes,
    comparison,
    database,
    grading_rule,
    lead_source,
    overlap,
    reconciliation,
)
from registry.gateway.archives import unpacked
from registry.models import EntryName
from registry.queries import aggregations, quality, sources
from registry.rules.keeping import package_is_whole
from tests.factories.accounts import an_actor, organisation_of
from tests.factories.collecting import (
    AGAIN,
    a_comparison,
    a_database,
    a_grading_rule,
    a_lead_source,
    a_lookup,
    a_reconciliation,
    an_aggregation,
    an_archive_package,
    an_overlap,
)
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_licence,
    a_published_entry,
    a_registered_resource,
    an_agency,
    an_authority,
    assessed,
)

pytestmark = pytest.mark.usefixtures("app")
WHY = {"reasons": "职责划转，重新确定。"}
LEVELS = {"title": "河道水位", "items": [{"name": "站号", "key": True}, {"name": "水位"}, {"name": "流量"}]}


def ready(agency, **facts):
    """A draft with its assessments: only the rules stand between it and the review."""
    return assessed(a_draft(agency, **facts), agency)


def hand_in(entry, agency):
    return execute(catalogue.submit, actor=agency, subject_id=entry.id)


class TestLeadSourceName:
    def test_bars_other_agencies_from_collecting_the_item(self):
        water, other, authority = an_agency(), an_agency(), an_authority()
        a_lead_source(authority, water)
        entry = ready(other, title="防汛值班", items=[{"name": "水位"}, {"name": "值班员"}])
        with pytest.raises(RuleBroken) as refused:
            hand_in(entry, other)
        assert refused.value.ids == ("A01",) and "水位" in str(refused.value.message)
        source = a_published_entry(water, authority, **LEVELS)
        an_overlap(entry, source, other, manner="by_sharing", reason="")
        assert hand_in(entry, other).state == "submitted"

    def test_lets_the_source_itself_and_identifiers_pass(self):
        water, other, authority = an_agency(), an_agency(), an_authority()
        a_lead_source(authority, water)
        assert hand_in(ready(water, **LEVELS), water).state == "submitted"
        keyed = ready(other, title="防汛值班", items=[{"name": "水位", "key": True}, {"name": "值班员"}])
        assert hand_in(keyed, other).state == "submitted"

    def test_stands_once_for_an_item(self):
        authority, water = an_authority(), an_agency()
        a_lead_source(authority, water)
        with pytest.raises(RuleBroken):
            a_lead_source(authority, an_agency(), item="水 位")

    def test_is_for_the_authority_of_the_place(self):
        water = an_agency()
        with pytest.raises(NotAllowed):
            a_lead_source(water, water)
        with pytest.raises(InvalidInput):
            a_lead_source(an_authority("640300"), water)
        with pytest.raises(InvalidInput) as refused:
            a_lead_source(an_authority(), an_actor("buyer"))
        assert "agency_id" in refused.value.messages
        with pytest.raises(InvalidInput) as refused:
            a_lead_source(an_authority(), water, item="——")
        assert "item" in refused.value.messages


class TestLeadSourceEnd:
    def test_makes_room_for_another(self):
        authority, water, other = an_authority(), an_agency(), an_agency()
        found = a_lead_source(authority, water)
        execute(lead_source.end, actor=authority, subject_id=found.id, data=WHY)
        assert found.state == "ended"
        assert a_lead_source(authority, other).agency_id == other.organisation_id

    def test_gives_reasons(self):
        authority = an_authority()
        found = a_lead_source(authority, an_agency())
        with pytest.raises(InvalidInput):
            execute(lead_source.end, actor=authority, subject_id=found.id, data={"reasons": " "})
        with pytest.raises(NotAllowed):
            execute(lead_source.end, actor=an_agency(), subject_id=found.id, data=WHY)


class TestOverlapExplain:
    def alike(self):
        """An agency whose draft says what another agency has published."""
        agency, authority = an_agency(), an_authority()
        other = a_published_entry(an_agency(), authority, **LEVELS)
        return agency, ready(agency, **LEVELS), other

    def test_is_asked_for_before_the_entry_is_handed_in(self):
        agency, entry, other = self.alike()
        with pytest.raises(RuleBroken) as refused:
            hand_in(entry, agency)
        assert refused.value.ids == ("A02",) and other.title in str(refused.value.message)
        an_overlap(entry, other, agency)
        assert hand_in(entry, agency).state == "submitted"

    def test_needs_a_reason_where_the_data_are_collected_again(self):
        agency, entry, other = self.alike()
        with pytest.raises(InvalidInput) as refused:
            an_overlap(entry, other, agency, reason="不便")
        assert "reason" in refused.value.messages

    def test_is_about_an_entry_of_ones_own_and_one_of_another(self):
        agency, entry, other = self.alike()
        with pytest.raises(InvalidInput):
            an_overlap(other, entry, agency)
        with pytest.raises(InvalidInput):
            an_overlap(entry, entry, agency)
        with pytest.raises(NotAllowed):
            an_overlap(entry, other, an_authority())

    def test_is_not_asked_where_the_other_is_not_shared(self):
        agency, authority = an_agency(), an_authority()
        not_shared = {"sharing_attribute": "none", "sharing_basis": "《水法》第十六条"}
        a_published_entry(an_agency(), authority, **LEVELS, **not_shared)
        assert hand_in(ready(agency, **LEVELS), agency).state == "submitted"

    def test_is_not_asked_of_the_same_agency(self):
        agency = an_agency()
        a_published_entry(agency, an_authority(), **LEVELS)
        assert hand_in(ready(agency, **LEVELS), agency).state == "submitted"

    def test_is_asked_again_when_an_update_repeats_others(self):
        agency, authority = an_agency(), an_authority()
        mine = a_published_entry(agency, authority, title="值班表", items=[{"name": "班次"}])
        a_published_entry(an_agency(), authority, **LEVELS)
        with pytest.raises(RuleBroken):
            execute(catalogue.revise, actor=agency, subject_id=mine.id, data={**ENTRY, **LEVELS})


class TestSimilarEntries:
    def test_offers_what_is_alike_the_most_alike_first(self):
        authority, agency = an_authority(), an_agency()
        same = a_published_entry(agency, authority, **LEVELS)
        near = a_published_entry(agency, authority, title="水库调度", items=[{"name": "水位"}, {"name": "流量"}])
        a_published_entry(agency, authority, title="公交站点", items=[{"name": "走向"}])
        rows = sources.similar_entries("河道水位表", LEVELS["items"], None, profile_of("990100"))
        assert [(row.entry.id, row.again) for row in rows] == [(same.id, True), (near.id, False)]

    def test_forgets_what_is_withdrawn(self):
        authority, agency = an_authority(), an_agency()
        entry = a_published_entry(agency, authority, **LEVELS)
        assert db.session.query(EntryName).count() == 3
        execute(catalogue.withdraw, actor=authority, subject_id=entry.id, data=WHY)
        assert db.session.query(EntryName).count() == 0

    def test_lists_items_that_several_agencies_hold(self):
        authority = an_authority()
        for _ in range(2):
            a_published_entry(an_agency(), authority, **LEVELS)
        rows = db.session.execute(sources.contested_items(["990100"], "水")).all()
        assert [tuple(row) for row in rows] == [("水位", 2, 2)]
        assert len(sources.holders_of_item(authority, "水位", ["990100"])) == 2


class TestOverlapAmend:
    def test_answers_the_question_of_the_authority(self):
        agency, authority = an_agency(), an_authority()
        found = an_overlap(a_draft(agency, **LEVELS), a_published_entry(**LEVELS), agency)
        execute(overlap.question, actor=authority, subject_id=found.id, data={"question": "为何不能共享？"})
        data = {**AGAIN, "reason": "共享接口时延过高，不能满足防汛要求。"}
        execute(overlap.amend, actor=agency, subject_id=found.id, data=data)
        assert (found.state, found.question, found.reason) == ("explained", None, data["reason"])
        with pytest.raises(NotFound):
            execute(overlap.amend, actor=an_agency(), subject_id=found.id, data=data)


class TestOverlapQuestion:
    def test_holds_the_entry_back(self):
        agency, authority = an_agency(), an_authority()
        entry, other = ready(agency, **LEVELS), a_published_entry(**LEVELS)
        found = an_overlap(entry, other, agency)
        execute(overlap.question, actor=authority, subject_id=found.id, data={"question": "为何不能共享？"})
        with pytest.raises(RuleBroken) as refused:
            hand_in(entry, agency)
        assert refused.value.ids == ("A02",)
        with pytest.raises(WrongState):
            execute(overlap.accept, actor=authority, subject_id=found.id)


class TestOverlapAccept:
    def test_lets_it_stand(self):
        agency, authority = an_agency(), an_authority()
        found = an_overlap(a_draft(agency, **LEVELS), a_published_entry(**LEVELS), agency)
        with pytest.raises(NotAllowed):
            execute(overlap.accept, actor=agency, subject_id=found.id)
        assert execute(overlap.accept, actor=authority, subject_id=found.id).state == "accepted"


class TestComparisonCompare:
    def sources(self):
        authority, agency = an_authority(), an_agency()
        first = a_published_entry(agency, authority, **LEVELS)
        second = a_published_entry(an_agency(), authority, title="水情", items=[{"name": "水位"}])
        return authority, agency, first, second

    def test_counts_and_keeps_no_value(self):
        authority, agency, first, second = self.sources()
        found = a_comparison(authority, first, second)
        assert found.counts == {"keys": 3, "common": 2, "equal": 1, "different": 1, "missing": [0, 1]}
        assert found.agency_id == agency.organisation_id and "4.5" not in json.dumps(found.sources)

    def test_waits_for_the_lead_source(self):
        authority, _, first, second = self.sources()
        lead = an_agency()
        a_lead_source(authority, lead)
        assert a_comparison(authority, first, second).agency_id == lead.organisation_id

    def test_takes_a_third_source(self):
        authority, agency, first, second = self.sources()
        third = a_published_entry(agency, authority, title="水库", items=[{"name": "库容"}])
        file = File("c.csv", "站号,水位\n1,3.1\n".encode())
        found = a_comparison(authority, first, second, third_entry_id=str(third.id), third_file=file)
        assert (found.counts["common"], found.counts["missing"]) == (1, [0, 1, 2])

    def test_says_which_file_is_wrong(self):
        authority, _, first, second = self.sources()
        bad = {
            "second_file": File("b.csv", b"a,b\n1,2\n"),
            "third_file": File("c.csv", "站号,水位\n1,1\n".encode()),
            "first_file": File("a.pdf", b"%PDF-1.7\n%%EOF"),
        }
        for field, file in bad.items():
            with pytest.raises(InvalidInput) as refused:
                a_comparison(authority, first, second, **{field: file})
            assert set(refused.value.messages) <= {field, "third_entry_id"}
        with pytest.raises(InvalidInput) as refused:
            a_comparison(authority, first, second, third_entry_id=str(first.id))
        assert "third_file" in refused.value.messages

    def test_needs_really_several_sources(self):
        authority, _, first, second = self.sources()
        with pytest.raises(RuleBroken) as refused:
            a_comparison(authority, first, first)
        assert refused.value.ids == ("A10",)
        same = File("b.csv", "站号,水位\n1,3.1\n2,4.0\n3,2.2\n".encode())
        with pytest.raises(RuleBroken):
            a_comparison(authority, first, second, second_file=same)


class TestComparisonConfirm:
    def test_is_done_by_the_source_department(self):
        authority, agency, first, second = TestComparisonCompare().sources()
        found = a_comparison(authority, first, second)
        with pytest.raises(NotAllowed):
            execute(comparison.confirm, actor=authority, subject_id=found.id, data={"finding": "一致"})
        with pytest.raises(RuleBroken) as refused:
            execute(comparison.confirm, actor=agency, subject_id=found.id, data={"finding": "已核"})
        assert refused.value.ids == ("A10",)
        wrong = {"finding": "已核对", "right_id": str(agency.organisation_id)}
        with pytest.raises(InvalidInput):
            execute(comparison.confirm, actor=agency, subject_id=found.id, data=wrong)
        right = {"finding": "已核对", "right_id": str(first.id)}
        execute(comparison.confirm, actor=agency, subject_id=found.id, data=right)
        assert (found.state, found.right_id) == ("confirmed", first.id)


class TestAggregationRecord:
    def test_is_kept_in_the_log_and_makes_the_entry_fresh(self):
        agency, authority = an_agency(), an_authority()
        entry = a_published_entry(agency, authority, **LEVELS)
        today = clock.today()
        never = db.session.execute(aggregations.freshness(agency, today, "never")).all()
        assert [row[0].id for row in never] == [entry.id]
        found = an_aggregation(entry, agency, a_database(authority, agency))
        assert (found.target, found.rows) == ("theme_databases", 120)
        assert aggregations.aggregations_of(entry.id) == [found]
        fresh = db.session.execute(aggregations.freshness(authority, today, "fresh")).all()
        assert [row[0].id for row in fresh] == [entry.id]
        later = today + timedelta(days=2)
        overdue = db.session.execute(aggregations.freshness(agency, later, "overdue")).all()
        assert [row[0].id for row in overdue] == [entry.id]
        assert db.session.execute(aggregations.freshness(an_agency(), later)).all() == []

    def test_names_a_database_where_the_rule_asks_for_one(self):
        agency = an_agency()
        entry = a_published_entry(agency, **LEVELS)
        with pytest.raises(RuleBroken) as refused:
            an_aggregation(entry, agency)
        assert refused.value.ids == ("A04",)

    def test_goes_to_an_open_database_of_the_line(self):
        agency, authority = an_agency(), an_authority()
        entry, found = a_published_entry(agency, authority, **LEVELS), a_database(authority, agency)
        execute(database.close, actor=authority, subject_id=found.id, data=WHY)
        with pytest.raises(InvalidInput) as refused:
            an_aggregation(entry, agency, found)
        assert "database_id" in refused.value.messages

    def test_is_about_ones_own_published_entry(self):
        agency = an_agency()
        for entry in (a_published_entry(**LEVELS), a_draft(agency, **LEVELS)):
            with pytest.raises(InvalidInput) as refused:
                an_aggregation(entry, agency)
            assert "entry_id" in refused.value.messages
        with pytest.raises(NotAllowed):
            an_aggregation(entry, an_authority())


class TestAggregationVoid:
    def test_counts_no_longer(self):
        agency, authority = an_agency(), an_authority()
        entry = a_published_entry(agency, authority, **LEVELS)
        found = an_aggregation(entry, agency, a_database(authority, agency))
        execute(aggregation.void, actor=agency, subject_id=found.id, data=WHY)
        assert aggregations.aggregations_of(entry.id) == [] and not aggregations.aggregated_ids([entry.id])
        with pytest.raises(WrongState):
            execute(aggregation.void, actor=agency, subject_id=found.id, data=WHY)


class TestReconciliationRecord:
    def told(self, agency, entry, **facts):
        return a_reconciliation(entry, agency, **facts)

    @pytest.fixture
    def shared(self):
        """An agency, its entry, the database, and the hash of the batch delivered to it."""
        agency, authority = an_agency(), an_authority()
        entry, found = a_published_entry(agency, authority, **LEVELS), a_database(authority, agency)
        an_aggregation(entry, agency, found, sha256="ab" * 32)
        return agency, entry, found

    @pytest.mark.parametrize(
        ("facts", "state"),
        [
            ({}, "matching"),
            ({"sha256": "ab" * 32}, "matching"),
            ({"rows": 119}, "different"),
            ({"sha256": "cd" * 32}, "different"),
        ],
    )
    def test_compares_counts_and_hashes(self, shared, facts, state):
        agency, entry, _ = shared
        found = self.told(agency, entry, **facts)
        assert (found.state, found.copy_rows, found.copy_sha256) == (state, 120, "ab" * 32)

    def test_needs_a_delivery_of_ones_own(self, shared):
        agency, entry, _ = shared
        with pytest.raises(InvalidInput):
            self.told(an_agency(), entry)
        with pytest.raises(InvalidInput):
            self.told(agency, a_published_entry(agency, **(LEVELS | {"title": "未汇聚的目录"})))

    def test_counts_a_difference_as_an_open_correction(self, shared):
        agency, entry, _ = shared
        before = quality.quality(agency, clock.today())[0].quality.open_corrections
        self.told(agency, entry, rows=119)
        assert quality.quality(agency, clock.today())[0].quality.open_corrections == before + 1


class TestReconciliationCorrect:
    told, shared = TestReconciliationRecord.told, TestReconciliationRecord.shared

    def test_follows_the_delivery_that_agrees(self, shared):
        agency, entry, found = shared
        open_ = self.told(agency, entry, rows=150)
        an_aggregation(entry, agency, found, rows=149)
        assert open_.state == "different"
        put_right = an_aggregation(entry, agency, found, rows=150)
        assert (open_.state, open_.corrected_by_id) == ("corrected", put_right.id)

    def test_follows_a_fresh_count_that_agrees(self, shared):
        agency, entry, _ = shared
        open_ = self.told(agency, entry, rows=119)
        self.told(agency, entry)
        assert open_.state == "corrected"

    def test_is_for_the_product_alone(self, shared):
        agency, entry, _ = shared
        open_ = self.told(agency, entry, rows=119)
        with pytest.raises(NotAllowed):
            data = {"aggregation_id": str(open_.aggregation_id)}
            execute(reconciliation.correct, actor=agency, subject_id=open_.id, data=data)


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
