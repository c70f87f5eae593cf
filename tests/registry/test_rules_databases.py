"""The law of databases, rounds of the catalogue, local grading rules and archives."""

from datetime import date

import pytest

from jurisdictions.tree import profile_of
from kernel.errors import RuleBroken
from registry.rules import databases, grading, keeping
from registry.vocabulary.collecting import retention_of
from tests.registry.rules_collecting_steps import CD, COUNTY, DG, HZ, LS, NATION, WZ, YN

OPEN, NOT_OPEN = frozenset({"open", "conditional", "none"}), frozenset({"none"})


def rule(openings=OPEN, sharings=OPEN, level="3", themes=()):
    sharing = {"unconditional", "conditional", "none"} if sharings is OPEN else sharings
    return grading.Rule("规则", "文", level, frozenset(openings), frozenset(sharing), frozenset(themes))


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
