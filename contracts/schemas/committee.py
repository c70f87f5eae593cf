"""The committee that assesses bids, objections to its result; and how all of it is shown as JSON."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.fields import Words
from kernel.words import N_, Text
from registry.schemas.choices import assessors
from registry.vocabulary.papers import CONFLICTS, DECLARABLE

LONG = validate.Length(1, 8000)
HIDDEN = {"widget": "hidden"}
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PERSON_OF_BODY = rf"^{_ID}:{_ID}$"


class CommitteeInput(Schema):
    """Who is named to assess the bids of which selection."""

    selection_id = fields.UUID(required=True, metadata=HIDDEN)
    assessor = fields.String(
        required=True,
        validate=validate.Regexp(PERSON_OF_BODY),
        metadata={
            "label": N_("Member of the committee"),
            "choices": assessors,
            "widget": "select",
            "hint": N_("People of the authority and of expert bodies of the place who may decide."),
            "basis": "招标投标法第37条",
        },
    )


class TieInput(Schema):
    """What a member of the committee declares before scoring."""

    impartial = fields.String(
        required=True,
        validate=validate.OneOf(["yes", "no"]),
        metadata={
            "label": N_("Is there anything that ties you to one of the bidders?"),
            "widget": "radios",
            "choices": [
                ("yes", N_("No. I have no tie to any bidder and assess impartially.")),
                ("no", N_("Yes. I must not assess these bids.")),
            ],
        },
    )
    conflict = fields.String(
        load_default=None,
        validate=validate.OneOf(DECLARABLE),
        metadata={
            "label": N_("What ties you to a bidder"),
            "widget": "select",
            "choices": [(key, CONFLICTS[key]) for key in DECLARABLE],
            "hint": N_("Only where there is a tie."),
        },
    )
    explanation = Words(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={"label": N_("Explanation"), "widget": "textarea"},
    )

    @validates_schema
    def says_which(self, data: dict[str, Any], **_: Any) -> None:
        """Who declares a tie says which."""
        if data["impartial"] == "no" and not data.get("conflict"):
            raise ValidationError([Text(N_("Say what ties you to the bidder."))], "conflict")


class BidPointsInput(Schema):
    """Points of one bid for one criterion."""

    bid_id = fields.UUID(required=True)
    criterion = fields.String(required=True)
    points = fields.Integer(required=True, validate=validate.Range(0, 100))


class BidScoreInput(Schema):
    """All points of one member. The log keeps them to itself until the ranking is made."""

    scores = fields.List(
        fields.Nested(BidPointsInput),
        required=True,
        load_only=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Points"), "hint": N_("0 to 100 points."), "basis": "招标投标法第40条"},
    )
    opinion = Words(
        required=True, load_only=True, validate=LONG, metadata={"label": N_("Opinion"), "widget": "textarea"}
    )


class ReleaseInput(Schema):
    """Why a member leaves the committee."""

    conflict = fields.String(
        load_default="other",
        validate=validate.OneOf(tuple(CONFLICTS)),
        metadata={"label": N_("Ground"), "widget": "select", "choices": list(CONFLICTS.items())},
    )
    explanation = Words(
        required=True, validate=LONG, metadata={"label": N_("Explanation"), "widget": "textarea"}
    )


class ResultObjectionInput(Schema):
    """What somebody has against the result."""

    selection_id = fields.UUID(required=True, metadata=HIDDEN)
    grounds = Words(
        required=True,
        validate=LONG,
        metadata={
            "label": N_("What you object to, and why"),
            "widget": "textarea",
            "basis": "招标投标法实施条例第54条",
        },
    )


class ResultAnswerInput(Schema):
    """The answer to an objection."""

    answer = Words(required=True, validate=LONG, metadata={"label": N_("Answer"), "widget": "textarea"})


class PlanView(Schema):
    """A plan as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    body_id = fields.UUID()
    title = fields.String()
    mode = fields.String()
    coverage = fields.String()
    contents = fields.Dict()
    resource_ids = fields.List(fields.String())
    purposes = fields.List(fields.String())
    term_years = fields.Integer()
    funding_mode = fields.String()
    method = fields.String()
    decision = fields.Dict()
    revision = fields.Integer()


class SelectionView(Schema):
    """A selection as JSON: what its notice says, and its result."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    plan_id = fields.UUID()
    body_id = fields.UUID()
    title = fields.String()
    method = fields.String()
    notice = fields.String()
    conditions = fields.String()
    criteria = fields.List(fields.Dict())
    bids_until = fields.AwareDateTime()
    announced_at = fields.AwareDateTime(allow_none=True)
    opened_at = fields.AwareDateTime(allow_none=True)
    ranking = fields.Function(lambda row: row.ranking if row.result_from else [])
    chosen_bid_id = fields.UUID(allow_none=True)
    result_until = fields.Date(allow_none=True)
    failed_because = fields.String()


class BidView(Schema):
    """A bid as JSON: its words are there once it was opened."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    selection_id = fields.UUID()
    bidder_id = fields.UUID()
    handed_in_at = fields.AwareDateTime()
    seal = fields.String()
    contents = fields.Dict()
    opened_at = fields.AwareDateTime(allow_none=True)


class BidAssessmentView(Schema):
    """A member's assessment as JSON. The points appear with the ranking."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    selection_id = fields.UUID()
    assessor_name = fields.String()
    assessor_body = fields.String()
    conflict = fields.String(allow_none=True)
    scores = fields.Function(lambda row: row.scores if row.revealed_at else None)
    opinion = fields.Function(lambda row: row.opinion if row.revealed_at else None)


class ResultObjectionView(Schema):
    """An objection as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    selection_id = fields.UUID()
    organisation_id = fields.UUID()
    grounds = fields.String()
    answer = fields.String()
