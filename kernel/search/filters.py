"""The register of filters: each is said once, and address, query, sidebar and interface description follow from it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.search.combos import Terms
from kernel.search.kinds import KINDS

MOST_VALUES = 20  # of one filter in one request: protects the machine
LONGEST_VALUE = 100
FILTERS: dict[str, "Filter"] = {}
Counts = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Filter:
    """One way to narrow down. Several values of a filter are alternatives; filters hold together.

    `name`: in addresses and interfaces; `term`: the name in a document's terms; `words(values, locale)`: how values are
    called; `above(value)`: wider values that a value also counts for; `computed(terms)`: the values where they follow
    from several terms and from the day; `reads(value)`: a value in its one written form, None where it cannot be one;
    `is_open`: unfolded at first; `hidden_alone`: not offered where all hits have the same value.
    """

    name: str
    label: str
    term: str
    words: Callable[[Sequence[str], str], Mapping[str, str]]
    above: Callable[[str], Iterable[str]] | None = None
    computed: Callable[[Terms], Iterable[str]] | None = None
    reads: Callable[[str], str | None] = lambda value: value
    is_open: bool = False
    hidden_alone: bool = False

    def values(self, terms: Terms) -> tuple[str, ...]:
        """The values a combination has."""
        if self.computed is not None:
            return tuple(self.computed(terms))
        own = terms.get(self.term, ())
        if self.above is None or not own:
            return own
        return tuple(dict.fromkeys([*own, *(wider for value in own for wider in self.above(value))]))

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


def filters_of(kinds: Sequence[str]) -> list[Filter]:
    """The filters of these kinds, in the order in which the kinds name them."""
    return filters_of_names(dict.fromkeys(name for kind in kinds for name in KINDS[kind].filters))


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


_values: dict[tuple[str, int], tuple[str, ...]] = {}
_MOST_KEPT = 2_000_000


def count(
    tally: Mapping[int, int],
    terms: Mapping[int, Terms],
    chosen: Mapping[str, Collection[str]],
    wanted: Sequence[Filter],
) -> tuple[int, set[int], Counts]:
    """(total, fitting combinations, for each wanted filter its values with numbers, its own choice left out)."""
    columns = [(one, _column(one, tally, terms)) for one in filters_of_names(chosen)]
    fitting: dict[int, str | None] = {}
    for combo in tally:
        missed = [one.name for one, column in columns if column[combo].isdisjoint(chosen[one.name])]
        if len(missed) < 2:
            fitting[combo] = missed[0] if missed else None
    whole = {combo for combo, missed in fitting.items() if missed is None}
    counts: Counts = {}
    for one in wanted:
        among = whole if one.name not in chosen else [c for c, m in fitting.items() if m in (None, one.name)]
        counts[one.name] = _ordered(one, among, tally, terms)
    return sum(tally[combo] for combo in whole), whole, counts


def filters_of_names(names: Iterable[str]) -> list[Filter]:
    """The filters of these names."""
    return [FILTERS[name] for name in names]


def _column(one: Filter, combos: Iterable[int], terms: Mapping[int, Terms]) -> dict[int, frozenset[str]]:
    return {combo: frozenset(_of(one, combo, terms)) for combo in combos}


def _of(one: Filter, combo: int, terms: Mapping[int, Terms]) -> tuple[str, ...]:
    if one.computed is not None:
        return one.values(terms[combo])
    key = (one.name, combo)
    found = _values.get(key)
    if found is None:
        if len(_values) > _MOST_KEPT:
            _values.clear()
        found = _values[key] = one.values(terms[combo])
    return found


def _ordered(
    one: Filter, combos: Iterable[int], tally: Mapping[int, int], terms: Mapping[int, Terms]
) -> list[tuple[str, int]]:
    numbers: dict[str, int] = {}
    for combo in combos:
        for value in _of(one, combo, terms):
            numbers[value] = numbers.get(value, 0) + tally[combo]
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
