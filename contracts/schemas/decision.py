"""The assessment of an application and the decision on it."""

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from contracts.vocabulary import FUNDING_MODES, MARKET_MODES, SHARE_WORDS, Funding, Share
from kernel.fields import Words
from kernel.words import N_

WHOLE_BP = 10_000
PART_OUTCOMES = {"granted": N_("Granted"), "refused": N_("Refused")}


class ScoreInput(Schema):
    """Points for one criterion of the rules."""

    criterion = fields.String(
        required=True, validate=validate.Length(max=60), metadata={"label": N_("Criterion")}
    )
    points = fields.Integer(
        required=True, validate=validate.Range(0, 100), metadata={"label": N_("Points (0–100)")}
    )


class AssessmentInput(Schema):
    """The points by criterion, and the opinion."""

    scores = fields.List(
        fields.Nested(ScoreInput),
        required=True,
        metadata={"label": N_("Points by criterion"), "basis": "WZ36"},
    )
    opinion = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("Opinion"),
            "hint": N_("Why these points, and what you recommend."),
            "widget": "textarea",
        },
    )


class ShareInput(Schema):
    """One party's part of the income, in basis points (10,000 = the whole)."""

    party = fields.UUID(required=True, metadata={"label": N_("Party")})
    role = fields.Enum(
        Share,
        by_value=True,
        required=True,
        metadata={"label": N_("In the role of"), "choices": list(SHARE_WORDS.items())},
    )
    share_bp = fields.Integer(
        required=True,
        validate=validate.Range(1, WHOLE_BP),
        metadata={"label": N_("Basis points (100 = 1 %)")},
    )


class PartInput(Schema):
    """How one of several resources or elements is decided."""

    source_id = fields.UUID(required=True)
    outcome = fields.String(
        required=True,
        validate=validate.OneOf(list(PART_OUTCOMES)),
        metadata={"label": N_("Outcome"), "choices": list(PART_OUTCOMES.items())},
    )
    reasons = Words(load_default="", validate=validate.Length(max=2000), metadata={"label": N_("Reasons")})
    conditions = Words(load_default="", validate=validate.Length(max=2000), metadata={"label": N_("Conditions")})
    funding_mode = fields.String(
        load_default=None,
        validate=validate.OneOf([value for value, _ in FUNDING_MODES]),
        metadata={"label": N_("How the cost is met"), "choices": FUNDING_MODES},
    )


class RefusalInput(Schema):
    """A refusal states its reasons and its legal basis."""

    reasons = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={"label": N_("Reasons"), "widget": "textarea"},
    )
    basis = Words(
        required=True,
        validate=validate.Length(max=500),
        metadata={"label": N_("Legal basis"), "hint": N_("Articles by number, for example WZ35.")},
    )


class GrantInput(RefusalInput):
    """A grant: reasons, basis, conditions, how the income is shared, how the cost is met, and a shorter term if any."""

    conditions = Words(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={"label": N_("Conditions"), "widget": "textarea"},
    )
    library_conditions = fields.List(
        fields.String(),
        load_default=list,
        validate=validate.Length(max=30),
        metadata={
            "label": N_("Conditions from the library"),
            "hint": N_("Each becomes a clause of the agreement and an obligation with its day, test and proof."),
            "basis": "27号; YN L120",
        },
    )
    income_shares = fields.List(
        fields.Nested(ShareInput),
        required=True,
        validate=validate.Length(min=1, max=50),
        metadata={
            "label": N_("Shares of the income"),
            "hint": N_("In basis points; together exactly 10,000."),
            "basis": "WZ35–36",
        },
    )
    funding_mode = fields.Enum(
        Funding,
        by_value=True,
        load_default=None,
        metadata={
            "label": N_("How the cost is met"),
            "basis": "WZ35",
            "choices": FUNDING_MODES,
            "widget": "radios",
        },
    )
    market_mode = fields.String(
        load_default=None,
        validate=validate.OneOf([value for value, _ in MARKET_MODES]),
        metadata={
            "label": N_("Manner of bringing in the developer"),
            "basis": "CD36",
            "choices": MARKET_MODES,
        },
    )
    ends_on = fields.Date(
        load_default=None,
        metadata={
            "label": N_("Shorter term, until"),
            "hint": N_("Leave empty to grant the term applied for."),
        },
    )

    parts = fields.List(
        fields.Nested(PartInput),
        load_default=list,
        validate=validate.Length(max=500),
        metadata={
            "label": N_("Decision on each resource"),
            "hint": N_("Leave it empty to grant all of them on the same terms."),
        },
    )

    @pre_load
    def leave_out_empty_rows(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """A party without a figure takes no part: the page offers all that could."""
        kept = dict(data)
        for name, telling in (("income_shares", "share_bp"), ("parts", "outcome")):
            rows = data.get(name)
            if isinstance(rows, list):
                kept[name] = [row for row in rows if not isinstance(row, dict) or str(row.get(telling, "")).strip()]
        return kept


class AssessmentView(Schema):
    """An assessment as JSON."""

    assessor = fields.String(attribute="assessor_name")
    scores = fields.Dict()
    opinion = fields.String()
    at = fields.AwareDateTime()


class DecisionView(Schema):
    """A decision as JSON."""

    outcome = fields.String()
    reasons = fields.String()
    basis = fields.String()
    conditions = fields.String()
    library_conditions = fields.List(fields.Dict())
    income_shares = fields.List(fields.Dict())
    funding_mode = fields.String(allow_none=True)
    market_mode = fields.String(allow_none=True)
    decided_by = fields.String(attribute="decided_by_name")
    at = fields.AwareDateTime()
    document_id = fields.UUID(allow_none=True)
