"""Registrars: named by the authority, filed with the level above, working by published rules."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import NotFound
from kernel.fields import File, Nothing
from kernel.words import N_
from registry import queries
from registry.commands.files import keep
from registry.models import BusinessRules, Registrar
from registry.permissions import MAY
from registry.permissions.operators import authority_in_jurisdiction
from registry.rules import registrar as law
from registry.schemas.registrar import (
    BecauseInput,
    FilingInput,
    NamingInput,
    QualificationInput,
    RulesInput,
)
from registry.states import BUSINESS_RULES, REGISTRAR

PAPERS = frozenset({"pdf", "docx"})


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ("R04",)
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.registrar.{verb}"
    return command(
        name, may=MAY[name], on=Registrar, states=REGISTRAR, schema=schema, label=label, duties=duties
    )


@_command("name", NamingInput, N_("Name a registrar"), duties=("R04", "R08"))
def name(
    *,
    actor: Actor,
    now: datetime,
    organisation_id: uuid.UUID,
    naming_number: str,
    qualified_from: date,
    qualified_until: date,
) -> Registrar:
    """The authority names an organisation as a registrar of its place, from a day until a day."""
    named, today = accounts.organisation(organisation_id), clock.legal_day(now)
    if actor.is_signed_in and named.jurisdiction not in actor.jurisdictions:
        raise NotFound()
    fresh = Registrar(
        organisation_id=named.id,
        organisation_name=named.name,
        named_by_id=actor.organisation_id,
        naming_number=naming_number,
        jurisdiction=named.jurisdiction,
        qualified_from=qualified_from,
        qualified_until=qualified_until,
    )
    in_office = queries.in_office(named.id, today)
    law.registrar_may_be_named(named.roles, named.legal_form, in_office, due.profile(fresh))
    law.qualification_runs(qualified_from, qualified_until, today)
    return fresh


@_command("file", FilingInput, N_("Note the filing with the level above"))
def file(
    registrar: Registrar, *, actor: Actor, now: datetime, filed_with: str, filing_number: str, filed_on: date
) -> None:
    """The naming was filed with the authority of the level above."""
    law.filing_follows_naming(filed_on, registrar.qualified_from, clock.legal_day(now))
    registrar.filed_with, registrar.filing_number, registrar.filed_on = filed_with, filing_number, filed_on


@_command("requalify", QualificationInput, N_("Change the days of the qualification"))
def requalify(
    registrar: Registrar,
    *,
    actor: Actor,
    now: datetime,
    naming_number: str,
    qualified_from: date,
    qualified_until: date,
) -> None:
    """The qualification is prolonged or cut short by a new document; it is to be filed anew."""
    law.qualification_runs(qualified_from, qualified_until, clock.legal_day(now))
    registrar.naming_number = naming_number
    registrar.qualified_from, registrar.qualified_until = qualified_from, qualified_until
    registrar.filed_with, registrar.filing_number, registrar.filed_on = "", "", None


@_command("suspend", BecauseInput, duties=("R05",))
def suspend(registrar: Registrar, *, actor: Actor, now: datetime, reasons: str) -> None:
    """After notice and decision the registrar may not act until the suspension is lifted."""
    registrar.ended_because = reasons


@_command("lift", BecauseInput, N_("Lift the suspension"), duties=("R05",))
def lift(registrar: Registrar, *, actor: Actor, now: datetime, reasons: str) -> None:
    """What led to the suspension was mended: the registrar may act again."""
    registrar.ended_because = ""


@_command("cancel", BecauseInput, duties=("R05",))
def cancel(registrar: Registrar, *, actor: Actor, now: datetime, reasons: str) -> None:
    """After notice and decision the qualification ends for good."""
    registrar.ended_because = reasons


def _rules(verb: str, schema: type[Schema] = Nothing, label: str = "") -> Callable[[Callable[..., Any]], Command]:
    full = f"registry.business_rules.{verb}"
    return command(
        full, may=MAY[full], on=BusinessRules, states=BUSINESS_RULES, schema=schema, label=label, duties=("R04",)
    )


@_rules("propose", RulesInput, N_("Hand in business rules"))
def propose(*, actor: Actor, now: datetime, title: str, file: File) -> BusinessRules:
    """A registrar hands in the rules it wants to work by."""
    own = accounts.organisation(actor.organisation_id)
    return BusinessRules(
        organisation_id=own.id,
        jurisdiction=own.jurisdiction,
        title=title,
        file=keep(file, "file", PAPERS),
        proposed_by_id=actor.user_id,
    )


@_rules("consent", label=N_("Consent and publish"))
def consent(rules: BusinessRules, *, actor: Actor, now: datetime) -> None:
    """The authority consents: the rules are published and take the place of those before."""
    rules.decided_on = clock.legal_day(now)


@_rules("decline", BecauseInput, N_("Do not consent"))
def decline(rules: BusinessRules, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority does not consent, with reasons."""
    rules.decided_on, rules.reasons = clock.legal_day(now), reasons


@_rules("replace")
def replace(rules: BusinessRules, *, actor: Actor, now: datetime) -> None:
    """Newer rules were published in the place of these."""


def registrar_for(actor: Actor, registrar_id: uuid.UUID) -> Registrar:
    """The registrar a measure is about, where the actor supervises it; else NotFound."""
    found = queries.registrar(registrar_id)
    if not authority_in_jurisdiction(actor, found) or found.organisation_id == actor.organisation_id:
        raise NotFound()
    return found
