"""Imported files in and out."""

from typing import Any

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_
from registry.schemas.choices import agencies, own_places
from registry.vocabulary.entry_fields import ENTRY_FIELDS
from registry.vocabulary.steps import IMPORT_MODES


class ImportInput(Schema):
    """A file to look into. Without an agency the file must name the body of each row."""

    file = Upload(
        required=True,
        metadata={
            "label": N_("Catalogue file"),
            "hint": N_("JSON, CSV or XLSX with one row per entry, headings in Chinese or English."),
            "accept": ".json,.csv,.xlsx",
        },
    )
    jurisdiction = Words(
        validate=validate.Length(1, 60),
        metadata={"label": N_("Jurisdiction"), "widget": "select", "choices": own_places},
    )
    agency_id = fields.UUID(
        metadata={
            "label": N_("Agency"),
            "widget": "select",
            "choices": agencies,
            "hint": N_("Leave empty where the file names the agency of each row."),
        }
    )


class ColumnInput(Schema):
    """One column of the file and the field it stands for; without a field it is kept beside the entry."""

    heading = Words(
        required=True, validate=validate.Length(1, 300), metadata={"label": N_("Heading in the file")}
    )
    field = fields.String(
        load_default="",
        validate=validate.OneOf(("", *ENTRY_FIELDS)),
        metadata={
            "label": N_("Field"),
            "widget": "select",
            "choices": [(name, row.label) for name, row in ENTRY_FIELDS.items()],
        },
    )


class MappingInput(Schema):
    """Which column is which field, as a person says it."""

    columns = fields.List(
        fields.Nested(ColumnInput),
        required=True,
        validate=validate.Length(1, 300),
        metadata={"label": N_("Columns")},
    )


class CarryOutInput(Schema):
    """How an import is carried out."""

    mode = fields.String(
        load_default="best_effort",
        validate=validate.OneOf(tuple(IMPORT_MODES)),
        metadata={
            "label": N_("Rows that can not be taken"),
            "choices": list(IMPORT_MODES.items()),
            "widget": "radios",
        },
    )


class ImportView(Schema):
    """What the examination of a file found. `reasons`: each sentence with how often it occurs."""

    id = fields.UUID()
    file_name = fields.String()
    sha256 = fields.String()
    jurisdiction = fields.String()
    state = fields.String()
    agency_id = fields.UUID(allow_none=True)
    mapping = fields.Dict()
    mapped_by = fields.String()
    mode = fields.String()
    total = fields.Integer()
    position = fields.Integer()
    unknown_headings = fields.List(fields.String(), attribute="unknown")
    counts = fields.Dict()
    reasons = fields.Raw()
    agencies = fields.Dict()
    examined_on = fields.DateTime()


class ImportRowView(Schema):
    """One row of the report."""

    number = fields.Integer()
    outcome = fields.String()
    agency_name = fields.String(allow_none=True)
    title = fields.String(allow_none=True)
    entry_id = fields.UUID(allow_none=True)
    mendings: Any = fields.Raw()
    problems: Any = fields.Raw()
    missing = fields.List(fields.String())
