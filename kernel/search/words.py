"""The words of a query: folded, widened by synonyms, and written as an index of either database reads them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kernel.search.folding import needles, runs
from kernel.search.tokens import KEYWORDS, SOUND, TITLE, Folded, Term, contained, is_exact, is_letters, terms

Group = tuple[str, ...]
_WIDENERS: list[Callable[[Sequence[str]], dict[str, list[str]]]] = []
# How good a hit is: by its title, by its keywords, by its text, by the sound of its title only.
RANKS: tuple[tuple[str, ...], ...] = ((TITLE,), (TITLE, KEYWORDS), ("",), ("", SOUND))


def widens(
    source: Callable[[Sequence[str]], dict[str, list[str]]],
) -> Callable[[Sequence[str]], dict[str, list[str]]]:
    """Register where synonyms come from: for folded words the folded words that mean the same."""
    _WIDENERS.append(source)
    return source


@dataclass(frozen=True)
class Wanted:
    """Groups of folded words: a subject fits when it has one word of every group."""

    groups: tuple[Group, ...] = ()
    impossible: bool = False

    @property
    def are_exact(self) -> bool:
        """Whether the index alone answers, without comparing texts."""
        return all(is_exact(needle) for group in self.groups for needle in group)

    def fit(self, document: Folded) -> bool:
        """Whether a document is a hit: the definition that every index is measured by."""
        return not self.impossible and all(_fits(group, document) for group in self.groups)


def _fits(group: Group, document: Folded) -> bool:
    if hears(group):
        return any(contained(needle, document) for needle in group)
    return any(needle in field for needle in group for field in document.fields)


def hears(group: Group) -> bool:
    """Whether a group is also looked for by sound: only where none of its words has to be compared with the text."""
    return all(map(is_exact, group))


def wanted(words: str) -> Wanted:
    """The words of a query with their synonyms."""
    found = needles(words)
    if found is None:
        return Wanted(impossible=True)
    also: dict[str, list[str]] = {}
    for source in _WIDENERS if found else ():
        for needle, others in source(found).items():
            also.setdefault(needle, []).extend(others)
    return Wanted(tuple(tuple(dict.fromkeys([needle, *also.get(needle, ())])) for needle in found))


def ranks_of(asked: Wanted) -> tuple[tuple[str, ...], ...]:
    """The ranks that can occur: by sound only where a word of letters is asked for."""
    spoken = any(
        hears(group) and any(is_letters(run) for needle in group for run in runs(needle))
        for group in asked.groups
    )
    return RANKS if spoken else RANKS[:3]


def expression(asked: Wanted, marks: Sequence[str], dialect: str) -> str:
    """The query for FTS5 ('sqlite') or as a tsquery ('postgresql') that finds all groups under one of the marks."""
    both, either = (" AND ", " OR ") if dialect == "sqlite" else (" & ", " | ")
    written = _for_sqlite if dialect == "sqlite" else _for_postgresql
    groups = []
    for group in asked.groups:
        under = [mark for mark in marks if mark != SOUND]
        found = [
            both.join(written(mark, term) for term in terms(needle)) for needle in group for mark in under
        ]
        if SOUND in marks and hears(group):
            heard = [needle for needle in group if is_letters(runs(needle)[0])]
            found += [written(SOUND, term) for needle in heard for term in terms(needle)]
        groups.append("(" + either.join(f"({one})" for one in found) + ")")
    return both.join(groups)


def _for_sqlite(mark: str, term: Term) -> str:
    return f'"{mark}{term.token}"' + ("*" if term.begins else "")


def _for_postgresql(mark: str, term: Term) -> str:
    return f"'{mark}{term.token}'" + (":*" if term.begins else "")


def without(query: str, other: str, dialect: str) -> str:
    """The query less what the other finds."""
    return f"({query}) NOT ({other})" if dialect == "sqlite" else f"({query}) & !({other})"
