"""Data elements: description, file, lineage."""

from marshmallow import Schema, fields, validate

from contracts.vocabulary import FIELD_TYPES
from kernel.fields import Upload, Words
from kernel.words import N_


class FieldInput(Schema):
    """One field of an element's table."""

    name = Words(required=True, validate=validate.Length(max=60), metadata={"label": N_("Name in the file")})
    title = Words(load_default="", validate=validate.Length(max=120), metadata={"label": N_("Meaning")})
    type = fields.String(
        load_default="text",
        validate=validate.OneOf([value for value, _ in FIELD_TYPES]),
        metadata={"label": N_("Type"), "choices": FIELD_TYPES},
    )


class ElementInput(Schema):
    """What an operator says about a data element it made."""

    right_id = fields.UUID(
        required=True,
        metadata={"label": N_("Development right it was made under"), "basis": "WZ35", "widget": "select"},
    )
    title = Words(
        required=True, validate=validate.Length(max=120), metadata={"label": N_("Name of the element")}
    )
    abstract = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={"label": N_("Description"), "widget": "textarea"},
    )
    columns = fields.List(
        fields.Nested(FieldInput),
        required=True,
        validate=validate.Length(min=1, max=500),
        metadata={"label": N_("Fields"), "hint": N_("Names exactly as in the first row of the file.")},
    )
    resources = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(min=1),
        metadata={
            "label": N_("Resources it was made from"),
            "hint": N_("Only resources the right covers."),
            "basis": "YN L119",
            "widget": "checkboxes",
        },
    )
    treatment = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("Treatment"),
            "hint": N_("How the raw data were cleaned, standardised and desensitised."),
            "basis": "WZ35",
            "widget": "textarea",
        },
    )


class AttachInput(Schema):
    """The file of an element and the day it stands for."""

    file = Upload(
        required=True,
        metadata={
            "label": N_("File"),
            "hint": N_(
                "CSV, JSON (a list of objects) or XLSX (first sheet). The first row holds the field names."
            ),
            "accept": ".csv,.json,.xlsx",
        },
    )
    edition = fields.Date(
        required=True, metadata={"label": N_("Edition"), "hint": N_("The day the data stand for.")}
    )


class ReasonInput(Schema):
    """Why an element is suspended, resumed or withdrawn."""

    reason = Words(
        required=True,
        validate=validate.Length(max=2000),
        metadata={"label": N_("Reason"), "widget": "textarea"},
    )


class ElementView(Schema):
    """An element as JSON, without its file."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    right_id = fields.UUID()
    operator_id = fields.UUID()
    title = fields.String()
    abstract = fields.String()
    fields_ = fields.List(fields.Dict(), data_key="fields", attribute="fields")
    treatment = fields.String()
    edition = fields.Date(allow_none=True)
    format = fields.String(allow_none=True)
    size = fields.Integer(allow_none=True)
    rows = fields.Integer(allow_none=True)
    sha256 = fields.String(allow_none=True)
