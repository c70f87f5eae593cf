"""Whole numbers as people and programs write them: no fractions, no other scripts, no truth values."""

import re
from typing import Any

from marshmallow import fields


class Whole(fields.Integer):
    """A whole number typed in figures; 1.5, ２ and true are refused instead of being bent."""

    def _validated(self, value: Any) -> Any:
        if isinstance(value, bool | float) or (
            isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,15}", value.strip())
        ):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)
