"""Files of open data in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_


class ReleaseInput(Schema):
    """A file made ready for opening."""

    entry_id = fields.UUID(required=True, metadata={"label": N_("Catalogue entry"), "widget": "hidden"})
    title = Words(
        required=True, validate=validate.Length(1, 200), metadata={"label": N_("Title of the file")}
    )
    edition = fields.Date(
        required=True, metadata={"label": N_("As at"), "hint": N_("The day the data stand for.")}
    )
    file = Upload(
        required=True,
        metadata={
            "label": N_("File"),
            "accept": ".csv,.xlsx,.json",
            "hint": N_("CSV, XLSX or JSON, readable by machines."),
        },
    )
    treatment = Words(
        required=True,
        validate=validate.Length(1, 4000),
        metadata={
            "label": N_("Treatment"),
            "hint": N_(
                "How the data were cleaned, masked, declassified and converted; say so where nothing was needed."
            ),
            "basis": "WZ31",
            "widget": "textarea",
        },
    )


class ReviewInput(Schema):
    """The review before opening, secrecy included."""

    review = Words(
        required=True,
        validate=validate.Length(1, 4000),
        metadata={
            "label": N_("Findings of the review"),
            "hint": N_(
                "State secrets, trade secrets, personal information, third-party rights, aggregation."
            ),
            "basis": "WZ31; WZ40; DG32; DG44; LS24; CD40; YN L106; YN L138",
            "widget": "textarea",
        },
    )
    no_secrets = fields.Boolean(
        required=True,
        validate=validate.Equal(
            True, error=N_("Without this statement the file cannot be opened; reject it instead.")
        ),
        metadata={
            "label": N_("I have reviewed the file for secrecy; it holds nothing that must not be opened."),
            "widget": "checkbox",
        },
    )


class ReasonsInput(Schema):
    """Reasons for an adverse step."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 4000),
        metadata={"label": N_("Reasons"), "widget": "textarea", "hint": N_("With the rule they rest on.")},
    )


class ReleaseView(Schema):
    """A file of open data as JSON."""

    id = fields.UUID()
    entry_id = fields.UUID()
    agency_id = fields.UUID()
    title = fields.String()
    edition = fields.Date()
    file_name = fields.String()
    media_type = fields.String()
    format = fields.String()
    sha256 = fields.String()
    size = fields.Integer()
    rows = fields.Integer(allow_none=True)
    treatment = fields.String()
    state = fields.String()
    released_at = fields.DateTime(allow_none=True)
