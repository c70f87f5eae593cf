"""The rights record and the duty to register, in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from registry.vocabulary.steps import DUTY_GROUNDS, OBJECT_TYPES

LONG, SHORT = validate.Length(1, 4000), validate.Length(1, 200)


class DutyInput(Schema):
    """What has to be registered, by whom, and since when."""

    object_type = fields.String(
        load_default="resource",
        validate=validate.OneOf(tuple(OBJECT_TYPES)),
        metadata={"label": N_("What is registered"), "choices": list(OBJECT_TYPES.items()), "widget": "radios"},
    )
    resource_id = fields.UUID(load_default=None, metadata={"label": N_("Data resource"), "widget": "select"})
    product_id = fields.UUID(load_default=None, metadata={"widget": "hidden"})
    title = Words(required=True, validate=SHORT, metadata={"label": N_("Name to be registered")})
    holder_id = fields.UUID(load_default=None, metadata={"widget": "hidden"})
    ground = fields.String(
        required=True,
        validate=validate.OneOf(tuple(DUTY_GROUNDS)),
        metadata={"label": N_("Why"), "choices": list(DUTY_GROUNDS.items()), "widget": "radios"},
    )
    began_on = fields.Date(
        required=True, metadata={"label": N_("Day of the delivery, or since when it is operated"), "widget": "date"}
    )


class MeetInput(Schema):
    """By which registration a duty was met."""

    registration_id = fields.UUID(required=True)


class WaiveInput(Schema):
    """Why something need not be registered after all."""

    reasons = Words(required=True, validate=LONG, metadata={"label": N_("Reasons"), "widget": "textarea"})


class RightInput(Schema):
    """A right in something registered, as it arises."""

    resource_id = fields.UUID(load_default=None)
    product_id = fields.UUID(load_default=None)
    kind = fields.String(required=True)
    organisation_id = fields.UUID(required=True)
    source_type = fields.String(required=True)
    source_id = fields.UUID(required=True)
    source_number = fields.String(required=True)
    jurisdiction = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(load_default=None)


class RightsRecordView(Schema):
    """A right in something registered as JSON."""

    id = fields.UUID()
    resource_id = fields.UUID(allow_none=True)
    product_id = fields.UUID(allow_none=True)
    kind = fields.String()
    organisation_id = fields.UUID()
    organisation_name = fields.String()
    source_number = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)
    ended_on = fields.Date(allow_none=True)
    jurisdiction = fields.String()
    state = fields.String()


class DutyView(Schema):
    """A duty to register as JSON."""

    id = fields.UUID()
    object_type = fields.String()
    resource_id = fields.UUID(allow_none=True)
    product_id = fields.UUID(allow_none=True)
    title = fields.String()
    holder_id = fields.UUID()
    ground = fields.String()
    began_on = fields.Date()
    jurisdiction = fields.String()
    state = fields.String()
