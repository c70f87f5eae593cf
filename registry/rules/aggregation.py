"""The law of aggregation: to where, how, how often; and the figures of quality that follow from it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from jurisdictions.profile import Profile
from kernel.calendar import Period, Unit, term_end
from kernel.duty import Refused, duty
from kernel.words import N_

_INTERVAL = re.compile(r"P(?:(\d+)([DWMY]))?(?:T\d+[HM])?", re.ASCII)
_UNITS: dict[str, Unit] = {"M": "months", "Y": "years"}


@duty("A04", basis="WZ20; DG17; LS8; LS12; CD10; YN L66-68")
def aggregation_target(manner: str, database: str | None, reason: str, profile: Profile) -> str:
    """Data are aggregated to where the rule says; answers the code of that place.

    To databases: a base or theme database is named (`database`: its kind). Physically first: a logical aggregation
    says why a copy is not made.
    """
    target = profile.text("aggregation.target")
    if target in ("theme_databases", "physical_first") and database is None:
        raise Refused(N_("Name the base or theme database the data are aggregated to."))
    if target == "physical_first" and manner == "logical" and not reason.strip():
        raise Refused(N_("Data are aggregated physically first. Say why only an interface is given."))
    return target


@duty("A04", basis="DG17; LS8; WZ15; YN L52")
def next_update_due(last: date, interval: str | None) -> date | None:
    """The day by which data of a stated frequency are to be brought up to date again; None where none was promised.

    `interval`: ISO 8601 duration of the frequency; parts of a day count as that very day.
    """
    if interval is None:
        return None
    match = _INTERVAL.fullmatch(interval)
    if match is None:
        raise ValueError(f"not an interval of a frequency: {interval}")
    count, unit = int(match[1] or 0), match[2]
    if unit in _UNITS:
        return term_end(last, Period(count, _UNITS[unit], "aggregation.interval", "", ""))
    return last + timedelta(days=count * (7 if unit == "W" else 1))


@duty("A11", basis="CD29; DG17")
def copy_agrees(rows: int, sha256: str | None, copy_rows: int, copy_sha256: str | None) -> bool:
    """Whether a shared copy is the same as the agency's own data: as many rows, and one hash where both tell theirs."""
    return rows == copy_rows and (sha256 is None or copy_sha256 is None or sha256 == copy_sha256)


@duty("A04", basis="DG17; LS8")
def frequency_binds(profile: Profile) -> bool:
    """Whether the rule of the place asks for aggregation at the frequency that the catalogue states."""
    return profile.flag("aggregation.at_stated_frequency")


@dataclass(frozen=True)
class Quality:
    """Shares in per cent (None: nothing to measure): fields told, data fresh, entries aggregated; and what is open."""

    complete: int | None
    fresh: int | None
    aggregated: int | None
    open_corrections: int
    overdue: int

    @property
    def score(self) -> int | None:
        """The mean of what can be measured; open corrections stand beside it, they are not weighed against it."""
        told = [share for share in (self.complete, self.fresh, self.aggregated) if share is not None]
        return sum(told) // len(told) if told else None


@duty("A05", basis="WZ15; LS15; DG16; YN L52")
def quality_of(
    told: int,
    asked: int,
    fresh: int,
    dated: int,
    aggregated: int,
    entries: int,
    *,
    open_corrections: int = 0,
    overdue: int = 0,
) -> Quality:
    """The quality of an agency's catalogue, measured the same for everybody.

    `told` of `asked` fields are filled in; `fresh` of `dated` entries are as new as their frequency says;
    `aggregated` of `entries` have been aggregated at least once.
    """
    return Quality(
        _percent(told, asked),
        _percent(fresh, dated),
        _percent(aggregated, entries),
        open_corrections,
        overdue,
    )


def _percent(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None


def oldest_fresh_day(today: date, interval: str) -> date:
    """The earliest day of a last update with which data of that interval are still fresh today."""
    days = {"Y": 367, "M": 32, "W": 7, "D": 1}
    match = _INTERVAL.fullmatch(interval)
    reach = int(match[1] or 0) * days.get(match[2] or "D", 1) if match else 0
    day = today - timedelta(days=reach)
    while (due := next_update_due(day, interval)) is not None and due < today:
        day += timedelta(days=1)
    return day
