"""Publicly funded projects and the list of data resources, in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words, Yuan
from kernel.words import N_
from registry.vocabulary import DATA_FORMS
from registry.vocabulary.collecting import PROJECT_KINDS
from registry.vocabulary.terms import TermCode, choices

ITEMS = r"[、,，;；\n]"
GATE = "WZ14; DG48; LS29; YN L50"


class ProjectInput(Schema):
    """A project paid with public money."""

    title = Words(
        required=True, validate=validate.Length(1, 200), metadata={"label": N_("Name of the project")}
    )
    number = Words(
        allow_none=True,
        validate=validate.Length(max=60),
        metadata={"label": N_("Project number"), "hint": N_("As the approving office gave it, if it did.")},
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(tuple(PROJECT_KINDS)),
        metadata={
            "label": N_("Kind of project"),
            "widget": "radios",
            "choices": list(PROJECT_KINDS.items()),
            "basis": GATE,
        },
    )
    summary = Words(
        required=True,
        validate=validate.Length(1, 4000),
        metadata={"label": N_("What is built or bought"), "widget": "textarea"},
    )
    budget_minor = Yuan(required=True, metadata={"label": N_("Public money"), "widget": "money"})
    completes_on = fields.Date(allow_none=True, metadata={"label": N_("Planned completion")})


class ProjectReturnInput(Schema):
    """What the project unit has to supplement or mend."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("What has to be changed"), "widget": "textarea"},
    )


class ProjectDecisionInput(Schema):
    """A decision on a project."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reasons"), "widget": "textarea"},
    )


class ProjectRefusalInput(ProjectDecisionInput):
    """A refusal, with the rule it rests on."""

    basis = Words(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"label": N_("Legal basis"), "basis": "DG48; LS29; YN L49-50"},
    )


class FundInput(Schema):
    """Money or running costs allotted to a project."""

    purpose = Words(
        required=True, validate=validate.Length(1, 200), metadata={"label": N_("What the money is for")}
    )
    amount_minor = Yuan(required=True, metadata={"label": N_("Amount"), "widget": "money"})


class ProjectView(ProjectInput):
    """A project as JSON, with its gate as it stood at the last decision."""

    id = fields.UUID()
    agency_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    reasons = fields.String()
    basis = fields.String()
    gate = fields.Dict()
    approved_at = fields.DateTime()
    accepted_at = fields.DateTime()
    created_at = fields.DateTime()


class HoldingDetails(Schema):
    """Data that an agency holds."""

    title = Words(
        required=True, validate=validate.Length(1, 200), metadata={"label": N_("What the data are called")}
    )
    system = Words(
        required=True,
        validate=validate.Length(1, 200),
        metadata={
            "label": N_("Information system"),
            "hint": N_("The system the data are kept in."),
            "basis": "WZ6; DG6; YN L12",
        },
    )
    items = fields.List(
        Words(validate=validate.Length(1, 100)),
        load_default=list,
        validate=validate.Length(max=500),
        metadata={"label": N_("Data items"), "separator": ITEMS, "hint": N_("Separated by commas.")},
    )
    data_form = TermCode(
        DATA_FORMS,
        allow_none=True,
        metadata={"label": N_("Data form"), "widget": "radios", "choices": choices(DATA_FORMS)},
    )
    record_count = fields.Integer(
        strict=False,
        allow_none=True,
        validate=validate.Range(0, 10**15),
        metadata={"label": N_("Number of records")},
    )
    note = Words(
        load_default="",
        validate=validate.Length(max=2000),
        metadata={"label": N_("Note"), "widget": "textarea"},
    )


class HoldingInput(HoldingDetails):
    """A row of the list of data resources, perhaps of a project."""

    project_id = fields.UUID(allow_none=True, metadata={"label": N_("Project they come from"), "basis": GATE})


class HoldingCatalogueInput(Schema):
    """Which entry catalogues the data."""

    entry_id = fields.UUID(required=True, metadata={"label": N_("Catalogue entry")})


class HoldingRetireInput(Schema):
    """Why the data are no longer held."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reasons"), "widget": "textarea"},
    )


class HoldingView(HoldingInput):
    """A row of the list of data resources as JSON."""

    id = fields.UUID()
    agency_id = fields.UUID()
    entry_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    created_at = fields.DateTime()
