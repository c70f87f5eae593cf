"""Catalogue entries in and out."""

from typing import Any

from marshmallow import Schema, fields, validate

from kernel.fields import Upload, Words
from kernel.words import N_
from registry.schemas.choices import agencies
from registry.vocabulary import (
    DATA_FORMS,
    DATABASE_LEVELS,
    FORMATS,
    FREQUENCIES,
    INDUSTRIES,
    LOCAL_LEVELS,
    NATIONAL_GRADES,
    OPENING_ATTRIBUTES,
    SHARING_ATTRIBUTES,
    THEMES,
    CodeList,
)
from registry.vocabulary.steps import GROUND_REMOVED_BY, OPENING_GROUNDS
from registry.vocabulary.terms import TermCode, choices

SEPARATOR = r"[、,，;；\n]"
LONG, SHORT = validate.Length(max=4000), validate.Length(max=300)
Meta = dict[str, Any]


def _about(label: str, basis: str = "", hint: str = "", widget: str = "") -> Meta:
    told = {"label": label, "basis": basis, "hint": hint, "widget": widget}
    return {name: value for name, value in told.items() if value}


def _words(label: str, basis: str = "", hint: str = "", *, long: bool = False) -> Words:
    return Words(
        validate=LONG if long else SHORT,
        allow_none=True,
        metadata=_about(label, basis, hint, "textarea" if long else ""),
    )


def _term(codes: CodeList, label: str, basis: str = "", hint: str = "", widget: str = "select") -> TermCode:
    return TermCode(
        codes, allow_none=True, metadata=_about(label, basis, hint, widget) | {"choices": choices(codes)}
    )


def _terms(codes: CodeList, label: str, basis: str = "", hint: str = "") -> fields.List:
    return fields.List(TermCode(codes), metadata=_about(label, basis, hint) | {"choices": choices(codes)})


class ItemInput(Schema):
    """One data item (column) of an entry."""

    name = Words(required=True, validate=validate.Length(1, 100), metadata={"label": N_("Name of the item")})
    type = Words(validate=validate.Length(max=60), metadata={"label": N_("Type")})
    key = fields.Boolean(metadata={"label": N_("Identifies the record"), "widget": "checkbox"})
    personal = fields.Boolean(metadata={"label": N_("Personal information"), "widget": "checkbox"})


class EntryInput(Schema):
    """Everything an agency says about an entry. Only the title is needed for a draft."""

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """A mapping has a method of the name `items`; what is meant is the key."""
        return obj.get(attr, default) if isinstance(obj, dict) else super().get_attribute(obj, attr, default)

    title = Words(
        required=True,
        validate=validate.Length(1, 200),
        metadata=_about(N_("Name of the resource"), "CD12; YN L45"),
    )
    resource_code = _words(
        N_("Resource code"), hint=N_("By the guide for compiling catalogues, for example 307010/12.")
    )
    abstract = _words(N_("Abstract"), long=True)
    keywords = fields.List(
        Words(validate=validate.Length(1, 40)),
        validate=validate.Length(max=50),
        metadata={"label": N_("Keywords"), "separator": SEPARATOR, "hint": N_("Separated by commas.")},
    )
    themes = _terms(THEMES, N_("Themes"), "CD15; CD16; YN L34")
    industries = _terms(INDUSTRIES, N_("Industry sections"))
    database_level = _term(
        DATABASE_LEVELS, N_("Level of the resource base"), "CD15; CD16; YN L34", widget="radios"
    )
    national_grade = _term(NATIONAL_GRADES, N_("National grade"), "WZ13; YN L45", widget="radios")
    local_level = _term(LOCAL_LEVELS, N_("Local level"), "WZ11; DG10; YN L38", widget="radios")
    provider = _words(N_("Providing department"), "WZ13; DG11; YN L45")
    provider_code = _words(N_("Code of the provider"))
    collector = _words(N_("Collecting department"), "WZ13; DG11")
    approver = _words(N_("Approving department"), "WZ13; DG11")
    contact_name = _words(N_("Contact"))
    contact_phone = _words(N_("Contact telephone"))
    contact_email = fields.Email(allow_none=True, metadata=_about(N_("Contact e-mail")))
    data_form = _term(DATA_FORMS, N_("Data form"), "WZ13; DG11; YN L45", widget="radios")
    formats = _terms(FORMATS, N_("Data formats"), "CD12; YN L45")
    items = fields.List(
        fields.Nested(ItemInput),
        validate=validate.Length(max=500),
        metadata={"label": N_("Data items"), "basis": "YN L45"},
    )
    record_count = fields.Integer(
        strict=False,
        allow_none=True,
        validate=validate.Range(0, 10**15),
        metadata={"label": N_("Number of records")},
    )
    update_frequency = _term(FREQUENCIES, N_("Update frequency"), "WZ13; DG11; YN L45")
    updated_on = fields.Date(allow_none=True, metadata={"label": N_("Day of the last update")})
    source_url = fields.Url(
        schemes={"http", "https"},
        allow_none=True,
        metadata={"label": N_("Source address"), "hint": N_("Where the data stand today, if anywhere.")},
    )
    related_code = _words(N_("Code of the related resource"))
    use_conditions = _words(N_("Conditions of use"), "CD12; YN L45", long=True)
    sharing_attribute = _term(
        SHARING_ATTRIBUTES, N_("Sharing attribute"), "WZ24; DG13; LS18; CD25; YN L78", widget="radios"
    )
    sharing_content = _words(N_("Shared content"), "WZ13; DG11", long=True)
    sharing_conditions = _words(N_("Sharing conditions"), "WZ25; DG14; CD26; YN L83", long=True)
    sharing_scope = _words(N_("Sharing scope"), "WZ13; DG11")
    sharing_manner = _words(N_("Manner of sharing"), "CD12; YN L45")
    sharing_basis = _words(
        N_("Basis of the sharing attribute"),
        "WZ25; DG14; CD26; YN L83",
        N_("The law, regulation or policy it rests on, with its article."),
        long=True,
    )
    opening_attribute = _term(
        OPENING_ATTRIBUTES, N_("Opening attribute"), "WZ29; DG31; LS21; CD32; YN L99", widget="radios"
    )
    opening_conditions = _words(N_("Opening conditions"), "YN L45", long=True)
    opening_basis = _words(N_("Basis of the opening attribute"), "WZ29; DG31; YN L99", long=True)

    opening_ground = fields.String(
        allow_none=True,
        validate=validate.OneOf(tuple(OPENING_GROUNDS)),
        metadata={
            "label": N_("What stands against opening"),
            "choices": list(OPENING_GROUNDS.items()),
            "widget": "select",
            "basis": "WZ29; DG31; YN L99",
        },
    )
    ground_removed_by = fields.String(
        allow_none=True,
        validate=validate.OneOf(tuple(GROUND_REMOVED_BY)),
        metadata={
            "label": N_("How the ground was removed"),
            "choices": list(GROUND_REMOVED_BY.items()),
            "widget": "select",
            "basis": "WZ29; DG31; YN L100",
        },
    )
    collection_basis = _words(
        N_("Law that provides for collecting biometrics"),
        "WZ19; YN L65",
        N_("Only where such items are named."),
        long=True,
    )


