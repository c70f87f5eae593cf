"""Registrations and objections in and out."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.fields import Upload, Words
from kernel.words import N_
from registry.schemas.choices import registrars
from registry.vocabulary.steps import (
    CANCEL_GROUNDS,
    CORRECTION_BASES,
    MATERIALS,
    OBJECT_TYPES,
    REGISTRATION_KINDS,
)

LONG = validate.Length(1, 4000)
SHORT = validate.Length(1, 200)
CHANGEABLE = ("title", "abstract", "scenario", "source_legality", "storage_location", "volume")


def _paper(kind: str, hint: str = "") -> Upload:
    return Upload(
        metadata={
            "label": MATERIALS[kind],
            "hint": hint,
            "accept": ".pdf,.docx,.xlsx,.png,.jpg",
            "widget": "file",
        }
    )


class MaterialsInput(Schema):
    """What a registrant may state and hand in until the registration is submitted."""

    title = Words(validate=SHORT, metadata={"label": N_("Name to be registered")})
    summary = Words(
        validate=LONG, metadata={"label": N_("Main content of the registration"), "widget": "textarea"}
    )
    registrar_id = fields.UUID(metadata={"label": N_("Registrar"), "widget": "select", "choices": registrars})
    risk_assessment = Words(
        validate=LONG,
        metadata={
            "label": N_("Data security risk assessment"),
            "widget": "textarea",
            "hint": N_("Which risks the use of the data brings and how they are met."),
        },
    )
    commitment_letter = _paper("commitment_letter")
    description = _paper("description")
    security_assessment = _paper("security_assessment")
    evidence = _paper("evidence")
    consent = _paper("consent", N_("For a correction that another than the registrant asks for."))
    ground = fields.String(
        validate=validate.OneOf(tuple(CANCEL_GROUNDS)),
        metadata={
            "label": N_("Ground of the cancellation"),
            "choices": list(CANCEL_GROUNDS.items()),
            "widget": "select",
            "hint": N_("For a cancellation only."),
        },
    )
    local_code = Words(validate=validate.Length(max=64), metadata={"label": N_("Code of the local platform")})
    new_title = Words(validate=SHORT, metadata={"label": N_("New name of the resource")})
    new_abstract = Words(validate=LONG, metadata={"label": N_("New content"), "widget": "textarea"})
    new_scenario = Words(validate=LONG, metadata={"label": N_("New scenarios of use"), "widget": "textarea"})
    new_source_legality = Words(
        validate=LONG, metadata={"label": N_("New lawful source"), "widget": "textarea"}
    )
    new_storage_location = Words(validate=SHORT, metadata={"label": N_("New place of storage")})
    new_volume = Words(validate=validate.Length(1, 100), metadata={"label": N_("New volume")})


class RegistrationInput(MaterialsInput):
    """A registration begun: of which kind, of what."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(tuple(REGISTRATION_KINDS)),
        metadata={
            "label": N_("Kind of registration"),
            "choices": list(REGISTRATION_KINDS.items()),
            "widget": "radios",
        },
    )
    object_type = fields.String(
        load_default="resource",
        validate=validate.OneOf(tuple(OBJECT_TYPES)),
        metadata={
            "label": N_("What is registered"),
            "choices": list(OBJECT_TYPES.items()),
            "widget": "radios",
        },
    )
    resource_id = fields.UUID(metadata={"label": N_("Data resource"), "widget": "select"})
    product_id = fields.UUID(metadata={"label": N_("Data product or service"), "widget": "hidden"})
    previous_id = fields.UUID(metadata={"label": N_("Registration it concerns"), "widget": "select"})


class CorrectionInput(MaterialsInput):
    """The correction of another's registration, asked for by an interested party."""

    previous_id = fields.UUID(
        required=True, metadata={"label": N_("Registration it concerns"), "widget": "hidden"}
    )
    party_basis = fields.String(
        required=True,
        validate=validate.OneOf(tuple(CORRECTION_BASES)),
        metadata={
            "label": N_("On what the correction rests"),
            "choices": list(CORRECTION_BASES.items()),
            "widget": "radios",
        },
    )


class SubmitInput(Schema):
    """What a registrant declares when handing in."""

    commitment = fields.Boolean(
        required=True,
        validate=validate.Equal(
            True, error=N_("The registration cannot be handed in without the commitment.")
        ),
        metadata={
            "label": N_("We answer for the truth, completeness and lawfulness of everything handed in."),
            "widget": "checkbox",
        },
    )
    public_preview_confirmed = fields.Boolean(
        required=True,
        validate=validate.Equal(True, error=N_("Please look at what becomes public and confirm it.")),
        metadata={
            "label": N_("We have seen what will be made public and agree to it."),
            "widget": "checkbox",
        },
    )


