"""The law of sources, aggregation, projects, databases, grading and archives."""

from datetime import date

import pytest

from jurisdictions.tree import profile_of
from kernel.errors import RuleBroken
from registry.rules import aggregation, collection, databases, grading, keeping, projects
from registry.rules.projects import DataSet
from registry.vocabulary.collecting import retention_of, telling_names, title_name

WZ, DG, LS, CD, YN = (profile_of(code) for code in ("640300", "441900", "331100", "510100", "530000"))
HZ, COUNTY, NATION = profile_of("990100"), profile_of("640302"), profile_of("CN")
OPEN, NOT_OPEN = frozenset({"open", "conditional", "none"}), frozenset({"none"})


class TestTellingNames:
    def test_leave_out_what_identifies_or_stands_everywhere(self):
        items = [{"name": "统一社会信用代码"}, {"name": "备注"}, {"name": "许可证号", "key": True}, {"name": "水位（米）"}]
        assert telling_names(items) == {"水位米": "水位（米）"}

    def test_compare_titles_without_place_and_common_words(self):
        assert title_name("衡州市企业登记基本信息") == title_name("企业登记信息表")
        assert title_name("信息") == "信息"


class TestLikeness:
    def test_counts_equal_items_and_titles(self):
        found = collection.likeness("公交线路与站点", ["走向", "票价", "序号"], "公交线路站点", ["票价", "走向"])
        assert (found.percent, found.title_percent, found.items) == (100, 72, ("走向", "票价"))
        assert collection.counts_as_the_same(found, HZ)

    def test_is_not_decided_by_items_alone(self):
        found = collection.likeness("消费投诉统计", ["件数", "办结率"], "旅游投诉统计", ["件数", "办结率"])
        assert not collection.counts_as_the_same(found, HZ)

    def test_is_not_decided_by_a_title_against_the_items(self):
        other = collection.likeness("许可信息", ["船名", "吨位"], "许可名录", ["井深", "水量"])
        assert other.same_title and not collection.counts_as_the_same(other, HZ)
        unknown = collection.likeness("许可信息", [], "许可名录", ["井深"])
        assert collection.counts_as_the_same(unknown, HZ)

    def test_of_titles_of_one_character_is_none(self):
        assert collection.likeness("甲", [], "乙", []).title_percent == 0


class TestNothingIsCollectedAgain:
    def test_names_what_has_to_be_explained(self):
        with pytest.raises(RuleBroken) as refused:
            collection.nothing_is_collected_again(["企业登记信息"])
        assert refused.value.ids == ("A02",) and "企业登记信息" in str(refused.value.message)

    def test_lets_pass_what_is_explained(self):
        collection.nothing_is_collected_again([])


class TestItemHasOneSource:
    def test_refuses_a_second_decision(self):
        with pytest.raises(RuleBroken) as refused:
            collection.item_has_one_source("水位", "水利局")
        assert refused.value.ids == ("A01",)
        collection.item_has_one_source("水位", None)


class TestItemsComeFromTheirSource:
    def test_names_items_and_their_source(self):
        with pytest.raises(RuleBroken) as refused:
            collection.items_come_from_their_source({"水位": "水利局"})
        assert "水位 (水利局)" in str(refused.value.message)
        collection.items_come_from_their_source({})


class TestBaseDataComeFromTheirDepartment:
    def test_binds_where_the_rule_names_departments(self):
        with pytest.raises(RuleBroken) as refused:
            collection.base_data_come_from_their_department(["婚姻登记日期"], "东莞市教育局", DG)
        assert "DG18" in str(refused.value.message) and refused.value.ids == ("A09",)
        collection.base_data_come_from_their_department(["婚姻登记日期"], "东莞市民政局", DG)
        collection.base_data_come_from_their_department(["车辆数"], "东莞市教育局", DG)

    @pytest.mark.parametrize("profile", [WZ, LS, CD, YN, HZ])
    def test_leaves_other_places_to_their_authority(self, profile):
        collection.base_data_come_from_their_department(["婚姻登记日期"], "教育局", profile)


class TestSeveralSourcesAreCompared:
    def test_refuses_the_same_twice(self):
        for entries, hashes in ((["a", "a"], ["1", "2"]), (["a", "b"], ["1", "1"])):
            with pytest.raises(RuleBroken):
                collection.several_sources_are_compared(entries, hashes)
        collection.several_sources_are_compared(["a", "b"], ["1", "2"])


class TestDifferencesAreExplained:
    def test_asks_which_source_is_right(self):
        with pytest.raises(RuleBroken):
            collection.differences_are_explained(3, None, "已核")
        collection.differences_are_explained(3, "a", "已核")
        collection.differences_are_explained(3, None, "两库口径不同，已商定以日为单位统计。")
        collection.differences_are_explained(0, None, "一致")


