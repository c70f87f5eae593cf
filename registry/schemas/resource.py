"""Data resources in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from registry.vocabulary import FREQUENCIES, LOCAL_LEVELS, NATIONAL_GRADES
from registry.vocabulary.terms import TermCode, choices

LONG = validate.Length(1, 4000)


class ResourceInput(Schema):
    """A data resource as its holder describes it for registration."""

    title = Words(
        required=True, validate=validate.Length(1, 200), metadata={"label": N_("Name of the resource")}
    )
    entry_ids = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, 100),
        metadata={
            "label": N_("Catalogue entries it is made of"),
            "widget": "checkboxes",
            "hint": N_("Published entries of your own catalogue."),
        },
    )
    abstract = Words(required=True, validate=LONG, metadata={"label": N_("Content"), "widget": "textarea"})
    scenario = Words(
        required=True, validate=LONG, metadata={"label": N_("Scenarios of use"), "widget": "textarea"}
    )
    source_legality = Words(
        required=True,
        validate=LONG,
        metadata={
            "label": N_("Lawful source"),
            "widget": "textarea",
            "hint": N_("By which duty and rule the data were collected or made."),
        },
    )
    storage_location = Words(
        required=True, validate=validate.Length(1, 200), metadata={"label": N_("Place of storage")}
    )
    volume = Words(
        required=True,
        validate=validate.Length(1, 100),
        metadata={
            "label": N_("Volume"),
            "hint": N_("Records and size, for example 1.2 million records, 40 GB."),
        },
    )
    update_frequency = TermCode(
        FREQUENCIES,
        required=True,
        metadata={"label": N_("Update frequency"), "choices": choices(FREQUENCIES), "widget": "select"},
    )
    covers_from = fields.Date(metadata={"label": N_("Data from")})
    covers_until = fields.Date(metadata={"label": N_("Data until")})
    national_grade = TermCode(
        NATIONAL_GRADES,
        required=True,
        metadata={
            "label": N_("National grade"),
            "choices": choices(NATIONAL_GRADES),
            "widget": "radios",
            "hint": N_("Core data cannot be registered."),
        },
    )
    local_level = TermCode(
        LOCAL_LEVELS,
        metadata={"label": N_("Local level"), "choices": choices(LOCAL_LEVELS), "widget": "radios"},
    )
    deposit_sha256 = fields.String(
        validate=validate.Regexp(
            r"^[0-9a-f]{64}$", error=N_("A SHA-256 value has 64 characters from 0–9 and a–f.")
        ),
        metadata={
            "label": N_("Evidence deposit (SHA-256)"),
            "hint": N_("The hash of the deposited data, as proof of what was held on that day."),
            "widget": "code",
        },
    )


class RegisterInput(Schema):
    """What the coding of a registration gives the resource."""

    code = fields.String(required=True)
    registered_until = fields.Date(allow_none=True)


class AdjustInput(Schema):
    """What a change, correction or renewal alters in a registered resource."""

    changes = fields.Dict(keys=fields.String(), load_default=dict)
    registered_until = fields.Date(allow_none=True)


class ResourceView(Schema):
    """A data resource as JSON."""

    id = fields.UUID()
    holder_id = fields.UUID()
    title = fields.String()
    abstract = fields.String()
    scenario = fields.String()
    source_legality = fields.String()
    volume = fields.String()
    update_frequency = fields.String()
    covers_from = fields.Date(allow_none=True)
    covers_until = fields.Date(allow_none=True)
    national_grade = fields.String()
    local_level = fields.String(allow_none=True)
    deposit_sha256 = fields.String(allow_none=True)
    code = fields.String(allow_none=True)
    registered_until = fields.Date(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()
