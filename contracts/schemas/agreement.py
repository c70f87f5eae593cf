"""Agreements and commitments: drawn up by the product, signed by people."""

from marshmallow import Schema, fields, validate

from contracts.vocabulary import AGREEMENT_KINDS
from kernel.fields import Words

ABOUT = ["right", "order", "outsourcing", "access", "change"]


class AgreementInput(Schema):
    """What an agreement is drawn up from. `data` is what is printed: see vocabulary.SNAPSHOT_KEYS."""

    kind = fields.String(required=True, validate=validate.OneOf(list(AGREEMENT_KINDS)))
    about_type = fields.String(required=True, validate=validate.OneOf(ABOUT))
    about_id = fields.UUID(required=True)
    title = Words(load_default="")
    jurisdiction = fields.String(required=True)
    party_a_id = fields.UUID(required=True)
    party_b_id = fields.UUID(required=True)
    applied_by_id = fields.UUID(load_default=None)
    # the document keeps the snapshot and its hash; the event need not repeat it
    data = fields.Dict(keys=fields.String(), required=True, load_only=True)


class EndInput(Schema):
    """Why an agreement lapses or ends."""

    reason = Words(required=True, validate=validate.Length(max=4000))


class AgreementView(Schema):
    """An agreement as JSON."""

    id = fields.UUID()
    kind = fields.String()
    state = fields.String()
    jurisdiction = fields.String()
    about_type = fields.String()
    about_id = fields.UUID()
    title = fields.String()
    party_a_id = fields.UUID()
    party_b_id = fields.UUID()
    document_id = fields.UUID()
    signed_by_ids = fields.List(fields.String())
    in_force_at = fields.AwareDateTime(allow_none=True)
