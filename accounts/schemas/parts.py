"""Fields that several schemas of accounts share."""

from collections.abc import Sequence

from marshmallow import fields, validate

from accounts.vocabulary import PASSWORD_LONGEST
from kernel.fields import Words
from kernel.words import N_

SHORT = validate.Length(max=200)
LONG = validate.Length(max=500)
EMAIL = {"label": N_("E-mail"), "widget": "email", "autocomplete": "username"}
NEW_PASSWORD = {
    "label": N_("New password"),
    "hint": N_("At least 10 characters. A sentence of several words is easy to keep and hard to guess."),
    "widget": "password",
    "autocomplete": "new-password",
}
USCC = {
    "label": N_("Unified social credit code"),
    "hint": N_("18 characters, as on the business licence or certificate."),
    "basis": "GB 32100",
    "widget": "code",
    "maxlength": 18,
}


def email_field(required: bool = True, **metadata: object) -> fields.Email:
    return fields.Email(required=required, validate=SHORT, metadata=EMAIL | metadata)


def password_field(**metadata: object) -> fields.String:
    """Never trimmed, never dumped: it does not come into the log."""
    sizes = validate.Length(max=PASSWORD_LONGEST)
    return fields.String(required=True, load_only=True, validate=sizes, metadata=NEW_PASSWORD | metadata)


def words(label: str, *, required: bool = False, long: bool = False, **metadata: object) -> Words:
    return Words(required=required, validate=LONG if long else SHORT, metadata={"label": label} | metadata)


def roles_field(choices: Sequence[tuple[str, ...]], allowed: tuple[str, ...]) -> fields.List:
    return fields.List(
        fields.String(validate=validate.OneOf(allowed)),
        required=True,
        validate=validate.Length(min=1),
        metadata={"label": N_("Roles"), "widget": "checkboxes", "choices": choices},
    )


def day_field(label: str, **metadata: object) -> fields.Date:
    return fields.Date(required=True, metadata={"label": label, "widget": "date"} | metadata)
