"""Data opened on conditions: application, answer, end."""

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_
from registry.vocabulary.purposes import TERMS


def _long(label: str, hint: str = "", basis: str = "", *, required: bool = True) -> Words:
    given = {"label": label, "widget": "textarea"} | ({"hint": hint} if hint else {})
    given |= {"basis": basis} if basis else {}
    most = validate.Length(max=4000)
    return (
        Words(required=True, validate=most, metadata=given)
        if required
        else Words(load_default="", validate=most, metadata=given)
    )


class AccessInput(Schema):
    """An application for data opened on conditions."""

    entry_id = fields.UUID(required=True, metadata={"widget": "hidden"})
    purpose = fields.String(
        required=True,
        validate=validate.OneOf(list(TERMS)),
        metadata={
            "label": N_("For which purpose"),
            "choices": [(code, term["en"]) for code, term in TERMS.items()],
            "basis": "WZ32; YN L109",
        },
    )
    purpose_text = _long(N_("What you will do with the data"))
    ability = _long(
        N_("Ability to store, process and protect the data"),
        N_("Systems, people, certificates, experience."),
        "YN L109",
        required=False,
    )
    measures = _long(N_("Security measures"), N_("They are printed in your commitment."), "WZ32; YN L109")
    wanted_until = fields.Date(required=True, metadata={"label": N_("Needed until")})


class AdmitInput(Schema):
    """The agency grants the access and provides the data."""

    file = Upload(required=True, metadata={"label": N_("The data"), "accept": ".csv,.json,.xlsx,.pdf,.zip"})
    ends_on = fields.Date(
        required=True, metadata={"label": N_("Last day of access"), "basis": "WZ32; YN L109"}
    )


class AccessReasonInput(Schema):
    """Why an application is refused or an access ends."""

    reasons = _long(N_("Reasons"))


class AccessView(Schema):
    """An access as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    entry_id = fields.UUID()
    title = fields.String()
    agency_id = fields.UUID()
    applicant_id = fields.UUID()
    purpose = fields.String()
    purpose_text = fields.String()
    wanted_until = fields.Date()
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    reasons = fields.String()
