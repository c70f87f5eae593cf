"""Registrars, their rules and the measures about them, in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_
from registry.schemas.choices import registrars, unnamed_registrars
from registry.vocabulary.registrars import FAULTS, MEASURES, SERVICE

LONG, SHORT = validate.Length(1, 4000), validate.Length(1, 200)


def _day(label: str, hint: str = "") -> fields.Date:
    return fields.Date(required=True, metadata={"label": label, "hint": hint, "widget": "date"})


def _long(label: str, hint: str = "") -> Words:
    return Words(required=True, validate=LONG, metadata={"label": label, "hint": hint, "widget": "textarea"})


class NamingInput(Schema):
    """Whom the authority names, by which document, from when to when."""

    organisation_id = fields.UUID(
        required=True,
        metadata={
            "label": N_("Organisation"),
            "widget": "select",
            "choices": unnamed_registrars,
            "hint": N_("Organisations with the role of a registrar that are not named yet."),
        },
    )
    naming_number = Words(
        required=True,
        validate=SHORT,
        metadata={"label": N_("Number of the document by which it is named"), "basis": "YN L115-116"},
    )
    qualified_from = _day(N_("Qualified from"))
    qualified_until = _day(N_("Qualified until"))


class FilingInput(Schema):
    """That the naming was filed with the level above."""

    filed_with = Words(required=True, validate=SHORT, metadata={"label": N_("Filed with")})
    filing_number = Words(required=True, validate=SHORT, metadata={"label": N_("Number of the filing")})
    filed_on = _day(N_("Filed on"))


class QualificationInput(Schema):
    """New days of the qualification."""

    naming_number = Words(
        required=True, validate=SHORT, metadata={"label": N_("Number of the document by which it is named")}
    )
    qualified_from = _day(N_("Qualified from"))
    qualified_until = _day(N_("Qualified until"))


class BecauseInput(Schema):
    """Why."""

    reasons = _long(N_("Reasons"))


class RulesInput(Schema):
    """The rules a registrar wants to work by."""

    title = Words(required=True, validate=SHORT, metadata={"label": N_("Title of the business rules")})
    file = Upload(
        required=True,
        metadata={
            "label": N_("Business rules"),
            "accept": ".pdf,.docx",
            "hint": N_("They are published once the authority consents."),
        },
    )  # fmt: skip


class MeasureInput(Schema):
    """What is done about a registrar, on which facts, under which rule."""

    registrar_id = fields.UUID(required=True, metadata={"label": N_("Registrar"), "widget": "hidden"})
    kind = fields.String(
        required=True,
        validate=validate.OneOf(tuple(MEASURES)),
        metadata={"label": N_("Measure"), "choices": list(MEASURES.items()), "widget": "radios"},
    )
    fault = fields.String(
        required=True,
        validate=validate.OneOf(tuple(FAULTS)),
        metadata={"label": N_("What it is about"), "choices": list(FAULTS.items()), "widget": "radios"},
    )
    facts = _long(N_("Facts"))
    basis = Words(
        required=True, validate=SHORT, metadata={"label": N_("Legal basis"), "hint": N_("Rule and article.")}
    )


class ServiceInput(Schema):
    """When and how the notice came into the registrar's hands."""

    service = fields.String(
        required=True,
        validate=validate.OneOf(tuple(SERVICE)),
        metadata={"label": N_("How it was served"), "choices": list(SERVICE.items()), "widget": "radios"},
    )
    served_on = _day(N_("Served on"), N_("The days to reply count from the next day."))


class MeasureReplyInput(Schema):
    """The registrar's answer to a notice."""

    reply = _long(N_("Your reply"), N_("It is quoted in the decision."))


class OutcomeInput(Schema):
    """What came of it."""

    outcome = _long(N_("Outcome and reasons"))


class ReassignInput(Schema):
    """To whom a case goes whose registrar may not act."""

    registrar_id = fields.UUID(
        required=True, metadata={"label": N_("Registrar"), "widget": "select", "choices": registrars}
    )
    reasons = _long(N_("Reasons"))


class RegistrarView(Schema):
    """A registrar as JSON: what anybody may read."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    organisation_name = fields.String()
    naming_number = fields.String()
    qualified_from = fields.Date()
    qualified_until = fields.Date()
    filed_with = fields.String()
    filing_number = fields.String()
    filed_on = fields.Date(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()


class BusinessRulesView(Schema):
    """Business rules as JSON."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    title = fields.String()
    decided_on = fields.Date(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()


class MeasureView(Schema):
    """A measure as JSON, for its two sides."""

    id = fields.UUID()
    registrar_id = fields.UUID()
    kind = fields.String()
    fault = fields.String()
    facts = fields.String()
    basis = fields.String()
    served_on = fields.Date(allow_none=True)
    reply_due = fields.Date(allow_none=True)
    reply_text = fields.String()
    outcome = fields.String()
    jurisdiction = fields.String()
    state = fields.String()
