"""Conditions of the library: what an authority writes, and how they are shown."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_

UNIT_WORDS = [("days", N_("Days")), ("months", N_("Months")), ("years", N_("Years"))]


def _words(label: str, language: str) -> Words:
    given = {"label": label, "widget": "textarea", "rows": 2, "lang": language}
    return Words(required=True, validate=validate.Length(max=500), metadata=given)


class ConditionInput(Schema):
    """A condition: owner, test, evidence, due rule, sanction, each in both languages."""

    code = fields.String(
        required=True,
        validate=validate.Regexp(r"^[a-z][a-z_]{2,49}$", error=N_("Use small letters and _, for example breach.")),
        metadata={"label": N_("Short name")},
    )
    owner = fields.String(
        load_default="holder",
        validate=validate.OneOf(["holder"]),
        metadata={"label": N_("Who owes it"), "choices": [("holder", N_("The holder of the right"))]},
    )
    what_zh = _words(N_("What has to be done (Chinese)"), "zh-CN")
    what_en = _words(N_("What has to be done (English)"), "en")
    test_zh = _words(N_("How it is tested (Chinese)"), "zh-CN")
    test_en = _words(N_("How it is tested (English)"), "en")
    evidence_zh = _words(N_("How it is proved (Chinese)"), "zh-CN")
    evidence_en = _words(N_("How it is proved (English)"), "en")
    sanction_zh = _words(N_("What follows if it is not met (Chinese)"), "zh-CN")
    sanction_en = _words(N_("What follows if it is not met (English)"), "en")
    count = fields.Integer(
        required=True,
        validate=validate.Range(0, 1000),
        metadata={"label": N_("Due after so many"), "hint": N_("0: it holds all the time and has no day of its own.")},
    )
    unit = fields.String(
        required=True,
        validate=validate.OneOf([unit for unit, _ in UNIT_WORDS]),
        metadata={"label": N_("Unit of time"), "choices": UNIT_WORDS},
    )
    repeats = fields.Boolean(load_default=False, metadata={"label": N_("Again and again until the right ends")})
    basis = Words(required=True, validate=validate.Length(max=200), metadata={"label": N_("Legal basis")})


class RetireInput(Schema):
    """Why a condition is not used any more."""

    reason = Words(required=True, validate=validate.Length(max=500), metadata={"label": N_("Reason")})


class InspectInput(Schema):
    """What was found when a report was looked at."""

    findings = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={"label": N_("What was found"), "widget": "textarea", "basis": "27号; YN L180"},
    )


class ConditionView(Schema):
    """A condition as JSON."""

    id = fields.UUID()
    code = fields.String()
    state = fields.String()
    jurisdiction = fields.String()
    facts = fields.Dict()
