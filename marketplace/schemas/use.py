"""Rights of use, deliveries, downloads and results in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from marketplace.vocabulary import RESULT_KINDS


class FetchInput(Schema):
    """Which right of use is made use of; for a verification, the values that are asked about."""

    entitlement_id = fields.UUID(required=True, metadata={"widget": "hidden", "label": N_("Right of use")})
    question = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 60)),
        values=fields.String(validate=validate.Length(1, 300)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=50),
        metadata={"label": N_("What is to be verified")},
    )


class EntitlementView(Schema):
    """A right of use as JSON."""

    id = fields.UUID()
    state = fields.String()
    jurisdiction = fields.String()
    order_id = fields.UUID()
    product_id = fields.UUID()
    product_title = fields.String()
    seller_id = fields.UUID()
    holder_id = fields.UUID()
    purpose_class = fields.String()
    free = fields.Boolean()
    starts_on = fields.Date()
    ends_on = fields.Date()
    edition = fields.Date(allow_none=True)
    calls_included = fields.Integer(allow_none=True)
    grounds = fields.List(fields.String())


class DeliveryView(Schema):
    """A delivery as JSON: hash, source and day; the file is loaded from `…/file` until `link_until`."""

    id = fields.UUID()
    state = fields.String()
    entitlement_id = fields.UUID()
    product_id = fields.UUID()
    product_title = fields.String()
    edition = fields.Date(allow_none=True)
    file_name = fields.String(allow_none=True)
    sha256 = fields.String()
    size = fields.Integer()
    source = fields.String()
    obtained_on = fields.Date()
    link_until = fields.AwareDateTime()
    question = fields.Dict(allow_none=True)
    answer = fields.Boolean(allow_none=True)


class ReleaseInput(Schema):
    """Which open file is downloaded."""

    release_id = fields.UUID(required=True, metadata={"widget": "hidden"})


class DownloadView(Schema):
    """A download of open data as JSON: no name, no address."""

    id = fields.UUID()
    state = fields.String()
    release_id = fields.UUID()
    title = fields.String()
    sha256 = fields.String()
    size = fields.Integer()
    at = fields.AwareDateTime()


class ResultInput(Schema):
    """A result that was made with the data and published."""

    entitlement_id = fields.UUID(required=True, metadata={"widget": "hidden", "label": N_("Right of use")})
    kind = fields.String(
        required=True,
        validate=validate.OneOf([code for code, _ in RESULT_KINDS]),
        metadata={"label": N_("Kind of result"), "choices": RESULT_KINDS, "widget": "radios"},
    )
    title = Words(required=True, validate=validate.Length(1, 300), metadata={"label": N_("Title")})
    address = Words(
        load_default="",
        validate=validate.Length(max=500),
        metadata={"label": N_("Where it can be found"), "hint": N_("Address, DOI or journal and number.")},
    )
    published_on = fields.Date(required=True, metadata={"label": N_("Published on")})
    names_source = fields.Boolean(
        load_default=False,
        metadata={
            "label": N_("It names the source and the day the data were obtained."),
            "basis": "WZ37; YN L129",
            "widget": "checkbox",
        },
    )


class ResultView(Schema):
    """A reported result as JSON."""

    id = fields.UUID()
    state = fields.String()
    entitlement_id = fields.UUID()
    product_id = fields.UUID()
    holder_id = fields.UUID()
    kind = fields.String()
    title = fields.String()
    address = fields.String()
    published_on = fields.Date()
