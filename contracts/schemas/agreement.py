"""Agreements and commitments: drawn up by the product, signed by people."""

from marshmallow import Schema, fields, validate

from contracts.vocabulary import AGREEMENT_KINDS
from kernel.fields import Words
from kernel.words import N_


class AgreementInput(Schema):
    """What an agreement is drawn up from. `data` is what is printed: see vocabulary.SNAPSHOT_KEYS."""

    kind = fields.String(required=True, validate=validate.OneOf(list(AGREEMENT_KINDS)))
    about_type = fields.String(required=True, validate=validate.OneOf(["right", "order", "outsourcing", "access"]))
    about_id = fields.UUID(required=True)
    title = Words(load_default="")
    jurisdiction = fields.String(required=True)
    party_a_id = fields.UUID(required=True)
    party_b_id = fields.UUID(required=True)
    applied_by_id = fields.UUID(load_default=None)
    # the document keeps the snapshot and its hash; the event need not repeat it
    data = fields.Dict(keys=fields.String(), required=True, load_only=True)


class SignInput(Schema):
    """A signature: the signer's own password, and the hash of the text the signer saw."""

    document_sha256 = fields.String(
        required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$"), metadata={"widget": "hidden"}
    )
    capacity = Words(
        load_default="",
        validate=validate.Length(max=60),
        metadata={
            "label": N_("In which capacity you sign"),
            "hint": N_("For example: legal representative, authorised representative."),
        },
    )
    password = fields.String(
        required=True,
        load_only=True,
        metadata={
            "label": N_("Your own password"),
            "hint": N_("By entering it you sign this text for your organisation."),
            "widget": "password",
            "autocomplete": "current-password",
        },
    )


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
