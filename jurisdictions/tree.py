"""The tree of jurisdictions and the profile that applies in each: national rules, changed level by level.

A version is the ISO day from which the merged rules apply in that form. A case keeps the version it began under:
`profile_of(code, version=…)` gives the same values again, whatever was added later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jurisdictions.checks import history_problems, said, tree_problems
from jurisdictions.keys import DATA, Words
from jurisdictions.profile import NATIONAL, Profile, Value
from jurisdictions.sources import RulesUnreadable, Section, read


@dataclass(frozen=True)
class Jurisdiction:
    """A place in the tree. `level`: national, province, prefecture or county."""

    code: str
    name_zh: str
    name_en: str
    level: str
    parent: str | None

    @property
    def name(self) -> Words:
        """The name in both languages."""
        return Words(self.name_en, self.name_zh)


class UnknownJurisdiction(LookupError):
    """No rules are loaded for that code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No jurisdiction has the code {code!r}; add a file for it to the folder of rules.")
        self.code = code


class Law:
    """All loaded rules. Made once at the start; reading never changes it."""

    def __init__(self, sections: Iterable[Section], problems: Iterable[str] = ()) -> None:
        self._sections: dict[str, list[Section]] = {}
        for section in sections:
            self._sections.setdefault(section.code, []).append(section)
        for parts in self._sections.values():
            parts.sort(key=lambda section: section.valid_from)  # stable: a later file wins within one day
        wrong = [*problems, *tree_problems(self._sections), *history_problems(self._sections)]
        if wrong:
            raise RulesUnreadable(wrong)
        self._places = {code: self._place(code) for code in self._sections}
        self._profiles: dict[tuple[str, str], Profile] = {}

    def _place(self, code: str) -> Jurisdiction:
        parts = self._sections[code]
        names = said(parts, "name_zh"), said(parts, "name_en")
        return Jurisdiction(code, *names, said(parts, "level"), said(parts, "parent") or None)

    def jurisdiction(self, code: str) -> Jurisdiction:
        """The place of that code; raises UnknownJurisdiction."""
        try:
            return self._places[code]
        except KeyError:
            raise UnknownJurisdiction(code) from None

    def all_jurisdictions(self) -> tuple[Jurisdiction, ...]:
        """Every place, each before those below it, by code."""
        return self._below(self.jurisdiction(NATIONAL))

    def _below(self, place: Jurisdiction) -> tuple[Jurisdiction, ...]:
        return (place, *(lower for child in self.children(place.code) for lower in self._below(child)))

    def children(self, code: str) -> tuple[Jurisdiction, ...]:
        """The places directly below, by code."""
        self.jurisdiction(code)
        return tuple(sorted((p for p in self._places.values() if p.parent == code), key=lambda p: p.code))

    def ancestors(self, code: str) -> tuple[Jurisdiction, ...]:
        """The places above, the nearest first, the nation last; not the place itself."""
        above, place = [], self.jurisdiction(code)
        while place.parent:
            place = self._places[place.parent]
            above.append(place)
        return tuple(above)

    def covers(self, upper: str, lower: str) -> bool:
        """Whether `upper` is `lower` or lies above it."""
        self.jurisdiction(upper)
        return upper == lower or any(place.code == upper for place in self.ancestors(lower))

    def subtree(self, code: str) -> frozenset[str]:
        """The codes of a place and of everything below it."""
        return frozenset(place.code for place in self._below(self.jurisdiction(code)))

    def profile_of(self, code: str, version: str | None = None, on: date | None = None) -> Profile:
        """The rules of a place: in a kept `version`, or as they stand `on` a day, or the newest that are loaded.

        Where a level has nothing for so early a day, the first it has applies. Raises UnknownJurisdiction.
        """
        place = self.jurisdiction(code)
        day = date.fromisoformat(version) if version else on or date.max
        parts = [
            part
            for level in reversed((place, *self.ancestors(code)))
            for part in self._in_force(level.code, day)
        ]
        in_force = max(part.valid_from for part in parts).isoformat()
        known = self._profiles.get((code, in_force))
        if known is None:
            known = self._profiles[code, in_force] = _merged(place, in_force, parts)
        return known

    def versions(self, code: str) -> tuple[str, ...]:
        """The versions of a place's rules, the oldest first."""
        places = (self.jurisdiction(code), *self.ancestors(code))
        days = {part.valid_from for place in places for part in self._sections[place.code]}
        return tuple(sorted({self.profile_of(code, on=day).version for day in days}))

    def _in_force(self, code: str, day: date) -> list[Section]:
        parts = self._sections[code]
        first = parts[0].valid_from
        return [part for part in parts if part.valid_from <= max(day, first)]


def _merged(place: Jurisdiction, version: str, parts: Iterable[Section]) -> Profile:
    values: dict[str, Value] = {}
    for part in parts:
        for name, value in part.values.items():
            if value is None:
                values.pop(name, None)
            else:
                values[name] = value
    return Profile(place.code, place.name_zh, place.name_en, place.level, place.parent, version, values)


_loaded: dict[str, Law] = {}


def load(folder: Path | str | None = None) -> Law:
    """Read the shipped rules and, on top, every TOML file of `folder`; they are in use from then on.

    Raises RulesUnreadable, listing everything that is wrong; the rules in use before then stay.
    """
    problems: list[str] = []
    sections = read(sorted((DATA / "profiles").glob("*.toml")), problems, shipped=True)
    if folder is not None and not Path(folder).is_dir():
        problems.append(f"{folder} is not a folder.")
    elif folder is not None:
        sections += read(sorted(Path(folder).glob("*.toml")), problems)
    law = Law(sections, problems)
    _loaded["law"] = law
    return law


def law() -> Law:
    """The rules in use; the shipped ones until `load` was called."""
    return _loaded.get("law") or load()


def profile_of(code: str, version: str | None = None, on: date | None = None) -> Profile:
    """The rules of a place in a kept version, or on a day, or the newest loaded: see Law.profile_of."""
    return law().profile_of(code, version=version, on=on)


def jurisdiction(code: str) -> Jurisdiction:
    """The place of that code; raises UnknownJurisdiction."""
    return law().jurisdiction(code)


def children(code: str) -> tuple[Jurisdiction, ...]:
    """The places directly below, by code."""
    return law().children(code)


def ancestors(code: str) -> tuple[Jurisdiction, ...]:
    """The places above, the nearest first."""
    return law().ancestors(code)


def covers(upper: str, lower: str) -> bool:
    """Whether `upper` is `lower` or lies above it."""
    return law().covers(upper, lower)


def subtree(code: str) -> frozenset[str]:
    """The codes of a place and of everything below it."""
    return law().subtree(code)


def all_jurisdictions() -> tuple[Jurisdiction, ...]:
    """Every place, each before those below it."""
    return law().all_jurisdictions()


def versions(code: str) -> tuple[str, ...]:
    """The versions of a place's rules, the oldest first."""
    return law().versions(code)
