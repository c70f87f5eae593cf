"""Obligations of a right."""

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_


class ObligationInput(Schema):
    """What is owed, by whom, on what basis, by when."""

    right_id = fields.UUID(required=True, metadata={"widget": "hidden"})
    what = Words(
        required=True, validate=validate.Length(max=500), metadata={"label": N_("What has to be done")}
    )
    basis = Words(required=True, validate=validate.Length(max=500), metadata={"label": N_("Legal basis")})
    due_on = fields.Date(load_default=None, metadata={"label": N_("To be done by")})
    # the library's condition it comes from; the product hands it over, people impose in words
    condition = fields.Dict(keys=fields.String(), load_default=None, metadata={"widget": "hidden"})


class FulfilInput(Schema):
    """How an obligation was fulfilled."""

    report = Words(
        required=True,
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("What was done"),
            "hint": N_("With the number of any proof."),
            "widget": "textarea",
        },
    )
    proof = Upload(load_default=None, metadata={"label": N_("Proof"), "accept": ".pdf,.docx,.xlsx,.png,.jpg"})


class WaiveInput(Schema):
    """Why an obligation is waived."""

    report = Words(
        required=True,
        validate=validate.Length(max=2000),
        metadata={"label": N_("Reason"), "widget": "textarea"},
    )


class ObligationView(Schema):
    """An obligation as JSON."""

    id = fields.UUID()
    state = fields.String()
    right_id = fields.UUID()
    owner_id = fields.UUID()
    what = fields.String()
    basis = fields.String()
    due_on = fields.Date(allow_none=True)
    report = fields.String()
    condition = fields.Dict(allow_none=True)
    findings = fields.String()