class AssignInput(Schema):
    """To which agency an imported draft belongs."""

    agency_id = fields.UUID(
        required=True, metadata={"label": N_("Agency"), "widget": "select", "choices": agencies}
    )


class AssessmentsInput(Schema):
    """The papers some rules want before an entry is handed in."""

    secrecy_risk = Upload(
        required=True, metadata={"label": N_("Secrecy-risk assessment"), "basis": "YN L44", "accept": ".pdf"}
    )
    personal_information = Upload(
        required=True,
        metadata={
            "label": N_("Impact assessment on personal information"),
            "basis": "YN L44",
            "accept": ".pdf",
        },
    )
    consent_of = Words(
        required=True,
        validate=validate.Length(1, 60),
        metadata={
            "label": N_("Head who consented"),
            "hint": N_("Name and post of the head of the agency."),
            "basis": "YN L44",
        },
    )
    consented_on = fields.Date(required=True, metadata={"label": N_("Day of the consent")})


class CommentInput(Schema):
    """What the authority says about one field."""

    field = Words(required=True, metadata={"label": N_("Field"), "widget": "hidden"})
    comment = Words(load_default="", validate=validate.Length(max=1000), metadata={"label": N_("Comment")})


class EntryReturnInput(Schema):
    """An entry goes back to its agency: what is to be changed, as a whole and by field."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("What has to be changed"), "widget": "textarea", "basis": "WZ12; DG11; YN L42"},
    )
    comments = fields.List(fields.Nested(CommentInput), metadata={"label": N_("Comments by field")})


class EntryWithdrawInput(Schema):
    """Why an entry leaves the public catalogue."""

    reasons = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("Reasons"), "widget": "textarea", "hint": N_("With the rule they rest on.")},
    )


class ChangeInput(Schema):
    """What changed in law or duties, so that the entry has to follow."""

    what = Words(
        required=True,
        validate=validate.Length(1, 2000),
        metadata={"label": N_("What changed"), "widget": "textarea", "basis": "WZ13; DG12; CD14; YN L47"},
    )


class EntryView(EntryInput):
    """An entry as JSON. The authority's comments are shown only while it is returned to its agency."""

    id = fields.UUID()
    agency_id = fields.UUID()
    jurisdiction = fields.String()
    state = fields.String()
    version = fields.Integer()
    missing = fields.List(fields.String())
    published_on = fields.Date()
    public_since = fields.DateTime()
    created_at = fields.DateTime()
    comments = fields.Function(lambda entry: entry.comments if entry.state == "returned" else {})
