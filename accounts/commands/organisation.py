"""What can be done to organisations."""

from datetime import datetime
from typing import Any

from accounts import queries, rules
from accounts.commands.inputs import controller, known_place, unused_code
from accounts.models import Organisation
from accounts.permissions import MAY, allows
from accounts.schemas import (
    AppointmentInput,
    ConfirmationInput,
    OrganisationAmendment,
    OrganisationInput,
    ProposalInput,
    ResponsibleInput,
    RolesInput,
    SuspensionInput,
)
from accounts.states import ORGANISATION
from kernel.actor import Actor
from kernel.command import command
from kernel.errors import NotAllowed
from kernel.words import N_


@command(
    "accounts.organisation.register",
    may=MAY["accounts.organisation.register"],
    on=Organisation,
    states=ORGANISATION,
    schema=OrganisationInput,
    label=N_("Register an organisation"),
)
def register(*, actor: Actor, now: datetime, **facts: Any) -> Organisation:
    """Somebody registers an organisation for operating roles and becomes its first member with mandates for a year."""
    return _entered(facts)


@command(
    "accounts.organisation.appoint",
    may=MAY["accounts.organisation.appoint"],
    on=Organisation,
    states=ORGANISATION,
    schema=AppointmentInput,
    label=N_("Enter an organisation"),
)
def appoint(*, actor: Actor, now: datetime, **facts: Any) -> Organisation:
    """The authority enters an organisation of its place with the roles it has there, also managing ones."""
    organisation = _entered(facts)
    if not allows("accounts.organisation.appoint", actor, organisation):
        raise NotAllowed()
    return organisation


@command(
    "accounts.organisation.propose",
    may=MAY["accounts.organisation.propose"],
    on=Organisation,
    states=ORGANISATION,
    schema=ProposalInput,
    label=N_("Note a body named by an import"),
)
def propose(*, name: str, jurisdiction: str, actor: Actor, now: datetime) -> Organisation:
    """An agency that an import names is noted; it can do nothing until the authority confirms it."""
    return Organisation(name=name, jurisdiction=known_place(jurisdiction), roles=["agency"], side="managing")


@command(
    "accounts.organisation.confirm",
    may=MAY["accounts.organisation.confirm"],
    on=Organisation,
    states=ORGANISATION,
    schema=ConfirmationInput,
    label=N_("Confirm the body"),
)
def confirm(
    organisation: Organisation, *, name: str, uscc: str, roles: list[str], actor: Actor, now: datetime
) -> None:
    """The authority confirms a proposed body with its credit code and roles."""
    organisation.uscc, organisation.name = unused_code(uscc), name
    rules.roles_are_not_mixed(roles, organisation.side)
    organisation.roles = sorted(set(roles))


@command(
    "accounts.organisation.amend",
    may=MAY["accounts.organisation.amend"],
    on=Organisation,
    states=ORGANISATION,
    schema=OrganisationAmendment,
    label=N_("Correct the facts"),
)
def amend(organisation: Organisation, *, actor: Actor, now: datetime, **facts: Any) -> None:
    """What the organisation says about itself is corrected; what is left out stays."""
    if "controlled_by_uscc" in facts:
        above = controller(facts.pop("controlled_by_uscc"))
        rules.control_has_no_circle(organisation.id, queries.controllers(above))
        organisation.controlled_by_id = above
    for name, value in facts.items():
        setattr(organisation, name, value)


@command(
    "accounts.organisation.assign_roles",
    may=MAY["accounts.organisation.assign_roles"],
    on=Organisation,
    states=ORGANISATION,
    schema=RolesInput,
    label=N_("Assign roles"),
)
def assign_roles(organisation: Organisation, *, roles: list[str], actor: Actor, now: datetime) -> None:
    """The organisation has other roles of its side from now on."""
    rules.roles_are_not_mixed(roles, organisation.side)
    organisation.roles = sorted(set(roles))


@command(
    "accounts.organisation.name_responsible",
    may=MAY["accounts.organisation.name_responsible"],
    on=Organisation,
    states=ORGANISATION,
    schema=ResponsibleInput,
    label=N_("Name the responsible persons"),
)
def name_responsible(
    organisation: Organisation,
    *,
    data_body: str,
    security_head: str,
    security_officer: str,
    actor: Actor,
    now: datetime,
) -> None:
    """The organisation names its data-management body, security head and security officer."""
    rules.responsible_persons_are_named(head=security_head, officer=security_officer, body=data_body)
    organisation.data_body = data_body
    organisation.security_head, organisation.security_officer = security_head, security_officer


@command(
    "accounts.organisation.suspend",
    may=MAY["accounts.organisation.suspend"],
    on=Organisation,
    states=ORGANISATION,
    schema=SuspensionInput,
    label=N_("Suspend the organisation"),
)
def suspend(organisation: Organisation, *, reason: str, actor: Actor, now: datetime) -> None:
    """The authority suspends the organisation: with the next request nobody can act for it."""
    organisation.suspended_because = reason


@command(
    "accounts.organisation.reinstate",
    may=MAY["accounts.organisation.reinstate"],
    on=Organisation,
    states=ORGANISATION,
    label=N_("Lift the suspension"),
)
def reinstate(organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """The authority lifts the suspension."""
    organisation.suspended_because = ""


def _entered(facts: dict[str, Any]) -> Organisation:
    """A new row from checked facts."""
    facts["uscc"] = unused_code(facts["uscc"])
    facts["jurisdiction"] = known_place(facts["jurisdiction"])
    facts["controlled_by_id"] = controller(facts.pop("controlled_by_uscc", None))
    facts["roles"] = sorted(set(facts["roles"]))
    return Organisation(side=rules.roles_are_not_mixed(facts["roles"]), **facts)
