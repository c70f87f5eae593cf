"""What commands about people take."""

from marshmallow import Schema, fields, validate

from accounts.schemas.parts import NEW_PASSWORD, email_field, password_field, words
from accounts.vocabulary import LANGUAGE_CHOICES
from kernel.fields import Words
from kernel.words import N_


class PersonInput(Schema):
    """A new account."""

    name = words(N_("Your name"), required=True, autocomplete="name")
    email = email_field(hint=N_("You sign in with it."))
    phone = words(N_("Telephone"), widget="tel", autocomplete="tel")
    password = password_field(label=N_("Password"), hint=NEW_PASSWORD["hint"])
    language = fields.String(
        validate=validate.OneOf(["zh", "en"]),
        load_default="zh",
        metadata={"label": N_("Language of letters to you"), "widget": "select", "choices": LANGUAGE_CHOICES},
    )
    demo_role = Words(metadata={"label": N_("Role in the demonstration")})


class RegistrationInput(PersonInput):
    """What the public page of registration takes: nobody makes a person of the demonstration there."""

    class Meta:
        exclude = ("demo_role",)


class PersonAmendment(Schema):
    """What people may change about themselves. The e-mail address stays: invitations and sign-in rest on it."""

    name = words(N_("Your name"), required=True, autocomplete="name")
    phone = words(N_("Telephone"), widget="tel", autocomplete="tel")
    language = fields.String(
        required=True,
        validate=validate.OneOf(["zh", "en"]),
        metadata={"label": N_("Language of letters to you"), "widget": "select", "choices": LANGUAGE_CHOICES},
    )


class PasswordChange(Schema):
    """The old password proves who is asking."""

    password = password_field(label=N_("Present password"), hint="", autocomplete="current-password")
    new_password = password_field()


class PasswordReplacement(Schema):
    """A new password set from the shell for somebody who lost the old one."""

    new_password = password_field()
