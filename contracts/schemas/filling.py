"""An application filled in section by section."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from contracts.schemas.application import ApplicationInput
from contracts.vocabulary.decision import SECTIONS
from kernel.words import N_


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
