"""What changed between two versions of a text, clause by clause, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from contracts.rules.clauses.grammar import LANGUAGES, Clause
from kernel.words import N_, Text


@dataclass(frozen=True)
class Difference:
    """One clause that was added, dropped, moved or changed; `added` and `dropped` are its sentences by language."""

    key: str
    heading: dict[str, str]
    kind: str
    said: Text
    added: dict[str, list[str]]
    dropped: dict[str, list[str]]


def differences(old: Sequence[Clause], new: Sequence[Clause]) -> list[Difference]:
    """What the new text adds, drops, moves and changes against the old one, in the order of the new one."""
    before, after = {one.key: one for one in old}, {one.key: one for one in new}
    moved = _moved(
        [one.key for one in old if one.key in after], [one.key for one in new if one.key in before]
    )
    found = [
        _difference(before.get(one.key), one, one.key in moved)
        for one in new
        if before.get(one.key) != one or one.key in moved
    ]
    return found + [_difference(one, None, False) for one in old if one.key not in after]


def _moved(old: list[str], new: list[str]) -> set[str]:
    """The clauses that stand in another order: those outside the longest order that both have in common."""
    same = {key for block in SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
            for key in old[block.a : block.a + block.size]}  # fmt: skip
    return set(new) - same


def _difference(old: Clause | None, new: Clause | None, moved: bool) -> Difference:
    one = new or old
    if one is None:
        raise ValueError("a difference has at least one side")
    heading = {"zh": one.heading_zh or one.key, "en": one.heading_en or one.key}
    sides = {
        lang: _sentences(old.body(lang) if old else "", new.body(lang) if new else "") for lang in LANGUAGES
    }
    added, dropped = ({lang: sides[lang][side] for lang in LANGUAGES} for side in (0, 1))
    kind = "added" if old is None else "dropped" if new is None else "changed" if old != new else "moved"
    said = {
        "added": N_("The clause is new."),
        "dropped": N_("The clause was dropped."),
        "moved": N_("The clause stands in another place; its words are the same."),
        "changed": N_("The clause was changed.") if not moved else N_("The clause was changed and moved."),
    }
    return Difference(one.key, heading, kind, Text(said[kind]), added, dropped)


def _sentences(old: str, new: str) -> tuple[list[str], list[str]]:
    """The sentences that are only in the new text, and those only in the old."""
    before, after = _cut(old), _cut(new)
    added, dropped = [], []
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag != "equal":
            dropped += before[a1:a2]
            added += after[b1:b2]
    return added, dropped


def _cut(text: str) -> list[str]:
    """A text in sentences."""
    return [
        part.strip() for part in re.split(r"(?<=[。；！？])|(?<=[.;!?])\s|\n", text) if part and part.strip()
    ]
