"""Catalogue entries in and out."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.fields import Upload, Words
from kernel.words import N_
from registry.schemas.choices import agencies
from registry.schemas.entry_fields import ENTRY_INPUT
from registry.schemas.periods import out_of_order
from registry.vocabulary.steps import CHANGE_KINDS


class EntryInput(Schema.from_dict(dict(ENTRY_INPUT))):  # type: ignore[misc]
    """Everything an agency says about an entry. Only the title is needed for a draft."""

    @validates_schema
    def periods_are_in_order(self, data: dict[str, Any], **_: Any) -> None:
        """What the data cover first does not lie after what they cover last."""
        if wrong := out_of_order(data):
            raise ValidationError(wrong)

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """A mapping has a method of the name `items`; what is meant is the key."""
        return obj.get(attr, default) if isinstance(obj, dict) else super().get_attribute(obj, attr, default)


class AmendInput(EntryInput):
    """The same of an entry that stands already. `revision`: the one the text was made from; another has come: 409."""

    revision = fields.Integer(
        strict=False,
        allow_none=True,
        load_only=True,
        metadata={"label": N_("Revision of the text"), "widget": "hidden"},
    )


class AssignInput(Schema):
    """To which agency an imported draft belongs."""

    agency_id = fields.UUID(
        required=True, metadata={"label": N_("Agency"), "widget": "select", "choices": agencies}
    )


class AssessmentsInput(Schema):
    """The papers some rules want before an entry is handed in."""

    secrecy_risk = Upload(
        required=True, metadata={"label": N_("Secrecy-risk assessment"), "basis": "YN L44", "accept": ".pdf"}
    )
    personal_information = Upload(
        required=True,
        metadata={
            "label": N_("Impact assessment on personal information"),
            "basis": "YN L44",
            "accept": ".pdf",
        },
    )
    consent_of = Words(
        required=True,
        validate=validate.Length(1, 60),
        metadata={
            "label": N_("Head who consented"),
            "hint": N_("Name and post of the head of the agency."),
            "basis": "YN L44",
        },
    )
    consented_on = fields.Date(required=True, metadata={"label": N_("Day of the consent")})


class CommentInput(Schema):
    """What the authority says about one field."""

    field = Words(required=True, metadata={"label": N_("Field"), "widget": "hidden"})
    comment = Words(load_default="", validate=validate.Length(max=1000), metadata={"label": N_("Comment")})


class EntryReturnInput(Schema):
    """An entry goes back to its agency: what is to be changed, as a whole and by field."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("What has to be changed"), "widget": "textarea", "basis": "WZ12; DG11; YN L42"},
    )
    comments = fields.List(fields.Nested(CommentInput), metadata={"label": N_("Comments by field")})


class EntryWithdrawInput(Schema):
    """Why an entry leaves the public catalogue."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reasons"), "widget": "textarea", "hint": N_("With the rule they rest on.")},
    )


class TakeOverInput(Schema):
    """What a newer file says of an entry: the fields that changed in it, and the hash of the row."""

    values = fields.Dict(keys=fields.String(), required=True, metadata={"label": N_("Fields")})
    source_hash = fields.String(required=True, metadata={"label": N_("Hash of the row")})


class ExtensionInput(Schema):
    """Why an update takes longer, or why it may not."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reasons"), "widget": "textarea", "basis": "YN L47"},
    )


class ChangeInput(Schema):
    """What changed in law or duties, so that the entry has to follow."""

    kind = fields.String(
        load_default="duties",
        validate=validate.OneOf(tuple(CHANGE_KINDS)),
        metadata={"label": N_("What it is"), "choices": list(CHANGE_KINDS.items()), "widget": "radios"},
    )
    what = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("What changed"), "widget": "textarea", "basis": "WZ13; DG12; CD14; YN L47"},
    )


class EntryView(EntryInput):
    """An entry as JSON. The authority's comments are shown only while it is returned to its agency."""

    id = fields.UUID()
    agency_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    version = fields.Integer()
    revision = fields.Integer()
    change = fields.Dict()
    missing = fields.List(fields.String())
    published_on = fields.Date()
    public_since = fields.DateTime()
    created_at = fields.DateTime()
    comments = fields.Function(lambda entry: entry.comments if entry.state == "returned" else {})
