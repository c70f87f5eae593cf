"""Applications, their assessment and the decision on them."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.vocabulary import FUNDING_MODES, LEVELS, MARKET_MODES, SHARE_WORDS, Funding, Level, Share
from kernel.fields import Upload, Words
from kernel.words import N_
from registry.vocabulary.purposes import PURPOSES, PurposeClass

WHOLE_BP = 10_000


class ApplicationInput(Schema):
    """What an applicant fills in. `sources` are resources at first level, elements at second."""

    level = fields.Enum(
        Level, by_value=True, required=True, metadata={"label": N_("Level"), "choices": LEVELS, "widget": "radios"}
    )
    title = Words(required=True, validate=validate.Length(max=120), metadata={"label": N_("Title of the application")})
    parent_right_id = fields.UUID(
        load_default=None,
        metadata={"label": N_("First-level right the elements come from"), "basis": "WZ36", "widget": "select"},
    )
    sources = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(min=1, max=500),
        metadata={"label": N_("What you want to develop"), "basis": "WZ35–36", "widget": "checkboxes"},
    )
    purposes = fields.List(
        fields.Enum(PurposeClass, by_value=True),
        required=True,
        validate=validate.Length(min=1),
        metadata={
            "label": N_("Purposes the products may be used for"),
            "hint": N_("Public governance and public welfare are free of charge for the user."),
            "basis": "WZ34, YN L121",
            "choices": PURPOSES,
        },
    )
    purpose_text = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("Purpose and scenarios"),
            "hint": N_("What the results are for, who will use them, and why these data are needed for it."),
            "basis": "WZ36",
            "widget": "textarea",
        },
    )
    plan = Words(
        required=True,
        validate=validate.Length(max=8000),
        metadata={
            "label": N_("Development plan"),
            "hint": N_("Planned products and services, technical standards, steps and dates."),
            "widget": "textarea",
        },
    )
    ability = Words(
        required=True,
        validate=validate.Length(max=8000),
        metadata={
            "label": N_("Technical condition and processing ability"),
            "hint": N_("People, systems, experience with comparable data."),
            "basis": "WZ36",
            "widget": "textarea",
        },
    )
    security = Words(
        required=True,
        validate=validate.Length(max=8000),
        metadata={
            "label": N_("Security management"),
            "hint": N_("Responsible person and department, protection level, access control, log, emergency plan."),
            "basis": "WZ36",
            "widget": "textarea",
        },
    )
    territory = fields.List(
        fields.String(validate=validate.Length(max=40)),
        required=True,
        validate=validate.Length(min=1, max=200),
        metadata={"label": N_("Territory in which the results may be provided"), "widget": "checkboxes"},
    )
    starts_on = fields.Date(required=True, metadata={"label": N_("From")})
    ends_on = fields.Date(
        required=True,
        metadata={"label": N_("Until"), "hint": N_("The longest term follows from the rules of the jurisdiction.")},
    )
    funding_mode = fields.Enum(
        Funding,
        by_value=True,
        load_default=None,
        metadata={"label": N_("How the cost is met"), "basis": "WZ35", "choices": FUNDING_MODES, "widget": "radios"},
    )
    shared_source_ids = fields.List(
        fields.UUID(),
        load_default=list,
        metadata={
            "label": N_("Resources that contain data obtained by sharing"),
            "hint": N_("They may only be used with the consent of the providing unit."),
            "basis": "YN L120",
            "widget": "checkboxes",
        },
    )
    provider_consent = Words(
        load_default="",
        validate=validate.Length(max=1000),
        metadata={
            "label": N_("Consent of the providing unit"),
            "hint": N_("Name of the unit, number and date of its consent."),
            "basis": "YN L120",
        },
    )
    attachment = Upload(
        load_default=None,
        metadata={
            "label": N_("Attachment"),
            "hint": N_("Further material in one file: PDF, spreadsheet or picture."),
            "accept": ".pdf,.xlsx,.csv,.png,.jpg",
        },
    )

    @validates_schema
    def check_level(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """At second level the right above must be named; at first level the way the cost is met."""
        if data["level"] is Level.SECOND and data["parent_right_id"] is None:
            raise ValidationError({"parent_right_id": [N_("Choose the first-level right the elements come from.")]})
        if data["level"] is Level.FIRST and data["funding_mode"] is None:
            raise ValidationError({"funding_mode": [N_("Choose how the cost is met.")]})
        if data["ends_on"] <= data["starts_on"]:
            raise ValidationError({"ends_on": [N_("The end must be later than the beginning.")]})


class ReturnInput(Schema):
    """Everything that is missing, said once."""

    comments = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("What has to be supplemented"),
            "hint": N_("Say everything at once; the applicant answers with one supplement."),
            "widget": "textarea",
        },
    )


def _points(label: str) -> fields.Integer:
    return fields.Integer(
        required=True,
        validate=validate.Range(0, 100),
        metadata={"label": label, "hint": N_("Points from 0 to 100."), "basis": "WZ36"},
    )


class AssessmentInput(Schema):
    """The points by criterion, and the opinion."""

    purpose = _points(N_("Purpose of development"))
    technology = _points(N_("Technical condition"))
    processing = _points(N_("Processing ability"))
    security = _points(N_("Security management"))
    opinion = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={"label": N_("Opinion"), "hint": N_("Why these points, and what you recommend."), "widget": "textarea"},
    )


class ShareInput(Schema):
    """One party's part of the income, in basis points (10,000 = the whole)."""

    party = fields.UUID(required=True, metadata={"label": N_("Party")})
    role = fields.Enum(
        Share, by_value=True, required=True, metadata={"label": N_("In the role of"), "choices": list(SHARE_WORDS.items())}
    )
    share_bp = fields.Integer(
        required=True, validate=validate.Range(1, WHOLE_BP), metadata={"label": N_("Basis points (100 = 1 %)")}
    )