class SupplementInput(Schema):
    """The one notice that names everything to be supplemented."""

    supplement = Words(
        required=True,
        validate=LONG,
        metadata={
            "label": N_("Everything to be supplemented"),
            "widget": "textarea",
            "hint": N_("There is one notice only: name all gaps at once."),
        },
    )


class RefusalInput(Schema):
    """A refusal with its reasons and the rule."""

    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})
    basis = Words(
        required=True, validate=SHORT, metadata={"label": N_("Legal basis"), "hint": N_("Rule and article.")}
    )


class CodeInput(Schema):
    """The codes of the platforms above, where they are known already."""

    national_code = Words(validate=validate.Length(max=64), metadata={"label": N_("National unified code")})


class CancelInput(Schema):
    """Why a registration ends."""

    ground = fields.String(
        load_default="other",
        validate=validate.OneOf(tuple(CANCEL_GROUNDS)),
        metadata={"label": N_("Ground"), "choices": list(CANCEL_GROUNDS.items()), "widget": "select"},
    )
    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})


class ObjectionInput(Schema):
    """An objection in the public notice, under the real name."""

    registration_id = fields.UUID(required=True, metadata={"label": N_("Registration"), "widget": "hidden"})
    name = Words(
        required=True,
        validate=validate.Length(2, 100),
        metadata={
            "label": N_("Your name or organisation"),
            "hint": N_("Objections are made under the real name. It is not published."),
        },
    )
    contact = Words(
        required=True,
        validate=validate.Length(5, 200),
        metadata={
            "label": N_("Telephone or e-mail"),
            "hint": N_("So that the registrar can answer. It is not published."),
        },
    )
    grounds = Words(
        required=True,
        validate=validate.Length(10, 4000),
        metadata={"label": N_("What speaks against the registration"), "widget": "textarea"},
    )
    proof = Words(
        validate=LONG,
        metadata={
            "label": N_("What proves it"),
            "widget": "textarea",
            "hint": N_("Name the documents, facts or witnesses, or hand in a file. One of the two is needed."),
        },
    )
    evidence = Upload(metadata={"label": N_("Evidence"), "accept": ".pdf,.png,.jpg", "widget": "file"})

    @validates_schema
    def is_proven(self, values: dict[str, Any], **_: Any) -> None:
        """An objection comes with what proves it."""
        if not values.get("proof") and not values.get("evidence"):
            raise ValidationError(N_("Say what proves the objection, or hand in a file."), "proof")


class CommentInput(Schema):
    """What the registrant says to an objection."""

    comment = Words(
        required=True, validate=LONG, metadata={"label": N_("Your statement"), "widget": "textarea"}
    )


class BoundInput(Schema):
    """Until when the authorisation runs, by which agreement; nothing where none bounds it any more."""

    until = fields.Date(load_default=None)
    number = Words(load_default="")


class RemindInput(Schema):
    """Of how many days before the end the registrant is reminded."""

    days = fields.Integer(required=True, strict=True)


class ReplyInput(Schema):
    """The registrar's answer to an objection."""

    reply = Words(
        required=True, validate=LONG, metadata={"label": N_("Answer with reasons"), "widget": "textarea"}
    )


class RegistrationView(Schema):
    """A registration as JSON: what anybody may read."""

    id = fields.UUID()
    kind = fields.String()
    object_type = fields.String()
    resource_id = fields.UUID(allow_none=True)
    product_id = fields.UUID(allow_none=True)
    previous_id = fields.UUID(allow_none=True)
    title = fields.String()
    summary = fields.String()
    applicant_id = fields.UUID()
    registrar_id = fields.UUID(allow_none=True)
    number = fields.String(allow_none=True)
    local_code = fields.String(allow_none=True)
    national_code = fields.String(allow_none=True)
    accepted_on = fields.Date(allow_none=True)
    notice_from = fields.Date(allow_none=True)
    notice_until = fields.Date(allow_none=True)
    coded_on = fields.Date(allow_none=True)
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
    bounded_by = fields.String(allow_none=True)
    ended_on = fields.Date(allow_none=True)
    document_id = fields.UUID(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()


class ObjectionView(Schema):
    """An objection as JSON, without who lodged it."""

    id = fields.UUID()
    registration_id = fields.UUID()
    receipt = fields.String()
    grounds = fields.String()
    reply = fields.String(allow_none=True)
    state = fields.String()
    created_at: Any = fields.DateTime()
