"""Consultations, advice, reconsideration: in and out."""

from marshmallow import Schema, fields, validate

from contracts.vocabulary.decision import ANSWERS, CONSULTATIONS, OUTCOMES, RECOMMENDATIONS
from kernel.fields import Upload, Words
from kernel.words import N_

LONG = validate.Length(1, 4000)
SHORT = validate.Length(1, 160)
HIDDEN = {"widget": "hidden"}


class ConsultationInput(Schema):
    """Who is asked what about which application."""

    application_id = fields.UUID(required=True, metadata=HIDDEN)
    body = fields.UUID(required=True, metadata={"label": N_("Body to be asked"), "widget": "select"})
    kind = fields.String(
        required=True,
        validate=validate.OneOf(list(CONSULTATIONS)),
        metadata={
            "label": N_("What is asked for"),
            "choices": list(CONSULTATIONS.items()),
            "widget": "radios",
        },
    )
    resources = fields.List(
        fields.UUID(),
        load_default=list,
        metadata={
            "label": N_("Resources the question is about"),
            "hint": N_("For a consent: those whose data the body provided."),
            "widget": "checkboxes",
        },
    )
    question = Words(required=True, validate=LONG, metadata={"label": N_("Question"), "widget": "textarea"})


class ConsultationAnswer(Schema):
    """What the body answers."""

    answer = fields.String(
        required=True,
        validate=validate.OneOf(list(ANSWERS)),
        metadata={"label": N_("Answer"), "choices": list(ANSWERS.items()), "widget": "radios"},
    )
    text = Words(
        required=True, validate=LONG, metadata={"label": N_("Reasons and conditions"), "widget": "textarea"}
    )
    consent_number = Words(
        load_default="",
        validate=validate.Length(max=160),
        metadata={
            "label": N_("Number of the consent"),
            "hint": N_("Where consent is given."),
            "basis": "YN L120",
        },
    )
    consent_on = fields.Date(load_default=None, metadata={"label": N_("Day of the consent")})


class AdviceInput(Schema):
    """What is recommended, and why."""

    recommendation = fields.String(
        required=True,
        validate=validate.OneOf(list(RECOMMENDATIONS)),
        metadata={
            "label": N_("Recommendation"),
            "choices": list(RECOMMENDATIONS.items()),
            "widget": "radios",
        },
    )
    text = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})
    conditions = Words(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={"label": N_("Conditions proposed"), "widget": "textarea"},
    )


class CountersignInput(Schema):
    """A countersignature."""

    note = Words(
        load_default="",
        validate=validate.Length(max=1000),
        metadata={"label": N_("Note"), "widget": "textarea"},
    )


class SendBackInput(Schema):
    """Why a recommendation is sent back."""

    reason = Words(
        required=True,
        validate=LONG,
        metadata={"label": N_("What has to be thought over"), "widget": "textarea"},
    )


class ServiceInput(Schema):
    """The proof that the letter was served."""

    served_on = fields.Date(required=True, metadata={"label": N_("Served on")})
    how = Words(
        required=True,
        validate=SHORT,
        metadata={"label": N_("How it was served"), "hint": N_("Who took it, or the number of the posting.")},
    )


class ReconsiderationInput(Schema):
    """What is wrong with a decision."""

    application_id = fields.UUID(required=True, metadata=HIDDEN)
    grounds = Words(
        required=True,
        validate=LONG,
        metadata={"label": N_("What is wrong with the decision, and what you ask for"), "widget": "textarea"},
    )
    attachment = Upload(load_default=None, metadata={"label": N_("Evidence"), "accept": ".pdf,.png,.jpg"})


class NotAdmittedInput(Schema):
    """Why a request is not admitted."""

    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})


class ReconsiderationDecision(Schema):
    """What comes of it."""

    outcome = fields.String(
        required=True,
        validate=validate.OneOf(list(OUTCOMES)),
        metadata={"label": N_("Outcome"), "choices": list(OUTCOMES.items()), "widget": "radios"},
    )
    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})
    basis = Words(
        required=True,
        validate=validate.Length(1, 500),
        metadata={"label": N_("Legal basis"), "hint": N_("Articles by number, for example WZ35.")},
    )
    directions = Words(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={"label": N_("Directions for the new decision"), "widget": "textarea"},
    )


class ReopenInput(Schema):
    """Why a decided application is open again."""

    reason = Words(required=True, validate=LONG)


class ConsultationView(Schema):
    """A consultation as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    application_id = fields.UUID()
    body_id = fields.UUID()
    kind = fields.String()
    question = fields.String()
    answer = fields.String()
    answer_text = fields.String()
    consent_number = fields.String()
    consent_on = fields.Date(allow_none=True)


class ReconsiderationView(Schema):
    """A reconsideration as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    application_id = fields.UUID()
    applicant_id = fields.UUID()
    grounds = fields.String()
    outcome = fields.String()
    reasons = fields.String()
    basis = fields.String()
    filed_on = fields.Date()
