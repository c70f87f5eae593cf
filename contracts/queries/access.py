"""Access to conditionally open data: who sees it, its policy, what its two documents print."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select

from accounts.queries import organisation
from contracts.models import OpenAccess
from contracts.queries.agreements import agreements_about
from contracts.queries.applications import READERS
from contracts.queries.policies import party_of
from contracts.rules.policy import Policy, Request, Target, as_odrl
from kernel import due
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to

KINDS = ("open_use_agreement", "open_use_commitment")
ABOUT = "access"


@visible(OpenAccess)
def visible_accesses(actor: Actor) -> ColumnElement[bool]:
    """The applicant, the agency, and the managing bodies of the place that supervise or audit them."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions += [OpenAccess.applicant_id == actor.organisation_id, OpenAccess.agency_id == actor.organisation_id]
    if actor.roles & READERS:
        conditions.append(OpenAccess.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def accesses(actor: Actor) -> Select[OpenAccess]:
    """The accesses an actor may see, the newest first."""
    query = select(OpenAccess).where(visible_to(actor, OpenAccess))
    return query.order_by(OpenAccess.created_at.desc(), OpenAccess.id)


def access(access_id: uuid.UUID) -> OpenAccess | None:
    """An access by id."""
    return db.session.get(OpenAccess, access_id)


def accesses_past_end(on: date) -> list[OpenAccess]:
    """Accesses whose last day is over."""
    return list(db.session.scalars(select(OpenAccess).where(OpenAccess.state == "in_force", OpenAccess.ends_on < on)))


def kinds_in_force(row: OpenAccess) -> set[str]:
    """Which of its two documents are in force."""
    return {one.kind for one in agreements_about(ABOUT, row.id) if one.state == "in_force"}


def policy_of_access(row: OpenAccess) -> Policy:
    """What the access permits."""
    named = due.profile(row).flag("attribution.source_and_date")
    return Policy(
        uid=f"access-{row.id}",
        by=party_of(row.agency_id),
        to=party_of(row.applicant_id),
        targets=frozenset({Target(f"urn:uuid:{row.entry_id}", row.title)}),
        actions=frozenset({"use", "derive"}),
        purposes=frozenset({row.purpose}),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        forms=frozenset({"file"}),
        duties=frozenset({"sign_first", "protect", "report", "delete", *({"attribute"} if named else ())}),
        forbidden=frozenset({"distribute", "transfer", "identify"}),
    )


def fetch_of(row: OpenAccess, on: date) -> Request:
    """A fetch by the applicant, as the policy is asked about it."""
    target = f"urn:uuid:{row.entry_id}"
    return Request("use", str(row.applicant_id), target, row.purpose, None, on, "file")


def access_terms(row: OpenAccess) -> list[dict[str, Any]]:
    """The input of contracts.agreement.draw_up for both documents."""
    data = {
        "entry": {
            "title": row.title,
            "condition": row.condition,
            "agency": organisation(row.agency_id).name,
        },
        "purpose_text": row.purpose_text,
        "measures": row.measures,
        "access": {"ends_on": row.ends_on},
        "policy": as_odrl(policy_of_access(row)),
    }
    facts = {
        "about_type": ABOUT,
        "about_id": str(row.id),
        "jurisdiction": row.jurisdiction,
        "party_a_id": str(row.agency_id),
        "party_b_id": str(row.applicant_id),
        "applied_by_id": str(row.applied_by_id) if row.applied_by_id else None,
        "data": data,
    }
    return [facts | {"kind": kind} for kind in KINDS]
