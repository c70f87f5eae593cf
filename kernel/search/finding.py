"""The search: words, filters and an order in; hits, their number and the numbers behind every filter out.

    found = find(actor, ["entry"], "雨量", {"theme": ["weather"]}, offset=20)
    found.total, found.rows, found.facets["agency"]

What an actor may not see is in none of them.
"""

import uuid
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from kernel import clock
from kernel.actor import Actor
from kernel.db import db, is_writing
from kernel.permissions import visible_to
from kernel.search import base, second
from kernel.search.combos import terms_of
from kernel.search.filters import Counts, count, filters_of
from kernel.search.kinds import KINDS
from kernel.search.models import SearchChange
from kernel.search.words import Wanted, wanted

ORDERS = ("", "newest", "title")
FARTHEST = 100_000  # how far a list can be leafed through
_kept: OrderedDict[Any, Any] = OrderedDict()
_MOST_KEPT = 256


@dataclass(frozen=True)
class Hit:
    """A subject that was found."""

    kind: str
    subject_id: uuid.UUID


@dataclass(frozen=True)
class Found:
    """The answer of a search: `total` hits, of which `hits` are shown; `facets`: filter → [(value, number)]."""

    actor: Actor
    total: int
    hits: list[Hit]
    facets: Counts = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[Any]:
        """The subjects themselves in the order of the hits, read from their tables, as far as the actor may see them."""
        found: dict[Hit, Any] = {}
        for name in {hit.kind for hit in self.hits}:
            kind, ids = KINDS[name], [hit.subject_id for hit in self.hits if hit.kind == name]
            query = kind.shown(ids).where(visible_to(self.actor, kind.model))
            found |= {Hit(name, row.id): row for row in db.session.scalars(query).unique()}
        return [found[hit] for hit in self.hits if hit in found]


def find(
    actor: Actor,
    kinds: Sequence[str],
    words: str = "",
    filters: Mapping[str, Sequence[str]] | None = None,
    *,
    order: str = "",
    offset: int = 0,
    limit: int = 20,
    facets: bool | Sequence[str] = True,
) -> Found:
    """Subjects of these kinds that have every word and fit every filter, as far as the actor may see them.

    `filters`: name → values, one of which must fit (see kernel.search.filters.parse). `order`: '' – with words the best
    first (title before keywords before text), else the newest –, 'newest' or 'title'. `facets`: names of filters to
    count, True for all of the kinds. A filter's own choice does not narrow its own numbers.
    """
    asked = wanted(words)
    if asked.impossible or not kinds:
        return Found(actor, 0, [])
    chosen = {name: list(values) for name, values in (filters or {}).items() if values}
    total, combos, counts = _counted(actor, tuple(kinds), asked, chosen, facets)
    if not limit or offset >= total:
        return Found(actor, total, [], counts)
    until = min(offset + limit, FARTHEST)
    tier: Any = second if second.answers(actor, kinds, asked) else base
    narrowed = combos if chosen else None
    hits = tier.places(actor, kinds, asked, combos=narrowed, order=order, until=until)
    return Found(actor, total, [Hit(*place) for place in hits[offset:]], counts)


def newer(
    actor: Actor,
    kinds: Sequence[str],
    words: str,
    filters: Mapping[str, Sequence[str]],
    since: datetime,
    limit: int = 100,
) -> list[Hit]:
    """The hits dated after a moment, the newest first, at most `limit`."""
    asked = wanted(words)
    if asked.impossible:
        return []
    chosen = {name: list(values) for name, values in filters.items() if values}
    _, combos, _ = _counted(actor, tuple(kinds), asked, chosen, ())
    narrowed = combos if chosen else None
    hits = base.places(actor, kinds, asked, combos=narrowed, order="newest", until=limit, since=since)
    return [Hit(*place) for place in hits]


def _counted(
    actor: Actor,
    kinds: tuple[str, ...],
    asked: Wanted,
    chosen: Mapping[str, list[str]],
    facets: bool | Sequence[str],
) -> tuple[int, set[int], Counts]:
    offered = filters_of(kinds)
    names = {one.name for one in offered}
    listed = [one for one in offered if facets is True or facets and one.name in facets]
    if not set(chosen) <= names:
        unknown = sorted(set(chosen) - names)
        raise LookupError(f"no filter {unknown} for {kinds}")
    key = (kinds, asked, tuple((name, tuple(values)) for name, values in sorted(chosen.items())))
    wanted_names = tuple(one.name for one in listed)
    return _once(actor, (*key, wanted_names), lambda: _count(actor, kinds, asked, chosen, listed))


def _count(
    actor: Actor, kinds: tuple[str, ...], asked: Wanted, chosen: Mapping[str, list[str]], listed: Any
) -> Any:
    tallied: Counter[int] = _once(actor, (kinds, asked), lambda: _tally(actor, kinds, asked))
    return count(tallied, terms_of(tallied), chosen, listed)


def _tally(actor: Actor, kinds: Sequence[str], asked: Wanted) -> Counter[int]:
    tier: Any = second if second.answers(actor, kinds, asked) else base
    return tier.tally(actor, kinds, asked)  # type: ignore[no-any-return]


def _once(actor: Actor, key: Any, make: Any) -> Any:
    """What everybody gets is worked out once for each state of the index; what only some may see, every time."""
    if actor.is_signed_in or actor.roles or is_writing():
        return make()
    whole = (db.engine.url, clock.today(), state(), key)
    if whole in _kept:
        _kept.move_to_end(whole)
        return _kept[whole]
    made = _kept[whole] = make()
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return made


def state() -> tuple[int | None, int]:
    """What changes with every change of the index: the last change that is kept, and how many are."""
    row = db.session.execute(select(func.max(SearchChange.id), func.count(SearchChange.id))).one()
    return row[0], row[1]


def forget() -> None:
    """Work everything out anew (for measuring)."""
    _kept.clear()
