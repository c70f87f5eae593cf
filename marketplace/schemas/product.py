"""Data products in and out."""

from marshmallow import Schema, fields, validate

from contracts import queries as contracts
from contracts.queries.elements import elements_under
from contracts.vocabulary import FIELD_TYPES, Level
from kernel.actor import Actor
from kernel.fields import Upload, Words
from kernel.words import N_
from marketplace.vocabulary import KIND_CHOICES, Ground, ProductKind
from registry.vocabulary import FREQUENCIES, THEMES
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES
from registry.vocabulary.purposes import PurposeClass
from registry.vocabulary.terms import TermCode, choices


def own_rights(actor: Actor) -> list[tuple[str, str]]:
    """The actor's rights in force, as choices."""
    if actor.organisation_id is None:
        return []
    held = contracts.rights_of_holder(actor.organisation_id, states=("in_force",))
    return [(str(right.id), f"{right.number} {right.title}") for right in held]


def own_elements(actor: Actor) -> list[tuple[str, str]]:
    """The available elements under the actor's rights, as choices that name the right."""
    if actor.organisation_id is None:
        return []
    listed: list[tuple[str, str]] = []
    for right in contracts.rights_of_holder(actor.organisation_id, states=("in_force",)):
        found = elements_under(right.id) if right.level == Level.FIRST else contracts.sources_of_right(right)
        listed += [
            (str(one.id), f"{one.title} ({right.number})") for one in found if one.state == "available"
        ]
    return listed


class ProductField(Schema):
    """One field of the product's table."""

    name = Words(required=True, validate=validate.Length(1, 60), metadata={"label": N_("Name in the file")})
    title = Words(load_default="", validate=validate.Length(max=120), metadata={"label": N_("Meaning")})
    type = fields.String(
        load_default="text",
        validate=validate.OneOf([value for value, _ in FIELD_TYPES]),
        metadata={"label": N_("Type"), "choices": FIELD_TYPES},
    )


class ProductInput(Schema):
    """What a seller says about a product it made."""

    right_id = fields.UUID(
        required=True,
        metadata={
            "label": N_("Development right it rests on"),
            "basis": "WZ35–36; YN L119",
            "widget": "select",
            "choices": own_rights,
        },
    )
    elements = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, 200),
        metadata={
            "label": N_("Data elements it is made of"),
            "hint": N_("Only elements of the chosen right."),
            "basis": "YN L119",
            "widget": "checkboxes",
            "choices": own_elements,
        },
    )
    kind = fields.String(
        validate=validate.OneOf([str(one) for one in ProductKind]),
        required=True,
        metadata={
            "label": N_("Kind of product"),
            "basis": "DG34; YN L101",
            "choices": KIND_CHOICES,
            "widget": "radios",
        },
    )
    title = Words(
        required=True, validate=validate.Length(1, 120), metadata={"label": N_("Name of the product")}
    )
    title_en = Words(
        load_default="", validate=validate.Length(max=200), metadata={"label": N_("Name in English")}
    )
    abstract = Words(
        required=True,
        validate=validate.Length(1, 4000),
        metadata={"label": N_("Description"), "widget": "textarea", "hint": N_("Everybody reads this.")},
    )
    columns = fields.List(
        fields.Nested(ProductField),
        load_default=list,
        validate=validate.Length(max=500),
        attribute="fields",
        metadata={
            "label": N_("Fields"),
            "hint": N_("For tables: names exactly as in the first row of the file."),
        },
    )
    purposes = fields.List(
        fields.String(validate=validate.OneOf([str(one) for one in PurposeClass])),
        required=True,
        validate=validate.Length(min=1),
        metadata={
            "label": N_("Purposes it may be used for"),
            "hint": N_("Only purposes that the right permits."),
            "basis": "WZ34; YN L121",
            "choices": PURPOSE_CHOICES,
            "widget": "checkboxes",
        },
    )
    theme = TermCode(THEMES, load_default=None, metadata={"label": N_("Theme"), "choices": choices(THEMES)})
    keywords = fields.List(
        Words(validate=validate.Length(1, 40)),
        load_default=list,
        validate=validate.Length(max=20),
        metadata={"label": N_("Keywords"), "separator": r"[、,，;；\n]"},
    )
    update_frequency = TermCode(
        FREQUENCIES,
        load_default=None,
        metadata={"label": N_("How often it is renewed"), "choices": choices(FREQUENCIES)},
    )
    treatment = Words(
        load_default="",
        validate=validate.Length(max=4000),
        metadata={
            "label": N_("Treatment of personal information"),
            "hint": N_("How it was masked or left out. Needed where the description names any."),
            "basis": "DG35; YN L124",
            "widget": "textarea",
        },
    )
    exchange_reference = Words(
        load_default="",
        validate=validate.Length(max=120),
        metadata={
            "label": N_("Reference of the exchange"),
            "hint": N_("The number under which the exchange lists the product, where the rules ask for one."),
            "basis": "DG36; YN L122",
        },
    )


