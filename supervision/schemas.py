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
        },
    )


class CalendarView(Schema):
    """A loaded year."""

    id = fields.UUID()
    year = fields.Integer()
    notice = fields.String()
    loaded_at = fields.DateTime()


class ClockView(Schema):
    """A running clock with the answer to *why this date*."""

    id = fields.UUID()
    heading = fields.String()
    name = fields.String()
    jurisdiction = fields.String()
    waits_for = fields.String()
    started_on = fields.Date()
    due_on = fields.Date()
    provisional = fields.Boolean()
    state = fields.String()
    duties = fields.List(fields.String())
    why = fields.Dict()
