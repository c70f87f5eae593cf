"""Assessments in and out."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.fields import Words
from kernel.words import N_, Text
from registry.schemas.choices import assessors
from registry.vocabulary.papers import CONFLICTS, DECLARABLE

LONG = validate.Length(1, 4000)


class NamingInput(Schema):
    """Who assesses which application, and for which body."""

    licence_id = fields.UUID(required=True, metadata={"widget": "hidden"})
    assessor = fields.String(
        required=True,
        validate=validate.Regexp(r"^[0-9a-f-]{36}:[0-9a-f-]{36}$"),
        metadata={
            "label": N_("Assessor"),
            "widget": "select",
            "choices": assessors,
            "hint": N_("People of the authority and of expert bodies of the place who may decide."),
            "basis": "WZ36",
        },
    )


class DeclarationInput(Schema):
    """What an assessor declares before seeing the papers."""

    impartial = fields.String(
        required=True,
        validate=validate.OneOf(["yes", "no"]),
        metadata={
            "label": N_("Is there anything that ties you to the applicant?"),
            "widget": "radios",
            "choices": [
                ("yes", N_("No. I have no tie to the applicant and assess impartially.")),
                ("no", N_("Yes. I must not assess this application.")),
            ],
        },
    )
    conflict = fields.String(
        load_default=None,
        validate=validate.OneOf(DECLARABLE),
        metadata={
            "label": N_("What ties you to the applicant"),
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
            raise ValidationError([Text(N_("Say what ties you to the applicant."))], "conflict")


class PointsInput(Schema):
    """Points for one criterion."""

    criterion = fields.String(required=True)
    points = fields.Integer(required=True, validate=validate.Range(0, 100))


class ScoreInput(Schema):
    """Points by criterion and an opinion. The log keeps their seal until all assessors have scored."""

    scores = fields.List(
        fields.Nested(PointsInput),
        required=True,
        load_only=True,
        validate=validate.Length(1, 20),
        metadata={"label": N_("Points by criterion"), "hint": N_("0 to 100 points."), "basis": "WZ36"},
    )
    opinion = Words(
        required=True, load_only=True, validate=LONG, metadata={"label": N_("Opinion"), "widget": "textarea"}
    )


class RecusalInput(Schema):
    """Why an assessor is released."""

    conflict = fields.String(
        load_default="other",
        validate=validate.OneOf(tuple(CONFLICTS)),
        metadata={"label": N_("Ground"), "widget": "select", "choices": list(CONFLICTS.items())},
    )
    explanation = Words(
        required=True, validate=LONG, metadata={"label": N_("Explanation"), "widget": "textarea"}
    )


class AssessmentView(Schema):
    """An assessment as JSON. Points and opinion appear once all assessors have scored."""

    id = fields.UUID()
    licence_id = fields.UUID()
    assessor_id = fields.UUID()
    assessor_name = fields.String()
    assessor_body = fields.String()
    state = fields.String()
    conflict = fields.String(allow_none=True)
    seal = fields.String()
    scores = fields.Function(lambda row: row.scores if row.revealed_at else None)
    opinion = fields.Function(lambda row: row.opinion if row.revealed_at else None)
    jurisdiction = fields.String()
