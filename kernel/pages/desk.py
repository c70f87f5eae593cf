"""Sections of the desk: each package says what its roles find there; the desk page only lays them out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from kernel.actor import Actor
from kernel.words import Text


@dataclass(frozen=True)
class DeskRow:
    """One thing on the desk: what it is, where it leads, a remark, its state and its due day."""

    heading: str
    address: str
    note: Text | str = ""
    state: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class DeskSection:
    """A titled list of rows.

    `more` leads to the whole list, `empty` is said when there is nothing, `action` (words, address) starts anew.
    """

    title: Text | str
    rows: list[DeskRow] = field(default_factory=list)
    more: str = ""
    empty: Text | str = ""
    action: tuple[Text | str, str] | None = None
    total: int | None = None


Section = Callable[[Actor], "DeskSection | Iterable[DeskSection] | None"]
DESK: list[tuple[int, Section]] = []


def desk_section(order: int) -> Callable[[Section], Section]:
    """Register a function that gives an actor's section of the desk, or None. Smaller `order` stands higher."""

    def register(section: Section) -> Section:
        DESK.append((order, section))
        DESK.sort(key=lambda entry: entry[0])
        return section

    return register
