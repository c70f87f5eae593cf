"""Whose turn it is to sign, by which mandate somebody signed, and which stamps grow old."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.models import Mandate, Membership
from contracts.models import Agreement
from contracts.vocabulary import SIGNING_ORDER
from kernel import due
from kernel.clock import legal_day
from kernel.db import db
from kernel.documents import Document, Signature, newest, signed_in_file


def signing_order(drawn_up: Agreement) -> list[str]:
    """The parties in the order in which they sign; empty where any may come first."""
    named = {"party_a": drawn_up.party_a_id, "party_b": drawn_up.party_b_id}
    return [str(named[one]) for one in SIGNING_ORDER.get(drawn_up.kind, ())]


def is_turn_of(drawn_up: Agreement, party: uuid.UUID | None) -> bool:
    """Whether nobody has to sign before this party."""
    order = signing_order(drawn_up)
    before = order[: order.index(str(party))] if str(party) in order else []
    return all(one in drawn_up.signed_by_ids for one in before)


def mandate_on(person_id: uuid.UUID | None, organisation_id: uuid.UUID | None, on: date) -> Mandate | None:
    """The mandate by which a person may sign for an organisation on a day."""
    query = select(Mandate).join(Membership, Membership.id == Mandate.membership_id)
    query = query.where(
        Membership.person_id == person_id, Mandate.organisation_id == organisation_id, Mandate.kind == "sign",
        Mandate.state == "active", Mandate.starts_on <= on, Mandate.ends_on >= on,
    )  # fmt: skip
    return db.session.scalar(query.order_by(Mandate.ends_on.desc()).limit(1))


def mandate_facts(found: Mandate | None) -> dict[str, Any]:
    """What a signature keeps of the mandate it was given under."""
    if found is None:
        return {}
    days = {"mandate_from": found.starts_on.isoformat(), "mandate_until": found.ends_on.isoformat()}
    return {"mandate_id": str(found.id)} | days


def mandate_was_held(act: Signature) -> bool | None:
    """Whether the days of the mandate a signature kept cover its own day; None where it kept none."""
    kept = act.evidence.get("statement", {}).get("confirmation", {})
    if "mandate_from" not in kept:
        return None
    day = legal_day(act.signed_at).isoformat()
    return bool(kept["mandate_from"] <= day <= kept["mandate_until"])


def stamps_to_renew(today: date) -> list[Agreement]:
    """The agreements whose newest time stamp is older than the rules of their place allow."""
    signed = {one.id: one for one in signed_in_file()}
    query = select(Agreement).where(
        Agreement.document_id.in_(signed), Agreement.state.in_(("in_force", "terminated"))
    )
    return [row for row in db.session.scalars(query) if _is_due(row, signed[row.document_id], today)]


def _is_due(drawn_up: Agreement, document: Document, today: date) -> bool:
    day = due.due_day(drawn_up, "agreement.stamp_renewal", legal_day(newest(document).at))
    return day is not None and day.on <= today
