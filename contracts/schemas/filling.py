"""An application filled in section by section."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.schemas.application import ApplicationInput
from contracts.vocabulary import LEVELS, Level
from contracts.vocabulary.decision import SECTIONS
from kernel.fields import Words
from kernel.words import N_


class BeginInput(Schema):
    """With what an application begins; the sections follow one by one."""

    level = fields.Enum(
        Level,
        by_value=True,
        required=True,
        metadata={"label": N_("Level"), "choices": LEVELS, "widget": "radios"},
    )
    title = Words(
        required=True, validate=validate.Length(max=120), metadata={"label": N_("Title of the application")}
    )
    parent_right_id = fields.UUID(
        load_default=None,
        metadata={
            "label": N_("First-level right the elements come from"),
            "basis": "WZ36",
            "widget": "select",
        },
    )
    sources = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(min=1, max=500),
        metadata={"label": N_("What you want to develop"), "basis": "WZ35–36", "widget": "checkboxes"},
    )

    @validates_schema
    def names_the_right_above(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """At second level the right above must be named."""
        if data["level"] is Level.SECOND and data["parent_right_id"] is None:
            raise ValidationError(
                {"parent_right_id": [N_("Choose the first-level right the elements come from.")]}
            )


class FillInput(ApplicationInput):
    """One section of an application: of the fields those that belong to it."""

    class Meta:
        exclude = ("level", "parent_right_id", "title")

    section = fields.String(
        required=True,
        validate=validate.OneOf(list(SECTIONS)),
        metadata={"label": N_("Section"), "choices": list(SECTIONS.items())},
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"partial": True, **options})

    @validates_schema
    def check_level(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """The section is named, and the end is later than the beginning."""
        if "section" not in data:
            raise ValidationError({"section": [N_("Missing data for required field.")]})
        if "starts_on" in data and "ends_on" in data and data["ends_on"] <= data["starts_on"]:
            raise ValidationError({"ends_on": [N_("The end must be later than the beginning.")]})
