"""What must hold between the loaded sections: a sound tree, no contradictions, no change of the past."""

from collections.abc import Iterator, Sequence

from jurisdictions.profile import NATIONAL, Value
from jurisdictions.sources import LEVELS, Section

PLACE_FIELDS = ("level", "parent", "name_zh", "name_en")


def tree_problems(sections: dict[str, list[Section]]) -> list[str]:
    """Missing names, levels and parents; a parent must be known and of a higher level, so that no circle arises."""
    wrong = [] if NATIONAL in sections else [f"There are no national rules (code {NATIONAL})."]
    levels = {code: said(parts, "level") for code, parts in sections.items()}
    for code, parts in sections.items():
        needed = (
            PLACE_FIELDS if code != NATIONAL else tuple(name for name in PLACE_FIELDS if name != "parent")
        )
        missing = [name for name in needed if not said(parts, name)]
        level, above = levels[code], levels.get(said(parts, "parent"), "")
        if missing:
            wrong.append(f"{parts[0].source}, {code}: {', '.join(missing)} is missing.")
        elif level not in LEVELS:
            wrong.append(f"{parts[0].source}, {code}: level must be one of {', '.join(LEVELS)}.")
        elif code != NATIONAL and (above not in LEVELS or LEVELS.index(above) >= LEVELS.index(level)):
            parent = said(parts, "parent")
            wrong.append(
                f"{parts[0].source}, {code}: its parent {parent} is no known place of a higher level."
            )
    return wrong


def said(parts: Sequence[Section], name: str) -> str:
    """What the first section that says it says of a place."""
    return next((str(getattr(part, name)) for part in parts if getattr(part, name)), "")


def history_problems(sections: dict[str, list[Section]]) -> Iterator[str]:
    """Changes of the past.

    Cases keep the version they began under, so an added file may confirm what stands (same value, better basis or
    trust), but changes or adds values only from a day after the newest that is shipped; and no two files may say
    different things for the same day.
    """
    shipped = [part for parts in sections.values() for part in parts if part.shipped]
    newest = max((part.valid_from for part in shipped), default=None)
    for code, parts in sections.items():
        known = any(part.shipped for part in parts)
        for number, part in enumerate(parts):
            earlier = parts[:number]
            same_day = [before for before in earlier if before.valid_from == part.valid_from]
            for name in _differing(part, same_day, missing_differs=False):
                yield f"{part.source}, {code}: {name} is given differently for {part.valid_from} in another file."
            if newest and known and not part.shipped and part.valid_from <= newest:
                for name in _differing(part, [p for p in parts if p.shipped], missing_differs=True):
                    yield (
                        f"{part.source}, {code}: {name} would change rules that cases already began under; "
                        f"give the section a valid_from after {newest}."
                    )


def _differing(part: Section, others: list[Section], *, missing_differs: bool) -> list[str]:
    """The parameters that `part` gives another value than the last of `others` does."""
    said_before: dict[str, Value | None] = {}
    for other in others:
        said_before.update(other.values)
    return [
        name
        for name, value in part.values.items()
        if (name in said_before or missing_differs) and _plain(value) != _plain(said_before.get(name))
    ]


def _plain(value: Value | None) -> object:
    return value and (value.value, value.unit)
