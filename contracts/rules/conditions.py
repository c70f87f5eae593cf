"""Conditions of a grant: who owes what, how it is tested and proved, by when, and what follows if it is not met."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kernel.calendar import Period, term_end
from kernel.duty import Refused, duty
from kernel.words import N_, Text


@dataclass(frozen=True)
class Condition:
    """A condition of the library. `count` 0: it holds all the time and has no day of its own."""

    code: str
    owner: str
    count: int
    unit: Literal["days", "months", "years"]
    repeats: bool
    basis: str
    what_zh: str
    what_en: str
    test_zh: str
    test_en: str
    evidence_zh: str
    evidence_en: str
    sanction_zh: str
    sanction_en: str

    def said(self, part: str) -> dict[str, str]:
        """One of its parts (what, test, evidence, sanction) in both languages."""
        return {language: getattr(self, f"{part}_{language}") for language in ("zh", "en")}

    def due_after(self, day: date, last: date) -> date | None:
        """The day it falls due when counted from `day`; none where it holds all the time or the right ends before."""
        if not self.count:
            return None
        due = term_end(day, Period(self.count, self.unit))
        return due if due <= last else None

    def due_said(self) -> Text:
        """Its due rule in words."""
        if not self.count:
            return Text(N_("all the time"))
        each = {"days": N_("every {n} days"), "months": N_("every {n} months"), "years": N_("every {n} years")}
        once = {"days": N_("within {n} days"), "months": N_("within {n} months"), "years": N_("within {n} years")}
        return Text((each if self.repeats else once)[self.unit], n=self.count)


@cache
def delivered_conditions() -> dict[str, Condition]:
    """The library as it is delivered, by code."""
    source = Path(__file__).with_name("conditions.toml").read_text(encoding="utf-8")
    return {code: Condition(code=code, **row) for code, row in tomllib.loads(source).items()}


def plain(condition: Condition) -> dict[str, Any]:
    """A condition as a decision keeps it."""
    return asdict(condition)


def condition_of(row: Mapping[str, Any]) -> Condition:
    """A condition as a decision kept it."""
    return Condition(**row)


@duty("F01", "L02", "U02", basis="27号; WZ35–36; YN L120")
def conditions_are_of_the_library(unknown: list[str]) -> None:
    """A grant takes its structured conditions from the library of the place, so that each can be tested and proved."""
    if unknown:
        said = N_("These conditions are not in the library, or were retired: {codes}. Choose from the list.")
        raise Refused(said, codes=unknown)


@duty("U03", basis="27号; YN L180")
def condition_is_proved(needs_proof: bool, has_proof: bool) -> None:
    """A condition that names its proof is reported as met with that proof."""
    if needs_proof and not has_proof:
        raise Refused(N_("Hand in the proof that the condition names, as a file."))
