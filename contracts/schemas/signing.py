"""Signing an agreement in one of several ways, and refusing to."""

from marshmallow import Schema, fields, validate

from contracts.vocabulary import SIGNING_WAYS
from kernel import signing
from kernel.fields import Upload, Words
from kernel.words import N_


class SignInput(Schema):
    """A signature: the signer's own password, the hash of the text the signer saw, and what the chosen way asks for.

    Files, passwords and signatures are used once; the event keeps none of them.
    """

    document_sha256 = fields.String(
        required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$"), metadata={"widget": "hidden"}
    )
    capacity = Words(
        load_default="",
        validate=validate.Length(max=60),
        metadata={
            "label": N_("In which capacity you sign"),
            "hint": N_("For example: legal representative, authorised representative."),
        },
    )
    method = fields.String(
        load_default="recorded_act",
        validate=validate.OneOf(list(SIGNING_WAYS)),
        metadata={
            "label": N_("How you sign"),
            "hint": N_("Your password counts in every way; a certificate adds what anybody can check without us."),
            "basis": "DG28–29",
            "widget": "radios",
            "choices": lambda _actor: [(way, SIGNING_WAYS[way]) for way in signing.offered()],
        },
    )
    certificate = Upload(
        load_only=True,
        load_default=None,
        metadata={
            "label": N_("Your certificate file"),
            "hint": N_("To sign in the file: .p12 or .pfx, used once and not kept. For SM2: the certificate alone."),
            "accept": ".p12,.pfx,.cer,.crt,.pem,.der",
        },
    )
    certificate_password = fields.String(
        load_only=True,
        load_default="",
        metadata={
            "label": N_("Password of the certificate file"),
            "widget": "password",
            "autocomplete": "off",
        },
    )
    signature = Upload(
        load_only=True,
        load_default=None,
        metadata={
            "label": N_("SM2 signature made by your device"),
            "hint": N_("Over the downloaded PDF exactly as it is, with SM3 and the usual identifier; DER form."),
            "accept": ".sig,.der,.bin",
        },
    )
    seal = Upload(
        load_only=True,
        load_default=None,
        metadata={
            "label": N_("Image of your organisation's seal"),
            "hint": N_("Optional, PNG. It is shown in the stamp beside your name."),
            "accept": ".png",
        },
    )
    password = fields.String(
        required=True,
        load_only=True,
        metadata={
            "label": N_("Your own password"),
            "hint": N_("By entering it you sign this text for your organisation."),
            "widget": "password",
            "autocomplete": "current-password",
        },
    )


class RefuseInput(Schema):
    """Why a party does not sign."""

    reason = Words(
        required=True,
        validate=validate.Length(min=2, max=2000),
        metadata={
            "label": N_("Why you do not sign"),
            "hint": N_("The other party reads it. The text falls away for both."),
            "widget": "textarea",
        },
    )
