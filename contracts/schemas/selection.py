"""Plans, selections and bids, as they come in."""

from datetime import date

from marshmallow import Schema, fields, validate

from contracts.vocabulary import FUNDING_MODES
from contracts.vocabulary.selection import METHODS, MODES
from kernel.fields import Upload, Words
from kernel.words import N_
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES

LONG = validate.Length(1, 8000)
SHORT = validate.Length(1, 160)
HIDDEN = {"widget": "hidden"}


class PartInput(Schema):
    """What the plan says on one of its parts."""

    part = fields.String(required=True, validate=validate.Length(max=60))
    text = Words(load_default="", validate=validate.Length(max=8000))


class PlanInput(Schema):
    """An implementation plan."""

    title = Words(required=True, validate=SHORT, metadata={"label": N_("Title of the plan")})
    mode = fields.String(
        required=True,
        validate=validate.OneOf(list(MODES)),
        metadata={
            "label": N_("Mode of authorisation"),
            "choices": list(MODES.items()),
            "widget": "radios",
            "basis": "27号",
        },
    )
    coverage = Words(
        load_default="",
        validate=validate.Length(max=400),
        metadata={"label": N_("Field or scenario"), "hint": N_("For the modes by field and by scenario.")},
    )
    resources = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, 500),
        metadata={"label": N_("Resources to be authorised"), "basis": "27号", "widget": "checkboxes"},
    )
    purposes = fields.List(
        fields.String(validate=validate.OneOf([value for value, *_ in PURPOSE_CHOICES])),
        required=True,
        validate=validate.Length(min=1),
        metadata={
            "label": N_("Purposes the products may be used for"),
            "choices": PURPOSE_CHOICES,
            "basis": "WZ34, YN L121",
        },
    )
    term_years = fields.Integer(
        required=True,
        validate=validate.Range(1, 99),
        metadata={"label": N_("Term in years"), "basis": "27号"},
    )
    funding_mode = fields.String(
        required=True,
        validate=validate.OneOf([value for value, _ in FUNDING_MODES]),
        metadata={
            "label": N_("How the cost is met"),
            "choices": FUNDING_MODES,
            "widget": "radios",
            "basis": "WZ35",
        },
    )
    method = fields.String(
        required=True,
        validate=validate.OneOf(list(METHODS)),
        metadata={
            "label": N_("How the operator is found"),
            "choices": list(METHODS.items()),
            "widget": "radios",
            "basis": "27号",
        },
    )
    contents = fields.List(
        fields.Nested(PartInput),
        load_default=list,
        validate=validate.Length(max=40),
        metadata={"label": N_("Contents of the plan"), "basis": "27号"},
    )


class PlanDecisionInput(Schema):
    """The collective decision on a plan."""

    approved = fields.String(
        required=True,
        validate=validate.OneOf(["yes", "no"]),
        metadata={
            "label": N_("Outcome"),
            "choices": [
                ("yes", N_("The plan is approved.")),
                ("no", N_("The plan goes back to be changed.")),
            ],
            "widget": "radios",
        },
    )
    meeting = Words(
        required=True,
        validate=SHORT,
        metadata={
            "label": N_("Meeting that decided"),
            "hint": N_("Name of the body of collective leadership."),
            "basis": "27号",
        },
    )
    decided_on = fields.Date(required=True, metadata={"label": N_("Day of the meeting")})
    number = Words(required=True, validate=SHORT, metadata={"label": N_("Number of the minutes")})
    note = Words(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={"label": N_("What was decided"), "widget": "textarea"},
    )
    minutes = Upload(
        load_default=None,
        metadata={"label": N_("Minutes"), "accept": ".pdf,.png,.jpg"},
    )


class PlanChangeInput(Schema):
    """Why a decided plan is changed."""

    reason = Words(
        required=True,
        validate=LONG,
        metadata={
            "label": N_("What is changed, and why"),
            "hint": N_("The changed plan is decided anew."),
            "widget": "textarea",
        },
    )


