"""What commands about sessions, tries and tokens take."""

from marshmallow import Schema, fields, validate

from accounts.schemas.parts import EMAIL, SHORT, day_field, password_field, words
from accounts.vocabulary import SCOPE_CHOICES, SCOPES
from kernel.words import N_


class SignInInput(Schema):
    """The sign-in page. Length is not checked here: a wrong password is simply wrong."""

    email = fields.String(required=True, validate=SHORT, metadata=EMAIL)
    password = password_field(label=N_("Password"), hint="", autocomplete="current-password")


class SessionInput(Schema):
    """A browser that has proved who is behind it. `token` is kept as a hash only."""

    person_id = fields.UUID(required=True)
    agent = fields.String(load_default="")
    address = fields.String(load_default="")
    attempt_id = fields.UUID(load_default=None)


class ActingFor(Schema):
    """The organisation one acts for in this session."""

    organisation_id = fields.UUID(required=True, metadata={"label": N_("Organisation"), "widget": "select"})


class AttemptInput(Schema):
    """A try that the throttle counts."""

    kind = fields.String(required=True, validate=validate.OneOf(["sign_in", "register", "prove"]))
    email = fields.String(required=True, load_only=True)
    address = fields.String(required=True)


class TokenInput(Schema):
    """A key for programs."""

    name = words(N_("What it is for"), required=True)
    scope = fields.String(
        required=True,
        validate=validate.OneOf(list(SCOPES)),
        metadata={"label": N_("What it may do"), "widget": "radios", "choices": SCOPE_CHOICES},
    )
    expires_on = day_field(N_("Last day"), hint=N_("At most one year from today."))
