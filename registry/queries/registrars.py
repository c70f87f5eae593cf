"""Registrars, their rules and the measures about them; whether one is in office."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import BusinessRules, Registrar, RegistrarMeasure, Registration

OPEN_CASES = ("submitted", "returned", "under_review", "public_notice")


@accounts.role_condition("registrar")
def in_office(organisation_id: uuid.UUID, on: date) -> bool:
    """Whether an organisation is named as a registrar, qualified on that day, and neither suspended nor cancelled."""
    query = select(Registrar.id).where(
        Registrar.organisation_id == organisation_id,
        Registrar.state == "in_office",
        Registrar.qualified_from <= on,
        Registrar.qualified_until >= on,
    )
    return db.session.scalar(query.limit(1)) is not None


@visible(Registrar)
def _visible_registrars(actor: Actor) -> ColumnElement[bool]:
    """All of them, for everybody: the register of registrars is public."""
    return Registrar.id.is_not(None)


@visible(BusinessRules)
def _visible_rules(actor: Actor) -> ColumnElement[bool]:
    """What was published, for everybody; what was handed in, for the registrar and the authority of the place."""
    seen: list[ColumnElement[bool]] = [BusinessRules.state.in_(("published", "replaced"))]
    if actor.organisation_id is not None:
        seen.append(BusinessRules.organisation_id == actor.organisation_id)
    if {"authority", "auditor"} & actor.roles:
        seen.append(BusinessRules.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


@visible(RegistrarMeasure)
def _visible_measures(actor: Actor) -> ColumnElement[bool]:
    """The registrar it is about, and those who oversee the place."""
    seen: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id is not None:
        seen.append(RegistrarMeasure.organisation_id == actor.organisation_id)
    if {"authority", "auditor", "government"} & actor.roles:
        seen.append(RegistrarMeasure.jurisdiction.in_(actor.jurisdictions))
    return or_(*seen)


def registrars(actor: Actor, *, state: str = "", q: str = "") -> Select[Registrar]:
    """All registrars, those in office first, then by name."""
    query = select(Registrar).where(visible_to(actor, Registrar))
    if state:
        query = query.where(Registrar.state == state)
    for word in q.split()[:8]:
        query = query.where(Registrar.organisation_name.icontains(word, autoescape=True))
    return query.order_by(Registrar.state != "in_office", Registrar.organisation_name, Registrar.id)


def registrar(registrar_id: uuid.UUID) -> Registrar:
    """One registrar with the authority that named it, or NotFound."""
    query = select(Registrar).where(Registrar.id == registrar_id).options(joinedload(Registrar.named_by))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def business_rules(actor: Actor) -> Select[BusinessRules]:
    """The business rules an actor may see, newest first."""
    query = select(BusinessRules).where(visible_to(actor, BusinessRules))
    return query.order_by(BusinessRules.created_at.desc(), BusinessRules.id)


def rules_of(actor: Actor, organisation_id: uuid.UUID) -> list[BusinessRules]:
    """The business rules of a registrar, as far as the actor may see them, newest first."""
    return list(db.session.scalars(business_rules(actor).where(BusinessRules.organisation_id == organisation_id)))


def one_of_business_rules(actor: Actor, rules_id: uuid.UUID) -> BusinessRules:
    """One set of business rules the actor may see, or NotFound."""
    found = db.session.scalar(business_rules(actor).where(BusinessRules.id == rules_id))
    if found is None:
        raise NotFound()
    return found


def published_rules_besides(rules: BusinessRules) -> list[uuid.UUID]:
    """The other published rules of the same registrar."""
    query = select(BusinessRules.id).where(
        BusinessRules.organisation_id == rules.organisation_id,
        BusinessRules.state == "published",
        BusinessRules.id != rules.id,
    )
    return list(db.session.scalars(query))


def measures(actor: Actor) -> Select[RegistrarMeasure]:
    """The measures an actor may see, newest first."""
    query = select(RegistrarMeasure).where(visible_to(actor, RegistrarMeasure))
    return query.order_by(RegistrarMeasure.created_at.desc(), RegistrarMeasure.id)


def measures_of(actor: Actor, registrar_id: uuid.UUID) -> list[RegistrarMeasure]:
    """What was done about a registrar, as far as the actor may see it, newest first."""
    return list(db.session.scalars(measures(actor).where(RegistrarMeasure.registrar_id == registrar_id)))


def measure(actor: Actor, measure_id: uuid.UUID) -> RegistrarMeasure:
    """One measure the actor may see, or NotFound."""
    found = db.session.scalar(measures(actor).where(RegistrarMeasure.id == measure_id))
    if found is None:
        raise NotFound()
    return found


def stranded_cases(actor: Actor, on: date) -> list[Registration]:
    """Open registrations of the actor's places whose registrar may not act on that day, oldest first."""
    query = select(Registration).where(
        Registration.state.in_(OPEN_CASES), Registration.jurisdiction.in_(actor.jurisdictions)
    )
    office = (
        select(Registrar.id)
        .where(
            Registrar.organisation_id == Registration.registrar_id,
            Registrar.state == "in_office",
            Registrar.qualified_from <= on,
            Registrar.qualified_until >= on,
        )
        .exists()
    )
    return list(db.session.scalars(query.where(~office).order_by(Registration.created_at, Registration.id)))
