"""What happens to a registration after its code: bounded by an agreement, reminded, replaced, expired, cancelled."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import audit, clock, documents, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.errors import InvalidInput
from kernel.fields import Nothing
from kernel.words import N_, Text
from registry import queries
from registry.commands.confirmation import draw_up_confirmation
from registry.models import Registration
from registry.permissions import MAY
from registry.rules import registrar as registrars
from registry.rules import registration as law
from registry.rules.licence import expiry_is_reached
from registry.schemas.registrar import ReassignInput
from registry.schemas.registration import BoundInput, CancelInput, RemindInput
from registry.states import REGISTRATION

EXPIRED = N_("The registration has expired.")


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ("R03",)
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.registration.{verb}"
    return command(
        name, may=MAY[name], on=Registration, states=REGISTRATION, schema=schema, label=label, duties=duties
    )


@_command("reassign", ReassignInput, N_("Give to another registrar"), duties=("R04", "R05"))
def reassign(
    registration: Registration, *, actor: Actor, now: datetime, registrar_id: uuid.UUID, reasons: str
) -> None:
    """The authority gives a case whose registrar may not act to another one, with its objections and clocks."""
    today = clock.legal_day(now)
    before = registration.registrar_id
    registrars.case_needs_another_registrar(before is not None and queries.in_office(before, today))
    chosen = next((row for row in accounts.registrars_of(registration.jurisdiction) if row.id == registrar_id), None)
    if chosen is None:
        raise InvalidInput({"registrar_id": [Text(N_("Choose a registrar of this place."))]})
    registration.registrar_id = chosen.id
    for objection in queries.objections_of(registration.id):
        if objection.state == "lodged":
            objection.registrar_id = chosen.id
            due.hand_over(objection, before, chosen.id)
    due.hand_over(registration, before, chosen.id)


@_command("remind", RemindInput)
def remind(registration: Registration, *, actor: Actor, now: datetime, days: int) -> None:
    """The registrant is reminded that the registration ends soon and can be renewed."""
    registration.reminded = [*registration.reminded, days]


@_command("bound", BoundInput)
def bound(
    registration: Registration, *, actor: Actor, now: datetime, until: date | None, number: str
) -> None:
    """An authorisation began, changed or ended: the registration does not outlive it, and the confirmation says so."""
    rules, term = due.profile(registration), registration.term_until or registration.valid_until
    if term is None:
        return
    last, is_bounded = law.bounded(term, until, rules)
    own = "reg.renewal_max_years" if registration.kind == "renewal" else "reg.validity_years"
    registration.bound_until = until if is_bounded else None
    registration.bound_number = number if is_bounded else ""
    registration.bounded_by = "reg.bounded_by_agreement" if is_bounded else own
    if last == registration.valid_until:
        return
    registration.valid_until, registration.reminded = last, []
    present = documents.current("registration_confirmation", registration)
    registration.document_id = draw_up_confirmation(registration, now, replaces=present).id
    audit.note(public=f"{registration.number} {registration.valid_from} {registration.valid_until}")


@_command("supersede")
def supersede(registration: Registration, *, actor: Actor, now: datetime) -> None:
    """A change or correction was coded and takes the place of this registration."""
    registration.ended_on = clock.legal_day(now)


@_command("expire")
def expire(registration: Registration, *, actor: Actor, now: datetime) -> None:
    """The last day of validity has passed: a renewal takes its place, or the registrar has to cancel it."""
    expiry_is_reached(registration.valid_until, clock.legal_day(now))
    registration.ended_on = registration.valid_until
    renewed = queries.follower_of(registration.id)
    registration.state = "superseded" if renewed is not None else "expired"
    document = documents.current("registration_confirmation", registration)
    if document is not None:
        documents.revoke(document, now=now, reason=Text(EXPIRED))


@_command("cancel", CancelInput, N_("Cancel and announce"))
def cancel(registration: Registration, *, actor: Actor, now: datetime, reasons: str, ground: str) -> None:
    """The registration ends, or was not renewed: it is cancelled on a ground of the rules, for everybody to read."""
    law.cancellation_has_its_ground("cancellation", ground, due.profile(registration))
    registration.reasons, registration.ground = reasons, ground
    registration.ended_on = registration.ended_on or clock.legal_day(now)
    document = documents.current("registration_confirmation", registration)
    if document is not None:
        documents.revoke(document, now=now, reason=reasons)
    audit.note(public=f"{registration.number} cancelled")
