"""Settlements and statements."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from billing.schemas.parts import day_field
from jurisdictions import tree
from kernel.actor import Actor
from kernel.words import N_


def places(actor: Actor) -> list[tuple[str, str]]:
    """The places an actor answers for, as choices."""
    named = [tree.jurisdiction(code) for code in sorted(actor.jurisdictions)]
    return [(place.code, f"{place.name_zh} {place.name_en}") for place in named]


class SettlementInput(Schema):
    """The place and the period to settle."""

    jurisdiction = fields.String(
        required=True, metadata={"label": N_("Jurisdiction"), "choices": places, "widget": "select"}
    )
    period_from = day_field(N_("Period from"))
    period_to = day_field(
        N_("Period to"), hint=N_("A day that is over: what is settled must not move any more.")
    )

    @validates_schema
    def days_in_order(self, data: dict[str, Any], **_: Any) -> None:
        """A period does not end before it begins."""
        if data["period_to"] < data["period_from"]:
            raise ValidationError({"period_to": [N_("The period ends before it begins.")]})


class SettlementView(Schema):
    """A settlement as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    period_from = fields.Date()
    period_to = fields.Date()
    gross_minor = fields.Integer()
    waived_minor = fields.Integer()
    line_count = fields.Integer()
    paid_minor = fields.Integer(allow_none=True)
    currency = fields.String()


class StatementView(Schema):
    """A statement as JSON."""

    id = fields.UUID()
    settlement_id = fields.UUID()
    party_id = fields.UUID()
    party_name = fields.String()
    jurisdiction = fields.String()
    period_from = fields.Date()
    period_to = fields.Date()
    share_minor = fields.Integer()
    payable_minor = fields.Integer()
    waived_minor = fields.Integer()
    document_id = fields.UUID()
