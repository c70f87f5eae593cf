"""The tree of jurisdictions, versions, and files that an authority adds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jurisdictions import tree
from jurisdictions.sources import RulesUnreadable
from jurisdictions.tree import UnknownJurisdiction, load, profile_of

LATER = """
code = "640300"
valid_from = 2027-01-01
[values]
reg.accept_wd = { value = 5, basis = "own rule", trust = "confirmed" }
sharing.answer_conditional = { value = 7, unit = "days", basis = "own rule", trust = "confirmed" }
correction.forward = { silent = true }
"""
NEW_CITY = """
[[jurisdiction]]
code = "640200"
valid_from = 2026-01-01
level = "prefecture"
parent = "640000"
name_zh = "石嘴山市"
name_en = "Shizuishan"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    load()


def problems(folder: Path, text: str) -> str:
    (folder / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesUnreadable) as refusal:
        load(folder)
    return "\n".join(refusal.value.problems)


class TestTree:
    def test_lists_every_place_after_the_one_above_it(self) -> None:
        codes = [place.code for place in tree.all_jurisdictions()]
        assert codes[0] == "CN"
        assert {"640300", "441900", "331100", "510100", "530000", "990100", "990102", "990103"} <= set(codes)
        assert all(codes.index(p.parent) < codes.index(p.code) for p in tree.all_jurisdictions() if p.parent)

    def test_knows_what_lies_above_and_below(self) -> None:
        assert [place.code for place in tree.ancestors("990102")] == ["990100", "990000", "CN"]
        assert [place.code for place in tree.children("990100")] == ["990102", "990103"]
        assert tree.subtree("990000") == {"990000", "990100", "990102", "990103"}
        assert tree.jurisdiction("990100").name.zh == "衡州市"

    def test_says_who_covers_whom(self) -> None:
        assert tree.covers("640000", "640302") and tree.covers("CN", "530000") and tree.covers("CN", "CN")
        assert not tree.covers("640302", "640300") and not tree.covers("530000", "640300")

    def test_refuses_a_code_it_does_not_know(self) -> None:
        for ask in (tree.jurisdiction, tree.children, tree.ancestors, tree.profile_of):
            with pytest.raises(UnknownJurisdiction, match="123456"):
                ask("123456")


class TestInheritance:
    def test_gives_a_county_the_rules_of_its_city(self) -> None:
        county, city = profile_of("640302"), profile_of("640300")
        assert county.values == city.values
        assert (county.level, county.parent) == ("county", "640300")
        assert county["catalogue.revise_after_comments"].origin == "640300"


class TestVersions:
    def test_are_kept_by_a_case(self, folder: Path) -> None:
        began = profile_of("640300")
        (folder / "wuzhong.toml").write_text(LATER, encoding="utf-8")
        load(folder)
        assert profile_of("640300", version=began.version) == began
        assert profile_of("640300", on=date(2026, 12, 31)).values == began.values
        changed = profile_of("640300", on=date(2027, 1, 1))
        assert changed.version == "2027-01-01"
        assert tree.versions("640300") == (began.version, "2027-01-01")
        assert (changed.number("reg.accept_wd"), changed["reg.accept_wd"].trust) == (5, "confirmed")
        assert changed.period("sharing.answer_conditional").unit == "days"
        assert changed.silent("correction.forward")
        assert changed.number("catalogue.revise_after_comments") == 10

    def test_reach_the_counties_below(self, folder: Path) -> None:
        (folder / "wuzhong.toml").write_text(LATER, encoding="utf-8")
        load(folder)
        assert profile_of("640302").number("reg.accept_wd") == 5
        assert profile_of("640000").number("reg.accept_wd") == 3

    def test_reach_back_to_the_first_that_is_loaded(self) -> None:
        assert profile_of("640300", version="2024-01-01") == profile_of("640300")


