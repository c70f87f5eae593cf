"""The standing of a code, and the proofs of the log, as JSON."""

from marshmallow import Schema, fields

from supervision.vocabulary import STANDING


class StandingView(Schema):
    """What a machine is told of a code. `status_code` and `action` belong to `status` for good."""

    code = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STANDING)})
    status_code = fields.Integer(required=True)
    action = fields.String(required=True)
    kind = fields.String(allow_none=True, metadata={"description": "registration, licence, right or document"})
    title = fields.String(allow_none=True)
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
    issued_on = fields.Date(allow_none=True)
    issued_by = fields.String(allow_none=True)
    replaced_by = fields.String(allow_none=True)
    local_code = fields.String(allow_none=True)
    national_code = fields.String(allow_none=True)
    sha256 = fields.String(allow_none=True)
    checked_at = fields.DateTime(required=True)
    page = fields.String(required=True)
