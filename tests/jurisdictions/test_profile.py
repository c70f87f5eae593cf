"""Profiles: every cell of the table of local rules, and how a rule is asked for."""

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jurisdictions.keys import DATA, TRUST, UNITS, UnknownKey, key, keys, term
from jurisdictions.profile import RulesSilent, Value
from jurisdictions.tree import all_jurisdictions, profile_of
from kernel.calendar import Period
from kernel.money import Money

TABLE = Path(__file__).parents[3] / "shared" / "mission" / "profiles.csv"
COLUMNS = {
    "wuzhong": "640300",
    "dongguan": "441900",
    "lishui": "331100",
    "chengdu": "510100",
    "yunnan": "530000",
}
MARKS = {"wuzhong": "WZ", "dongguan": "DG", "lishui": "LS", "chengdu": "CD", "yunnan": "YN"}
WUZHONG, YUNNAN, HENGZHOU = profile_of("640300"), profile_of("530000"), profile_of("990100")


def cells() -> list[tuple[str, str, str, str]]:
    """(key, unit, jurisdiction, text) of every cell that is filled in."""
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8") as source:
        return [
            (row["parameter"], row["unit"], place, row[place])
            for row in csv.DictReader(source)
            for place in COLUMNS
            if row[place]
        ]


def as_text(value: Value, cell: str) -> str:
    """A value written as the table writes it."""
    if value.unit == "flag":
        return "yes" if value.value is True else "no"
    if value.unit == "list":
        return "|".join(map(str, value.value))  # type: ignore[arg-type]
    return value.words.en if value.unit == "text" else str(value.value)