class CriterionInput(Schema):
    """A criterion of the selection with its weight."""

    name = Words(required=True, validate=SHORT, metadata={"label": N_("Criterion")})
    weight = fields.Integer(required=True, validate=validate.Range(1, 100), metadata={"label": N_("Weight")})


class SelectionAmendment(Schema):
    """A selection as it will be announced."""

    title = Words(required=True, validate=SHORT, metadata={"label": N_("Title of the notice")})
    notice = Words(
        required=True,
        validate=LONG,
        metadata={"label": N_("What is put out to competition"), "widget": "textarea", "basis": "27号"},
    )
    conditions = Words(
        required=True,
        validate=LONG,
        metadata={
            "label": N_("Conditions for the operator"),
            "hint": N_("Ability, credit, security; no condition that keeps able bodies out without need."),
            "widget": "textarea",
            "basis": "27号",
        },
    )
    criteria = fields.List(
        fields.Nested(CriterionInput),
        required=True,
        validate=validate.Length(1, 20),
        metadata={"label": N_("Criteria and weights"), "hint": N_("Together exactly 100."), "rows": 5},
    )
    invited = fields.List(
        fields.UUID(),
        load_default=list,
        metadata={
            "label": N_("Who is invited"),
            "hint": N_("Only for an invited tender."),
            "widget": "checkboxes",
        },
    )
    last_day = fields.Date(
        required=True,
        validate=validate.Range(date(2000, 1, 1), date(2200, 1, 1)),
        metadata={"label": N_("Last day for bids"), "basis": "招标投标法第24条"},
    )
    last_time = fields.Time(
        load_default=None,
        metadata={"label": N_("At (hour and minute, Beijing time)"), "placeholder": "17:00"},
    )


class SelectionInput(SelectionAmendment):
    """A selection for a plan."""

    plan_id = fields.UUID(required=True, metadata=HIDDEN)


class FailInput(Schema):
    """Why a selection fails."""

    reason = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})


class ResultInput(Schema):
    """Which bid is the candidate, and why."""

    bid_id = fields.UUID(required=True, metadata={"label": N_("Candidate"), "widget": "select"})
    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})


class BidInput(Schema):
    """A bid. Nothing of it is written anywhere in clear before the bids are opened."""

    selection_id = fields.UUID(required=True, metadata=HIDDEN)
    plan = Words(
        required=True,
        load_only=True,
        validate=LONG,
        metadata={
            "label": N_("Development plan"),
            "hint": N_("Planned products and services, technical standards, steps and dates."),
            "widget": "textarea",
        },
    )
    ability = Words(
        required=True,
        load_only=True,
        validate=LONG,
        metadata={
            "label": N_("Technical condition and processing ability"),
            "widget": "textarea",
            "basis": "27号",
        },
    )
    security = Words(
        required=True,
        load_only=True,
        validate=LONG,
        metadata={"label": N_("Security management"), "widget": "textarea", "basis": "27号"},
    )
    offer = Words(
        required=True,
        load_only=True,
        validate=LONG,
        metadata={
            "label": N_("Offer"),
            "hint": N_("Price, share of the income, services for the public."),
            "widget": "textarea",
        },
    )
    attachment = Upload(
        load_default=None,
        load_only=True,
        metadata={"label": N_("Attachment"), "accept": ".pdf,.xlsx,.png,.jpg"},
    )


class MinutesInput(Schema):
    """What was negotiated with one bidder."""

    text = Words(
        required=True,
        validate=LONG,
        metadata={"label": N_("Minutes of the negotiation"), "widget": "textarea"},
    )


class ExclusionInput(Schema):
    """Why a bid does not take part in the assessment."""

    reason = Words(
        required=True,
        validate=LONG,
        metadata={
            "label": N_("Which condition of the notice it does not meet"),
            "widget": "textarea",
            "basis": "招标投标法第27条",
        },
    )


class BidEndInput(Schema):
    """Why a bid came to an end."""

    reason = Words(required=True, validate=LONG)
