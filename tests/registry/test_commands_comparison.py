"""Sources that are compared, collections that are recorded, copies that are set right."""

import json
from datetime import timedelta

import pytest

from kernel import clock
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, RuleBroken, WrongState
from kernel.fields import File
from registry.commands import (
    aggregation,
    comparison,
    database,
    reconciliation,
)
from registry.queries import aggregations, quality
from tests.factories.collecting import (
    a_comparison,
    a_database,
    a_lead_source,
    a_reconciliation,
    an_aggregation,
)
from tests.factories.registry import (
    a_draft,
    a_published_entry,
    an_agency,
    an_authority,
)
from tests.registry.sources_steps import LEVELS, WHY

pytestmark = pytest.mark.usefixtures("app")


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
