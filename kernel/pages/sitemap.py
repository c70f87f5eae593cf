"""Which pages of a kind are open to everybody: each package says it, and the site map for crawlers reads it."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

Part = Iterable[tuple[str, datetime | date | None]]
Reader = Callable[[int, int], Part]


@dataclass(frozen=True)
class Listing:
    """Pages of one kind: how many there are, and a part of them as (path, last change)."""

    name: str
    count: Callable[[], int]
    part: Reader


LISTINGS: dict[str, Listing] = {}


def lists_pages(name: str, count: Callable[[], int]) -> Callable[[Reader], Reader]:
    """Register `(start, most) -> paths` as the pages of a kind that crawlers may read."""

    def register(part: Reader) -> Reader:
        LISTINGS[name] = Listing(name, count, part)
        return part

    return register


def below(prefix: str, rows: Iterable[tuple[uuid.UUID, datetime | date | None]]) -> Part:
    """(identity, change) as (path, change)."""
    return ((f"{prefix}/{row_id}", changed) for row_id, changed in rows)
