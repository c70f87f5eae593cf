"""Letters on a right in force: notices before adverse acts, decisions with reasons and remedies, orders to rectify."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from contracts.models import DevelopmentRight
from contracts.queries.change_texts import day_in_words
from contracts.queries.snapshots import party_facts, right_facts, rule_facts
from kernel import clock, documents, due
from kernel.db import new_id
from kernel.documents import Document
from kernel.words import N_, Text

DECIDED = {
    "suspend": N_("The development right is suspended. It must not be used until the suspension is lifted."),
    "restrict": N_("The development right is suspended in part. What is not named can be used as before."),
    "lift": N_("The suspension is lifted. The development right can be used again."),
    "relax": N_("The suspension in part is lifted."),
    "terminate": N_("The development right is terminated. All use ends; the exit begins."),
    "expire": N_("The last day of the development right is over. All use ends; the exit begins."),
    "surrender": N_(
        "The authority accepts that the development right is given up. All use ends; the exit begins."
    ),
    "impose": N_("The development right is reduced. What is taken away must not be used any more."),
    "refuse": N_("The change of the development right is not approved. It stays as it is."),
}
INTENDED = {
    "terminate": N_("We intend to terminate the development right."),
    "impose": N_("We intend to reduce the development right."),
}
ADVERSE = frozenset({"suspend", "restrict", "terminate", "impose", "refuse"})
Fact = tuple[Any, Any]


def decision_letter(
    held: DevelopmentRight,
    act: str,
    now: datetime,
    *,
    reasons: str | Text,
    basis: str,
    facts: Sequence[Fact] = (),
    heard: str | None = None,
) -> Document:
    """The letter of a decision on a right; `heard`: what the holder said to the notice, None where none was given."""
    data = {"lead": Text(DECIDED[act]), "adverse": act in ADVERSE, "heard": heard, "reply_due": None}
    return _letter("right_decision", held, held, act, now, data, reasons, basis, facts)


def notice_letter(
    held: DevelopmentRight,
    act: str,
    now: datetime,
    *,
    reasons: str,
    basis: str,
    reply_due: date,
    facts: Sequence[Fact] = (),
) -> Document:
    """The notice before an adverse act: what is intended, on which facts, and until when the holder can reply."""
    data = {"lead": Text(INTENDED[act]), "adverse": False, "heard": None, "reply_due": reply_due}
    return _letter("right_notice", held, held, act, now, data, reasons, basis, facts)


def order_letter(held: DevelopmentRight, item: Any, now: datetime, facts: Sequence[Fact]) -> Document:
    """The order to mend one thing by a day."""
    lead = Text(
        N_("You are ordered to mend what is named below and to report it on the platform, with proof.")
    )
    data = {"lead": lead, "adverse": False, "heard": None, "reply_due": None}
    return _letter("rectification_order", held, item, "order", now, data, item.what, item.basis, facts)


def _letter(
    kind: str,
    held: DevelopmentRight,
    subject: Any,
    act: str,
    now: datetime,
    data: dict[str, Any],
    reasons: str | Text,
    basis: str,
    facts: Sequence[Fact],
) -> Document:
    parties: list[uuid.UUID] = [held.holder_id, held.granted_by_id]
    printed = data | {
        "issuer": party_facts(held.granted_by_id)["name"],
        "addressee": party_facts(held.holder_id),
        "right": right_facts(held),
        "facts": [
            [label, day_in_words(value) if isinstance(value, date) else value] for label, value in facts
        ],
        "reasons": reasons if isinstance(reasons, Text) else Text(reasons),
        "basis": basis,
        "given_on": clock.legal_day(now),
        "rules": rule_facts(due.profile(held)),
    }
    part = f"{act} {new_id()}"
    return documents.draw_up(
        kind,
        subject=subject,
        data=printed,
        now=now,
        parties=parties,
        part=part,
        language="bilingual",
        jurisdiction=held.jurisdiction,
    )


def heard_on(held: DevelopmentRight) -> str | None:
    """What the holder said to the notice of termination; None where the right ends without one."""
    return held.reply_text if held.notice_at is not None else None
