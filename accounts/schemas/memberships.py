"""What commands about memberships and mandates take."""

from marshmallow import Schema, fields, validate

from accounts.schemas.parts import SHORT, day_field, email_field
from accounts.vocabulary import MANDATE_CHOICES, MANDATES
from kernel.fields import Words
from kernel.words import N_


class InvitationInput(Schema):
    """A colleague is invited by e-mail address and gets the code from you."""

    email = email_field(autocomplete="off", hint=N_("Your colleague signs in with this address."))


class AdmissionInput(Schema):
    """A person joins an organisation at once, with mandates until a day."""

    person_id = fields.UUID(required=True)
    organisation_id = fields.UUID(required=True)
    mandates = fields.List(fields.String(validate=validate.OneOf(MANDATES)), load_default=list)
    ends_on = fields.Date(load_default=None)


class AcceptanceInput(Schema):
    """The code that the inviting colleague was shown."""

    code = Words(
        required=True,
        load_only=True,
        validate=SHORT,
        metadata={"label": N_("Invitation code"), "widget": "code", "autocomplete": "one-time-code"},
    )


class MandateInput(Schema):
    """What a member may do, from when to when."""

    membership_id = fields.UUID(required=True, metadata={"label": N_("Member"), "widget": "hidden"})
    kind = fields.String(
        required=True,
        validate=validate.OneOf(MANDATES),
        metadata={"label": N_("Mandate"), "widget": "select", "choices": MANDATE_CHOICES},
    )
    starts_on = day_field(N_("First day"))
    ends_on = day_field(N_("Last day"), hint=N_("A mandate always has an end; it can be granted again."))
