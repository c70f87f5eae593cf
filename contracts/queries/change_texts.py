"""Changes in words: for notices, supplementary agreements, the consolidated text with its history, and the page."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from accounts.queries import names_of
from contracts.models import DevelopmentRight, RightChange
from contracts.queries.applications import application
from contracts.queries.changes import agreements_of_change, changes_of, terms_of_right
from contracts.queries.policies import policy_after
from contracts.queries.rights import agreements_of
from contracts.queries.snapshots import place_facts, right_facts, rule_facts, share_facts, terms_of
from contracts.queries.sources import elements_by_id, resources
from contracts.rules.policy import as_odrl
from contracts.vocabulary import (
    AGREEMENTS_OF_CHANGE,
    CHANGE_WORDS,
    CLAUSE_WORDS,
    KINDS_OF_LEVEL,
    SHARE_WORDS,
    TERM_WORDS,
    Level,
    Share,
)
from kernel import due
from kernel.clock import legal_day
from kernel.db import db
from kernel.documents import Document, printed
from kernel.words import N_, Text
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS

Row = tuple[Text, Any]


def in_plain_words(held: DevelopmentRight, name: str, value: Any) -> Any:
    """One term in words that can be printed: a text, a day, or a list of them."""
    if name == "ends_on":
        return day_in_words(date.fromisoformat(str(value)))
    if name == "purposes":
        return [Text(PURPOSE_WORDS[one]) for one in value]
    if name == "territory":
        return [place_facts(one) for one in value]
    if name == "holder_id":
        return names_of([uuid.UUID(str(value))])[uuid.UUID(str(value))]
    if name == "income_shares":
        return [_share(one) for one in value]
    ids = [uuid.UUID(str(one)) for one in value]
    rows: Sequence[Any] = resources(ids) if held.level == Level.FIRST else elements_by_id(ids)
    return [row.title for row in rows]


def day_in_words(on: date) -> dict[str, str]:
    """A day as documents print it, in both languages."""
    return {language: printed.day(language, on.isoformat()) for language in ("zh", "en")}


def _share(one: Mapping[str, Any]) -> Text:
    role = Text(SHARE_WORDS[Share(one["role"])])
    whole, rest = divmod(one["share_bp"], 100)
    return Text(
        N_("{party} ({role}) {whole}.{rest} %"),
        party=one["party_name"],
        role=role,
        whole=whole,
        rest=f"{rest:02d}",
    )


def shown_terms(held: DevelopmentRight, terms: Mapping[str, Any]) -> list[Row]:
    """What a change makes of a right, term by term, in words."""
    rows = [
        (Text(TERM_WORDS[name]), in_plain_words(held, name, terms[name]))
        for name in TERM_WORDS
        if name in terms
    ]
    return rows + [(Text(CLAUSE_WORDS[name]), text) for name, text in terms.get("clauses", {}).items()]


def compared(held: DevelopmentRight, change: RightChange) -> list[tuple[Text, Any, Any]]:
    """Each term with how it read before and how it reads afterwards."""
    before = change.before or terms_of_right(held) | {"clauses": clauses_of(held.id)}
    old = dict(shown_terms(held, {name: before[name] for name in change.terms if name in before}))
    rows = {str(label): value for label, value in old.items()}
    return [(label, rows.get(str(label), ""), value) for label, value in shown_terms(held, change.terms)]


def clauses_of(right_id: uuid.UUID, names: Sequence[str] | None = None) -> dict[str, str]:
    """The clauses as amendments in force have worded them, by name; `names`: these alone, "" where none has."""
    found: dict[str, str] = {}
    for one in changes_of(right_id, ("in_force",)):
        found |= one.terms.get("clauses", {})
    return found if names is None else {name: found.get(name, "") for name in names}


def agreements_to_draw(change: RightChange, held: DevelopmentRight) -> list[dict[str, Any]]:
    """The input of contracts.agreement.draw_up for every agreement of a change."""
    rows = [_draw(change, held, *row) for row in AGREEMENTS_OF_CHANGE[change.kind]]
    if change.kind == "novation" and held.level == Level.FIRST:
        rows.append(_commitment(change, held))
    return rows


def _draw(change: RightChange, held: DevelopmentRight, kind: str, a: str, b: str) -> dict[str, Any]:
    asked = application(held.application_id)
    applied = change.proposed_by_id if change.proposed_for_id == change.holder_id else asked and asked.submitted_by_id
    if a == "holder_id":  # who passes the right on proposes it and signs it
        applied = None
    return {
        "kind": kind,
        "about_type": "change",
        "about_id": str(change.id),
        "jurisdiction": change.jurisdiction,
        "party_a_id": str(getattr(change, a)),
        "party_b_id": str(getattr(change, b)),
        "applied_by_id": str(applied) if applied else None,
        "data": facts_of_change(change, held),
    }


def _commitment(change: RightChange, held: DevelopmentRight) -> dict[str, Any]:
    """Who takes a first-level right over gives the security commitment of its own."""
    made = _draw(change, held, "security_commitment", "granted_by_id", "new_holder_id")
    return made | {"data": terms_of("security_commitment", held, change.new_holder_id)}


def facts_of_change(change: RightChange, held: DevelopmentRight) -> dict[str, Any]:
    """What a supplementary agreement prints: the right, each term before and after, the texts that stay in force."""
    rows = [[label, _listed(old), _listed(new)] for label, old, new in compared(held, change)]
    names = names_of([one for one in (change.holder_id, change.new_holder_id, change.granted_by_id) if one])
    return {
        "right": right_facts(held),
        "rules": rule_facts(due.profile(held)),
        "policy": as_odrl(policy_after(held, change.terms)),
        "change": {
            "kind": change.kind,
            "word": Text(CHANGE_WORDS[change.kind]),
            "reason": change.reason,
            "performance": change.performance,
            "rows": rows,
            "before": numbers_of(held.id),
            "holder": names[change.holder_id],
            "new_holder": names.get(change.new_holder_id) if change.new_holder_id else None,
            "authority": names[change.granted_by_id],
        },
    }


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def numbers_of(right_id: uuid.UUID) -> list[str]:
    """The numbers of the texts about a right that are in force, the oldest first."""
    rows = [row for row in agreements_of(right_id) if row.state == "in_force"]
    for one in changes_of(right_id, ("in_force",)):
        rows += [row for row in agreements_of_change(one.id) if row.state == "in_force"]
    found = {one.id: one.number for one in _documents([row.document_id for row in rows])}
    return [found[row.document_id] for row in rows if row.document_id in found]


def _documents(ids: Sequence[uuid.UUID]) -> Sequence[Document]:
    return db.session.scalars(db.select(Document).where(Document.id.in_(ids))).all()


def consolidated_facts(held: DevelopmentRight) -> dict[str, Any]:
    """The right as it reads today, with every change that made it so: what, since when, by which text."""
    kinds = KINDS_OF_LEVEL[Level(held.level)]
    base = terms_of(kinds[0], held) | terms_of(kinds[1], held)
    history = [_step(held, one) for one in changes_of(held.id, ("in_force",))]
    clauses = [[Text(CLAUSE_WORDS[name]), text] for name, text in clauses_of(held.id).items()]
    return {
        "right": base["right"],
        "holder": names_of([held.holder_id])[held.holder_id],
        "authority": names_of([held.granted_by_id])[held.granted_by_id],
        "sources": [one["title"] for one in base.get("resources") or base.get("elements") or []],
        "shares": share_facts(held.income_shares),
        "clauses": clauses,
        "history": history,
        "texts": numbers_of(held.id),
    }


def _step(held: DevelopmentRight, one: RightChange) -> dict[str, Any]:
    signed = [row.document_id for row in agreements_of_change(one.id)]
    return {
        "word": Text(CHANGE_WORDS[one.kind]),
        "on": legal_day(one.in_force_at) if one.in_force_at else None,
        "texts": [document.number for document in _documents(signed)],
        "rows": [[label, _listed(old), _listed(new)] for label, old, new in compared(held, one)],
    }
