"""What reading a foreign value answers: the value, how it was mended, or why it is not understood."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kernel.words import Text
from registry.vocabulary.sentences import plain


@dataclass(frozen=True, slots=True)
class Reading:
    """One value read. `mended`: the name of the rule that changed it; `note`: the change in words;
    `refused`: why it is not understood – `value` is then None; `also`: other fields the same cell tells."""

    value: Any = None
    mended: str | None = None
    note: Text | None = None
    refused: Text | None = None
    also: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Mending:
    """A value of the file that was changed on the way in: shown to the agency, nothing is changed unseen."""

    field: str
    rule: str
    before: str
    after: str
    note: Text

    @cached_property
    def kept(self) -> dict[str, Any]:
        """As it is kept in the report of an import."""
        said = {"field": self.field, "rule": self.rule, "said": plain(self.note)}
        return said | {"before": self.before, "after": self.after}


@dataclass(frozen=True)
class Problem:
    """A value of the file that was left out because it is not understood, or that needs a person's eye."""

    field: str
    rule: str
    message: Text

    @cached_property
    def kept(self) -> dict[str, Any]:
        """As it is kept in the report of an import."""
        return {"field": self.field, "rule": self.rule, "said": plain(self.message)}


@dataclass(slots=True)
class EntryReading:
    """A row read as an entry. `fields`: our field names; `extras`: columns of the file that have no field of ours,
    and cells that were not understood, as they stood; `refused`: why the row can hold no entry at all, else None."""

    fields: dict[str, Any] = field(default_factory=dict)
    mendings: list[Mending] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    extras: dict[str, Any] = field(default_factory=dict)
    refused: Text | None = None


NOTHING = Reading()
