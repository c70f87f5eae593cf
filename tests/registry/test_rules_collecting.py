"""The law of sources, aggregation, projects, databases, grading and archives."""

from datetime import date

import pytest

from kernel.errors import RuleBroken
from registry.rules import aggregation, collection, projects
from registry.rules.projects import DataSet
from registry.vocabulary.collecting import telling_names, title_name
from tests.registry.rules_collecting_steps import CD, DG, HZ, LS, WZ, YN

DONE = DataSet("水位", "published", "none", True)


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
