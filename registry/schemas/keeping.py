"""Grading rules, archive packages and look-ups, in and out."""

from marshmallow import Schema, fields, validate

from kernel.fields import Words
from kernel.words import N_
from registry.schemas.choices import own_places
from registry.vocabulary import LOCAL_LEVELS, NATIONAL_GRADES, OPENING_ATTRIBUTES, SHARING_ATTRIBUTES, THEMES
from registry.vocabulary.collecting import LOOKUP_KINDS
from registry.vocabulary.terms import TermCode, choices

GRADES = [*choices(NATIONAL_GRADES), *choices(LOCAL_LEVELS)]


class GradingRuleInput(Schema):
    """A classification and grading rule of a place."""

    jurisdiction = fields.String(
        required=True,
        metadata={
            "label": N_("Jurisdiction"),
            "widget": "select",
            "choices": own_places,
            "basis": "WZ11; DG10; YN L36-37",
        },
    )
    title = Words(required=True, validate=validate.Length(1, 120), metadata={"label": N_("Name of the rule")})
    level = fields.String(
        required=True,
        validate=validate.OneOf([code for code, _ in GRADES]),
        metadata={"label": N_("Grade or level it is for"), "widget": "select", "choices": GRADES},
    )
    themes = fields.List(
        TermCode(THEMES),
        load_default=list,
        metadata={
            "label": N_("Themes it is for"),
            "choices": choices(THEMES),
            "hint": N_("None: entries of every theme."),
        },
    )
    openings = fields.List(
        TermCode(OPENING_ATTRIBUTES),
        required=True,
        validate=validate.Length(min=1),
        metadata={"label": N_("Opening attributes it allows"), "choices": choices(OPENING_ATTRIBUTES)},
    )
    sharings = fields.List(
        TermCode(SHARING_ATTRIBUTES),
        required=True,
        validate=validate.Length(min=1),
        metadata={"label": N_("Sharing attributes it allows"), "choices": choices(SHARING_ATTRIBUTES)},
    )
    basis = Words(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"label": N_("Legal basis"), "hint": N_("The number of the document it was issued by.")},
    )


class GradingRuleRepealInput(Schema):
    """Why a grading rule ends."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reasons"), "widget": "textarea"},
    )


class GradingRuleView(GradingRuleInput):
    """A grading rule as JSON."""

    id = fields.UUID()
    state = fields.String()
    reasons = fields.String()
    created_at = fields.DateTime()


class ArchiveInput(Schema):
    """Which case goes into an archive package."""

    case_type = Words(
        required=True,
        validate=validate.Length(1, 80),
        metadata={
            "label": N_("Kind of case"),
            "hint": N_("The table of the case, such as registry_registration."),
        },
    )
    case_id = fields.UUID(required=True, metadata={"label": N_("Identity of the case")})


class HandOverInput(Schema):
    """To which archive a package was given."""

    archive = Words(
        required=True,
        validate=validate.Length(1, 120),
        metadata={"label": N_("Archive"), "basis": "WZ16; DG30; YN L56"},
    )
    receipt = Words(
        required=True,
        validate=validate.Length(1, 120),
        metadata={"label": N_("Number of the archive's receipt")},
    )
    handed_over_on = fields.Date(required=True, metadata={"label": N_("Day of the hand-over")})


class ArchiveView(ArchiveInput):
    """An archive package as JSON."""

    id = fields.UUID()
    organisation_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    title = fields.String()
    retention = fields.String()
    keep_until = fields.Date()
    events = fields.Integer()
    documents = fields.Integer()
    file_name = fields.String()
    size = fields.Integer()
    sha256 = fields.String()
    exported_at = fields.DateTime()
    archive = fields.String()
    receipt = fields.String()
    handed_over_on = fields.Date()


class LookupInput(Schema):
    """What has to be proved in a case, asked of this platform instead of the person."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(tuple(LOOKUP_KINDS)),
        metadata={
            "label": N_("What has to be proved"),
            "widget": "radios",
            "choices": list(LOOKUP_KINDS.items()),
            "basis": "CD21; CD46; DG50",
        },
    )
    asked = Words(
        required=True,
        validate=validate.Length(1, 100),
        metadata={"label": N_("Code or number"), "hint": N_("As the person tells it.")},
    )
    case_number = Words(
        required=True,
        validate=validate.Length(1, 100),
        metadata={"label": N_("Your case number"), "hint": N_("The answer is kept with this case.")},
    )
    purpose = Words(
        required=True,
        validate=validate.Length(1, 500),
        metadata={"label": N_("What it is needed for"), "widget": "textarea"},
    )


class LookupView(LookupInput):
    """A look-up as JSON, with what the register said."""

    id = fields.UUID()
    agency_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    found = fields.Boolean()
    result = fields.Dict()
    sha256 = fields.String()
    at = fields.DateTime()
