"""Clause templates: which version applies where, and the text of a document filled in from facts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from contracts.models import ClauseTemplate
from contracts.queries.checks import above
from contracts.rules.clauses import Clause, clauses_of, delivered, filled, rows_of
from contracts.vocabulary import CLAUSE_WORDS, SIGNED_BY_ONE
from kernel.actor import Actor
from kernel.audit import canonical
from kernel.db import db
from kernel.documents import printed
from kernel.documents.kinds import snapshot, spoken
from kernel.permissions import visible, visible_to
from kernel.words import Text

PUBLIC = ("published", "superseded")


@dataclass(frozen=True)
class Wording:
    """The clauses of a kind in one version; version 1 is what was delivered, later ones are rows of a place."""

    kind: str
    version: int
    clauses: tuple[Clause, ...]
    jurisdiction: str = ""

    @property
    def sha256(self) -> str:
        """What the version is pinned by in each document."""
        return hashlib.sha256(canonical(rows_of(self.clauses))).hexdigest()


@visible(ClauseTemplate)
def visible_templates(actor: Actor) -> ColumnElement[bool]:
    """What was published is for everybody; drafts are for the authority of the place and those who oversee it."""
    public = ClauseTemplate.state.in_(PUBLIC)
    if actor.roles & {"authority", "auditor", "government", "system"}:
        return or_(public, ClauseTemplate.jurisdiction.in_(actor.jurisdictions))
    return public


def templates(actor: Actor, *, kind: str | None = None) -> Select[ClauseTemplate]:
    """The versions an actor may see, the newest first."""
    query = select(ClauseTemplate).where(visible_to(actor, ClauseTemplate))
    if kind:
        query = query.where(ClauseTemplate.kind == kind)
    return query.order_by(ClauseTemplate.created_at.desc(), ClauseTemplate.id)


def wording_of(row: ClauseTemplate) -> Wording:
    """The clauses of one version."""
    return Wording(row.kind, row.number, clauses_of(row.clauses), row.jurisdiction)


def versions(kind: str, jurisdiction: str, states: Sequence[str]) -> list[ClauseTemplate]:
    """The versions of a place in some states, the newest first."""
    mine = (ClauseTemplate.kind == kind, ClauseTemplate.jurisdiction == jurisdiction)
    query = select(ClauseTemplate).where(*mine, ClauseTemplate.state.in_(states))
    return list(db.session.scalars(query.order_by(ClauseTemplate.number.desc())))


def next_version(kind: str, jurisdiction: str) -> int:
    """The number of the next version of a place; 1 is what was delivered."""
    mine = (ClauseTemplate.kind == kind, ClauseTemplate.jurisdiction == jurisdiction)
    numbers = db.session.scalars(select(ClauseTemplate.number).where(*mine)).all()
    return max([1, *numbers]) + 1


def wording_in_force(kind: str, jurisdiction: str) -> Wording:
    """The clauses that apply in a place: its own, else those of the nearest place above, else what was delivered."""
    codes = above([jurisdiction])[jurisdiction] or {jurisdiction}
    published = select(ClauseTemplate).where(
        ClauseTemplate.kind == kind,
        ClauseTemplate.state == "published",
        ClauseTemplate.jurisdiction.in_(codes),
    )
    rows = {row.jurisdiction: row for row in db.session.scalars(published)}
    nearest = max(rows, key=lambda code: len(above([code])[code]), default=None)
    return wording_of(rows[nearest]) if nearest else Wording(kind, 1, delivered(kind))


def predecessor(row: ClauseTemplate) -> Wording:
    """The version that a draft was written from: one of its own place, else of the nearest place above it."""
    codes = above([row.jurisdiction])[row.jurisdiction] | {row.jurisdiction}
    before = select(ClauseTemplate).where(
        ClauseTemplate.id != row.id,
        ClauseTemplate.kind == row.kind,
        ClauseTemplate.jurisdiction.in_(codes),
        ClauseTemplate.number == row.based_on,
        ClauseTemplate.state.in_(PUBLIC),
    )
    found = {one.jurisdiction: one for one in db.session.scalars(before)}
    nearest = max(found, key=lambda code: len(above([code])[code]), default=None)
    return wording_of(found[nearest]) if nearest else Wording(row.kind, 1, delivered(row.kind))


def text_of(wording: Wording, data: Mapping[str, Any]) -> dict[str, Any]:
    """The filled-in text of a document with the version it came from, as its snapshot keeps it."""
    kept = snapshot(dict(data))
    blocks = filled(wording.clauses, {language: spoken(kept, language) for language in ("zh", "en")}, show)
    return {
        "kind": wording.kind,
        "version": wording.version,
        "jurisdiction": wording.jurisdiction,
        "sha256": wording.sha256,
        "one_signs": wording.kind in SIGNED_BY_ONE,
        "blocks": blocks,
        "clauses": _where_they_stand(blocks),
    }


def covered(blocks: Sequence[Mapping[str, Any]]) -> set[str]:
    """The mandatory clauses that a filled-in text contains."""
    return {block["covers"] for block in blocks if block["covers"] and block["body"]["zh"]}


def _where_they_stand(blocks: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """Each mandatory clause with its articles."""
    return [
        [
            Text(CLAUSE_WORDS[name]),
            ", ".join(str(block["number"]) for block in blocks if block["covers"] == name),
        ]
        for name in CLAUSE_WORDS
        if any(block["covers"] == name for block in blocks)
    ]


def show(how: str, value: Any, language: str) -> str:
    """A fact as a document prints it."""
    if value is None or value == "" or value == []:
        return "—"
    if how == "item":
        return f"（{printed.chinese(value)}）" if language == "zh" else f"({value}) "
    if how == "day":
        return printed.day(language, value)
    if how == "money":
        return printed.money(language, value)
    if how == "list":
        return ("；" if language == "zh" else "; ").join(str(one) for one in value)
    return str(value)
