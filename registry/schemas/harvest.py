"""Foreign catalogues in and out. Credentials go in and never come out."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from kernel.errors import DomainError
from kernel.fetching import checked
from kernel.fields import Words
from kernel.words import N_, Text
from registry.schemas.choices import agencies, own_places
from registry.vocabulary.harvest import CREDENTIALS, KINDS, RHYTHMS, WHEN_VANISHED


def _chosen(
    words: dict[str, str], label: str, default: str | None = None, hint: str = "", widget: str = "select"
) -> Any:
    about = {"label": label, "hint": hint, "widget": widget, "choices": list(words.items())}
    kept = {name: value for name, value in about.items() if value}
    if default is None:
        return fields.String(required=True, validate=validate.OneOf(tuple(words)), metadata=kept)
    return fields.String(load_default=default, validate=validate.OneOf(tuple(words)), metadata=kept)


class HarvestSourceChange(Schema):
    """What can be changed of a source. The credentials stay where they are left empty."""

    title = Words(
        required=True, validate=validate.Length(1, 120), metadata={"label": N_("Name of the catalogue")}
    )
    kind = _chosen(KINDS, N_("Kind"), widget="radios")
    address = Words(
        required=True,
        validate=validate.Length(8, 1000),
        metadata={
            "label": N_("Address"),
            "hint": N_("Of a DCAT document, of a CKAN site, or of the file. Only public machines are read."),
        },
    )
    rhythm = _chosen(RHYTHMS, N_("How often it is read"), "by_hand")
    grace_days = fields.Integer(
        strict=False,
        load_default=14,
        validate=validate.Range(0, 365),
        metadata={
            "label": N_("Days of grace for records that vanish"),
            "hint": N_("A record that is missing there for longer counts as gone."),
        },
    )
    when_vanished = _chosen(WHEN_VANISHED, N_("When a record has gone"), "report")
    credential = _chosen(CREDENTIALS, N_("Credentials"), "none")
    secret = fields.String(
        load_only=True,
        allow_none=True,
        validate=validate.Length(max=2000),
        metadata={
            "label": N_("Secret"),
            "widget": "password",
            "autocomplete": "off",
            "hint": N_("Kept encrypted and never shown again. Leave empty to keep what is stored."),
        },
    )

    @validates_schema
    def address_can_be_read(self, data: dict[str, Any], **_: Any) -> None:
        """The address is one that may be read at all, and the secret is one that can stand in a header."""
        try:
            checked(data.get("address", ""))
        except DomainError as error:
            raise ValidationError({"address": [error.message]}) from error
        secret = data.get("secret") or ""
        if not secret.isascii() or not secret.isprintable():
            raise ValidationError(
                {"secret": [Text(N_("Use letters, digits and signs of the keyboard only."))]}
            )


class HarvestSourceInput(HarvestSourceChange):
    """A source as it is proposed."""

    jurisdiction = Words(
        validate=validate.Length(1, 60),
        metadata={"label": N_("Jurisdiction"), "widget": "select", "choices": own_places},
    )
    agency_id = fields.UUID(
        metadata={
            "label": N_("Agency"),
            "widget": "select",
            "choices": agencies,
            "hint": N_("Leave empty where each record names its body."),
        }
    )


class HarvestReasons(Schema):
    """Why a source is not read."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reasons"), "widget": "textarea"},
    )


class HarvestBegin(Schema):
    """A reading begins: of which source, and whether it is a rehearsal."""

    source_id = fields.UUID(required=True)
    is_rehearsal = fields.Boolean(required=True)
    started_by_id = fields.UUID(allow_none=True, load_default=None)


class HarvestTake(Schema):
    """A page that was read and stored."""

    storage_key = fields.String(required=True)
    following = fields.String(allow_none=True, load_default=None)


class HarvestTrouble(Schema):
    """Why a page could not be had: a sentence with its values."""

    why = fields.Dict(required=True)


class HarvestExamine(Schema):
    """The import that the pages were put into, and what came twice."""

    import_id = fields.UUID(required=True)
    doubled = fields.List(fields.Dict(), load_default=list)


class HarvestSourceView(Schema):
    """A source as JSON, without its credentials."""

    id = fields.UUID()
    title = fields.String()
    kind = fields.String()
    address = fields.String()
    jurisdiction = fields.String()
    agency_id = fields.UUID(allow_none=True)
    state = fields.String()
    rhythm = fields.String()
    grace_days = fields.Integer()
    when_vanished = fields.String()
    credential = fields.String()
    next_at = fields.DateTime(allow_none=True)
    created_at = fields.DateTime()


class HarvestRunView(Schema):
    """A reading as JSON."""

    id = fields.UUID()
    source_id = fields.UUID()
    state = fields.String()
    is_rehearsal = fields.Boolean()
    counts = fields.Dict()
    vanished = fields.List(fields.Dict())
    doubled = fields.List(fields.Dict())
    problem = fields.Dict(allow_none=True)
    import_id = fields.UUID(allow_none=True)
    created_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
