"""Grading rules of a place, archive packages, look-ups, and the case a package is made of."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.command import COMMANDS
from kernel.db import Case, db
from kernel.errors import NotFound
from kernel.permissions import in_jurisdiction, may_see, role, visible, visible_to
from registry.models import ArchivePackage, CatalogueEntry, GradingRule, Licence, Lookup, Registration
from registry.queries.scope import for_managing_bodies, narrowed, one_of, own_or_overseen
from registry.rules.grading import Rule

authority = role("authority", "decide")


@visible(GradingRule)
def _visible_grading_rules(actor: Actor) -> ColumnElement[bool]:
    return for_managing_bodies(actor, GradingRule)


def grading_rules(actor: Actor, **filters: str) -> Select[GradingRule]:
    """The grading rules of the actor's line of places, the newest first."""
    query = select(GradingRule).where(visible_to(actor, GradingRule))
    query = narrowed(query, GradingRule, filters, (GradingRule.title, GradingRule.basis))
    return query.order_by(GradingRule.created_at.desc(), GradingRule.id)


def grading_rule(actor: Actor, rule_id: uuid.UUID) -> GradingRule:
    """The grading rule of that id where the actor may see it, or NotFound."""
    found: GradingRule = one_of(actor, select(GradingRule), GradingRule, rule_id)
    return found


def rules_in_force(jurisdiction: str, *, above_only: bool = False) -> list[Rule]:
    """The grading rules in force in a place and above it (or only above it), the highest level first."""
    line = accounts.authorities_above(jurisdiction)[1 if above_only else 0 :]
    query = select(GradingRule).where(GradingRule.state == "in_force", GradingRule.jurisdiction.in_(line))
    rows = sorted(db.session.scalars(query), key=lambda row: -line.index(row.jurisdiction))
    return [as_rule(row) for row in rows]


def as_rule(row: Any) -> Rule:
    """A row, or values of that shape, as the law reads it."""
    return Rule(
        row.title,
        row.basis,
        row.level,
        frozenset(row.openings),
        frozenset(row.sharings),
        frozenset(row.themes),
    )


@visible(ArchivePackage)
def _visible_packages(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, ArchivePackage, ArchivePackage.organisation_id)


def archive_packages(actor: Actor, **filters: str) -> Select[ArchivePackage]:
    """The archive packages the actor may see, the newest first."""
    query = select(ArchivePackage).where(visible_to(actor, ArchivePackage))
    query = narrowed(query, ArchivePackage, filters, (ArchivePackage.title, ArchivePackage.case_type))
    return query.order_by(ArchivePackage.exported_at.desc(), ArchivePackage.id)


def archive_package(actor: Actor, package_id: uuid.UUID) -> ArchivePackage:
    """The package of that id where the actor may see it, or NotFound."""
    found: ArchivePackage = one_of(actor, select(ArchivePackage), ArchivePackage, package_id)
    return found


OWNERS = ("agency_id", "organisation_id", "holder_id", "applicant_id", "registrar_id")


def kinds_of_case() -> dict[str, type]:
    """Table → model of every case that commands act on. People and organisations are no cases."""
    models = {command.subject for command in COMMANDS.values() if issubclass(command.subject, Case)}
    found = {str(model.__tablename__): model for model in models}  # type: ignore[attr-defined]
    return {table: model for table, model in sorted(found.items()) if not table.startswith("accounts_")}


def case_of(actor: Actor, table: str, case_id: uuid.UUID) -> Any:
    """The case an actor may archive: its own, or one of the place its authority answers for. Else NotFound."""
    model = kinds_of_case().get(table)
    found: Any = db.session.get(model, case_id) if model else None
    if found is None or not may_see(actor, found):
        raise NotFound()
    own = actor.organisation_id in {getattr(found, name, None) for name in OWNERS}
    if not own and not (authority(actor, found) and in_jurisdiction(actor, found)):
        raise NotFound()
    return found


@visible(Lookup)
def _visible_lookups(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, Lookup, Lookup.agency_id)


def lookups(actor: Actor, **filters: str) -> Select[Lookup]:
    """The look-ups the actor may see, the newest first."""
    query = select(Lookup).where(visible_to(actor, Lookup)).options(joinedload(Lookup.agency))
    query = narrowed(query, Lookup, filters, (Lookup.case_number, Lookup.asked))
    return query.order_by(Lookup.at.desc(), Lookup.id)


def lookup(actor: Actor, lookup_id: uuid.UUID) -> Lookup:
    """The look-up of that id where the actor may see it, or NotFound."""
    found: Lookup = one_of(actor, select(Lookup).options(joinedload(Lookup.agency)), Lookup, lookup_id)
    return found


def what_the_register_says(kind: str, asked: str) -> dict[str, Any] | None:
    """The public facts this platform holds under a code or number; None where it knows nothing under it."""
    return _ANSWERS[kind](asked)


def _organisation(code: str) -> dict[str, Any] | None:
    found = accounts.organisation_by_code(code.strip().upper())
    if found is None or found.state == "proposed":
        return None
    facts = {"name": found.name, "credit_code": found.uscc, "legal_form": found.legal_form}
    return facts | {"legal_representative": found.legal_representative, "state": found.state}


def _licence(number: str) -> dict[str, Any] | None:
    found = db.session.scalar(
        select(Licence).where(Licence.number == number).options(joinedload(Licence.organisation))
    )
    if found is None:
        return None
    facts = {"number": found.number, "holder": found.organisation.name, "level": found.level}
    return facts | {"scope": found.scope, "valid_until": _day(found.valid_until), "state": found.state}


def _registration(code: str) -> dict[str, Any] | None:
    query = select(Registration).where(
        (Registration.number == code)
        | (Registration.local_code == code)
        | (Registration.national_code == code)
    )
    found = db.session.scalar(query.options(joinedload(Registration.applicant)))
    if found is None:
        return None
    facts = {"number": found.number, "title": found.title, "registrant": found.applicant.name}
    return facts | {"kind": found.kind, "valid_until": _day(found.valid_until), "state": found.state}


def _entry(code: str) -> dict[str, Any] | None:
    query = select(CatalogueEntry).where(
        CatalogueEntry.resource_code == code, CatalogueEntry.state == "published"
    )
    found = db.session.scalar(query.options(joinedload(CatalogueEntry.agency)).limit(1))
    if found is None:
        return None
    agency = found.agency.name if found.agency else None
    return {"resource_code": code, "title": found.title, "agency": agency, "provider": found.provider}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


_ANSWERS = {
    "organisation": _organisation,
    "licence": _licence,
    "registration": _registration,
    "entry": _entry,
}
