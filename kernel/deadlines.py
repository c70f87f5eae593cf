"""Deadlines as data: (name, starts on, stops on, period, who is waited for). The running ones are in kernel.due."""

from collections.abc import Iterable
from dataclasses import dataclass

TABLE: list["Deadline"] = []


@dataclass(frozen=True)
class Deadline:
    """A clock that a command starts and other commands stop.

    `period` is the key of the profile that gives the length; where a profile is silent no clock runs.
    `waits_for` is the role that has to act, `whose` the attribute of the subject that names its organisation.
    `duties` are ids of duties.csv. `only`: an attribute of the subject and the values for which this clock runs at all;
    `counts_from`: the attribute that names the day it counts from, where that is not the day of the command.
    """

    name: str
    starts: frozenset[str]
    stops: frozenset[str]
    period: str
    waits_for: str
    whose: str | None = None
    duties: tuple[str, ...] = ()
    only: tuple[str, tuple[str, ...]] | None = None
    counts_from: str | None = None

    def concerns(self, subject: object) -> bool:
        """Whether the clock runs for a subject like this one."""
        return self.only is None or getattr(subject, self.only[0]) in self.only[1]


def deadline(
    name: str,
    *,
    starts: str | Iterable[str],
    stops: str | Iterable[str],
    period: str,
    waits_for: str,
    whose: str | None = None,
    duties: tuple[str, ...] = (),
    only: tuple[str, tuple[str, ...]] | None = None,
    counts_from: str | None = None,
) -> Deadline:
    """A row of the table, registered."""
    row = Deadline(name, _names(starts), _names(stops), period, waits_for, whose, duties, only, counts_from)
    TABLE.append(row)
    return row


def starting(command: str) -> list[Deadline]:
    """The clocks this command starts."""
    return [row for row in TABLE if command in row.starts]


def stopping(command: str) -> list[Deadline]:
    """The clocks this command stops."""
    return [row for row in TABLE if command in row.stops]


def _names(names: str | Iterable[str]) -> frozenset[str]:
    return frozenset([names] if isinstance(names, str) else names)