class TestLoad:
    def test_adds_a_place(self, folder: Path) -> None:
        (folder / "new.toml").write_text(NEW_CITY, encoding="utf-8")
        load(folder)
        assert profile_of("640200").number("op.max_term_years") == 5
        assert tree.covers("640000", "640200")

    def test_lets_an_authority_confirm_a_value(self, folder: Path) -> None:
        text = 'code = "CN"\nvalid_from = 2025-08-01\n[values]\n'
        text += 'reg.formal_review_wd = { value = 20, basis = "26, article read", trust = "confirmed" }\n'
        (folder / "confirm.toml").write_text(text, encoding="utf-8")
        before = profile_of("640300")
        load(folder)
        assert profile_of("640300").version == before.version
        assert profile_of("640300")["reg.formal_review_wd"].trust == "confirmed"

    def test_refuses_to_change_the_past(self, folder: Path) -> None:
        told = problems(folder, LATER.replace("2027-01-01", "2025-08-01"))
        assert "reg.accept_wd would change rules that cases already began under" in told
        assert "valid_from after 2025-08-01" in told

    def test_refuses_two_files_that_differ_for_one_day(self, folder: Path) -> None:
        (folder / "a.toml").write_text(LATER, encoding="utf-8")
        told = problems(folder, LATER.replace("value = 5", "value = 6"))
        assert told == "bad.toml, 640300: reg.accept_wd is given differently for 2027-01-01 in another file."

    def test_keeps_the_rules_in_use_when_it_refuses(self, folder: Path) -> None:
        problems(folder, "code =")
        assert profile_of("640300").number("reg.accept_wd") == 3

    def test_refuses_a_folder_that_is_not_there(self, folder: Path) -> None:
        with pytest.raises(RulesUnreadable, match="is not a folder"):
            load(folder / "nowhere")

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("code =", "not readable as TOML"),
            ("a = 1\n[[jurisdiction]]\ncode = '640300'\nvalid_from = 2027-01-01", "nothing else may stand"),
            ("code = '64'", "code must be CN or six digits"),
            ("jurisdiction = [1]", "code must be CN or six digits"),
            ("code = '640300'\nvalid_from = '2027-01-01'", "without quotes"),
            ("code = '640300'\nvalid_from = 2027-01-01\nvalue = 1", "unknown field value"),
            ("code = '640300'\nvalid_from = 2027-01-01\nvalues = 1", "values must be a table"),
            ("code = '640399'\nvalid_from = 2027-01-01", "level, parent, name_zh, name_en is missing"),
            (NEW_CITY.replace('"prefecture"', '"village"'), "level must be one of"),
            (NEW_CITY.replace('"640000"', '"990102"'), "no known place of a higher level"),
            (NEW_CITY.replace('"640000"', '"999999"'), "no known place of a higher level"),
        ],
    )
    def test_refuses_a_bad_file(self, folder: Path, text: str, problem: str) -> None:
        assert problem in problems(folder, text)

    @pytest.mark.parametrize(
        ("entry", "problem"),
        [
            ("reg.acept_wd = { value = 1, trust = 'confirmed' }", "Did you mean reg.accept_wd"),
            ("reg.accept_wd = 3", "write { value"),
            ("reg.accept_wd = { value = 3, colour = 'red', trust = 'confirmed' }", "unknown colour"),
            ("reg.accept_wd = { value = 3, trust = 'confirmed', basis = 3 }", "basis must be text"),
            ("reg.accept_wd = { silent = false }", "either silent = true or a value"),
            ("reg.accept_wd = { silent = true, value = 3 }", "either silent = true or a value"),
            ("reg.accept_wd = { value = 3 }", "trust must be one of"),
            ("reg.accept_wd = { value = 3, unit = 'fen', trust = 'confirmed' }", "cannot be changed to fen"),
            ("reg.accept_wd = { basis = 'x', trust = 'confirmed' }", "there is no value"),
            ("reg.accept_wd = { value = -1, trust = 'confirmed' }", "-1 is no whole number of working days"),
            ("reg.accept_wd = { value = true, trust = 'confirmed' }", "True is no whole number"),
            ("registration.resources = { value = 1, trust = 'confirmed' }", "1 is no true or false"),
            ("reg.types = { value = ['a', 'a'], trust = 'confirmed' }", "is no list of codes, each once"),
            ("reg.types = { value = [], trust = 'confirmed' }", "is no list of codes"),
            ("revenue.warning_levels = { value = ['a'], trust = 'confirmed' }", "is no list of numbers"),
            ("rules.expiry = { value = '2030', trust = 'confirmed' }", "is no day such as 2027-01-01"),
            ("disclosure.deadline = { value = '02-30', trust = 'confirmed' }", "is no day like"),
            ("settlement.period = { value = 'hourly', trust = 'confirmed' }", "is no known code (continuous"),
            ("sharing.onward = { value = 'maybe', trust = 'confirmed' }", "no known code (never, with_provider"),
            ("time.zone = { value = '', trust = 'confirmed' }", "is no text"),
        ],
    )
    def test_refuses_a_bad_value(self, folder: Path, entry: str, problem: str) -> None:
        text = f"code = '640300'\nvalid_from = 2027-01-01\n[values]\n{entry}\n"
        assert problem in problems(folder, text)

    def test_lists_everything_that_is_wrong(self, folder: Path) -> None:
        (folder / "other.toml").write_text("code = 1", encoding="utf-8")
        text = "code = '640300'\nvalid_from = 2027-01-01\n[values]\nreg.accept_wd = { value = -1 }\n"
        assert len(problems(folder, text).splitlines()) == 3
