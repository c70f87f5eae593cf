"""What can be done to people's accounts."""

from datetime import datetime

from werkzeug.security import check_password_hash, generate_password_hash

from accounts import queries, rules
from accounts.commands.inputs import at_field, refuse
from accounts.models import Person
from accounts.permissions import MAY
from accounts.schemas import PasswordChange, PasswordReplacement, PersonAmendment, PersonInput
from accounts.states import PERSON
from accounts.vocabulary import PASSWORD_HASH
from kernel.actor import Actor
from kernel.command import command
from kernel.words import N_


@command(
    "accounts.person.register",
    may=MAY["accounts.person.register"],
    on=Person,
    states=PERSON,
    schema=PersonInput,
)
def register(
    *,
    name: str,
    email: str,
    password: str,
    language: str,
    actor: Actor,
    now: datetime,
    phone: str = "",
    demo_role: str | None = None,
) -> Person:
    """A person gets an account. The page that calls this answers alike whether or not the address was taken."""
    address = rules.comparable(email)
    at_field("password", rules.password_resists_guessing, password, address)
    hashed = generate_password_hash(password, PASSWORD_HASH["method"])
    if queries.person_by_email(address) is not None:
        raise refuse("email", N_("There is an account with this e-mail address already."))
    return Person(
        email=address,
        name=name,
        phone=phone,
        password_hash=hashed,
        language=language,
        demo_role=demo_role,
    )


@command(
    "accounts.person.amend",
    may=MAY["accounts.person.amend"],
    on=Person,
    states=PERSON,
    schema=PersonAmendment,
    label=N_("Correct the facts"),
)
def amend(person: Person, *, name: str, language: str, actor: Actor, now: datetime, phone: str = "") -> None:
    """People correct what stands here about them."""
    person.name, person.phone, person.language = name, phone, language


@command(
    "accounts.person.change_password",
    may=MAY["accounts.person.change_password"],
    on=Person,
    states=PERSON,
    schema=PasswordChange,
    label=N_("Change the password"),
)
def change_password(person: Person, *, password: str, new_password: str, actor: Actor, now: datetime) -> None:
    """The person sets a new password, proving the old one. Every session ends, also this one."""
    if not check_password_hash(person.password_hash, password):
        raise refuse("password", N_("This is not your present password."))
    _set_password(person, new_password, now)


@command(
    "accounts.person.replace_password",
    may=MAY["accounts.person.replace_password"],
    on=Person,
    states=PERSON,
    schema=PasswordReplacement,
)
def replace_password(person: Person, *, new_password: str, actor: Actor, now: datetime) -> None:
    """Whoever runs the installation sets a new password for somebody who lost the old one. Every session ends."""
    _set_password(person, new_password, now)


@command("accounts.person.suspend", may=MAY["accounts.person.suspend"], on=Person, states=PERSON)
def suspend(person: Person, *, actor: Actor, now: datetime) -> None:
    """The account is closed for the time being; whoever uses it just now is out at once."""
    _end_sessions(person, now)


@command("accounts.person.reinstate", may=MAY["accounts.person.reinstate"], on=Person, states=PERSON)
def reinstate(person: Person, *, actor: Actor, now: datetime) -> None:
    """The account is opened again."""


def _set_password(person: Person, password: str, now: datetime) -> None:
    at_field("new_password", rules.password_resists_guessing, password, person.email)
    person.password_hash = generate_password_hash(password, PASSWORD_HASH["method"])
    _end_sessions(person, now)


def _end_sessions(person: Person, now: datetime) -> None:
    for session in queries.open_sessions(person.id, now):
        session.state, session.ended_at = "ended", now
