"""The rules of one jurisdiction at one time, as values that know their unit, basis and trust.

A profile is the national rules, changed by each level down to the jurisdiction. Pure data: it is loaded by `tree`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from jurisdictions.keys import CADENCES, TRUST, Key, Words, key, keys, term
from kernel.calendar import Period, Unit
from kernel.money import Money

NATIONAL = "CN"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
Plain = int | bool | str | date | tuple[str, ...] | tuple[int, ...]

PERIOD_UNITS: Mapping[str, Unit] = {
    "working days": "working_days",
    "days": "days",
    "months": "months",
    "years": "years",
    "at once": "at_once",
}
CADENCE_PERIODS: Mapping[str, tuple[int, Unit]] = {
    "continuous": (0, "at_once"),
    "weekly": (7, "days"),
    "monthly": (1, "months"),
    "quarterly": (3, "months"),
    "half_yearly": (6, "months"),
    "yearly": (1, "years"),
}
# unit: (one, many, Chinese)
_COUNTED = {
    "working days": ("{n} working day", "{n} working days", "{n}个工作日"),
    "days": ("{n} day", "{n} days", "{n}日"),
    "months": ("{n} month", "{n} months", "{n}个月"),
    "years": ("{n} year", "{n} years", "{n}年"),
    "hours": ("{n} hour", "{n} hours", "{n}小时"),
    "minutes": ("{n} minute", "{n} minutes", "{n}分钟"),
    "percent": ("{n} %", "{n} %", "{n}%"),
    "number": ("{n}", "{n}", "{n}"),
}


class RulesSilent(LookupError):
    """Neither the local nor the national rules give that parameter a value."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(f"The rules of {code} are silent on {name}; the authority has to set a value.")
        self.key = name
        self.code = code


@dataclass(frozen=True)
class Value:
    """A parameter's value in a profile.

    `value`: whole number, flag, code (text, period), day, or tuple; `origin`: the code of the jurisdiction that gives
    it; `basis`: the articles, e.g. "WZ12"; `trust`: a key of keys.TRUST; `words`: what a coded text says.
    """

    key: str
    value: Plain
    unit: str
    basis: str = ""
    trust: str = ""
    origin: str = ""
    note: Words = Words("", "")
    words: Words = Words("", "")

    def shown(self, locale: str) -> str:
        """The value as a person reads it."""
        chinese = locale.startswith("zh")
        if isinstance(self.value, tuple):
            parts = [term(part).of(locale) if isinstance(part, str) else str(part) for part in self.value]
            return ("、" if chinese else ", ").join(parts)
        if isinstance(self.value, bool):
            return ("是" if self.value else "否") if chinese else ("yes" if self.value else "no")
        if isinstance(self.value, int):
            return _counted(self.value, self.unit, chinese)
        if isinstance(self.value, date):
            return self.value.isoformat()
        return self._words(chinese).of(locale)

    def _words(self, chinese: bool) -> Words:
        text = str(self.value)
        if self.unit == "month-day":
            month, day = map(int, text.split("-"))
            return Words(f"{day} {MONTHS[month - 1]}", f"{month}月{day}日")
        return self.words or CADENCES.get(text) or term(text)

    @property
    def trusted(self) -> Words:
        """The trust mark in words."""
        return TRUST.get(self.trust) or Words(self.trust, self.trust)


def _counted(number: int, unit: str, chinese: bool) -> str:
    if unit == "at once" or (number == 0 and unit == "working days"):
        return "立即" if chinese else "at once"
    if unit == "bp":
        return f"{number // 100}.{number % 100:02d}{'%' if chinese else ' %'}"
    if unit == "fen":
        return f"{Money(number).yuan}{'元' if chinese else ' yuan'}"
    one, many, zh = _COUNTED[unit]
    return (zh if chinese else one if number == 1 else many).format(n=number)


