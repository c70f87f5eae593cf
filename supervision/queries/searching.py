"""What the search is told by people: synonyms, and the searches somebody keeps."""

import uuid
from collections.abc import Sequence
from urllib.parse import parse_qs, urlencode

from sqlalchemy import ColumnElement, Select, and_, or_, select

from kernel import search
from kernel.actor import ANONYMOUS, Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from supervision.models import SavedSearch, Synonym

# What one box looks through.
EVERYTHING = ("entry", "resource", "product", "organisation")
NEWEST = 50


@visible(Synonym)
def _visible_synonyms(actor: Actor) -> ColumnElement[bool]:
    """Those in force for everybody: they shape what everybody finds; an authority also sees what it repealed."""
    seen: list[ColumnElement[bool]] = [Synonym.state == "in_force"]
    if "authority" in actor.roles:
        seen.append(Synonym.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


@visible(SavedSearch)
def _visible_searches(actor: Actor) -> ColumnElement[bool]:
    """One's own, while they are kept."""
    return and_(SavedSearch.person_id == actor.user_id, SavedSearch.state == "saved")


def synonyms(actor: Actor) -> Select[Synonym]:
    """The groups of words an actor may see, those in force first, the newest first."""
    query = select(Synonym).where(visible_to(actor, Synonym))
    return query.order_by(Synonym.state, Synonym.created_at.desc(), Synonym.id)


_IN_FORCE = select(Synonym.__table__.c.words).where(Synonym.__table__.c.state == "in_force")


@search.widens
def meaning_the_same(needles: Sequence[str]) -> dict[str, list[str]]:
    """For folded words the folded words of their groups."""
    found: dict[str, list[str]] = {}
    for (words,) in db.session.connection().execute(_IN_FORCE):
        group = [folded for word in words for folded in search.needles(word) or ()]
        for needle in needles:
            if needle in group:
                found.setdefault(needle, []).extend(other for other in group if other != needle)
    return found


def effect_of(words: Sequence[str]) -> tuple[list[tuple[str, int]], int]:
    """For words that are to mean the same: what each finds by itself, and what all find together."""
    folded = {word: (search.needles(word) or [""])[0] for word in words}
    needles = [needle for needle in folded.values() if needle]
    alone = [
        (word, search.number_of(ANONYMOUS, EVERYTHING, [needle]) if needle else 0)
        for word, needle in folded.items()
    ]
    return alone, search.number_of(ANONYMOUS, EVERYTHING, needles) if needles else 0


def saved_searches(actor: Actor) -> Select[SavedSearch]:
    """The searches somebody keeps, the newest first."""
    query = select(SavedSearch).where(visible_to(actor, SavedSearch))
    return query.order_by(SavedSearch.created_at.desc(), SavedSearch.id)


def saved_by_feed(feed: str) -> SavedSearch:
    """The kept search with that feed, or NotFound. Whoever knows the address may read it: it shows what is public."""
    found = db.session.scalar(
        select(SavedSearch).where(SavedSearch.feed == feed, SavedSearch.state == "saved")
    )
    if found is None:
        raise NotFound()
    return found


def narrowed(kinds: Sequence[str], query: str) -> dict[str, list[str]]:
    """The filters of an address's query, as far as the kinds have them."""
    sent = parse_qs(query)
    return search.parse(kinds, lambda name: sent.get(name, ()))


def written(filters: dict[str, list[str]]) -> str:
    """Filters as an address's query, always in the same form."""
    return urlencode(sorted(filters.items()), doseq=True)


def fresh(actor: Actor, saved: SavedSearch) -> int:
    """How many hits of a kept search are new to its person, counted up to NEWEST."""
    filters = narrowed(saved.kinds, saved.narrowed)
    return len(search.newer(actor, saved.kinds, saved.words, filters, saved.seen_at, NEWEST))


def latest(saved: SavedSearch) -> search.Found:
    """The newest public hits of a kept search: what its feed shows."""
    filters = narrowed(saved.kinds, saved.narrowed)
    return search.find(
        ANONYMOUS, saved.kinds, saved.words, filters, order="newest", limit=NEWEST, facets=False
    )


def authorities(places: Sequence[str]) -> list[tuple[uuid.UUID, str]]:
    """(id, name) of the authorities of these places, else of any: whom to ask for data that nobody lists."""
    wanted = {"role": ["authority"], "state": ["active"]}
    for filters in ({**wanted, "jurisdiction": list(places)}, wanted):
        rows = search.find(ANONYMOUS, ["organisation"], "", filters, limit=3, facets=False).rows
        if rows:
            return [(row.id, row.name) for row in rows]
    return []
