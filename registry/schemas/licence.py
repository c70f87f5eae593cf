"""Licences in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from registry.schemas.choices import places
from registry.vocabulary.papers import REFUSAL_GROUNDS
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
    renews_id = fields.UUID(load_default=None, metadata={"widget": "hidden"})


class SupplementInput(Schema):
    """What is missing in the dossier."""

    supplement = Words(
        required=True,
        validate=LONG,
        metadata={"label": N_("What has to be supplemented"), "widget": "textarea"},
    )


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


class RefusalInput(AdverseInput):
    """A refusal: coded grounds, reasons and the rule."""

    grounds = fields.List(
        fields.String(validate=validate.OneOf(tuple(REFUSAL_GROUNDS))),
        required=True,
        validate=validate.Length(1, 8),
        metadata={"label": N_("Grounds"), "widget": "checkboxes", "choices": list(REFUSAL_GROUNDS.items())},
    )


class SuspensionInput(AdverseInput):
    """A suspension: after notice, or at once where data are in danger."""

    urgent = fields.Boolean(
        load_default=False,
        metadata={
            "label": N_("At once, without notice: data or persons would otherwise be in danger"),
            "widget": "checkbox",
        },
    )


class TransferInput(Schema):
    """To whom the licence passes, by which succession."""

    succession_id = fields.UUID(required=True)


class StopInput(Schema):
    """Why an open application is stopped."""

    reasons = Words(required=True, validate=LONG)
    basis = Words(required=True, validate=validate.Length(1, 200))


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
    notice_until = fields.Date(allow_none=True)
    document_id = fields.UUID(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()
