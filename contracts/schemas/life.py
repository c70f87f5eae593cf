"""Changes of a right, suspension in part, items to mend, giving a right up, and the exit."""

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from contracts.schemas.decision import ShareInput
from contracts.vocabulary import CLAUSE_WORDS, EXIT_MANNERS, SCOPES
from kernel.fields import Upload, Words
from kernel.words import N_
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES
from registry.vocabulary.purposes import PurposeClass

PAPER = ".pdf,.png,.jpg,.xlsx,.csv"


def _long(label: str, hint: str = "", *, required: bool = True, longest: int = 4000) -> Words:
    about = {"label": label, "widget": "textarea"} | ({"hint": hint} if hint else {})
    if required:
        return Words(required=True, validate=validate.Length(max=longest), metadata=about)
    return Words(load_default="", validate=validate.Length(max=longest), metadata=about)


def _basis() -> Words:
    about = {"label": N_("Legal basis"), "hint": N_("Articles by number, for example YN L180.")}
    return Words(required=True, validate=validate.Length(max=500), metadata=about)


class OfRight(Schema):
    """Which right it is about."""

    right_id = fields.UUID(required=True, metadata={"widget": "hidden"})


class BoundsInput(OfRight):
    """How far the right reaches afterwards; what is left out stays as it is."""

    sources = fields.List(
        fields.UUID(),
        load_default=None,
        validate=validate.Length(max=500),
        metadata={"label": N_("Resources or data elements"), "basis": "WZ35–36", "widget": "checkboxes"},
    )
    purposes = fields.List(
        fields.Enum(PurposeClass, by_value=True),
        load_default=None,
        metadata={"label": N_("Permitted purposes"), "basis": "WZ34, YN L121", "choices": PURPOSE_CHOICES},
    )
    territory = fields.List(
        fields.String(validate=validate.Length(max=40)),
        load_default=None,
        validate=validate.Length(max=200),
        metadata={"label": N_("Territory"), "widget": "checkboxes"},
    )


class AmendmentInput(BoundsInput):
    """An amendment: scope, shares of the income, the words of a clause."""

    income_shares = fields.List(
        fields.Nested(ShareInput),
        load_default=None,
        validate=validate.Length(max=50),
        metadata={
            "label": N_("Shares of the income"),
            "hint": N_("In basis points; together exactly 10,000."),
        },
    )
    clause = fields.String(
        load_default=None,
        validate=validate.OneOf(list(CLAUSE_WORDS)),
        metadata={"label": N_("Clause that is changed"), "choices": list(CLAUSE_WORDS.items())},
    )
    clause_text = _long(N_("The clause as it will read"), required=False)
    reason = _long(N_("Why the change is needed"))

    @pre_load
    def leave_out_empty_rows(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """A party without a figure takes no part."""
        rows = data.get("income_shares")
        if not isinstance(rows, list):
            return data
        said = [row for row in rows if not isinstance(row, dict) or str(row.get("share_bp", "")).strip()]
        return {**data, "income_shares": said or None}


class RenewalInput(OfRight):
    """A renewal: until when, and what was achieved."""

    ends_on = fields.Date(
        required=True,
        metadata={
            "label": N_("Until"),
            "hint": N_(
                "Counted from its first day the right runs no longer than the longest term of the rules."
            ),
            "basis": "27号",
        },
    )
    performance = _long(
        N_("What was achieved under the right"), N_("Elements, products, uses, reports, what was mended.")
    )
    reason = _long(N_("Why the right is renewed"))


class NovationInput(OfRight):
    """Who takes the right over."""

    new_holder_uscc = Words(
        required=True,
        validate=validate.Length(max=30),
        metadata={
            "label": N_("Credit code of the organisation that takes over"),
            "hint": N_("It needs a licence in force for this level, and has to consent."),
        },
    )
    reason = _long(N_("Why the right passes on"))


class ReductionInput(BoundsInput):
    """What is left: untick what is taken away, or name an earlier last day."""

    ends_on = fields.Date(load_default=None, metadata={"label": N_("Earlier last day")})
    reason = _long(N_("Why the right is reduced"))


class OrderedReductionInput(ReductionInput):
    """The same as an order of the authority, which needs a legal basis and a notice."""

    basis = _basis()


class SaidInput(Schema):
    """Reasons, in words."""

    reason = _long(N_("Reason"))


class ImposeInput(SaidInput):
    """Why the reduction is ordered after notice and reply."""

    basis = _basis()


class ChangeReplyInput(Schema):
    """What the holder says to the notice."""

    reply = _long(N_("Your reply"), longest=8000)


class RestrictInput(Schema):
    """A suspension of part of a right."""

    scope = fields.String(
        required=True,
        validate=validate.OneOf([scope for scope, _ in SCOPES]),
        metadata={
            "label": N_("What is suspended"),
            "choices": SCOPES,
            "widget": "radios",
            "basis": "YN L180",
        },
    )
    scope_ids = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=500),
        metadata={"label": N_("Which resources or products"), "widget": "checkboxes"},
    )
    reason = _long(
        N_("Reason"), N_("What happened, and what the holder has to mend before the right is restored.")
    )
    basis = _basis()


