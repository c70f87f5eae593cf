"""Orders in and out. An order brings no price: the server alone knows it."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from marketplace.schemas.numbers import Whole
from marketplace.vocabulary import MOST_UNITS
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES
from registry.vocabulary.purposes import PurposeClass


class OrderInput(Schema):
    """What a buyer orders, how much of it, and for which purpose."""

    product_id = fields.UUID(required=True, metadata={"label": N_("Product"), "widget": "hidden"})
    plan_id = fields.UUID(required=True, metadata={"label": N_("Plan"), "widget": "radios"})
    purpose_class = fields.String(
        validate=validate.OneOf([str(one) for one in PurposeClass]),
        required=True,
        metadata={
            "label": N_("Purpose"),
            "hint": N_("The purpose decides the price, never the seller."),
            "basis": "WZ34; YN L121",
            "choices": PURPOSE_CHOICES,
            "widget": "radios",
        },
    )
    quantity = Whole(
        required=True,
        validate=validate.Range(1, MOST_UNITS),
        metadata={"label": N_("Quantity"), "hint": N_("How many units of the plan.")},
    )
    use_text = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={
            "label": N_("What you will use it for"),
            "hint": N_("Stands in the contract."),
            "widget": "textarea",
        },
    )
    project = Words(
        load_default="",
        validate=validate.Length(max=120),
        metadata={
            "label": N_("Number of the e-government project"),
            "hint": N_("For government buyers whose purchase comes under project management."),
            "basis": "DG36",
        },
    )


class OrderRef(Schema):
    """The order a step belongs to."""

    order_id = fields.UUID(required=True)


class CancelInput(Schema):
    """Why an order falls away."""

    reason = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reason"), "widget": "textarea", "hint": N_("The other side reads this.")},
    )


class OrderView(Schema):
    """An order as JSON. Amounts are fen."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    number = fields.String()
    product_id = fields.UUID()
    product_title = fields.String()
    plan_id = fields.UUID()
    buyer_id = fields.UUID()
    seller_id = fields.UUID()
    purpose_class = fields.String()
    use_text = fields.String()
    project = fields.String()
    declaration_id = fields.UUID(allow_none=True)
    unit = fields.String()
    mode = fields.String()
    quantity = fields.Integer()
    list_price_minor = fields.Integer()
    unit_price_minor = fields.Integer()
    total_minor = fields.Integer()
    waived_minor = fields.Integer()
    currency = fields.String()
    quote = fields.Dict()
    starts_on = fields.Date()
    ends_on = fields.Date()
    sign_by = fields.Date()
    placed_on = fields.Date()
    ended_because = fields.String()
