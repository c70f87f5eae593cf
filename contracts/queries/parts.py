"""The parts of a right that can be suspended by themselves: its resources, and what packages above sell under it."""

from collections.abc import Callable, Collection
from typing import Any

from contracts.models import DevelopmentRight
from contracts.queries.rights import sources_of_right

Parts = Callable[[DevelopmentRight], list[tuple[str, str]]]
_PARTS: dict[str, list[Parts]] = {"resources": [], "products": [], "new_sales": []}


def part_of_rights(scope: str) -> Callable[[Parts], Parts]:
    """Register what a scope consists of: `(right) -> [(id, title)]`."""

    def register(found: Parts) -> Parts:
        _PARTS[scope].append(found)
        return found

    return register


def parts_of(held: DevelopmentRight, scope: str) -> list[tuple[str, str]]:
    """What can be named in a suspension of that scope: (id, title)."""
    return [row for found in _PARTS[scope] for row in found(held)]


def words_of_part(held: DevelopmentRight, scope: str, ids: Collection[Any]) -> list[str]:
    """The titles of what a suspension in part names."""
    titles = dict(parts_of(held, scope)) if scope in _PARTS else {}
    return [titles.get(str(one), str(one)) for one in ids]


@part_of_rights("resources")
def resources_of(held: DevelopmentRight) -> list[tuple[str, str]]:
    """The resources of a first-level right; elements are suspended by themselves."""
    found = sources_of_right(held) if held.level == "first_level" else []
    return [(str(one.id), one.title) for one in found]