class RestInput(Schema):
    """Why an element rests; `right_id` is set by the product where part of a right is suspended."""

    reason = _long(N_("Reason"))
    right_id = fields.UUID(load_default=None, metadata={"widget": "hidden"})


class HandOverInput(Schema):
    """Who works with the element from now on."""

    operator_id = fields.UUID(required=True)


class AdjustInput(Schema):
    """The terms of a right as they become; what is left out stays. Set by the product alone."""

    change_id = fields.UUID(load_default=None)
    sources = fields.List(fields.UUID(), load_default=None)
    purposes = fields.List(fields.String(), load_default=None)
    territory = fields.List(fields.String(), load_default=None)
    ends_on = fields.Date(load_default=None)
    holder_id = fields.UUID(load_default=None)
    old_holder_id = fields.UUID(load_default=None)
    income_shares = fields.List(fields.Dict(), load_default=None)


class ItemInput(OfRight):
    """One thing that has to be mended."""

    what = Words(
        required=True, validate=validate.Length(max=500), metadata={"label": N_("What has to be mended")}
    )
    basis = _basis()
    due_on = fields.Date(
        load_default=None,
        metadata={
            "label": N_("To be mended by"),
            "hint": N_("Empty: the period of the rules."),
            "basis": "YN L180",
        },
    )


class ItemReportInput(Schema):
    """How it was mended."""

    report = _long(N_("What was done"))
    file = Upload(load_default=None, metadata={"label": N_("Proof"), "accept": PAPER})


class AnswerInput(Schema):
    """What the authority found."""

    answer = _long(N_("What was found"))


class BeginExitInput(OfRight):
    """The right that has ended, or that its former holder has passed on."""

    holder_id = fields.UUID(load_default=None)


class HandInInput(Schema):
    """How the data were returned or destroyed."""

    manner = fields.String(
        required=True,
        validate=validate.OneOf([manner for manner, _ in EXIT_MANNERS]),
        metadata={
            "label": N_("Return or destruction"),
            "choices": EXIT_MANNERS,
            "widget": "radios",
            "basis": "YN L120; YN L180",
        },
    )
    media = _long(N_("Which data on which media"))
    kept = _long(N_("What is kept by law, and until when"), N_("For example access logs."), required=False)
    file = Upload(required=True, metadata={"label": N_("Proof"), "accept": PAPER})


class NoteInput(Schema):
    """What the officer saw."""

    note = _long(N_("How it was overseen"))


class SettleInput(Schema):
    """How open claims are settled, where there are any."""

    note = _long(N_("How open claims are settled"), required=False)
