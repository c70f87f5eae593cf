"""Help while typing and when nothing was found: titles that fit, and the nearest words that do find something."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

from pypinyin import lazy_pinyin

from kernel.actor import Actor
from kernel.search import base
from kernel.search.finding import Hit, find, rows_of
from kernel.search.folding import fold, needles, runs
from kernel.search.tokens import is_letters
from kernel.search.words import Wanted

LOOKED_AT = 60
_LIKE = 0.5


def suggestions(actor: Actor, kinds: Sequence[str], words: str, limit: int = 8) -> list[str]:
    """Titles of what the actor would find, the best first."""
    if not words.strip():
        return []
    found = find(actor, kinds, words, limit=limit * 2, facets=False)
    return list(dict.fromkeys(str(row.heading) for row in found.rows))[:limit]


def nearest(actor: Actor, kinds: Sequence[str], words: str, limit: int = 5) -> list[str]:
    """Queries close to one that finds nothing: the word at fault is replaced by one that sounds or looks alike.

    They are taken from titles the actor may see, so each of them finds something by itself.
    """
    typed = [part for part in words.split() if needles(part)]
    for place, part in enumerate(typed):
        needle = (needles(part) or [""])[0]
        if find(actor, kinds, part, limit=0, facets=False).total:
            continue
        offered = [
            " ".join([*typed[:place], word, *typed[place + 1 :]]) for word in _alike(actor, kinds, needle)
        ]
        found = [query for query in offered if find(actor, kinds, query, limit=0, facets=False).total]
        return found[:limit]
    return typed[:limit] if len(typed) > 1 else []


def _alike(actor: Actor, kinds: Sequence[str], needle: str) -> list[str]:
    run = max(runs(needle), key=len)
    scores: Counter[str] = Counter()
    for title in _titles(actor, kinds, run):
        for word in _pieces(fold(title), run):
            scores[word] = max(scores[word], round(_likeness(word, run) * 100))
    return [word for word, score in scores.most_common(12) if score >= _LIKE * 100 and word != run]


def _titles(actor: Actor, kinds: Sequence[str], run: str) -> Iterable[str]:
    """Titles that share the sound, or parts, of a word."""
    if is_letters(run):
        groups: list[tuple[str, ...]] = [(f" {run[:length]}",) for length in range(len(run) - 1, 1, -1)]
    else:
        sound = " " + "".join(lazy_pinyin(run))
        parts = [run[at : at + 2] for at in range(len(run) - 1)] if len(run) > 2 else list(run)
        groups = [(sound,), tuple(parts)]
    for group in groups:
        places = base.places(actor, kinds, Wanted((group,)), combos=None, order="", until=LOOKED_AT)
        yield from (str(row.heading) for row in rows_of(actor, [Hit(*place) for place in places]))


def _pieces(title: str, run: str) -> set[str]:
    if is_letters(run):
        return {word for word in runs(title) if is_letters(word)}
    lengths = range(max(2, len(run) - 1), len(run) + 2)
    return {
        part[at : at + length]
        for part in runs(title)
        if not is_letters(part)
        for length in lengths
        for at in range(len(part) - length + 1)
    }


def _likeness(word: str, run: str) -> Any:
    """From 0 to 1: how alike two words look; the same sound counts nearly as much as the same word."""
    looks = SequenceMatcher(None, word, run).ratio()
    heard = 0.9 if not is_letters(run) and lazy_pinyin(word) == lazy_pinyin(run) else 0
    return max(looks, heard)