@dataclass(frozen=True)
class Profile:
    """The rules of a jurisdiction in one version. `version`: the ISO day from which they apply in this form."""

    code: str
    name_zh: str
    name_en: str
    level: str
    parent: str | None
    version: str
    values: Mapping[str, Value] = field(repr=False, default_factory=dict, hash=False)

    def get(self, name: str) -> Value | None:
        """The value, or None where every level is silent; raises UnknownKey for a name that is not documented."""
        key(name)
        return self.values.get(name)

    def value(self, name: str) -> Value:
        """The value; raises RulesSilent where every level is silent."""
        found = self.get(name)
        if found is None:
            raise RulesSilent(name, self.code)
        return found

    def __getitem__(self, name: str) -> Value:
        return self.value(name)

    def silent(self, name: str) -> bool:
        """Whether no level gives a value: then nothing applies."""
        return self.get(name) is None

    def local(self, name: str) -> bool:
        """Whether a text below the national rules gives the value."""
        found = self.get(name)
        return found is not None and found.origin != NATIONAL

    def period(self, name: str) -> Period:
        """The value as a period, with its basis; "regularly" is as long as the key cadence.regular says."""
        found = self.value(name)
        if found.unit == "period":
            if found.value == "regular":
                regular = self.value("cadence.regular")
                count, unit = _whole(regular), PERIOD_UNITS[regular.unit]
            else:
                count, unit = CADENCE_PERIODS[str(found.value)]
        elif found.unit in PERIOD_UNITS:
            count, unit = _whole(found), PERIOD_UNITS[found.unit]
        else:
            raise TypeError(f"{name} is counted in {found.unit}; it is no period of days, months or years.")
        return Period(count, unit if count else "at_once", name, found.basis, found.trust)

    def number(self, name: str) -> int:
        """The value as a whole number of its unit (percent, basis points, hours, days …)."""
        return _whole(self.value(name))

    def flag(self, name: str) -> bool:
        """Whether it applies; False where every level is silent."""
        found = self.get(name)
        if found is None:
            return False
        if not isinstance(found.value, bool):
            raise TypeError(f"{name} is no flag but a value in {found.unit}.")
        return found.value

    def list(self, name: str) -> tuple[str, ...]:
        """The items of a list (codes); empty where every level is silent."""
        found = self.get(name)
        if found is None:
            return ()
        if found.unit != "list" or not isinstance(found.value, tuple):
            raise TypeError(f"{name} is no list but a value in {found.unit}.")
        return tuple(str(item) for item in found.value)

    def numbers(self, name: str) -> tuple[int, ...]:
        """The items of a list of whole numbers; empty where every level is silent."""
        found = self.get(name)
        if found is None:
            return ()
        if found.unit != "numbers" or not isinstance(found.value, tuple):
            raise TypeError(f"{name} is no list of numbers but a value in {found.unit}.")
        return tuple(int(item) for item in found.value)

    def text(self, name: str) -> str:
        """The code of a text or period, for code to branch on; "" where every level is silent."""
        found = self.get(name)
        if found is None:
            return ""
        if not isinstance(found.value, str):
            raise TypeError(f"{name} is no text but a value in {found.unit}.")
        return found.value

    def money(self, name: str) -> Money:
        """The value as an amount of the profile's currency."""
        found = self.value(name)
        if found.unit != "fen":
            raise TypeError(f"{name} is no amount but a value in {found.unit}.")
        return Money(_whole(found), self.currency)

    def day(self, name: str) -> date:
        """The value as a day."""
        found = self.value(name)
        if not isinstance(found.value, date):
            raise TypeError(f"{name} is no day but a value in {found.unit}.")
        return found.value

    def day_in(self, name: str, year: int) -> date:
        """The day that a yearly parameter (MM-DD) names in that year; 29 February falls back to the 28th."""
        found = self.value(name)
        if found.unit != "month-day":
            raise TypeError(f"{name} is no day of the year but a value in {found.unit}.")
        month, day = map(int, str(found.value).split("-"))
        try:
            return date(year, month, day)
        except ValueError:
            return date(year, month, day - 1)

    def today(self, now: datetime) -> date:
        """The legal day of a moment (aware), in the profile's legal time."""
        if now.tzinfo is None:
            raise ValueError("The moment needs a time zone.")
        return now.astimezone(ZoneInfo(self.text("time.zone"))).date()

    def rule_book(self) -> tuple[tuple[Key, Value | None], ...]:
        """Every parameter with its value, or None where all levels are silent: what the rule-book page shows."""
        return tuple((each, self.values.get(name)) for name, each in keys().items())

    @property
    def currency(self) -> str:
        """The currency amounts are in."""
        return self.text("money.currency")

    @property
    def status(self) -> Words:
        """Whether the text is in force, a draft or a demonstration, in words."""
        return self.value("status").words

    @property
    def name(self) -> Words:
        """The jurisdiction's name."""
        return Words(self.name_en, self.name_zh)


def _whole(found: Value) -> int:
    if isinstance(found.value, bool) or not isinstance(found.value, int):
        raise TypeError(f"{found.key} is no number but a value in {found.unit}.")
    return found.value
