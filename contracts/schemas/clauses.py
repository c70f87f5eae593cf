"""Clause templates: what an administrator of the authority writes, and how a version is shown."""

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from contracts.vocabulary import AGREEMENT_KINDS, CLAUSE_WORDS, FROM_CLAUSES
from kernel.fields import Words
from kernel.words import N_

MOST_CLAUSES = 80
PLACES = [
    ("article", N_("Article, numbered")),
    ("plain", N_("Heading without a number")),
    ("annex", N_("Annex, after the signatures")),
]


def _heading(label: str) -> Words:
    return Words(load_default="", validate=validate.Length(max=120), metadata={"label": label})


def _body(label: str, language: str) -> Words:
    return Words(
        required=True,
        validate=validate.Length(max=12_000),
        metadata={"label": label, "widget": "textarea", "lang": language, "rows": 6},
    )


class ClauseInput(Schema):
    """One clause in both languages."""

    key = fields.String(
        required=True,
        validate=validate.Regexp(r"^[a-z][a-z_]{1,59}$", error=N_("Use small letters and _, for example breach.")),
        metadata={"label": N_("Short name")},
    )
    place = fields.String(
        load_default="article",
        validate=validate.OneOf([place for place, _ in PLACES]),
        metadata={"label": N_("Where it stands"), "choices": PLACES},
    )
    covers = fields.String(
        load_default="",
        validate=validate.OneOf(["", *CLAUSE_WORDS]),
        metadata={"label": N_("Mandatory clause it contains"), "choices": list(CLAUSE_WORDS.items())},
    )
    chapter_zh = _heading(N_("Chapter that begins here (Chinese)"))
    chapter_en = _heading(N_("Chapter that begins here (English)"))
    heading_zh = _heading(N_("Heading (Chinese)"))
    heading_en = _heading(N_("Heading (English)"))
    zh = _body(N_("Text (Chinese)"), "zh-CN")
    en = _body(N_("Text (English)"), "en")


class TemplateInput(Schema):
    """A new version of the clauses of a kind of document."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(FROM_CLAUSES),
        metadata={"label": N_("Kind of document"), "choices": [(kind, AGREEMENT_KINDS[kind]) for kind in FROM_CLAUSES]},
    )
    note = Words(
        required=True,
        validate=validate.Length(max=500),
        metadata={"label": N_("What was changed and why"), "basis": "YN L120"},
    )
    clauses = fields.List(
        fields.Nested(ClauseInput),
        required=True,
        validate=validate.Length(min=1, max=MOST_CLAUSES),
        metadata={"label": N_("Clauses"), "basis": "27号; YN L120"},
    )

    @pre_load
    def leave_out_empty_clauses(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """A clause whose name and texts were emptied is dropped."""
        rows = data.get("clauses")
        if not isinstance(rows, list):
            return data
        return {**data, "clauses": [row for row in rows if not isinstance(row, dict) or _says_something(row)]}


def _says_something(row: dict[str, Any]) -> bool:
    return any(str(row.get(part) or "").strip() for part in ("key", "zh", "en"))


class TemplateView(Schema):
    """A version of clauses as JSON."""

    id = fields.UUID()
    kind = fields.String()
    number = fields.Integer()
    based_on = fields.Integer()
    state = fields.String()
    jurisdiction = fields.String()
    note = fields.String()
    clauses = fields.List(fields.Dict())
    drafted_by = fields.String()
    published_by = fields.String()
    published_at = fields.AwareDateTime(allow_none=True)