class RefusalInput(Schema):
    """A refusal states its reasons and its legal basis."""

    reasons = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={"label": N_("Reasons"), "widget": "textarea"},
    )
    basis = Words(
        required=True,
        validate=validate.Length(max=500),
        metadata={"label": N_("Legal basis"), "hint": N_("Articles by number, for example WZ35.")},
    )


class GrantInput(RefusalInput):
    """A grant: reasons, basis, conditions, how the income is shared, how the cost is met, and a shorter term if any."""

    conditions = Words(
        load_default="", validate=validate.Length(max=4000), metadata={"label": N_("Conditions"), "widget": "textarea"}
    )
    income_shares = fields.List(
        fields.Nested(ShareInput),
        required=True,
        validate=validate.Length(min=1, max=50),
        metadata={
            "label": N_("Shares of the income"),
            "hint": N_("In basis points; together exactly 10,000."),
            "basis": "WZ35–36",
        },
    )
    funding_mode = fields.Enum(
        Funding,
        by_value=True,
        load_default=None,
        metadata={"label": N_("How the cost is met"), "basis": "WZ35", "choices": FUNDING_MODES, "widget": "radios"},
    )
    market_mode = fields.String(
        load_default=None,
        validate=validate.OneOf([value for value, _ in MARKET_MODES]),
        metadata={"label": N_("Manner of bringing in the developer"), "basis": "CD36", "choices": MARKET_MODES},
    )
    ends_on = fields.Date(
        load_default=None,
        metadata={"label": N_("Shorter term, until"), "hint": N_("Leave empty to grant the term applied for.")},
    )


class AssessmentView(Schema):
    """An assessment as JSON."""

    assessor = fields.String(attribute="assessor_name")
    scores = fields.Dict()
    opinion = fields.String()
    at = fields.AwareDateTime()


class DecisionView(Schema):
    """A decision as JSON."""

    outcome = fields.String()
    reasons = fields.String()
    basis = fields.String()
    conditions = fields.String()
    income_shares = fields.List(fields.Dict())
    funding_mode = fields.String(allow_none=True)
    market_mode = fields.String(allow_none=True)
    decided_by = fields.String(attribute="decided_by_name")
    at = fields.AwareDateTime()
    document_id = fields.UUID(allow_none=True)


class ApplicationView(Schema):
    """An application as JSON. Assessment points stay with the authority."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    level = fields.String()
    applicant_id = fields.UUID()
    title = fields.String()
    purposes = fields.List(fields.String())
    purpose_text = fields.String()
    plan = fields.String()
    ability = fields.String()
    security = fields.String()
    territory = fields.List(fields.String())
    starts_on = fields.Date()
    ends_on = fields.Date()
    funding_mode = fields.String(allow_none=True)
    parent_right_id = fields.UUID(allow_none=True)
    comments = fields.String()
    submitted_at = fields.AwareDateTime(allow_none=True)
