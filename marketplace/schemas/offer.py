"""Offers and plans in and out."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from billing.vocabulary import UNIT_CHOICES, Unit
from kernel.fields import Words, Yuan
from kernel.words import N_
from marketplace.schemas.numbers import Whole
from marketplace.vocabulary import MOST_MINOR, MOST_UNITS
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES
from registry.vocabulary.purposes import PurposeClass


class PlanInput(Schema):
    """One way to pay: what a unit is, what it costs, how long the data may be used."""

    unit = fields.String(
        validate=validate.OneOf([str(one) for one in Unit]),
        required=True,
        metadata={"label": N_("Charging unit"), "choices": UNIT_CHOICES},
    )
    price_minor = Yuan(
        required=True, validate=validate.Range(1, MOST_MINOR), metadata={"label": N_("Price of a unit")}
    )
    term_months = Whole(
        load_default=12,
        validate=validate.Range(1, 60),
        metadata={"label": N_("Months of use"), "unit": N_("months")},
    )
    quantity_included = Whole(
        load_default=1,
        validate=validate.Range(1, MOST_UNITS),
        metadata={"label": N_("Calls or items in a unit")},
    )


class OfferInput(Schema):
    """Under which terms a product can be ordered."""

    product_id = fields.UUID(required=True, metadata={"label": N_("Product"), "widget": "hidden"})
    title = Words(
        required=True, validate=validate.Length(1, 120), metadata={"label": N_("Name of the offer")}
    )
    purposes = fields.List(
        fields.String(validate=validate.OneOf([str(one) for one in PurposeClass])),
        required=True,
        validate=validate.Length(min=1),
        metadata={
            "label": N_("Purposes"),
            "hint": N_(
                "Free purposes cost nothing whatever the plan says: the purpose decides, not the seller."
            ),
            "basis": "WZ34; YN L121",
            "choices": PURPOSE_CHOICES,
            "widget": "checkboxes",
        },
    )
    open_from = fields.Date(required=True, metadata={"label": N_("Can be ordered from")})
    open_until = fields.Date(
        load_default=None, allow_none=True, metadata={"label": N_("Can be ordered until")}
    )
    plans = fields.List(
        fields.Nested(PlanInput),
        required=True,
        validate=validate.Length(1, 5),
        metadata={
            "label": N_("Plans"),
            "hint": N_(
                "In yuan. Operators: at most the fee cap in force for the unit. Developers: the market price."
            ),
            "basis": "YN L121; 65号",
            "rows": 2,
        },
    )

    @validates_schema
    def days_in_order(self, data: dict[str, Any], **_: Any) -> None:
        """An offer does not end before it begins."""
        if data.get("open_until") and data["open_until"] < data["open_from"]:
            raise ValidationError({"open_until": [N_("The offer ends before it begins.")]})


class PlanView(Schema):
    """A plan as JSON; the price is that of the list, not yet that of a purpose."""

    id = fields.UUID()
    unit = fields.String()
    price_minor = fields.Integer()
    mode = fields.String()
    term_months = fields.Integer()
    quantity_included = fields.Integer()


class OfferView(Schema):
    """An offer as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    product_id = fields.UUID()
    seller_id = fields.UUID()
    title = fields.String()
    purposes = fields.List(fields.String())
    open_from = fields.Date()
    open_until = fields.Date(allow_none=True)
