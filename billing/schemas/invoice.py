"""Invoices and their lines."""

from marshmallow import Schema, fields, validate

from billing.schemas.parts import minor_field, reason_field
from billing.vocabulary import PriceMode, Unit
from kernel.fields import Words
from registry.vocabulary.purposes import PurposeClass

MOST_UNITS = 10**9


class LineInput(Schema):
    """What is charged, by whom it is priced and for which purpose. Prices are whole fen a unit."""

    item_id = fields.UUID(required=True)
    title = Words(required=True, validate=validate.Length(max=300))
    quantity = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_UNITS))
    unit = fields.Enum(Unit, by_value=True, required=True)
    list_price_minor = minor_field()
    unit_price_minor = minor_field()
    purpose_class = fields.Enum(PurposeClass, by_value=True, required=True)
    price_mode = fields.Enum(PriceMode, by_value=True, required=True)
    right_id = fields.UUID(required=True)


class InvoiceInput(Schema):
    """An invoice to draw up: between whom, about what, with which lines."""

    issuer_id = fields.UUID(required=True)
    buyer_id = fields.UUID(required=True)
    about_type = fields.String(required=True, validate=validate.Length(max=40))
    about_id = fields.UUID(required=True)
    lines = fields.List(fields.Nested(LineInput), required=True, validate=validate.Length(min=1, max=200))


class EndInput(Schema):
    """Why an invoice is void or credited."""

    reason = reason_field()


class InvoiceLineView(Schema):
    """A line as JSON."""

    item_id = fields.UUID()
    title = fields.String()
    quantity = fields.Integer()
    unit = fields.String()
    list_price_minor = fields.Integer()
    unit_price_minor = fields.Integer()
    amount_minor = fields.Integer()
    waived_minor = fields.Integer()
    purpose_class = fields.String()
    price_mode = fields.String()
    cap_id = fields.UUID(allow_none=True)
    cap_document = fields.String()
    basis = fields.String()


class InvoiceView(Schema):
    """An invoice as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    number = fields.String()
    reference = fields.String()
    issuer_id = fields.UUID()
    issuer_name = fields.String()
    buyer_id = fields.UUID()
    buyer_name = fields.String()
    about_type = fields.String()
    about_id = fields.UUID()
    total_minor = fields.Integer()
    waived_minor = fields.Integer()
    currency = fields.String()
    issued_on = fields.Date()
    due_on = fields.Date()
    document_id = fields.UUID(allow_none=True)
    receipt_id = fields.UUID(allow_none=True)
