"""Mandates: what members may do for their organisation."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from accounts import queries, rules
from accounts.models import Mandate, Membership
from accounts.permissions import MAY, allows
from accounts.schemas import MandateInput
from accounts.states import MANDATE
from kernel import clock
from kernel.actor import Actor
from kernel.command import command
from kernel.errors import Conflict, NotFound
from kernel.words import N_


@command(
    "accounts.mandate.grant",
    may=MAY["accounts.mandate.grant"],
    on=Mandate,
    states=MANDATE,
    schema=MandateInput,
)
def grant(
    *, membership_id: uuid.UUID, kind: str, starts_on: date, ends_on: date, actor: Actor, now: datetime
) -> Mandate:
    """A member may do something for the organisation, from the first day to the last."""
    membership = queries.membership(membership_id)
    if membership.state != "active" or not allows("accounts.mandate.grant", actor, membership):
        raise NotFound()
    rules.mandate_has_an_end(starts_on, ends_on, clock.legal_day(now))
    return mandate_of(membership, kind, starts_on, ends_on, now)


@command(
    "accounts.mandate.revoke",
    may=MAY["accounts.mandate.revoke"],
    on=Mandate,
    states=MANDATE,
    label=N_("Revoke the mandate"),
)
def revoke(mandate: Mandate, *, actor: Actor, now: datetime) -> None:
    """The mandate ends at once."""
    keep_a_signatory(mandate.organisation_id, {mandate.id}, now)


def mandate_of(membership: Membership, kind: str, starts_on: date, ends_on: date, now: datetime) -> Mandate:
    """A new mandate of a member whose organisation is loaded."""
    rules.operating_bodies_do_not_decide(kind, membership.organisation.side)
    return Mandate(
        membership=membership,
        organisation_id=membership.organisation_id,
        jurisdiction=membership.jurisdiction,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        state="active",
        created_at=now,
    )


def keep_a_signatory(organisation_id: uuid.UUID, ending: Collection[uuid.UUID], now: datetime) -> None:
    """Refuse to take the last mandate to sign away: nobody could give it back from inside."""
    signing = queries.holders(organisation_id, "sign", clock.legal_day(now))
    if signing and signing <= set(ending):
        raise Conflict(
            N_("This is the last mandate to sign in the organisation. Give it to somebody else first.")
        )
