"""Applications for a development right."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.vocabulary import FUNDING_MODES, LEVELS, Funding, Level
from contracts.vocabulary.decision import SECTIONS
from kernel.fields import Upload, Words
from kernel.words import N_
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES
from registry.vocabulary.purposes import PurposeClass


class BeginInput(Schema):
    """With what an application begins; the sections follow one by one."""

    level = fields.Enum(
        Level,
        by_value=True,
        required=True,
        metadata={"label": N_("Level"), "choices": LEVELS, "widget": "radios"},
    )
    title = Words(
        required=True, validate=validate.Length(max=120), metadata={"label": N_("Title of the application")}
    )
    parent_right_id = fields.UUID(
        load_default=None,
        metadata={
            "label": N_("First-level right the elements come from"),
            "basis": "WZ36",
            "widget": "select",
        },
    )
    sources = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(min=1, max=500),
        metadata={"label": N_("What you want to develop"), "basis": "WZ35–36", "widget": "checkboxes"},
    )

    @validates_schema
    def check_level(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """At second level the right above must be named."""
        if data["level"] is Level.SECOND and data["parent_right_id"] is None:
            raise ValidationError(
                {"parent_right_id": [N_("Choose the first-level right the elements come from.")]}
            )


class ApplicationInput(BeginInput):
    """What an applicant fills in. `sources` are resources at first level, elements at second."""

    purposes = fields.List(
        fields.Enum(PurposeClass, by_value=True),
        required=True,
        validate=validate.Length(min=1),
        metadata={
            "label": N_("Purposes the products may be used for"),
            "hint": N_("Public governance and public welfare are free of charge for the user."),
            "basis": "WZ34, YN L121",
            "choices": PURPOSE_CHOICES,
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
            "hint": N_(
                "Responsible person and department, protection level, access control, log, emergency plan."
            ),
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
        metadata={
            "label": N_("Until"),
            "hint": N_("The longest term follows from the rules of the jurisdiction."),
        },
    )
    funding_mode = fields.Enum(
        Funding,
        by_value=True,
        load_default=None,
        metadata={
            "label": N_("How the cost is met"),
            "basis": "WZ35",
            "choices": FUNDING_MODES,
            "widget": "radios",
        },
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
    exclusive = fields.Boolean(
        load_default=False,
        metadata={
            "label": N_("An exclusive right is applied for: nobody else develops these data meanwhile"),
            "widget": "checkbox",
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
        super().check_level(data)
        if data["level"] is Level.FIRST and data["funding_mode"] is None:
            raise ValidationError({"funding_mode": [N_("Choose how the cost is met.")]})
        if data["ends_on"] <= data["starts_on"]:
            raise ValidationError({"ends_on": [N_("The end must be later than the beginning.")]})


class ReceiveInput(Schema):
    """The selection whose winner applies."""

    selection_id = fields.UUID(required=True)


class GapInput(Schema):
    """One thing that is missing, and in which section."""

    part = fields.String(
        required=True,
        validate=validate.OneOf(list(SECTIONS)),
        metadata={"label": N_("Section"), "choices": list(SECTIONS.items())},
    )
    what = Words(required=True, validate=validate.Length(1, 500), metadata={"label": N_("What is missing")})


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
    gaps = fields.List(
        fields.Nested(GapInput),
        load_default=list,
        validate=validate.Length(max=40),
        metadata={"label": N_("Deficiencies by section"), "hint": N_("Each with what has to be done."), "rows": 4},
    )


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
