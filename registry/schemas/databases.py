"""Databases, catalogues of a place and rounds of adjustment, in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from registry.schemas.choices import agencies, own_places
from registry.vocabulary.collecting import DATABASE_KINDS

REASONS = {"label": N_("Reasons"), "widget": "textarea"}
ITEMS = r"[、,，;；\n]"


def _reasons(basis: str = "", *, required: bool = True) -> Words:
    metadata = REASONS | ({"basis": basis} if basis else {})
    if required:
        return Words(required=True, validate=validate.Length(1, 2000), metadata=metadata)
    return Words(load_default="", validate=validate.Length(max=2000), metadata=metadata)


class DatabaseDetails(Schema):
    """What a base or theme database is for, and who leads it."""

    title = Words(
        required=True, validate=validate.Length(1, 120), metadata={"label": N_("Name of the database")}
    )
    agency_id = fields.UUID(
        required=True,
        metadata={
            "label": N_("Lead department"),
            "widget": "select",
            "choices": agencies,
            "basis": "CD16; CD20; LS14; YN L34",
        },
    )
    scope = Words(
        load_default="",
        validate=validate.Length(max=2000),
        metadata={"label": N_("What it holds"), "widget": "textarea"},
    )
    basis = Words(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"label": N_("Legal basis"), "hint": N_("The rule or decision it rests on.")},
    )


class DatabaseInput(DatabaseDetails):
    """A base or theme database of a place."""

    jurisdiction = fields.String(
        required=True, metadata={"label": N_("Jurisdiction"), "widget": "select", "choices": own_places}
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(tuple(DATABASE_KINDS)),
        metadata={
            "label": N_("Kind of database"),
            "widget": "radios",
            "choices": list(DATABASE_KINDS.items()),
            "basis": "WZ10; CD15; YN L34-35",
        },
    )
    code = Words(
        allow_none=True,
        validate=validate.Length(max=80),
        metadata={
            "label": N_("Database named by the rule"),
            "hint": N_("Leave it empty for a theme database of the place's own."),
        },
    )


class EnlistInput(Schema):
    """An entry that goes into a database, with its items."""

    entry_id = fields.UUID(required=True, metadata={"label": N_("Catalogue entry"), "widget": "hidden"})
    items = fields.List(
        Words(validate=validate.Length(1, 100)),
        load_default=list,
        validate=validate.Length(max=500),
        metadata={
            "label": N_("Data items that go into it"),
            "separator": ITEMS,
            "hint": N_("Separated by commas; leave it empty for all of them."),
        },
    )


class StrikeInput(Schema):
    """An entry that leaves a database."""

    entry_id = fields.UUID(required=True, metadata={"label": N_("Catalogue entry"), "widget": "hidden"})
    reasons = _reasons()


class CompileInput(Schema):
    """What is new in the catalogue of a database or a place."""

    note = Words(
        load_default="",
        validate=validate.Length(max=2000),
        metadata={"label": N_("What is new"), "widget": "textarea"},
    )


class CloseInput(Schema):
    """Why something ends."""

    reasons = _reasons()


class DatabaseView(DatabaseInput):
    """A database as JSON."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    compiled_at = fields.DateTime()
    members_sha256 = fields.String()
    reasons = fields.String()
    created_at = fields.DateTime()


class LocalCatalogueInput(CompileInput):
    """The catalogue of a place, compiled for the level above."""

    jurisdiction = fields.String(
        required=True,
        metadata={
            "label": N_("Jurisdiction"),
            "widget": "select",
            "choices": own_places,
            "basis": "WZ12; LS4; LS9; CD13; YN L41",
        },
    )


class LocalCatalogueReturn(Schema):
    """Why the level above sends a catalogue back."""

    reasons = _reasons("WZ12")


class LocalCatalogueView(LocalCatalogueInput):
    """The catalogue of a place as JSON."""

    id = fields.UUID()
    state = fields.String()
    kind = fields.String()
    edition = fields.String()
    entries = fields.Integer()
    waiting = fields.Integer()
    agencies = fields.Integer()
    sha256 = fields.String()
    compiled_at = fields.DateTime()
    reasons = fields.String()


class RoundInput(Schema):
    """A round of adjustment in a place."""

    jurisdiction = fields.String(
        required=True, metadata={"label": N_("Jurisdiction"), "widget": "select", "choices": own_places}
    )
    title = Words(
        required=True,
        validate=validate.Length(1, 120),
        metadata={"label": N_("Name of the round"), "basis": "WZ30; DG32; YN L105"},
    )
    focus = Words(
        load_default="",
        validate=validate.Length(max=2000),
        metadata={"label": N_("What the agencies should look at"), "widget": "textarea"},
    )


class RoundCloseInput(Schema):
    """Why a round is closed although agencies are missing."""

    reasons = _reasons(required=False)


class RoundView(RoundInput):
    """A round as JSON, with how far it is."""

    id = fields.UUID()
    state = fields.String()
    opened_at = fields.DateTime()
    closed_at = fields.DateTime()
    reasons = fields.String()
    result = fields.Dict()


class PartBeginInput(Schema):
    """The part of an agency in a round."""

    round_id = fields.UUID(required=True, metadata={"label": N_("Round of adjustment")})
    agency_id = fields.UUID(required=True, metadata={"label": N_("Agency")})


class PartConfirmInput(Schema):
    """Which entries an agency confirms as they are."""

    entry_ids = fields.List(
        fields.UUID(),
        load_default=list,
        validate=validate.Length(max=5000),
        metadata={"label": N_("Entries that are right as they are")},
    )
    everything = fields.Boolean(
        load_default=False,
        metadata={"label": N_("All entries that are still open are right as they are"), "widget": "checkbox"},
    )


class PartChangeInput(Schema):
    """An entry that an agency changed during a round."""

    entry_id = fields.UUID(required=True, metadata={"label": N_("Catalogue entry"), "widget": "hidden"})


class PartView(Schema):
    """The part of an agency as JSON."""

    id = fields.UUID()
    round_id = fields.UUID()
    agency_id = fields.UUID()
    title = fields.String()
    jurisdiction = fields.String()
    state = fields.String()
    answered_on = fields.Date()
