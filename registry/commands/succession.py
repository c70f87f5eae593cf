"""Successions: one organisation takes over licences and dossier of another, by a decision of the authority."""

from datetime import date, datetime

from accounts import queries as accounts
from accounts.rules import credit_code
from kernel import clock
from kernel.actor import Actor
from kernel.command import command
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.words import N_, Text
from registry import queries
from registry.commands import letters
from registry.commands.files import keep
from registry.models import Licence, Succession
from registry.permissions import MAY
from registry.rules import oversight as law
from registry.schemas.oversight import SuccessionDecision, SuccessionInput
from registry.states import SUCCESSION


@command(
    "registry.succession.apply",
    may=MAY["registry.succession.apply"],
    on=Succession,
    states=SUCCESSION,
    schema=SuccessionInput,
    label=N_("Apply for a succession"),
    duties=("P03",),
)
def apply(
    *,
    actor: Actor,
    now: datetime,
    predecessor_uscc: str,
    ground: str,
    effective_on: date,
    explanation: str,
    evidence: File,
) -> Succession:
    """After a merger or the like the successor asks to take over what its predecessor held."""
    before = accounts.organisation_by_code(credit_code(predecessor_uscc))
    if before is None:
        said = Text(N_("No organisation with this credit code is known here."))
        raise InvalidInput({"predecessor_uscc": [said]})
    successor, today = accounts.organisation(actor.organisation_id), clock.legal_day(now)
    held = queries.licences_held(before.id, today)
    own = queries.licences_held(successor.id, today)
    law.succession_is_possible(before.id, successor.id, _places(held), _places(own))
    barred = queries.debarment_of(successor.id, today)
    law.applicant_is_not_debarred(barred.ends_on if barred else None)
    return Succession(
        predecessor_id=before.id,
        predecessor_name=before.name,
        successor_id=successor.id,
        successor_name=successor.name,
        jurisdiction=held[0].jurisdiction,
        profile_version=held[0].profile_version,
        ground=ground,
        effective_on=effective_on,
        explanation=explanation,
        evidence=keep(evidence, "evidence"),
        applied_by_id=actor.user_id,
    )


def _places(held: list[Licence]) -> list[str]:
    return [f"{row.level} {row.jurisdiction}" for row in held]


@command(
    "registry.succession.withdraw",
    may=MAY["registry.succession.withdraw"],
    on=Succession,
    states=SUCCESSION,
    label=N_("Withdraw"),
)
def withdraw(succession: Succession, *, actor: Actor, now: datetime) -> None:
    """The successor takes its application back."""


@command(
    "registry.succession.approve",
    may=MAY["registry.succession.approve"],
    on=Succession,
    states=SUCCESSION,
    schema=SuccessionDecision,
    label=N_("Approve the succession"),
    duties=("P03",),
)
def approve(succession: Succession, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """The authority lets licences and dossier pass over; the register leads from the old credit code to the new."""
    today = clock.legal_day(now)
    held = _places(queries.licences_held(succession.predecessor_id, today))
    own = _places(queries.licences_held(succession.successor_id, today))
    law.succession_is_possible(succession.predecessor_id, succession.successor_id, held, own)
    barred = queries.debarment_of(succession.successor_id, today)
    law.applicant_is_not_debarred(barred.ends_on if barred else None)
    _decide(succession, "succeed", actor, now, reasons, basis)


@command(
    "registry.succession.refuse",
    may=MAY["registry.succession.refuse"],
    on=Succession,
    states=SUCCESSION,
    schema=SuccessionDecision,
    label=N_("Refuse"),
    duties=("P03",),
)
def refuse(succession: Succession, *, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    """The authority does not let the licences pass over; the predecessor keeps them as they are."""
    _decide(succession, "not_succeed", actor, now, reasons, basis)


def _decide(succession: Succession, act: str, actor: Actor, now: datetime, reasons: str, basis: str) -> None:
    succession.reasons, succession.basis, succession.decided_at = reasons, basis, now
    data = {"reasons": reasons, "basis": basis}
    letter = letters.letter(succession, act, succession.successor_id, actor, now, data)
    succession.document_id = letter.id
