"""What the readers of foreign catalogues share."""

from dataclasses import dataclass, field
from typing import Any

from kernel.errors import InvalidInput
from kernel.words import Text


@dataclass(frozen=True)
class HarvestPage:
    """The records of a page as rows with our headings, and the address of the next page, if there is one."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    following: str | None = None


def unreadable(msgid: str, **params: Any) -> InvalidInput:
    """The page is not what its kind says."""
    return InvalidInput({"address": [Text(msgid, **params)]})


def told(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what it does not tell."""
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}