class TestAggregationTarget:
    @pytest.mark.parametrize("profile", [WZ, YN, HZ])
    def test_is_a_database_where_the_rule_says_so(self, profile):
        with pytest.raises(RuleBroken) as refused:
            aggregation.aggregation_target("physical", None, "", profile)
        assert refused.value.ids == ("A04",)
        assert aggregation.aggregation_target("physical", "theme", "", profile) == profile.text("aggregation.target")

    @pytest.mark.parametrize("profile", [DG, LS, CD])
    def test_is_the_data_centre_elsewhere(self, profile):
        assert aggregation.aggregation_target("logical", None, "", profile) == "data_centre"

    def test_is_physical_first_in_yunnan(self):
        with pytest.raises(RuleBroken):
            aggregation.aggregation_target("logical", "theme", " ", YN)
        assert aggregation.aggregation_target("logical", "theme", "数据量过大", YN) == "physical_first"


class TestCopyAgrees:
    @pytest.mark.parametrize(
        ("own", "copy", "agrees"),
        [
            ((3, None), (3, None), True),
            ((3, "a"), (3, None), True),
            ((3, "a"), (3, "a"), True),
            ((3, "a"), (3, "b"), False),
            ((2, None), (3, "b"), False),
        ],
    )
    def test_compares_counts_and_the_hashes_both_tell(self, own, copy, agrees):
        assert aggregation.copy_agrees(*own, *copy) is agrees


class TestNextUpdateDue:
    @pytest.mark.parametrize(
        ("interval", "due"),
        [
            ("PT1H", date(2026, 1, 31)),
            ("P1D", date(2026, 2, 1)),
            ("P1W", date(2026, 2, 7)),
            ("P1M", date(2026, 2, 28)),
            ("P1Y", date(2027, 1, 31)),
            (None, None),
        ],
    )
    def test_follows_the_frequency(self, interval, due):
        assert aggregation.next_update_due(date(2026, 1, 31), interval) == due

    def test_refuses_what_is_no_interval(self):
        with pytest.raises(ValueError, match="no|not an interval"):
            aggregation.next_update_due(date(2026, 1, 31), "soon")

    @pytest.mark.parametrize("interval", ["PT1H", "P1D", "P16D", "P1W", "P1M", "P3M", "P1Y"])
    def test_agrees_with_the_oldest_fresh_day(self, interval):
        today = date(2026, 3, 31)
        oldest = aggregation.oldest_fresh_day(today, interval)
        assert aggregation.next_update_due(oldest, interval) >= today
        before = aggregation.next_update_due(date.fromordinal(oldest.toordinal() - 1), interval)
        assert before < today


class TestFrequencyBinds:
    @pytest.mark.parametrize(("profile", "binds"), [(WZ, False), (DG, True), (LS, True), (CD, False), (YN, False)])
    def test_where_the_rule_says_so(self, profile, binds):
        assert aggregation.frequency_binds(profile) is binds


class TestQualityOf:
    def test_is_the_mean_of_what_can_be_measured(self):
        found = aggregation.quality_of(90, 100, 1, 2, 3, 4, open_corrections=2, overdue=1)
        assert (found.complete, found.fresh, found.aggregated, found.score) == (90, 50, 75, 71)

    def test_measures_nothing_where_there_is_nothing(self):
        assert aggregation.quality_of(0, 0, 0, 0, 0, 0).score is None


DONE = DataSet("水位", "published", "none", True)


class TestGateReport:
    def test_lists_what_each_step_needs_by_profile(self):
        report = projects.gate_report([DataSet("水位", "submitted")], WZ)
        assert {(row.step, row.need, row.met) for row in report} == {
            ("approval", "listed", True),
            ("approval", "handed_in", True),
            ("acceptance", "listed", True),
            ("acceptance", "published", False),
            ("acceptance", "shared", False),
            ("acceptance", "aggregated", False),
        }
        assert projects.gate_report([DONE], CD) == ()

    def test_names_a_gate_nobody_knows(self):
        class Odd:
            def list(self, _key):
                return ("by_magic",)

        with pytest.raises(ValueError, match="by_magic"):
            projects.steps_of(Odd())


