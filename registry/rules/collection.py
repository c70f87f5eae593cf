"""The law of collecting: one source for each data item, nothing collected twice, base data from their departments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jurisdictions.keys import term
from jurisdictions.profile import Profile
from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.vocabulary.collecting import SOURCE_CLASSES, telling_names, title_name

_MOST_NAMED = 5


@dataclass(frozen=True)
class Likeness:
    """How like two entries are, in per cent: by title, and by how many of the own telling items the other has.

    `comparable`: both name telling items, so that the title alone does not decide.
    """

    title_percent: int
    percent: int
    items: tuple[str, ...]
    comparable: bool = True

    @property
    def same_title(self) -> bool:
        """Whether the titles say the same."""
        return self.title_percent == 100


def likeness(title: str, items: Iterable[Any], other_title: str, other_items: Iterable[Any]) -> Likeness:
    """Compare an entry with another by title and by data items."""
    own, other = telling_names(items), telling_names(other_items)
    common = tuple(written for name, written in own.items() if name in other)
    percent = 100 * len(common) // len(own) if own else 0
    return Likeness(_title_percent(title, other_title), percent, common, bool(own) and bool(other))


def _title_percent(title: str, other: str) -> int:
    """How many pairs of neighbouring characters two compared titles have in common."""
    own, others = title_name(title), title_name(other)
    if own == others:
        return 100
    pairs, other_pairs = ({word[at : at + 2] for at in range(len(word) - 1)} for word in (own, others))
    whole = len(pairs) + len(other_pairs)
    return min(99, 200 * len(pairs & other_pairs) // whole) if whole else 0


def counts_as_the_same(found: Likeness, profile: Profile) -> bool:
    """Whether so much likeness is collecting again: title and items alike, or the same title and nothing against it."""
    least = profile.number("collection.duplicate_percent")
    alike = min(found.percent, found.title_percent) >= least and len(found.items) > 1
    return alike or found.same_title and (bool(found.items) or not found.comparable)


@duty("A02", basis="WZ18; LS10; CD18; YN L57")
def nothing_is_collected_again(titles: Sequence[str]) -> None:
    """What can be had by sharing is not collected again, unless the agency says why.

    `titles`: shared entries of other agencies that are alike and that the agency has said nothing about.
    """
    if titles:
        raise Refused(
            N_(
                "Another agency already holds what this entry says: {titles}. Say of each whether you obtain the data "
                "by sharing, or why you collect them again."
            ),
            titles=[f"“{title}”" for title in titles[:_MOST_NAMED]],
        )


@duty("A01", basis="DG15; LS10; CD17; YN L39; YN L59; WZ7; DG6; LS8")
def item_has_one_source(item: str, source: str | None) -> None:
    """A data item has one lead source in a place: one decision ends before another is made.

    `source`: the agency that a decision in force names.
    """
    if source is not None:
        raise Refused(
            N_("“{item}” already has a lead source: {agency}. End that decision first."),
            item=item,
            agency=source,
        )


@duty("A01", basis="DG15; LS10; CD17; YN L39; YN L59; WZ7; DG6; LS8")
def items_come_from_their_source(elsewhere: Mapping[str, str]) -> None:
    """An agency collects no data item whose lead source is another agency; it obtains it by sharing.

    `elsewhere`: data item → the agency that is its lead source, for items not said to be obtained by sharing.
    """
    if elsewhere:
        named = [f"{item} ({agency})" for item, agency in list(elsewhere.items())[:_MOST_NAMED]]
        raise Refused(
            N_(
                "Other agencies are the lead source of {items}. Name the entry you obtain them from by sharing, or "
                "take them out."
            ),
            items=named,
        )


@duty("A09", basis="DG18-20")
def base_data_come_from_their_department(names: Iterable[str], collector: str, profile: Profile) -> None:
    """Base data of persons, legal persons and land are collected by the departments that the rule names."""
    names = list(names)
    for code in profile.list("collection.source_classes"):
        found = SOURCE_CLASSES.get(code)
        if found is None or any(word in collector for word in found.departments):
            continue
        hits = [name for name in names if any(word in name for word in found.items)]
        if hits:
            raise Refused(
                N_(
                    "“{item}” is base data ({kind}). Only the departments the rule names collect it ({basis}): "
                    "{departments}. {collector} obtains it by sharing."
                ),
                item=hits[0],
                kind=Text(term(code).en),
                basis=found.basis,
                departments="、".join(found.departments),
                collector=collector,
            )


@duty("A10", basis="LS13; LS16; YN L39")
def several_sources_are_compared(entries: Sequence[str], hashes: Sequence[str]) -> None:
    """An item is checked against sources that are really several: other entries, other files."""
    if len(set(entries)) < len(entries):
        raise Refused(N_("Choose a different entry for each source."))
    if len(set(hashes)) < len(hashes):
        raise Refused(N_("Two sources have handed in the very same file; a file cannot confirm itself."))


@duty("A10", basis="LS13; LS16; YN L39")
def differences_are_explained(different: int, right: str | None, finding: str) -> None:
    """Where sources differ, the confirmation says which is right, or why none is, in words."""
    if different and right is None and len(finding) < 10:
        raise Refused(
            N_(
                "{number} records differ. Name the source that is right, or describe how the difference is cleared."
            ),
            number=different,
        )
