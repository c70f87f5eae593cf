"""Service providers: outsourcings by body, provider and state; whose people have accounts where."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select

from accounts import queries as accounts
from accounts.models import Organisation
from contracts.models import Agreement, Outsourcing
from contracts.queries.applications import READERS
from contracts.queries.snapshots import party_facts, rule_facts
from contracts.vocabulary import SECURITY_TITLES
from jurisdictions.profile import Profile
from kernel import due
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to

LIVE = ("in_force", "exiting")


@visible(Outsourcing)
def _visible_outsourcings(actor: Actor) -> ColumnElement[bool]:
    """The body, the provider, and the managing bodies that supervise or audit the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions += [party == actor.organisation_id for party in (Outsourcing.body_id, Outsourcing.provider_id)]
    if actor.roles & READERS:
        conditions.append(Outsourcing.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def outsourcings(actor: Actor, *, state: str = "", q: str = "") -> Select[Outsourcing]:
    """The outsourcings an actor may see, newest first; `q` in title, body and provider."""
    query = select(Outsourcing).where(visible_to(actor, Outsourcing))
    if state:
        query = query.where(Outsourcing.state == state)
    for word in q.split()[:8]:
        named = select(Organisation.id).where(Organisation.name.icontains(word, autoescape=True))
        query = query.where(
            or_(
                Outsourcing.title.icontains(word, autoescape=True),
                Outsourcing.body_id.in_(named),
                Outsourcing.provider_id.in_(named),
            )
        )
    return query.order_by(Outsourcing.created_at.desc(), Outsourcing.id)


def outsourcing(outsourcing_id: uuid.UUID) -> Outsourcing | None:
    """An outsourcing by id."""
    return db.session.get(Outsourcing, outsourcing_id)


def outsourcings_past_end(today: date) -> list[uuid.UUID]:
    """Outsourcings in force whose last day is over."""
    query = select(Outsourcing.id).where(Outsourcing.state == "in_force", Outsourcing.ends_on < today)
    return list(db.session.scalars(query))


def outsourcing_of_member(membership_id: uuid.UUID, body_id: uuid.UUID) -> Outsourcing | None:
    """The live outsourcing whose provider's person holds that membership."""
    query = select(Outsourcing).where(Outsourcing.body_id == body_id, Outsourcing.state.in_(LIVE))
    wanted = str(membership_id)
    return next(
        (row for row in db.session.scalars(query) if any(one["membership_id"] == wanted for one in row.people)), None
    )


def mandates_held(body_id: uuid.UUID, membership_id: uuid.UUID) -> list[str]:
    """What a member may do for the body, now or later."""
    return [row.kind for row in accounts.mandates_of(body_id).get(membership_id, [])]


def open_memberships(found: Outsourcing) -> list[uuid.UUID]:
    """The memberships of the provider's people that have not ended."""
    wanted = {uuid.UUID(row["membership_id"]) for row in found.people}
    return [row.id for row in accounts.members(found.body_id) if row.id in wanted]


def agreements_of_outsourcing(outsourcing_id: uuid.UUID) -> list[Agreement]:
    """The agreements of an outsourcing, in the order they were drawn up."""
    query = select(Agreement).where(Agreement.about_type == "outsourcing", Agreement.about_id == outsourcing_id)
    return list(db.session.scalars(query.order_by(Agreement.created_at, Agreement.id)))


def provider_agreements(found: Outsourcing) -> list[dict[str, Any]]:
    """The input of contracts.agreement.draw_up for the two agreements; one alone where the rules ask for no second."""
    rules = due.profile(found)
    variant = rules.text("security.outsourcing_agreement")
    kinds = ["outsourcing_service", *(["outsourcing_security"] if variant else [])]
    return [_terms(found, kind, variant, rules) for kind in kinds]


def _terms(found: Outsourcing, kind: str, variant: str, rules: Profile) -> dict[str, Any]:
    facts = {
        name: getattr(found, name)
        for name in ("title", "tasks", "data_scope", "standards", "measures", "breach", "starts_on", "ends_on")
    }
    data: dict[str, Any] = {"outsourcing": facts, "rules": _figures(rules)}
    if kind == "outsourcing_security":
        data["variant"] = variant
    return {
        "kind": kind,
        "title": SECURITY_TITLES[variant] if kind == "outsourcing_security" else "",
        "about_type": "outsourcing",
        "about_id": str(found.id),
        "jurisdiction": found.jurisdiction,
        "party_a_id": str(found.body_id),
        "party_b_id": str(found.provider_id),
        "data": data,
    }


def _figures(rules: Profile) -> dict[str, Any]:
    """The figures of the rules these texts name; None where they are silent."""
    exit_wd = "security.outsourcing_exit_wd"
    return rule_facts(rules) | {
        "exit_wd": None if rules.silent(exit_wd) else rules.number(exit_wd),
        "incident_hours": None if rules.silent("incident.report_hours") else rules.number("incident.report_hours"),
        "no_own_access": rules.flag("security.outsourcing_no_own_access"),
        "tests": rules.flag("security.outsourcing_plan"),
    }


def parties_of(found: Outsourcing) -> tuple[dict[str, Any], dict[str, Any]]:
    """Body and provider as they are shown."""
    return party_facts(found.body_id), party_facts(found.provider_id)
