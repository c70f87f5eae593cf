"""What can be found: a package says for each kind of subject what of it is read and by what it is filtered."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Document:
    """A subject as the search reads it.

    `title` weighs most, then `keywords`, then `texts`. `terms`: name → values by which it is filtered and counted
    (codes; empty ones are left out). `dated_at` is its place in “the newest first”.
    """

    title: str
    dated_at: datetime
    keywords: Sequence[str] = ()
    texts: Sequence[str] = ()
    terms: Mapping[str, Iterable[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of subject in the index.

    `documents(rows)` makes one document for each row, in order; `shown(ids)` selects rows as pages need them; `filters`
    are names of the register of filters; `newest` is the column behind `dated_at`; `depends`: for another model the ids
    whose text changes with its title.
    """

    name: str
    model: Any
    word: str
    documents: Callable[[Sequence[Any]], Iterable[Document]]
    shown: Callable[[Sequence[uuid.UUID]], Select[Any]]
    newest: Any
    filters: tuple[str, ...] = ()
    depends: Mapping[type, Callable[[Any], Select[Any]]] = field(default_factory=dict)


def indexed(kind: Kind) -> Kind:
    """Keep subjects of this kind in the index from now on: after every command on one, in its transaction."""
    if kind.name in KINDS or any(known.model is kind.model for known in KINDS.values()):
        raise ValueError(f"{kind.name} is in the index already")
    KINDS[kind.name] = kind
    return kind


def kind_of(model: type) -> Kind | None:
    """The kind of a model's subjects, if they are in the index."""
    return next((kind for kind in KINDS.values() if kind.model is model), None)
