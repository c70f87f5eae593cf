"""Shapes that enter and leave supervision."""

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_


class CalendarInput(Schema):
    """A year's working days from the official notice."""

    notice = Words(
        required=True,
        validate=validate.Length(2, 200),
        metadata={
            "label": N_("Number of the notice"),
            "hint": N_("The yearly notice on public holidays that the file was made from."),
        },
    )
    file = Upload(
        required=True,
        metadata={
            "label": N_("File of the year"),
            "hint": N_("JSON with the year and its days (name, date, day off or not), or the same as TOML."),
            "accept": ".json,.toml",
            "max_mb": 1,
        },
    )


class TickInput(Schema):
    """What a run did: how many steps of each kind, and the refused ones in words."""

    warned = fields.Integer(required=True, strict=True, validate=validate.Range(0))
    missed = fields.Integer(required=True, strict=True, validate=validate.Range(0))
    swept = fields.Integer(required=True, strict=True, validate=validate.Range(0))
    refused = fields.List(fields.String(), required=True)


class TickView(Schema):
    """A run of what time itself has to do."""

    id = fields.UUID()
    ran_at = fields.DateTime()
    day = fields.Date()
    result = fields.Dict()


class CalendarView(Schema):
    """A loaded year."""

    id = fields.UUID()
    year = fields.Integer()
    notice = fields.String()
    days = fields.Raw()
    loaded_at = fields.DateTime()


class ClockView(Schema):
    """A running clock with the answer to *why this date*."""

    id = fields.UUID()
    subject_type = fields.String()
    subject_id = fields.UUID()
    heading = fields.String()
    name = fields.String()
    jurisdiction = fields.String()
    waits_for = fields.String()
    organisation_id = fields.UUID()
    started_on = fields.Date()
    due_on = fields.Date()
    provisional = fields.Boolean()
    warned_at = fields.DateTime()
    escalated_at = fields.DateTime()
    ledger = fields.List(fields.Dict())
    state = fields.String()
    duties = fields.List(fields.String())
    why = fields.Dict()


class EventView(Schema):
    """An event of the log as it was recorded."""

    id = fields.UUID()
    at = fields.DateTime()
    command = fields.String()
    actor = fields.String(attribute="actor_name")
    organisation_id = fields.UUID()
    subject_type = fields.String()
    subject_id = fields.UUID()
    from_state = fields.String()
    to_state = fields.String()
    profile = fields.String()
    duties = fields.List(fields.String())
