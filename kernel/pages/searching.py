"""A search as a page shows it: read from the address, with the sidebar, what is narrowed down, and the orders."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import request

from kernel import search
from kernel.actor import Actor
from kernel.errors import InvalidInput
from kernel.pages.lists import Page, page_asked
from kernel.pages.session import current_locale
from kernel.words import N_, Text, translate

ORDER_WORDS = {"": N_("Best first"), "newest": N_("Newest first"), "title": N_("By title")}
AT_ONCE = 500  # rows of a file that are read together


@dataclass
class Searched:
    """The search that a request asks for, over these kinds and for this actor.

    `fixed` narrows it down without being shown; `order` is the order where none is asked for.
    """

    actor: Actor
    kinds: Sequence[str]
    fixed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = ""

    @cached_property
    def words(self) -> str:
        """What was typed."""
        return request.args.get("q", "").replace("\x00", "").strip()

    @cached_property
    def filters(self) -> dict[str, list[str]]:
        """The filters of the address that these kinds have."""
        return search.parse(self.kinds, request.args.getlist)

    @cached_property
    def asked_order(self) -> str:
        """The order of the address; refuses what is none."""
        asked = request.args.get("sort", "").strip()
        if asked not in search.ORDERS:
            raise InvalidInput({"sort": [Text(N_("Choose one of the orders that are offered."))]})
        return asked or ("" if self.words else self.order)

    def find(self, *, offset: int, limit: int, facets: bool = True) -> search.Found:
        """A part of the hits."""
        chosen = {**self.filters, **self.fixed}
        given = {"order": self.asked_order, "offset": offset, "limit": limit, "facets": facets}
        return search.find(self.actor, self.kinds, self.words, chosen, **given)  # type: ignore[arg-type]

    @cached_property
    def page(self) -> Page:
        """The page that was asked for: `items` are rows of the tables."""
        number, size = page_asked()
        self.found = self.find(offset=(number - 1) * size, limit=size)
        return Page(self.found.rows, number, size, self.found.total).checked()

    def every(self) -> Iterable[Any]:
        """All hits, read in parts: for files."""
        offset, found = 0, self.find(offset=0, limit=AT_ONCE, facets=False)
        while found.hits:
            yield from found.rows
            offset += AT_ONCE
            found = self.find(offset=offset, limit=AT_ONCE, facets=False)

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        """The sidebar: each filter with its first values and their numbers."""
        total = self.page.total
        offered = [one for one in search.filters_of(self.kinds) if one.name not in self.fixed]
        return [found for one in offered if (found := self._facet(one, total))]

    def _facet(self, one: search.Filter, total: int) -> dict[str, Any] | None:
        chosen = self.filters.get(one.name, [])
        counted = self.found.facets.get(one.name, [])
        if one.hidden_alone and not chosen and len(counted) == 1 and counted[0][1] == total:
            return None
        shown = [pair for place, pair in enumerate(counted) if place < one.most_shown or pair[0] in chosen]
        shown += one.ordered((value, 0) for value in chosen if value and value not in dict(counted))
        words = one.words([value for value, _ in shown], current_locale())
        options = [
            {"value": value, "label": words.get(value, value), "count": number, "checked": value in chosen}
            for value, number in shown
        ]
        label = translate(one.label, current_locale())
        return (
            {"name": one.name, "label": label, "open": one.is_open, "options": options} if options else None
        )

    @cached_property
    def narrowed(self) -> list[dict[str, str]]:
        """Each value that is chosen, with the address of the list without it."""
        return [
            {"label": words.get(value, value), "href": without(name, value)}
            for name, values in self.filters.items()
            for words in [search.FILTERS[name].words([value for value in values if value], current_locale())]
            for value in values
            if value
        ]

    @cached_property
    def orders(self) -> list[dict[str, Any]]:
        """The orders to choose from, each with its address."""
        offered = search.ORDERS if self.words else search.ORDERS[1:]
        present = self.asked_order or ("" if self.words else "newest")
        return [
            {
                "label": translate(ORDER_WORDS[name], current_locale()),
                "href": replaced("sort", name),
                "chosen": name == present,
            }
            for name in offered
        ]


def filter_word(name: str, value: str | None) -> str:
    """A value of a filter in the reader's language."""
    return search.FILTERS[name].words([value], current_locale()).get(value, value) if value else ""


def without(name: str, value: str) -> str:
    """The present address without one value of a filter."""
    return _address(lambda key, sent: (key, sent.strip()) != (name, value))


def replaced(name: str, value: str) -> str:
    """The present address with another value of one name."""
    return _address(lambda key, _: key != name, [(name, value)] if value else [])


def _address(keeps: Callable[[str, str], bool], more: Sequence[tuple[str, str]] = ()) -> str:
    kept = [(key, sent) for key, sent in request.args.items(multi=True) if key != "page" and keeps(key, sent)]
    return f"{request.path}?{urlencode([*kept, *more])}"
