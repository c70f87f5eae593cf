"""Sources, overlaps, comparisons and aggregation, in and out."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.fields import Upload, Words
from kernel.words import N_, Text
from registry.schemas.choices import agencies, own_places
from registry.vocabulary.collecting import AGGREGATION_MANNERS, OVERLAP_MANNERS

SOURCE = "DG15; LS10; CD17; YN L39; YN L59"


class LeadSourceInput(Schema):
    """Which agency collects a data item."""

    jurisdiction = fields.String(
        required=True, metadata={"label": N_("Jurisdiction"), "widget": "select", "choices": own_places}
    )
    item = Words(
        required=True, validate=validate.Length(1, 100), metadata={"label": N_("Data item"), "basis": SOURCE}
    )
    agency_id = fields.UUID(
        required=True,
        metadata={
            "label": N_("Lead source"),
            "widget": "select",
            "choices": agencies,
            "hint": N_("The agency that collects the item; all others obtain it by sharing."),
        },
    )
    basis = Words(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"label": N_("Legal basis"), "hint": N_("The rule by which it is the lawful source.")},
    )


class LeadSourceEndInput(Schema):
    """Why a decision on the lead source ends."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reasons"), "widget": "textarea"},
    )


class LeadSourceView(LeadSourceInput):
    """A lead source as JSON."""

    id = fields.UUID()
    state = fields.String()
    reasons = fields.String()
    created_at = fields.DateTime()


class OverlapDetails(Schema):
    """How an agency comes by data that another agency holds already."""

    manner = fields.String(
        required=True,
        validate=validate.OneOf(tuple(OVERLAP_MANNERS)),
        metadata={
            "label": N_("How you obtain the data"),
            "widget": "radios",
            "choices": list(OVERLAP_MANNERS.items()),
            "basis": "WZ18; LS10; CD18; YN L57",
        },
    )
    reason = Words(
        load_default="",
        validate=validate.Length(max=2000),
        metadata={
            "label": N_("Reason"),
            "widget": "textarea",
            "hint": N_("Asked for where the data are collected again: why sharing does not do."),
        },
    )
    basis = Words(allow_none=True, validate=validate.Length(max=200), metadata={"label": N_("Legal basis")})

    @validates_schema
    def _again_needs_a_reason(self, data: dict[str, str], **_kwargs: object) -> None:
        if data.get("manner") == "collected_again" and len(data.get("reason", "")) < 10:
            said = Text(N_("Say why the data have to be collected again although another agency holds them."))
            raise ValidationError({"reason": [said]})


class OverlapInput(OverlapDetails):
    """An entry that is like another agency's, explained."""

    entry_id = fields.UUID(required=True, metadata={"label": N_("Your entry"), "widget": "hidden"})
    other_id = fields.UUID(required=True, metadata={"label": N_("Similar entry"), "widget": "hidden"})


class OverlapQuestionInput(Schema):
    """Why the explanation does not do."""

    question = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("What has to be explained better"), "widget": "textarea"},
    )


class OverlapView(OverlapInput):
    """An explained overlap as JSON."""

    id = fields.UUID()
    agency_id = fields.UUID()
    other_agency_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    question = fields.String()
    created_at = fields.DateTime()


def _table(label: str, *, required: bool = True) -> Upload:
    return Upload(required=required, metadata={"label": label, "accept": ".csv,.xlsx"})


class ComparisonInput(Schema):
    """A data item in the files of two or three sources."""

    item = Words(
        required=True,
        validate=validate.Length(1, 100),
        metadata={"label": N_("Data item to compare"), "basis": "LS13; LS16; YN L39"},
    )
    key = Words(
        required=True,
        validate=validate.Length(1, 100),
        metadata={
            "label": N_("Item that identifies the record"),
            "hint": N_("Such as the credit code; both stand as headings in every file."),
        },
    )
    first_entry_id = fields.UUID(
        required=True, metadata={"label": N_("First source: its entry"), "widget": "select"}
    )
    first_file = _table(N_("First source: its file"))
    second_entry_id = fields.UUID(
        required=True, metadata={"label": N_("Second source: its entry"), "widget": "select"}
    )
    second_file = _table(N_("Second source: its file"))
    third_entry_id = fields.UUID(
        allow_none=True, metadata={"label": N_("Third source: its entry"), "widget": "select"}
    )
    third_file = _table(N_("Third source: its file"), required=False)


