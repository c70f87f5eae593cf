"""Stops and extensions of clocks."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from supervision.vocabulary import STOP_CAUSES

LONG = validate.Length(1, 2000)


class PauseInput(Schema):
    """Why a clock stands still, and how whoever waits was told."""

    cause = fields.String(
        required=True,
        validate=validate.OneOf(list(STOP_CAUSES)),
        metadata={
            "label": N_("Cause"),
            "choices": list(STOP_CAUSES.items()),
            "widget": "radios",
            "basis": "行政许可法第45条",
        },
    )
    explanation = Words(
        required=True, validate=LONG, metadata={"label": N_("Explanation"), "widget": "textarea"}
    )
    served_on = fields.Date(required=True, metadata={"label": N_("Notice of the stop served on")})
    proof = Words(
        required=True,
        validate=validate.Length(1, 300),
        metadata={
            "label": N_("Proof of service"),
            "hint": N_("Who took it, or the number of the posting. Without it the clock runs on."),
        },
    )


class ExtensionInput(Schema):
    """By how much and why."""

    days = fields.Integer(
        required=True,
        strict=False,
        validate=validate.Range(1, 400),
        metadata={"label": N_("By how many working days"), "basis": "行政许可法第42条"},
    )
    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})


class ExtensionRefusal(Schema):
    """Why the time is not lengthened."""

    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})
