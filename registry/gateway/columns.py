"""Which column of a foreign file is which field of ours: proposed from the headings, confirmed by a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from registry.vocabulary import ENTRY_FIELDS, fold

_FIELD_OF: dict[
    str, tuple[str, int, int]
] = {}  # folded heading → field, place of the field, rank in the field
for _place, _field in enumerate(ENTRY_FIELDS.values()):
    for _rank, _spelling in enumerate((*_field.headings, _field.name, _field.zh, _field.en, *_field.ranges)):
        _FIELD_OF.setdefault(fold(_spelling), (_field.name, _place, _rank))


@dataclass(frozen=True)
class Mapping:
    """A proposed mapping. `columns`: heading → field, the preferred column of a field first; `unknown`: headings
    without a field, kept as extras; `suggestions`: for an unknown heading the field that was perhaps meant."""

    columns: dict[str, str]
    unknown: tuple[str, ...]
    suggestions: dict[str, str]


def propose_mapping(headings: Iterable[str]) -> Mapping:
    """The fields that a file's headings most likely mean.

    Only headings that are known word for word are mapped; a similar one is suggested, not applied.
    """
    known: list[tuple[int, int, str, str]] = []
    unknown: list[str] = []
    for heading in dict.fromkeys(headings):
        found = _FIELD_OF.get(fold(heading))
        if found:
            known.append((found[1], found[2], heading, found[0]))
        else:
            unknown.append(heading)
    columns = {heading: field for _, _, heading, field in sorted(known)}
    suggestions = {heading: field for heading in unknown if (field := _similar(heading))}
    return Mapping(columns, tuple(unknown), suggestions)


def field_order(columns: dict[str, str]) -> dict[str, str]:
    """A mapping somebody chose, in the order in which the columns of a field count.

    Known headings as they are preferred, others after them as they stand in the file.
    """
    places = {name: place for place, name in enumerate(ENTRY_FIELDS)}

    def rank(heading: str) -> tuple[int, int]:
        known = _FIELD_OF.get(fold(heading))
        same = known is not None and known[0] == columns[heading]
        return places[columns[heading]], known[2] if known and same else len(_FIELD_OF)

    return {heading: columns[heading] for heading in sorted(columns, key=rank)}


def _similar(heading: str) -> str | None:
    close = get_close_matches(fold(heading), list(_FIELD_OF), n=1, cutoff=0.7)
    return _FIELD_OF[close[0]][0] if close else None
