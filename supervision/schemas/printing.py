"""Shapes of issued documents and of printed files."""

from marshmallow import Schema, fields, validate


class PrintedInput(Schema):
    """Hash and size of the file in bytes, its key in the store, and the versions it was rendered with."""

    sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    size = fields.Integer(required=True, validate=validate.Range(1))
    storage_key = fields.String(required=True)
    renderer = fields.String(required=True)


class DocumentView(Schema):
    """An issued document as JSON: what it is and by what it is checked; its text is in the file."""

    id = fields.UUID()
    number = fields.String()
    kind = fields.String()
    title = fields.String()
    title_en = fields.String()
    state = fields.String()
    jurisdiction = fields.String()
    language = fields.String()
    public = fields.Boolean()
    check_code = fields.String()
    sha256 = fields.String(metadata={"description": "Empty until the file is printed."})
    size = fields.Integer(metadata={"description": "Bytes; 0 until the file is printed."})
    issued_at = fields.AwareDateTime()
    printed_at = fields.AwareDateTime(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)
