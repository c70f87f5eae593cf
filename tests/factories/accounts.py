"""People and organisations for tests, made by the real commands."""

import itertools
import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from stdnum.cn import uscc

from accounts import queries, reactions  # noqa: F401  the first member is admitted by a reaction
from accounts.commands import membership as memberships
from accounts.commands import organisation as organisations
from accounts.commands import person as people
from accounts.models import Organisation, Person
from accounts.vocabulary import MANAGING, MANDATES, PASSWORD_HASH
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
from kernel.db import db
from tests.kept import kept

PASSWORD = "correct horse battery"
PLACE = "990100"
_numbers = itertools.count(1)

# Cheap on purpose: a test makes many people and none of them is worth a stranger's second.
PASSWORD_HASH["method"] = "scrypt:1024:8:1"


def a_code(number: int | None = None, first: str = "91530100") -> str:
    """A credit code with a right check character, new each time."""
    body = f"{first}MA{next(_numbers) if number is None else number:07d}"
    return body + uscc.calc_check_digit(body)


def a_person(email: str | None = None, **facts: Any) -> Person:
    """Somebody with an account. Password: PASSWORD."""
    number = next(_numbers)
    given = {
        "name": f"Person {number}",
        "email": email or f"person{number}@example.org",
        "password": PASSWORD,
    }
    return execute(people.register, actor=SYSTEM, data=given | facts)


def an_organisation(
    *roles: str, jurisdiction: str = PLACE, responsible: bool = True, in_office: bool = True, **facts: Any
) -> Organisation:
    """An organisation with these roles (buyer when none is named), by default with its responsible persons named."""
    number = next(_numbers)
    given = {
        "name": f"Organisation {number}",
        "uscc": a_code(),
        "legal_form": legal_form_of(roles),
        "jurisdiction": jurisdiction,
        "roles": list(roles or ("buyer",)),
        "legal_representative": f"Representative {number}",
        "address": f"{number} Lake Road",
        "contact_name": f"Contact {number}",
    }
    made = execute(organisations.appoint, actor=SYSTEM, data=given | facts)
    if responsible:
        named = {"data_body": "Data office", "security_head": "Head", "security_officer": "Officer"}
        execute(organisations.name_responsible, actor=SYSTEM, subject_id=made.id, data=named)
    if "registrar" in roles and in_office:
        in_office_as_registrar(made)
    return made


def legal_form_of(roles: Iterable[str]) -> str:
    """What an organisation with these roles usually is."""
    if "registrar" in roles:
        return "public_institution"
    return "government_body" if set(roles) & set(MANAGING) else "enterprise"


def in_office_as_registrar(organisation: Organisation) -> None:
    """The organisation named as a registrar from today on, for ten years."""
    from registry import queries as _  # noqa: F401, PLC0415  knows who is in office
    from registry.commands import registrar  # noqa: PLC0415  the registry stands above accounts

    named = {
        "organisation_id": str(organisation.id),
        "naming_number": "衡数函〔2026〕1号",
        "qualified_from": (clock.today() - timedelta(days=365)).isoformat(),
        "qualified_until": (clock.today() + timedelta(days=3650)).isoformat(),
    }
    execute(registrar.name, actor=SYSTEM, data=named)


def a_member(
    organisation: Organisation,
    *,
    mandates: Iterable[str] | None = None,
    person: Person | None = None,
    ends_on: date | None = None,
) -> Person:
    """A person who belongs to the organisation, with every mandate its side can have unless some are named."""
    person = person or a_person()
    usual = [mandate for mandate in MANDATES if mandate != "decide" or organisation.side == "managing"]
    facts = {
        "person_id": str(person.id),
        "organisation_id": str(organisation.id),
        "mandates": list(usual if mandates is None else mandates),
        "ends_on": (ends_on or clock.today() + timedelta(days=365)).isoformat(),
    }
    execute(memberships.admit, actor=SYSTEM, data=facts)
    return person


@kept
def an_actor(
    *roles: str, organisation: Organisation | None = None, mandates: Iterable[str] | None = None, **facts: Any
) -> Actor:
    """Somebody acting for an organisation with these roles: a new one, or the one given."""
    organisation = organisation or an_organisation(*roles, **facts)
    return acting(a_member(organisation, mandates=mandates), organisation)


def acting(person: Person, organisation: Organisation | None = None, on: date | None = None) -> Actor:
    """The actor of a person for an organisation today."""
    return queries.actor_for(person, organisation, on or clock.today())


def organisation_of(actor: Actor) -> Organisation:
    """The organisation an actor acts for."""
    found = db.session.get(Organisation, actor.organisation_id or uuid.UUID(int=0))
    assert found is not None
    return found


def sign_in(client: Any, person: Person, password: str = PASSWORD) -> Any:
    """Sign a test client in by the page, as a person does."""
    return client.post("/sign-in", data={"email": person.email, "password": password})
