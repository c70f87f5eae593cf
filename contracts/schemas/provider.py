"""Service providers in and out."""

from typing import Any

from marshmallow import Schema, fields, validate

from accounts import queries as accounts
from contracts.vocabulary import DELETION_METHODS, TEST_KINDS
from kernel.actor import Actor
from kernel.db import db
from kernel.fields import Upload, Words
from kernel.words import N_

LONG = validate.Length(1, 4000)
PAPER = ".pdf,.docx,.xlsx,.png,.jpg"


def _long(label: str, hint: str = "", required: bool = True, basis: str = "") -> Words:
    about: dict[str, Any] = {"label": label, "hint": hint, "widget": "textarea", "basis": basis}
    if required:
        return Words(required=True, validate=LONG, metadata=about)
    return Words(load_default="", validate=validate.Length(max=4000), metadata=about)


def people_of_body(actor: Actor) -> list[tuple[str, str]]:
    """The members of the body acted for, by membership."""
    if actor.organisation_id is None:
        return []
    rows = accounts.members(actor.organisation_id)
    return [(str(row.id), f"{row.person.name} · {row.email}") for row in rows if row.person is not None]


def providers(actor: Actor) -> list[tuple[str, str]]:
    """Organisations the actor can name as providers: those known to it that do not manage public data."""
    rows = db.session.scalars(accounts.organisations(actor, state="active"))
    return [(row.uscc, f"{row.name} · {row.uscc}") for row in rows if row.side == "operating" and row.uscc]


class OutsourcingInput(Schema):
    """What is outsourced, to whom, for how long."""

    provider_uscc = Words(
        required=True,
        validate=validate.Length(18, 18),
        metadata={"label": N_("Credit code of the service provider"), "suggestions": providers},
    )
    title = Words(required=True, validate=validate.Length(1, 200), metadata={"label": N_("Name of the project")})
    tasks = _long(
        N_("What the provider does"), N_("Building, running or maintaining which platform or system."), basis="WZ43"
    )
    data_scope = _long(N_("Which public data it touches"))
    standards = _long(N_("Work rules and standards"), required=False, basis="YN L146")
    measures = _long(N_("Technical measures and supervision"), required=False, basis="YN L146")
    breach = _long(N_("Liability for breach"), N_("Printed in the agreement on security and secrecy."), basis="WZ43")
    starts_on = fields.Date(required=True, metadata={"label": N_("First day")})
    ends_on = fields.Date(required=True, metadata={"label": N_("Last day")})
    plan = Upload(
        load_default=None,
        metadata={
            "label": N_("Security rules and incident plan of the provider"),
            "widget": "file",
            "accept": PAPER,
            "basis": "CD44",
        },
    )


class ReviewInput(Schema):
    """The security review of a provider."""

    passed = fields.String(
        required=True,
        validate=validate.OneOf(["yes", "no"]),
        metadata={
            "label": N_("Outcome of the security review"),
            "widget": "radios",
            "choices": [("yes", N_("Passed")), ("no", N_("Not passed"))],
            "basis": "WZ43",
        },
    )
    findings = _long(N_("What was reviewed, and what was found"))
    report = Upload(load_default=None, metadata={"label": N_("Report"), "widget": "file", "accept": PAPER})


class AssignmentInput(Schema):
    """Which member of the body is one of the provider's people."""

    membership_id = fields.UUID(
        required=True,
        metadata={
            "label": N_("Account of the provider's person"),
            "widget": "select",
            "choices": people_of_body,
            "hint": N_("The person was invited as a member of your body before."),
        },
    )
    post = Words(required=True, validate=validate.Length(1, 200), metadata={"label": N_("What the person does")})


class TestInput(Schema):
    """A test of the provider's security."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(tuple(TEST_KINDS)),
        metadata={
            "label": N_("Kind of test"),
            "widget": "select",
            "choices": list(TEST_KINDS.items()),
            "basis": "CD44",
        },
    )
    on = fields.Date(required=True, metadata={"label": N_("Held on")})
    result = _long(N_("Result"))
    report = Upload(load_default=None, metadata={"label": N_("Report"), "widget": "file", "accept": PAPER})


class ExitInput(Schema):
    """Why outsourcing ends."""

    reason = _long(N_("Why it ends"))


class DeletionInput(Schema):
    """How the data were deleted."""

    method = fields.String(
        required=True,
        validate=validate.OneOf(tuple(DELETION_METHODS)),
        metadata={
            "label": N_("How the data were deleted"),
            "widget": "radios",
            "choices": list(DELETION_METHODS.items()),
            "basis": "WZ43",
        },
    )
    media = _long(N_("Which data on which media"))
    proof = Upload(required=True, metadata={"label": N_("Proof of deletion"), "widget": "file", "accept": PAPER})


class OverseenInput(Schema):
    """What the overseeing officer saw."""

    note = _long(N_("How the deletion was overseen"))


class OutsourcingView(Schema):
    """An outsourcing as JSON, for its two sides and those who oversee."""

    id = fields.UUID()
    body_id = fields.UUID()
    provider_id = fields.UUID()
    title = fields.String()
    tasks = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()
    reviewed = fields.Boolean()
    access_revoked_at = fields.AwareDateTime(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()
