"""Development rights: how they begin, rest and end."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_


class EstablishInput(Schema):
    """The decision a right is made from."""

    decision_id = fields.UUID(required=True)


def _reason(hint: str) -> Words:
    return Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={"label": N_("Reason"), "hint": hint, "widget": "textarea"},
    )


def _basis() -> Words:
    return Words(
        required=True,
        validate=validate.Length(max=500),
        metadata={"label": N_("Legal basis"), "hint": N_("Articles by number, for example YN L180.")},
    )


class SuspendInput(Schema):
    """Why a right is suspended. `ground` and `cause_id` are set by the product when something else is the cause."""

    reason = _reason(N_("What happened, and what the holder has to mend before the right is restored."))
    basis = _basis()
    rectify_by = fields.Date(
        load_default=None,
        metadata={
            "label": N_("To be mended by"),
            "hint": N_("Becomes an obligation of the holder; empty: the period of the rules."),
            "basis": "YN L180",
        },
    )
    items = Words(
        load_default="",
        validate=validate.Length(max=8000),
        metadata={
            "label": N_("Items to be mended, one a line"),
            "hint": N_("Each is reported by the holder and closed by another person before the suspension is lifted."),
            "basis": "YN L180",
            "widget": "textarea",
        },
    )
    ground = fields.String(
        load_default="order",
        validate=validate.OneOf(["order", "source", "licence", "cascade"]),
        metadata={"widget": "hidden"},
    )
    cause_id = fields.UUID(load_default=None, metadata={"widget": "hidden"})


class LiftInput(Schema):
    """Why a suspension ends. `ground` and `cause_id` narrow it to one ground; people lift the authority's order."""

    reason = _reason(N_("What was mended, and how it was checked."))
    ground = fields.String(
        load_default="order",
        validate=validate.OneOf(["order", "source", "licence", "cascade"]),
        metadata={"widget": "hidden"},
    )
    cause_id = fields.UUID(load_default=None, metadata={"widget": "hidden"})


class NoticeInput(Schema):
    """The notice that comes before a termination."""

    reason = _reason(N_("What the termination would rest on; the holder can reply before it is decided."))
    basis = _basis()


class ReplyInput(Schema):
    """What the holder says to the notice."""

    reply = Words(
        required=True,
        validate=validate.Length(max=8000),
        metadata={"label": N_("Your reply"), "widget": "textarea"},
    )


class DropInput(Schema):
    """Why the termination is not pursued."""

    reason = _reason(N_("Why the right is not terminated."))


class TerminateInput(Schema):
    """Why a right ends before its time."""

    reason = _reason(N_("Findings, what the holder replied, and why that does not change the outcome."))
    basis = _basis()


class LapseInput(Schema):
    """Why a right that was not signed lapses."""

    reason = _reason(N_("Why the agreements are not concluded."))


class RightView(Schema):
    """A right as JSON."""

    id = fields.UUID()
    number = fields.String()
    title = fields.String()
    state = fields.String()
    jurisdiction = fields.String()
    level = fields.String()
    holder_id = fields.UUID()
    granted_by_id = fields.UUID()
    application_id = fields.UUID()
    parent_id = fields.UUID(allow_none=True)
    purposes = fields.List(fields.String())
    territory = fields.List(fields.String())
    starts_on = fields.Date()
    ends_on = fields.Date()
    funding_mode = fields.String(allow_none=True)
    income_shares = fields.List(fields.Dict())
    in_force_at = fields.AwareDateTime(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    ended_because = fields.String()