class ComparisonConfirmInput(Schema):
    """What the source department found."""

    right_id = fields.UUID(
        allow_none=True,
        metadata={
            "label": N_("Source that is right"),
            "hint": N_("Leave it open where none is right everywhere."),
        },
    )
    finding = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Finding"), "widget": "textarea", "basis": "LS13"},
    )


class ComparisonView(Schema):
    """A comparison as JSON: counts and hashes, never a value."""

    id = fields.UUID()
    agency_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    item = fields.String()
    key = fields.String()
    sources = fields.List(fields.Dict())
    counts = fields.Dict()
    right_id = fields.UUID()
    finding = fields.String()
    created_at = fields.DateTime()


class AggregationInput(Schema):
    """A delivery of an entry's data to where they are aggregated."""

    entry_id = fields.UUID(required=True, metadata={"label": N_("Catalogue entry"), "widget": "hidden"})
    manner = fields.String(
        required=True,
        validate=validate.OneOf(tuple(AGGREGATION_MANNERS)),
        metadata={
            "label": N_("How the data are aggregated"),
            "widget": "radios",
            "choices": list(AGGREGATION_MANNERS.items()),
            "basis": "WZ20; DG17; LS12; CD10; YN L66-68",
        },
    )
    database_id = fields.UUID(
        allow_none=True, metadata={"label": N_("Base or theme database"), "widget": "select"}
    )
    rows = fields.Integer(
        required=True,
        strict=False,
        validate=validate.Range(0, 10**15),
        metadata={"label": N_("Rows delivered")},
    )
    sha256 = Words(
        allow_none=True,
        validate=validate.Regexp(r"^[0-9a-f]{64}$"),
        metadata={"label": N_("SHA-256 of the batch"), "hint": N_("If a file was delivered.")},
    )
    note = Words(
        load_default="",
        validate=validate.Length(max=1000),
        metadata={
            "label": N_("Note"),
            "widget": "textarea",
            "hint": N_("Where only an interface is given: why no copy is made."),
        },
    )


class AggregationVoidInput(Schema):
    """Why a record of aggregation is wrong."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 1000),
        metadata={"label": N_("Reasons"), "widget": "textarea"},
    )


class ReconciliationInput(Schema):
    """What an agency's own data count today, to be held against the copy it delivered last."""

    entry_id = fields.UUID(required=True, metadata={"label": N_("Catalogue entry"), "widget": "hidden"})
    rows = fields.Integer(
        required=True,
        strict=False,
        validate=validate.Range(0, 10**15),
        metadata={"label": N_("Rows of your own data"), "basis": "CD29; DG17"},
    )
    sha256 = Words(
        allow_none=True,
        validate=validate.Regexp(r"^[0-9a-f]{64}$"),
        metadata={
            "label": N_("SHA-256 of your own data"),
            "hint": N_("Of the same file you would deliver today; compared where the delivery has one too."),
        },
    )
    note = Words(
        load_default="",
        validate=validate.Length(max=1000),
        metadata={"label": N_("Note"), "widget": "textarea"},
    )


class ReconciliationCorrectInput(Schema):
    """The delivery that put a difference right."""

    aggregation_id = fields.UUID(required=True)


class ReconciliationView(ReconciliationInput):
    """A reconciliation as JSON."""

    id = fields.UUID()
    agency_id = fields.UUID()
    aggregation_id = fields.UUID()
    corrected_by_id = fields.UUID(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()
    copy_rows = fields.Integer()
    copy_sha256 = fields.String(allow_none=True)
    created_at = fields.DateTime()


class AggregationView(AggregationInput):
    """A record of aggregation as JSON."""

    id = fields.UUID()
    agency_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    target = fields.String()
    at = fields.DateTime()
