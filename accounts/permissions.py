"""Who may run the commands of accounts."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, every, in_jurisdiction, role, signed_in, system


def oneself(actor: Actor, person: Any) -> bool:
    """The person the account is about."""
    return actor.is_signed_in and person is not None and person.id == actor.user_id


def its_person(actor: Actor, subject: Any) -> bool:
    """The person to whom a session, a token or a membership belongs."""
    return actor.is_signed_in and subject is not None and subject.person_id == actor.user_id


def invited_person(actor: Actor, membership: Any) -> bool:
    """Anybody with an account may try an invitation: its code and address decide."""
    return actor.is_signed_in and membership is not None and membership.person_id is None


def of_organisation(mandate: str) -> Predicate:
    """A member with that mandate of the organisation that is the subject, or that the subject belongs to."""

    def holds(actor: Actor, subject: Any) -> bool:
        if subject is None:
            return actor.organisation_id is not None and mandate in actor.mandates
        owner = getattr(subject, "organisation_id", subject.id)
        return owner == actor.organisation_id and mandate in actor.mandates

    holds.__name__ = f"own_organisation_{mandate}"
    holds.__doc__ = f"Acts for the organisation itself and may {mandate}."
    return holds


def another_organisation(actor: Actor, subject: Any) -> bool:
    """Not the organisation one acts for: nobody supervises itself."""
    return subject is None or getattr(subject, "organisation_id", subject.id) != actor.organisation_id


def operating_body(_actor: Actor, organisation: Any) -> bool:
    """The organisation is on the operating side: managing roles are given by the authority alone."""
    return organisation is not None and organisation.side == "operating"


def for_an_organisation(actor: Actor, _subject: Any) -> bool:
    """Somebody who acts for an organisation just now."""
    return actor.is_signed_in and actor.organisation_id is not None


own_sign = of_organisation("sign")
own_apply = of_organisation("apply")
authority_here = every(role("authority", "decide"), in_jurisdiction)
authority_over_another = every(role("authority", "decide"), in_jurisdiction, another_organisation)
own_operating_sign = every(own_sign, operating_body)

MAY: dict[str, list[Predicate]] = {
    "accounts.person.register": [system],
    "accounts.person.amend": [oneself],
    "accounts.person.change_password": [oneself],
    "accounts.person.replace_password": [system],
    "accounts.person.suspend": [system],
    "accounts.person.reinstate": [system],
    "accounts.organisation.register": [signed_in, system],
    "accounts.organisation.propose": [system],
    "accounts.organisation.appoint": [authority_here, system],
    "accounts.organisation.confirm": [authority_here, system],
    "accounts.organisation.amend": [own_sign, own_apply, authority_over_another, system],
    "accounts.organisation.assign_roles": [own_operating_sign, authority_over_another, system],
    "accounts.organisation.name_responsible": [own_sign, own_apply, system],
    "accounts.organisation.suspend": [authority_over_another, system],
    "accounts.organisation.reinstate": [authority_over_another, system],
    "accounts.membership.invite": [own_sign],
    "accounts.membership.admit": [system],
    "accounts.membership.accept": [invited_person],
    "accounts.membership.end": [own_sign, its_person, authority_over_another, system],
    "accounts.mandate.grant": [own_sign, authority_here, system],
    "accounts.mandate.revoke": [own_sign, authority_over_another, system],
    "accounts.session.begin": [system],
    "accounts.session.prolong": [its_person],
    "accounts.session.act_for": [its_person],
    "accounts.session.end": [its_person, system],
    "accounts.attempt.make": [system],
    "accounts.token.issue": [for_an_organisation],
    "accounts.token.revoke": [its_person, own_sign, system],
}


def allows(name: str, actor: Actor, subject: Any) -> bool:
    """Whether the table lets the actor do this to that very subject (creating commands learn it from their input)."""
    return any(predicate(actor, subject) for predicate in MAY[name])
