"""Payments: announced with a voucher, begun at the provider, confirmed, given back."""

from marshmallow import Schema, fields, validate

from billing.schemas.parts import MOST_MINOR, day_field, reason_field, yuan_field
from kernel.fields import Upload, Words
from kernel.words import N_


class AnnounceInput(Schema):
    """A bank transfer as the buyer reports it."""

    invoice_id = fields.UUID(required=True, metadata={"label": N_("Bill"), "widget": "hidden"})
    amount_minor = yuan_field(N_("Amount transferred in yuan"), least=1)
    paid_on = day_field(N_("Day of the transfer"))
    voucher = Upload(
        required=True,
        metadata={
            "label": N_("Voucher"),
            "hint": N_("The bank's receipt, with the payment reference on it if possible."),
            "accept": ".pdf,.png,.jpg",
        },
    )


class BeginInput(Schema):
    """Which invoice is to be paid through the provider; the amount is the invoice's own."""

    invoice_id = fields.UUID(required=True, metadata={"label": N_("Bill"), "widget": "hidden"})


class AttachInput(Schema):
    """The provider's session a payment goes on in."""

    session_id = fields.String(required=True, validate=validate.Length(max=255))


class ConfirmInput(Schema):
    """What the keeper of the accounts saw in the bank account."""

    amount_minor = yuan_field(N_("Amount received in yuan"), least=1)
    bank_note = Words(
        required=True,
        validate=validate.Length(max=300),
        metadata={
            "label": N_("Entry in the bank statement"),
            "hint": N_("Day and number of the entry under which the money came in."),
        },
    )


class ReceiveInput(Schema):
    """What the provider reports: its event, the payment behind it, amount and currency."""

    event_id = fields.String(required=True, validate=validate.Length(max=255))
    intent_id = fields.String(load_default=None, validate=validate.Length(max=255))
    amount_minor = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_MINOR))
    currency = fields.String(required=True, validate=validate.Length(equal=3))


class RefundInput(Schema):
    """Why the whole payment is given back."""

    reason = reason_field()


class PaymentView(Schema):
    """A payment as JSON, without its voucher."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    invoice_id = fields.UUID()
    invoice_number = fields.String()
    issuer_id = fields.UUID()
    buyer_id = fields.UUID()
    method = fields.String()
    reference = fields.String()
    amount_minor = fields.Integer()
    currency = fields.String()
    paid_on = fields.Date(allow_none=True)
    confirmed_at = fields.AwareDateTime(allow_none=True)
    surplus = fields.Boolean()
    reason = fields.String()
    refund_reason = fields.String()
    refunded_at = fields.AwareDateTime(allow_none=True)