class TestProjectGateIsPassed:
    @pytest.mark.parametrize(
        ("profile", "step", "row", "passes"),
        [
            (WZ, "approval", DataSet("a", "draft"), False),
            (WZ, "approval", DataSet("a", "submitted"), True),
            (DG, "approval", DataSet("a"), True),
            (YN, "approval", DataSet("a"), True),
            (LS, "approval", DataSet("a"), False),
            (LS, "approval", DataSet("a", "draft"), True),
            (DG, "acceptance", DataSet("a", "published", "none"), False),
            (DG, "acceptance", DONE, True),
            (LS, "acceptance", DataSet("a", "published"), True),
            (YN, "acceptance", DataSet("a", "published", "conditional", False), False),
            (WZ, "acceptance", DONE, True),
            (DG, "funds", DataSet("a", "published", "none"), False),
            (LS, "funds", DataSet("a", "published"), True),
            (YN, "funds", DataSet("a"), True),
            (CD, "acceptance", DataSet("a"), True),
        ],
    )
    def test_asks_what_the_rule_of_the_place_asks(self, profile, step, row, passes):
        if passes:
            return projects.project_gate_is_passed(step, [row], profile)
        with pytest.raises(RuleBroken) as refused:
            projects.project_gate_is_passed(step, [row], profile)
        assert profile.value("catalogue.project_gate").basis in str(refused.value.message)
        assert set(refused.value.ids) == {"C10", "C13"}

    def test_asks_for_a_data_list_first(self):
        with pytest.raises(RuleBroken):
            projects.project_gate_is_passed("approval", [], DG)
        projects.project_gate_is_passed("approval", [], CD)


class TestDatabaseIsLawful:
    def test_leaves_base_databases_to_the_level_that_the_rule_names(self):
        databases.database_is_lawful("base", "population", WZ)
        with pytest.raises(RuleBroken) as refused:
            databases.database_is_lawful("base", "population", COUNTY)
        assert "WZ10" in str(refused.value.message)
        databases.database_is_lawful("theme", None, COUNTY)

    def test_knows_the_base_databases_of_each_place(self):
        with pytest.raises(RuleBroken):
            databases.database_is_lawful("base", "social_credit", WZ)
        databases.database_is_lawful("base", "social_credit", CD)
        databases.database_is_lawful("base", "anything", LS)


class TestDatabaseStandsOnce:
    def test_names_the_one_that_stands(self):
        with pytest.raises(RuleBroken):
            databases.database_stands_once("人口库")
        databases.database_stands_once(None)


class TestEntryBelongsToItsLevel:
    def test_goes_into_a_database_of_its_kind(self):
        with pytest.raises(RuleBroken):
            databases.entry_belongs_to_its_level("department", "base")
        databases.entry_belongs_to_its_level("base", "base")
        databases.entry_belongs_to_its_level(None, "theme")


class TestDatabaseHasEntries:
    def test_before_it_is_compiled(self):
        with pytest.raises(RuleBroken):
            databases.database_has_entries(0)
        databases.database_has_entries(1)


class TestCataloguedHowFar:
    @pytest.mark.parametrize(
        ("state", "how_far"),
        [("published", "catalogued"), ("draft", "under_way"), (None, "not_catalogued"), ("withdrawn", "not_catalogued")],
    )
    def test_follows_the_entry(self, state, how_far):
        assert databases.catalogued_how_far(state) == how_far


class TestSupplementAddsSomething:
    def test_binds_counties_with_a_supplementary_catalogue(self):
        county = profile_of("331100")
        databases.supplement_adds_something(["车站"], county)  # the city itself
        lower = type(county)("331102", "莲都区", "Liandu", "county", "331100", county.version, county.values)
        assert databases.is_supplement(lower) and not databases.is_supplement(COUNTY)
        with pytest.raises(RuleBroken) as refused:
            databases.supplement_adds_something(["车站"], lower)
        assert refused.value.ids == ("C08",)
        databases.supplement_adds_something([], lower)
        databases.supplement_adds_something(["车站"], COUNTY)


class TestCatalogueHasALevelAbove:
    def test_is_a_matter_of_counties_and_prefectures(self):
        databases.catalogue_has_a_level_above("county")
        with pytest.raises(RuleBroken):
            databases.catalogue_has_a_level_above("province")


class TestCatalogueIsAdjustedInRounds:
    @pytest.mark.parametrize("profile", [WZ, DG, YN, HZ])
    def test_where_the_rule_says_yearly(self, profile):
        databases.catalogue_is_adjusted_in_rounds(profile)

    @pytest.mark.parametrize("profile", [LS, CD])
    def test_not_where_it_says_continuously(self, profile):
        with pytest.raises(RuleBroken) as refused:
            databases.catalogue_is_adjusted_in_rounds(profile)
        assert refused.value.ids == ("O02",)


class TestRoundIsAnswered:
    def test_or_gives_reasons(self):
        with pytest.raises(RuleBroken):
            databases.round_is_answered(["水利局"], " ")
        databases.round_is_answered(["水利局"], "机构改革")
        databases.round_is_answered([], "")


