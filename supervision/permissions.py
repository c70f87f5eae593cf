"""Who may run which command of supervision."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, every, in_jurisdiction, role, signed_in, system

OFFICES = frozenset({"authority", "registrar", "agency", "implementing_body", "consulted_body"})
authority_here = every(role("authority", "decide"), in_jurisdiction)


def of_an_office(_actor: Actor, clock: Any) -> bool:
    """A clock that waits for a public office: nobody lengthens the time that a firm was given, or takes from it."""
    return clock.waits_for in OFFICES


def nothing_asked(_actor: Actor, clock: Any) -> bool:
    """No extension waits for its approval."""
    return not clock.asked


def extension_asked(_actor: Actor, clock: Any) -> bool:
    """An extension waits for its approval."""
    return bool(clock.asked)


def other_than_asker(actor: Actor, clock: Any) -> bool:
    """Is not the person who asked for the extension."""
    return bool(clock.asked.get("by_id") != str(actor.user_id))


def its_person(actor: Actor, saved: Any) -> bool:
    """The person who keeps the search."""
    return actor.is_signed_in and saved.person_id == actor.user_id


def filing_agency(actor: Actor, team: Any) -> bool:
    """Acts for the agency whose operating team it is."""
    own = "agency" in actor.roles and "apply" in actor.mandates
    return own and (team is None or team.agency_id == actor.organisation_id)


def other_than_filer(actor: Actor, team: Any) -> bool:
    """Is not the person who filed the team."""
    return bool(team.filed_by_id != actor.user_id)


def mandating_authority(actor: Actor, mandate: Any) -> bool:
    """The authority that gave the mandate, through somebody who may decide."""
    own = "authority" in actor.roles and "decide" in actor.mandates
    return own and (mandate is None or mandate.authority_id == actor.organisation_id)


def operating_body(actor: Actor, _operation: Any) -> bool:
    """Acts for an operator; the command checks the mandate and its tasks."""
    return "operator" in actor.roles and "apply" in actor.mandates


MAY: dict[str, list[Predicate]] = {
    "supervision.clock.warn": [system],
    "supervision.clock.miss": [system],
    "supervision.clock.escalate": [system],
    "supervision.clock.pause": [every(authority_here, of_an_office)],
    "supervision.clock.resume": [authority_here, system],
    "supervision.clock.ask_extension": [every(authority_here, of_an_office, nothing_asked)],
    "supervision.clock.approve_extension": [every(authority_here, extension_asked, other_than_asker)],
    "supervision.clock.refuse_extension": [every(authority_here, extension_asked, other_than_asker)],
    "supervision.calendar.load": [role("authority", "decide"), system],
    "supervision.tick.run": [system],
    "supervision.document.print": [system],
    "supervision.team.file": [filing_agency],
    "supervision.team.correct": [filing_agency],
    "supervision.team.note": [every(authority_here, other_than_filer)],
    "supervision.team.return_": [every(authority_here, other_than_filer)],
    "supervision.team.end": [filing_agency, authority_here],
    "supervision.mandate.give": [mandating_authority],
    "supervision.mandate.revoke": [mandating_authority],
    "supervision.mandate.expire": [system],
    "supervision.operation.carry_out": [operating_body],
    "supervision.synonym.adopt": [role("authority", "decide")],
    "supervision.synonym.amend": [authority_here],
    "supervision.synonym.repeal": [authority_here],
    "supervision.saved_search.save": [signed_in],
    "supervision.saved_search.look": [its_person],
    "supervision.saved_search.tell_by": [its_person],
    "supervision.saved_search.tell": [system],
    "supervision.saved_search.switch_off": [system],
    "supervision.saved_search.remove": [its_person],
}