class AttachInput(Schema):
    """The file of a product, the day it stands for, and the sample everybody sees."""

    file = Upload(
        required=True,
        metadata={
            "label": N_("File"),
            "hint": N_(
                "Tables: CSV, JSON or XLSX. Reports: PDF, XLSX, TXT or JSON. Models: ZIP, JSON or TXT."
            ),
            "accept": ".csv,.json,.xlsx,.pdf,.txt,.zip",
        },
    )
    edition = fields.Date(
        required=True, metadata={"label": N_("Edition"), "hint": N_("The day the data stand for.")}
    )
    sample = Upload(
        load_default=None,
        metadata={
            "label": N_("Sample"),
            "hint": N_(
                "CSV, JSON or XLSX with at most 10 rows, masked by you. It is fixed when the product is listed."
            ),
            "accept": ".csv,.json,.xlsx",
        },
    )


class ListInput(Schema):
    """What the seller answers for when a product is put on sale."""

    nothing_bars_it = fields.Boolean(
        required=True,
        validate=validate.Equal(
            True, error=N_("Without this statement the product cannot be listed; withdraw it instead.")
        ),
        metadata={
            "label": N_(
                "The product endangers neither national security, the public interest nor privacy, holds no data "
                "without lawful authority, and neither law nor agreement bars its trade."
            ),
            "basis": "DG35; YN L123–126",
            "widget": "checkbox",
        },
    )


class GroundInput(Schema):
    """Why it is suspended or goes on; `ground` is for the product itself, people have one of their own."""

    reason = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reason"), "widget": "textarea", "hint": N_("The other side reads this.")},
    )
    ground = fields.String(
        validate=validate.OneOf([str(one) for one in Ground]),
        load_default=None,
        metadata={"widget": "hidden"},
    )


class WithdrawInput(Schema):
    """Why a product is taken back."""

    reason = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={
            "label": N_("Reason"),
            "widget": "textarea",
            "hint": N_(
                "No new orders; rights of use that run go on, unless the authority withdraws the product."
            ),
        },
    )


class ProductView(Schema):
    """A product as JSON, without its file."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    seller_id = fields.UUID()
    right_id = fields.UUID()
    level = fields.String()
    kind = fields.String()
    title = fields.String()
    title_en = fields.String()
    abstract = fields.String()
    columns = fields.List(fields.Dict(), attribute="fields")
    purposes = fields.List(fields.String())
    theme = fields.String(allow_none=True)
    keywords = fields.List(fields.String())
    update_frequency = fields.String(allow_none=True)
    treatment = fields.String()
    exchange_reference = fields.String()
    edition = fields.Date(allow_none=True)
    format = fields.String(allow_none=True)
    rows = fields.Integer(allow_none=True)
    size = fields.Integer(allow_none=True)
    sha256 = fields.String(allow_none=True)
    sample = fields.Dict()
    listed_at = fields.AwareDateTime(allow_none=True)