def rule(openings=OPEN, sharings=OPEN, level="3", themes=()):
    sharing = {"unconditional", "conditional", "none"} if sharings is OPEN else sharings
    return grading.Rule("规则", "文", level, frozenset(openings), frozenset(sharing), frozenset(themes))


class TestLocalRulesMayBeMade:
    @pytest.mark.parametrize(("profile", "level", "may"), [
        (WZ, "prefecture", True), (WZ, "county", False), (DG, "prefecture", True), (DG, "county", True),
        (YN, "prefecture", True), (YN, "county", False), (LS, "county", True), (NATION, "province", True),
    ])  # fmt: skip
    def test_by_the_level_that_the_rule_names(self, profile, level, may):
        if may:
            return grading.local_rules_may_be_made(level, profile)
        with pytest.raises(RuleBroken) as refused:
            grading.local_rules_may_be_made(level, profile)
        assert refused.value.ids == ("G01",)


class TestHigherRuleIsNotWeakened:
    def test_refuses_what_a_rule_above_forbids_and_cites_it(self):
        above = rule(openings=NOT_OPEN)
        with pytest.raises(RuleBroken) as refused:
            grading.higher_rule_is_not_weakened(rule(), [above])
        assert "规则" in str(refused.value.message) and "open" in str(refused.value.message)
        grading.higher_rule_is_not_weakened(rule(openings=NOT_OPEN), [rule()])

    def test_looks_at_rules_for_the_same_entries_only(self):
        above = rule(openings=NOT_OPEN, themes=["health"])
        grading.higher_rule_is_not_weakened(rule(themes=["weather"]), [above])
        grading.higher_rule_is_not_weakened(rule(level="2"), [rule(openings=NOT_OPEN)])
        with pytest.raises(RuleBroken):
            grading.higher_rule_is_not_weakened(rule(), [above])

    def test_holds_against_the_national_standard(self):
        with pytest.raises(RuleBroken) as refused:
            grading.higher_rule_is_not_weakened(rule(level="core"), [])
        assert "GB/T 43697" in str(refused.value.message)


class TestLocalGradingRulesAreKept:
    FIELDS = {"national_grade": "general", "local_level": "3", "themes": ["health"], "opening_attribute": "open"}

    def test_refuses_attributes_that_the_level_does_not_allow(self):
        with pytest.raises(RuleBroken) as refused:
            grading.local_grading_rules_are_kept(self.FIELDS, [rule(openings=NOT_OPEN)])
        assert set(refused.value.ids) == {"G01", "G02"}
        sharing = {**self.FIELDS, "opening_attribute": "none", "sharing_attribute": "unconditional"}
        with pytest.raises(RuleBroken):
            grading.local_grading_rules_are_kept(sharing, [rule(sharings={"none"})])

    def test_speaks_only_of_its_level_and_themes(self):
        grading.local_grading_rules_are_kept(self.FIELDS, [rule(openings=NOT_OPEN, level="4")])
        grading.local_grading_rules_are_kept(self.FIELDS, [rule(openings=NOT_OPEN, themes=["weather"])])
        grading.local_grading_rules_are_kept(self.FIELDS, [rule()])


class TestKeptUntil:
    def test_follows_the_kind_of_case(self):
        assert retention_of("registry_registration") == "retention.registration_years"
        assert retention_of("billing_invoice") == "retention.accounting_years"
        assert retention_of("registry_entry") == "retention.case_years"
        assert keeping.kept_until(date(2026, 2, 28), "retention.case_years", HZ) == date(2036, 2, 28)


class TestCaseIsAtRest:
    def test_when_no_clock_runs(self):
        keeping.case_is_at_rest(0)
        with pytest.raises(RuleBroken):
            keeping.case_is_at_rest(1)


class TestPackageIsWhole:
    MANIFEST = {"files": [{"name": "a", "sha256": "1"}, {"name": "b", "sha256": "2"}]}

    def test_with_exactly_what_the_manifest_names(self):
        keeping.package_is_whole(self.MANIFEST, {"a": "1", "b": "2"})

    @pytest.mark.parametrize("hashes", [{"a": "1"}, {"a": "1", "b": "3"}, {"a": "1", "b": "2", "c": "4"}])
    def test_names_what_is_changed_missing_or_added(self, hashes):
        with pytest.raises(RuleBroken):
            keeping.package_is_whole(self.MANIFEST, hashes)


class TestProofComesFromThePlatform:
    def test_asks_for_a_paper_only_where_the_register_knows_nothing(self):
        assert keeping.proof_comes_from_the_platform(True) == "no_paper"
        assert keeping.proof_comes_from_the_platform(False) == "paper"
