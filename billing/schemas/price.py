"""Caps, permitted revenue and declared purposes."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from billing.schemas.parts import (
    day_field,
    document_field,
    optional_yuan,
    purposes_by,
    reason_field,
    yuan_field,
)
from billing.vocabulary import UNIT_CHOICES, Unit, item_choices, operator_choices
from kernel.fields import Upload, Words
from kernel.words import N_
from registry.vocabulary.purposes import PurposeClass


class ReasonInput(Schema):
    """Why a proposal or a declaration is rejected or revoked."""

    reason = reason_field()


class CapInput(Schema):
    """The most that may be charged for a unit of an item, for a purpose, from a day on."""

    item_id = fields.UUID(
        required=True,
        metadata={"label": N_("Product or data element"), "choices": item_choices, "widget": "select"},
    )
    purpose_class = fields.Enum(
        PurposeClass,
        by_value=True,
        required=True,
        metadata={
            "label": N_("Purpose"),
            "hint": N_("Caps are set for the purposes that may be charged."),
            "basis": "YN L121; 65号",
            "choices": purposes_by("price.charged_purposes"),
            "widget": "radios",
        },
    )
    unit = fields.Enum(
        Unit,
        by_value=True,
        required=True,
        metadata={"label": N_("Charging unit"), "basis": "65号", "choices": UNIT_CHOICES, "widget": "radios"},
    )
    amount_minor = yuan_field(N_("Cap in yuan per unit"), least=1, basis="65号")
    valid_from = day_field(N_("Applies from"), hint=N_("The cap before it ends the day before."))
    document_number = document_field(N_("The document by which the cap is set."))
    grounds = Words(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("Grounds"),
            "hint": N_("Data, computing and storage used, staff, expected quantity."),
            "basis": "65号",
            "widget": "textarea",
        },
    )


class SupersedeInput(Schema):
    """The last day of a cap whose place another takes."""

    valid_until = fields.Date(required=True)


class PermittedInput(Schema):
    """What the permitted revenue of an operator for a period is computed from."""

    operator_id = fields.UUID(
        load_default=None,
        metadata={
            "label": N_("Operator"),
            "hint": N_("Operators leave this empty: it is their own."),
            "choices": operator_choices,
            "widget": "select",
        },
    )
    period_from = day_field(N_("Period from"), basis="65号")
    period_to = day_field(N_("Period to"))
    cost_minor = yuan_field(
        N_("Operating cost in yuan"),
        hint=N_("Only for industry and sector use; the cost of free use is left out."),
        basis="65号",
    )
    subsidy_minor = optional_yuan(N_("Government subsidy in yuan"), hint=N_("Deducted from the cost."))
    capital_minor = optional_yuan(
        N_("Invested capital in yuan"),
        hint=N_("Counts only where the rules apply the profit rate to capital."),
    )
    bond_yield_bp = fields.Integer(
        required=True,
        validate=validate.Range(0, 10_000),
        metadata={
            "label": N_("Ten-year treasury yield (basis points)"),
            "hint": N_("100 = 1 %"),
            "basis": "65号",
        },
    )
    profit_rate_bp = fields.Integer(
        required=True,
        validate=validate.Range(0, 10_000),
        metadata={"label": N_("Profit rate (basis points)"), "hint": N_("100 = 1 %"), "basis": "65号"},
    )
    tax_minor = optional_yuan(N_("Tax in yuan"))
    document_number = document_field(N_("The document by which the permitted revenue is set."))

    @validates_schema
    def days_in_order(self, data: dict[str, object], **_: object) -> None:
        """A period ends after it begins."""
        if data["period_to"] <= data["period_from"]:  # type: ignore[operator]
            raise ValidationError({"period_to": [N_("The period ends before it begins.")]})


class CarryInput(Schema):
    """The excess of the period before, deducted from this one."""

    deduction_minor = fields.Integer(required=True, strict=True, validate=validate.Range(0))


class WarnInput(Schema):
    """The level that income has reached, in percent of the permitted revenue."""

    percent = fields.Integer(required=True, strict=True, validate=validate.Range(1))


class DeclarationInput(Schema):
    """What a buyer will use an item for, and what shows it."""

    item_id = fields.UUID(
        required=True,
        metadata={"label": N_("Product or data element"), "choices": item_choices, "widget": "select"},
    )
    purpose_class = fields.Enum(
        PurposeClass,
        by_value=True,
        required=True,
        metadata={
            "label": N_("Purpose"),
            "hint": N_("The purpose decides the price, never the seller."),
            "basis": "WZ34, YN L121",
            "choices": purposes_by("price.free_purposes"),
            "widget": "radios",
        },
    )
    text = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("What you will use it for"),
            "hint": N_("Task, users of the results, and that nothing is earned with them."),
            "widget": "textarea",
        },
    )
    evidence = Upload(
        required=True,
        metadata={
            "label": N_("Evidence"),
            "hint": N_("For example the decision, project order or charter that gives you the task."),
            "accept": ".pdf,.png,.jpg,.xlsx",
        },
    )


class CapView(Schema):
    """A cap as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    item_id = fields.UUID()
    item_title = fields.String()
    operator_id = fields.UUID()
    purpose_class = fields.String()
    unit = fields.String()
    amount_minor = fields.Integer()
    currency = fields.String()
    valid_from = fields.Date()
    valid_until = fields.Date(allow_none=True)
    document_number = fields.String()
    grounds = fields.String()


class PermittedView(Schema):
    """A permitted revenue as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    operator_id = fields.UUID()
    operator_name = fields.String()
    period_from = fields.Date()
    period_to = fields.Date()
    cost_minor = fields.Integer()
    subsidy_minor = fields.Integer()
    capital_minor = fields.Integer()
    profit_rate_bp = fields.Integer()
    bond_yield_bp = fields.Integer()
    tax_minor = fields.Integer()
    deduction_minor = fields.Integer()
    amount_minor = fields.Integer()
    income_minor = fields.Integer(allow_none=True)
    excess_minor = fields.Integer(allow_none=True)
    warned_percent = fields.Integer()
    currency = fields.String()
    document_number = fields.String()


class DeclarationView(Schema):
    """A declared purpose as JSON, without its evidence."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    buyer_id = fields.UUID()
    seller_id = fields.UUID()
    item_id = fields.UUID()
    item_title = fields.String()
    purpose_class = fields.String()
    text = fields.String()
    reason = fields.String()
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