def code(item: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", item.lower()).strip("_")


@pytest.mark.data
@pytest.mark.skipif(not TABLE.exists(), reason="../shared/mission/profiles.csv is absent")
class TestLocalRules:
    @pytest.mark.parametrize(("name", "unit", "place", "cell"), cells())
    def test_hold_the_cell_with_its_basis(self, name: str, unit: str, place: str, cell: str) -> None:
        value = profile_of(COLUMNS[place])[name]
        wanted = {
            "list": "|".join(map(code, cell.split("|"))),
            "text": cell.replace("|", "; "),
        }.get(unit, cell)
        assert as_text(value, cell) == wanted
        assert (value.origin, key(name).unit) == (COLUMNS[place], unit)
        assert value.basis.startswith(MARKS[place]) or name == "status"
        assert value.trust in ("draft", "published")

    def test_hold_nothing_beyond_the_table_but_what_is_barred_from_development(self) -> None:
        filled = {(COLUMNS[place], name) for name, _, place, _ in cells()}
        held = {
            (place, name)
            for place in COLUMNS.values()
            for name, value in profile_of(place).values.items()
            if value.origin == place
        }
        assert held - filled == {
            ("640300", "development.not_open_barred"),
            # Read out of the duties: what a rule says in words, without a number (C08, A04, A09, A12).
            ("640300", "databases.lower_levels"),
            ("530000", "databases.lower_levels"),
            ("331100", "catalogue.county_supplement"),
            ("331100", "aggregation.at_stated_frequency"),
            ("441900", "aggregation.at_stated_frequency"),
            ("441900", "collection.source_classes"),
            # P05 and P06, the same.
            ("510100", "security.outsourcing_plan"),
            ("510100", "security.outsourcing_test"),
            ("530000", "security.outsourcing_no_own_access"),
            ("441900", "supervision.operating_tasks"),
        }


class TestData:
    def test_gives_every_list_item_words_in_both_languages(self) -> None:
        for place in all_jurisdictions():
            for value in profile_of(place.code).values.values():
                if value.unit == "list":
                    assert isinstance(value.value, tuple)
                    assert all(term(str(item)).zh != str(item) for item in value.value), value
                    assert all(re.search(r"[\u4e00-\u9fff]", term(str(item)).zh) for item in value.value), value

    def test_gives_every_parameter_labels_in_both_languages(self) -> None:
        for each in keys().values():
            for words in (each.label, each.governs):
                assert each.unit in UNITS
                assert re.search("[a-z]", words.en) and re.search(r"[\u4e00-\u9fff]", words.zh), each

    def test_marks_every_value_with_its_trust_and_shows_it(self) -> None:
        for place in all_jurisdictions():
            for value in profile_of(place.code).values.values():
                assert value.trust in TRUST and value.trusted.zh
                assert value.shown("en") and value.shown("zh_CN")
                if value.trust.startswith(("published", "unverified", "draft")) and value.key != "status":
                    assert value.basis, value

    def test_gives_every_text_that_code_branches_on_a_list_of_codes(self) -> None:
        free = {"money.currency", "time.zone"}
        assert {k.name for k in keys().values() if k.unit == "text" and not k.choices} == free

    def test_stays_readable(self) -> None:
        assert all(len(path.read_text("utf-8").splitlines()) <= 300 for path in DATA.rglob("*.toml"))


class TestNationalDefaults:
    @pytest.mark.parametrize(
        ("name", "count", "unit"),
        [
            ("reg.accept_wd", 3, "working_days"),
            ("reg.supplement_wd", 10, "working_days"),
            ("reg.formal_review_wd", 20, "working_days"),
            ("reg.public_notice_wd", 10, "working_days"),
            ("reg.cancel_wd", 10, "working_days"),
            ("reg.first_after_delivery_wd", 20, "working_days"),
            ("reg.transition_wd", 30, "working_days"),
            ("reg.validity_years", 3, "years"),
            ("reg.renew_window_days", 60, "days"),
            ("op.max_term_years", 5, "years"),
            ("sharing.answer_unconditional", 1, "working_days"),
            ("sharing.answer_conditional", 10, "working_days"),
            ("sharing.deliver", 20, "working_days"),
        ],
    )
    def test_are_those_of_the_national_rules(self, name: str, count: int, unit: str) -> None:
        period = profile_of("CN").period(name)
        assert (period.count, period.unit, period.key) == (count, unit, name)

    def test_reach_a_place_whose_text_is_silent(self) -> None:
        assert WUZHONG["op.max_term_years"].origin == "CN"
        assert WUZHONG["op.max_term_years"].trust == "published"
        assert not WUZHONG.local("op.max_term_years")
        assert WUZHONG.local("catalogue.revise_after_comments")

    def test_cap_the_profit_and_set_the_warnings(self) -> None:
        assert WUZHONG.number("price.profit_rate_cap") == 600
        assert WUZHONG.numbers("revenue.warning_levels") == (80, 95, 100)
        assert WUZHONG.day_in("disclosure.deadline", 2027) == date(2027, 3, 31)
        assert WUZHONG.day("rules.expiry") == date(2030, 2, 28)


class TestAsking:
    def test_gives_a_period_with_its_basis(self) -> None:
        expected = Period(10, "working_days", "catalogue.revise_after_comments", "WZ12", "draft")
        assert WUZHONG.period("catalogue.revise_after_comments") == expected

    def test_turns_zero_working_days_into_at_once(self) -> None:
        assert WUZHONG.period("sharing.answer_unconditional").unit == "at_once"
        assert WUZHONG.period("opening.withdrawal_check").unit == "at_once"

    def test_turns_a_rhythm_into_a_period(self) -> None:
        assert YUNNAN.period("opening.catalogue_adjustment").unit == "years"
        regular = profile_of("441900").period("sharing.use_report")
        assert (regular.count, regular.unit, regular.basis) == (6, "months", "DG44")

    def test_reads_flags_lists_texts_and_amounts(self) -> None:
        assert WUZHONG.flag("development.second_level") and not YUNNAN.flag("development.second_level")
        assert WUZHONG.list("price.free_purposes") == ("public_governance", "public_welfare")
        assert WUZHONG.list("development.market_modes") == ()
        assert replace(WUZHONG, values={}).numbers("usage.alarm_levels") == ()
        assert (YUNNAN.text("sharing.onward"), WUZHONG.text("trade.in_exchange")) == ("with_provider_consent", "")
        assert WUZHONG.money("settlement.minimum") == Money(10000)
        assert WUZHONG.numbers("usage.alarm_levels") == (50, 80, 100)
        assert (WUZHONG.currency, str(WUZHONG.name), WUZHONG.status.zh) == ("CNY", "Wuzhong", "2024年征求意见稿")

    def test_tells_silence_from_a_name_that_does_not_exist(self) -> None:
        assert WUZHONG.silent("correction.verify_extended")
        assert WUZHONG.get("correction.verify_extended") is None
        with pytest.raises(RulesSilent, match="640300 are silent on correction.verify_extended"):
            WUZHONG.period("correction.verify_extended")
        with pytest.raises(UnknownKey, match="Did you mean reg.accept_wd"):
            WUZHONG.get("reg.acept_wd")
        with pytest.raises(UnknownKey, match="No parameter is called zzz"):
            WUZHONG.flag("zzz")

    @pytest.mark.parametrize(
        ("ask", "name"),
        [
            ("period", "incident.report_hours"),
            ("flag", "reg.accept_wd"),
            ("list", "reg.accept_wd"),
            ("numbers", "reg.accept_wd"),
            ("numbers", "reg.types"),
            ("text", "reg.accept_wd"),
            ("money", "reg.accept_wd"),
            ("day", "reg.accept_wd"),
            ("number", "registration.resources"),
        ],
    )
    def test_refuses_to_take_one_kind_for_another(self, ask: str, name: str) -> None:
        with pytest.raises(TypeError, match=re.escape(name)):
            getattr(WUZHONG, ask)(name)

    def test_refuses_a_day_of_the_year_of_another_kind(self) -> None:
        with pytest.raises(TypeError, match="no day of the year"):
            WUZHONG.day_in("reg.accept_wd", 2027)

    def test_lets_the_end_of_february_fall_back(self) -> None:
        value = Value("disclosure.deadline", "02-29", "month-day")
        rules = replace(WUZHONG, values={"disclosure.deadline": value})
        assert rules.day_in("disclosure.deadline", 2028) == date(2028, 2, 29)
        assert rules.day_in("disclosure.deadline", 2027) == date(2027, 2, 28)

    def test_knows_the_legal_day_of_a_moment(self) -> None:
        assert WUZHONG.today(datetime(2026, 11, 21, 16, 30, tzinfo=UTC)) == date(2026, 11, 22)
        with pytest.raises(ValueError, match="time zone"):
            WUZHONG.today(datetime(2026, 11, 21))  # noqa: DTZ001

    def test_lists_the_whole_rule_book(self) -> None:
        book = dict((each.name, value) for each, value in WUZHONG.rule_book())
        assert book.keys() == keys().keys()
        assert book["reg.accept_wd"] == WUZHONG["reg.accept_wd"]
        assert book["correction.verify_extended"] is None


class TestShown:
    @pytest.mark.parametrize(
        ("name", "english", "chinese"),
        [
            ("reg.accept_wd", "3 working days", "3个工作日"),
            ("deadline.escalate_wd", "1 working day", "1个工作日"),
            ("sharing.answer_unconditional", "at once", "立即"),
            ("price.profit_rate_cap", "6.00 %", "6.00%"),
            ("settlement.minimum", "100.00 yuan", "100.00元"),
            ("development.control_percent", "50 %", "50%"),
            ("disclosure.deadline", "31 March", "3月31日"),
            ("rules.expiry", "2030-02-28", "2030-02-28"),
            ("settlement.period", "quarterly", "每季度"),
            ("revenue.warning_levels", "80, 95, 100", "80、95、100"),
            ("development.first_level", "yes", "是"),
            ("price.free_purposes", "public governance, public welfare", "公共治理、公益事业"),
            ("opening.default", "unconditionally open unless a ground applies", "无限制情形的无条件开放"),
        ],
    )
    def test_reads_well_in_both_languages(self, name: str, english: str, chinese: str) -> None:
        assert (WUZHONG[name].shown("en"), WUZHONG[name].shown("zh_CN")) == (english, chinese)

    def test_falls_back_to_what_is_written(self) -> None:
        assert Value("x", False, "flag").shown("zh") == "否"
        assert Value("x", "some_code", "text").shown("zh") == "some code"
        assert Value("x", 1, "number", trust="odd").trusted.en == "odd"


class TestHengzhou:
    def test_takes_the_features_of_wuzhong_and_yunnan_together(self) -> None:
        for flag in ("development.first_level", "development.second_level", "registration.resources"):
            assert HENGZHOU.flag(flag) and HENGZHOU.local(flag)
        assert HENGZHOU.flag("price.redeveloped_market") and HENGZHOU.flag("revenue.by_contribution")
        named = {name for p in (WUZHONG, YUNNAN) for name in p.values if p.local(name)}
        assert all(HENGZHOU.local(name) for name in named)

    def test_says_that_it_is_a_demonstration(self) -> None:
        assert HENGZHOU.status.en == "demonstration"
        assert {v.trust for v in HENGZHOU.values.values() if v.origin == "990100"} == {"demonstration"}
        assert profile_of("990102").flag("development.first_level")
