"""How people come to belong to organisations, and leave them."""

import secrets
import uuid
from datetime import date, datetime

from accounts import queries, rules
from accounts.commands.inputs import refuse
from accounts.commands.mandate import keep_a_signatory, mandate_of
from accounts.models import Membership
from accounts.permissions import MAY
from accounts.schemas import AcceptanceInput, AdmissionInput, InvitationInput
from accounts.states import MEMBERSHIP
from accounts.vocabulary import FIRST_MANDATE_YEARS
from kernel import clock
from kernel.actor import Actor
from kernel.calendar import Period, term_end
from kernel.command import command
from kernel.db import db, new_id
from kernel.errors import InvalidInput
from kernel.words import N_


@command(
    "accounts.membership.invite",
    may=MAY["accounts.membership.invite"],
    on=Membership,
    states=MEMBERSHIP,
    schema=InvitationInput,
    label=N_("Invite a colleague"),
)
def invite(*, email: str, actor: Actor, now: datetime) -> Membership:
    """A colleague is invited by e-mail address, known here or not. The code goes by way of the inviting person: only
    who has both the address and the code gets in."""
    organisation = queries.organisation(actor.organisation_id)
    address = rules.comparable(email)
    if queries.open_membership(organisation.id, address) is not None:
        raise refuse("email", N_("This person belongs to your organisation or is invited already."))
    code = secrets.token_urlsafe(12)
    membership = Membership(
        organisation_id=organisation.id,
        jurisdiction=organisation.jurisdiction,
        email=address,
        invitation_hash=queries.fingerprint(code),
    )
    membership.code = code
    return membership


@command(
    "accounts.membership.admit",
    may=MAY["accounts.membership.admit"],
    on=Membership,
    states=MEMBERSHIP,
    schema=AdmissionInput,
)
def admit(
    *,
    person_id: uuid.UUID,
    organisation_id: uuid.UUID,
    mandates: list[str],
    ends_on: date | None,
    actor: Actor,
    now: datetime,
) -> Membership:
    """A person belongs to an organisation at once, with mandates until a day (else for a year)."""
    person, organisation = queries.person(person_id), queries.organisation(organisation_id)
    membership = Membership(
        id=new_id(),
        person_id=person.id,
        organisation_id=organisation.id,
        jurisdiction=organisation.jurisdiction,
        email=person.email,
    )
    membership.organisation = organisation
    today = clock.legal_day(now)
    last = ends_on or term_end(today, Period(FIRST_MANDATE_YEARS, "years"))
    db.session.add_all(mandate_of(membership, kind, today, last, now) for kind in dict.fromkeys(mandates))
    return membership


@command(
    "accounts.membership.accept",
    may=MAY["accounts.membership.accept"],
    on=Membership,
    states=MEMBERSHIP,
    schema=AcceptanceInput,
    label=N_("Accept the invitation"),
)
def accept(membership: Membership, *, code: str, actor: Actor, now: datetime) -> None:
    """The invited person joins: the account has the invited address, and the code is right."""
    person = queries.person(actor.user_id) if actor.user_id else None
    found = queries.invitation(code, person.email) if person else None
    if person is None or found is None or found.id != membership.id:
        raise wrong_code()
    membership.person_id, membership.invitation_hash = person.id, None


@command(
    "accounts.membership.end",
    may=MAY["accounts.membership.end"],
    on=Membership,
    states=MEMBERSHIP,
    label=N_("End the membership"),
)
def end(membership: Membership, *, actor: Actor, now: datetime) -> None:
    """The person does not belong to the organisation any more; mandates and keys for programs end with it."""
    held = {mandate.id for mandate in queries.mandates_of(membership.organisation_id).get(membership.id, [])}
    keep_a_signatory(membership.organisation_id, held, now)
    membership.ended_at, membership.invitation_hash = now, None


def wrong_code() -> InvalidInput:
    """The refusal of an invitation code, the same whatever is wrong with it."""
    return refuse("code", N_("This code does not belong to an open invitation to your e-mail address."))
