"""Dossiers in and out."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.fields import Upload, Words
from kernel.words import N_, Text
from registry.vocabulary.papers import PAPERS

SHORT = validate.Length(1, 200)


class PaperInput(Schema):
    """A paper for the dossier; it takes the place of the version of its kind that stood there."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(tuple(PAPERS)),
        metadata={
            "label": N_("Kind of paper"),
            "choices": list(PAPERS.items()),
            "widget": "select",
            "basis": "WZ36; YN L120",
        },
    )
    number = Words(load_default="", validate=validate.Length(max=100), metadata={"label": N_("Number of the paper")})
    issuer = Words(required=True, validate=SHORT, metadata={"label": N_("Issued by")})
    valid_from = fields.Date(required=True, metadata={"label": N_("Valid from")})
    valid_until = fields.Date(
        load_default=None,
        metadata={"label": N_("Valid until"), "hint": N_("Leave empty where the paper has no last day.")},
    )
    file = Upload(
        required=True,
        metadata={"label": N_("File of the paper"), "accept": ".pdf,.docx,.xlsx,.png,.jpg", "widget": "file"},
    )

    @validates_schema
    def ends_after_it_begins(self, data: dict[str, Any], **_: Any) -> None:
        """The last day is not before the first."""
        if data.get("valid_until") and data["valid_until"] < data["valid_from"]:
            raise ValidationError([Text(N_("The last day lies before the first."))], "valid_until")


class PaperRemoval(Schema):
    """Which paper leaves the dossier."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(tuple(PAPERS)),
        metadata={"label": N_("Kind of paper"), "choices": list(PAPERS.items()), "widget": "select"},
    )


class TakeOverInput(Schema):
    """Whose papers are taken over where one's own are missing."""

    predecessor_id = fields.UUID(required=True)


class DossierView(Schema):
    """A dossier as JSON, for its organisation and those who oversee it."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    name = fields.String()
    jurisdiction = fields.String()
    state = fields.String()
