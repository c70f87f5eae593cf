"""The register of filters: each is said once, and address, query, sidebar and interface description follow from it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.search.combos import Terms
from kernel.search.kinds import KINDS
from kernel.words import N_, translate

MOST_VALUES = 20  # of one filter in one request: protects the machine
LONGEST_VALUE = 100
FILTERS: dict[str, "Filter"] = {}
Counts = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Filter:
    """One way to narrow down. Several values of a filter are alternatives; filters hold together.

    `name`: in addresses and interfaces; `term`: the name in a document's terms; `words(values, locale)`: how values are
    called; `spread(value)`: the values that a term counts for, such as a place and those above it; `computed(terms)`:
    the values where they follow from several terms and from the day; `reads(value)`: a value in its one written form,
    None where it cannot be one; `is_open`: unfolded at first; `hidden_alone`: not offered where all hits have the same
    value; `last_first`: offered by value, the last one first, instead of by number; `most_shown`: so many values are
    offered at most.
    """

    name: str
    label: str
    term: str
    words: Callable[[Sequence[str], str], Mapping[str, str]]
    computed: Callable[[Terms], Iterable[str]] | None = None
    spread: Callable[[str], Iterable[str]] | None = None
    reads: Callable[[str], str | None] = lambda value: value
    is_open: bool = False
    hidden_alone: bool = False
    last_first: bool = False
    most_shown: int = 12

    def values(self, terms: Terms) -> tuple[str, ...]:
        """The values a combination has."""
        if self.computed is not None:
            return tuple(self.computed(terms))
        own = terms.get(self.term, ())
        if self.spread is None:
            return own
        return tuple(dict.fromkeys(part for value in own for part in self.spread(value)))

    def ordered(self, numbers: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        """Values with their numbers as they are offered: the most frequent first, or the last value first."""
        if self.last_first:
            return sorted(numbers, reverse=True)
        return sorted(numbers, key=lambda pair: (-pair[1], pair[0]))

    def parse(self, sent: Iterable[str]) -> list[str]:
        """What an address or a program sent, in written form, each once; what cannot be a value finds nothing."""
        plain = [value.strip()[:LONGEST_VALUE] for value in sent if value.strip()][:MOST_VALUES]
        return list(dict.fromkeys(read if (read := self.reads(value)) is not None else "" for value in plain))

    @property
    def parameter(self) -> dict[str, Any]:
        """The parameter as OpenAPI describes it."""
        schema = {"type": "array", "items": {"type": "string"}, "maxItems": MOST_VALUES}
        return {
            "in": "query",
            "name": self.name,
            "description": self.label,
            "schema": schema,
            "explode": True,
        }


def filter_by(one: Filter) -> Filter:
    """Put a filter into the register."""
    if one.name in FILTERS:
        raise ValueError(f"there is a filter {one.name} already")
    FILTERS[one.name] = one
    return one


filter_by(
    Filter(
        "in",
        N_("Kind of thing"),
        "kind",
        lambda kinds, locale: {kind: translate(KINDS[kind].word, locale) for kind in kinds if kind in KINDS},
        is_open=True,
    )
)


def filters_of(kinds: Sequence[str]) -> list[Filter]:
    """The filters of these kinds, in the order in which the kinds name them."""
    among = ("in",) if len(kinds) > 1 else ()
    return filters_of_names(
        dict.fromkeys([*among, *(name for kind in kinds for name in KINDS[kind].filters)])
    )


def parse(kinds: Sequence[str], sent: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    """The filters of a request: `sent(name)` gives the values of a name as they came."""
    found = {one.name: one.parse(sent(one.name)) for one in filters_of(kinds)}
    return {name: values for name, values in found.items() if values}


def parameters(kinds: Sequence[str]) -> list[dict[str, Any]]:
    """What OpenAPI says of a search over these kinds."""
    words = {"in": "query", "name": "q", "description": "Words", "schema": {"type": "string"}}
    orders = {"type": "string", "enum": ["", "newest", "title"]}
    sort = {"in": "query", "name": "sort", "description": "Order", "schema": orders}
    return [words, sort, *(one.parameter for one in filters_of(kinds))]


_columns: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
_MOST_KEPT = 500_000


def count(
    tally: Mapping[int, int],
    terms: Mapping[int, Terms],
    chosen: Mapping[str, Collection[str]],
    wanted: Sequence[Filter],
) -> tuple[int, set[int], Counts]:
    """(total, fitting combinations, for each wanted filter its values with numbers, its own choice left out)."""
    misses: dict[str, set[int]] = {}
    for name, values in chosen.items():
        column, wanted_values = _column(FILTERS[name], tally, terms), frozenset(values)
        misses[name] = {combo for combo in tally if wanted_values.isdisjoint(column[combo])}
    whole = set(tally).difference(*misses.values())
    counts: Counts = {}
    for one in wanted:
        others = [missed for name, missed in misses.items() if name != one.name]
        among = whole if one.name not in chosen else set(tally).difference(*others)
        counts[one.name] = _counted(one, _column(one, among, terms), among, tally)
    return sum(tally[combo] for combo in whole), whole, counts


def filters_of_names(names: Iterable[str]) -> list[Filter]:
    """The filters of these names."""
    return [FILTERS[name] for name in names]


def _column(one: Filter, combos: Iterable[int], terms: Mapping[int, Terms]) -> Mapping[int, tuple[str, ...]]:
    """The values of a filter by combination; those that do not depend on the day are worked out once."""
    if one.computed is not None:
        return {combo: one.values(terms[combo]) for combo in combos}
    column = _columns[one.name]
    if len(column) > _MOST_KEPT:
        column.clear()
    for combo in combos:
        if combo not in column:
            column[combo] = one.values(terms[combo])
    return column


def _counted(
    one: Filter, column: Mapping[int, tuple[str, ...]], combos: Iterable[int], tally: Mapping[int, int]
) -> list[tuple[str, int]]:
    together: dict[tuple[str, ...], int] = {}
    for combo in combos:
        values = column[combo]
        together[values] = together.get(values, 0) + tally[combo]
    numbers: dict[str, int] = {}
    for values, number in together.items():
        for value in values:
            numbers[value] = numbers.get(value, 0) + number
    return one.ordered(numbers.items())
