"""What becomes of products and rights of use when the right they rest on changes. Set by the product alone."""

from marshmallow import Schema, fields, validate


class NarrowInput(Schema):
    """The purposes that are left."""

    purposes = fields.List(fields.String(), required=True, validate=validate.Length(min=1))


class HandOverInput(Schema):
    """Who provides it from now on."""

    seller_id = fields.UUID(required=True)
