"""Licences in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_
from registry.schemas.choices import places
from registry.vocabulary.steps import CRITERIA, LICENCE_LEVELS

LONG = validate.Length(1, 4000)
HINTS = {
    "purpose": N_("What the data will be used for, by whom and for whose benefit."),
    "technical_condition": N_("Systems, graded protection, cryptography, people."),
    "processing_ability": N_("Experience, methods, capacity, quality of work."),
    "security_management": N_("Responsible persons, rules, training, incident plan, drills."),
}


def _statement(criterion: str) -> Words:
    return Words(
        required=True,
        validate=LONG,
        metadata={
            "label": CRITERIA[criterion],
            "widget": "textarea",
            "hint": HINTS[criterion],
            "basis": "WZ36",
        },
    )


def _proof(label: str) -> Upload:
    return Upload(metadata={"label": label, "accept": ".pdf,.docx,.xlsx,.png,.jpg", "widget": "file"})


class LicenceInput(Schema):
    """An application for a licence with its dossier."""

    jurisdiction = Words(
        validate=validate.Length(1, 60),
        metadata={"label": N_("Jurisdiction"), "widget": "select", "choices": places},
    )
    level = fields.String(
        required=True,
        validate=validate.OneOf(tuple(LICENCE_LEVELS)),
        metadata={
            "label": N_("Level"),
            "choices": list(LICENCE_LEVELS.items()),
            "widget": "radios",
            "basis": "WZ35; WZ36; YN L120",
        },
    )
    scope = Words(
        required=True,
        validate=LONG,
        metadata={
            "label": N_("Scope of the licence"),
            "widget": "textarea",
            "hint": N_("Fields of data and kinds of products the licence is asked for."),
        },
    )
    purpose = _statement("purpose")
    technical_condition = _statement("technical_condition")
    processing_ability = _statement("processing_ability")
    security_management = _statement("security_management")
    technical_condition_file = _proof(N_("Proof of the technical condition"))
    processing_ability_file = _proof(N_("Proof of the processing ability"))
    security_management_file = _proof(N_("Proof of the security management"))


class SupplementInput(Schema):
    """What is missing in the dossier."""

    supplement = Words(
        required=True,
        validate=LONG,
        metadata={"label": N_("What has to be supplemented"), "widget": "textarea"},
    )


def _score(criterion: str) -> fields.Integer:
    about = {"label": CRITERIA[criterion], "hint": N_("0 to 100 points."), "basis": "WZ36"}
    return fields.Integer(required=True, validate=validate.Range(0, 100), metadata=about)


class AssessmentInput(Schema):
    """One assessor's points and opinion."""

    purpose = _score("purpose")
    technical_condition = _score("technical_condition")
    processing_ability = _score("processing_ability")
    security_management = _score("security_management")
    opinion = Words(required=True, validate=LONG, metadata={"label": N_("Opinion"), "widget": "textarea"})


class GrantInput(Schema):
    """The decision to grant a licence."""

    reasons = Words(
        required=True, validate=LONG, metadata={"label": N_("Reasons for the decision"), "widget": "textarea"}
    )
    valid_until = fields.Date(
        metadata={"label": N_("Valid until"), "hint": N_("Leave empty for the longest term the rules give.")}
    )


class AdverseInput(Schema):
    """An adverse decision: reasons and the rule."""

    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})
    basis = Words(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"label": N_("Legal basis"), "hint": N_("Rule and article.")},
    )


class LiftInput(Schema):
    """Why a suspension ends."""

    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})


class LicenceView(Schema):
    """A licence as JSON: what anybody may read."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    level = fields.String()
    scope = fields.String()
    number = fields.String(allow_none=True)
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
    document_id = fields.UUID(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()
