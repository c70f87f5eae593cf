"""The search: words, filters and an order in; hits, their number and the numbers behind every filter out.

    found = find(actor, ["entry"], "雨量", {"theme": ["weather"]}, offset=20)
    found.total, found.rows, found.facets["agency"]

What an actor may not see is in none of them.
"""

import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from kernel import clock
from kernel.actor import ANONYMOUS, Actor
from kernel.db import db, is_writing
from kernel.permissions import visible_to
from kernel.search import base, second
from kernel.search.combos import terms_of
from kernel.search.filters import Counts, Filter, count, filters_of
from kernel.search.kinds import KINDS
from kernel.search.state import State, state
from kernel.search.words import Wanted, wanted

ORDERS = ("", "newest", "title")
FARTHEST = 100_000  # how far a list can be leafed through
Answer = TypeVar("Answer")
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
        """The subjects themselves in the order of the hits, read from their tables as the actor may see them."""
        return rows_of(self.actor, self.hits)


def rows_of(actor: Actor, hits: Sequence[Hit]) -> list[Any]:
    """The subjects of these hits in their order, as far as the actor may see them."""
    found: dict[Hit, Any] = {}
    for name in {hit.kind for hit in hits}:
        kind, ids = KINDS[name], [hit.subject_id for hit in hits if hit.kind == name]
        query = kind.shown(ids).where(visible_to(actor, kind.model))
        found |= {Hit(name, row.id): row for row in db.session.scalars(query).unique()}
    return [found[hit] for hit in hits if hit in found]


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
    now, chosen = state(), _chosen(filters)
    asked = _wanted(words, now)
    if asked.impossible or not kinds:
        return Found(actor, 0, [])
    listed = _listed(tuple(kinds), chosen, facets)
    involved = {*chosen, *(one.name for one in listed)}
    files = second.answers(actor, asked, now, involved) if order != "title" else None
    if files is not None:
        question = second.Question(files, now, kinds, asked, chosen)
        key = ("second", *_key(kinds, asked, chosen, listed))
        counted = _once(actor, now, key, lambda: question.counted(listed))
        if counted is not None:
            total, counts = counted
            hits = (
                question.places(order, min(offset + limit, total, FARTHEST))
                if limit and offset < total
                else []
            )
            return Found(actor, total, [Hit(*place) for place in hits[offset:]], counts)
    total, combos, counts = _counted(actor, tuple(kinds), asked, chosen, listed, now)
    if not limit or offset >= total:
        return Found(actor, total, [], counts)
    until, narrowed = min(offset + limit, total, FARTHEST), combos if chosen else None
    hits = base.places(actor, kinds, asked, combos=narrowed, order=order, until=until, total=total)
    return Found(actor, total, [Hit(*place) for place in hits[offset:]], counts)


def _wanted(words: str, now: State) -> Wanted:
    """The words with their synonyms; these are read once for each state of the index."""
    return _once(ANONYMOUS, now, ("words", words), lambda: wanted(words))


def _chosen(filters: Mapping[str, Sequence[str]] | None) -> dict[str, list[str]]:
    return {name: list(values) for name, values in (filters or {}).items() if values}


def number_of(actor: Actor, kinds: Sequence[str], group: Sequence[str]) -> int:
    """How many subjects have one of these folded words."""
    return sum(base.tally(actor, kinds, Wanted((tuple(group),))).values())


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
    chosen = _chosen(filters)
    _listed(tuple(kinds), chosen, ())
    _, combos, _ = _counted(actor, tuple(kinds), asked, chosen, (), state())
    narrowed = combos if chosen else None
    hits = base.places(actor, kinds, asked, combos=narrowed, order="newest", until=limit, since=since)
    return [Hit(*place) for place in hits]


def _listed(
    kinds: tuple[str, ...], chosen: Mapping[str, list[str]], facets: bool | Sequence[str]
) -> list[Filter]:
    offered = filters_of(kinds)
    if unknown := sorted(set(chosen) - {one.name for one in offered}):
        raise LookupError(f"no filter {unknown} for {kinds}")
    return [one for one in offered if facets is True or facets and one.name in facets]


def _key(
    kinds: Sequence[str], asked: Wanted, chosen: Mapping[str, list[str]], listed: Sequence[Filter]
) -> tuple[Any, ...]:
    narrowed = tuple((name, tuple(values)) for name, values in sorted(chosen.items()))
    return (tuple(kinds), asked, narrowed, tuple(one.name for one in listed))


def _counted(
    actor: Actor,
    kinds: tuple[str, ...],
    asked: Wanted,
    chosen: Mapping[str, list[str]],
    listed: Sequence[Filter],
    now: State,
) -> tuple[int, set[int], Counts]:
    def work_out() -> tuple[int, set[int], Counts]:
        tally = _once(actor, now, (kinds, asked), lambda: base.tally(actor, kinds, asked))
        return count(tally, terms_of(tally), chosen, listed)

    return _once(actor, now, _key(kinds, asked, chosen, listed), work_out)


def _once(actor: Actor, now: State, key: Any, make: Callable[[], Answer]) -> Answer:
    """What everybody gets is worked out once for each state of the index; what only some may see, every time."""
    if actor.is_signed_in or actor.roles or is_writing():
        return make()
    whole = (db.engine.url, clock.today(), now, key)
    if whole in _kept:
        _kept.move_to_end(whole)
        found: Answer = _kept[whole]
        return found
    made = _kept[whole] = make()
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return made


def forget() -> None:
    """Work everything out anew (for measuring)."""
    _kept.clear()
