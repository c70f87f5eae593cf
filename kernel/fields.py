"""The marshmallow fields of our own: trimmed words, yuan typed by people, uploaded files."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields

from kernel.money import Money
from kernel.words import N_, Text

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class Nothing(Schema):
    """The schema of a command that takes no input."""


class Words(fields.String):
    """Text as people type it: composed (NFC), trimmed, without control and direction characters."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n").strip()
        if self.required and not text:
            raise ValidationError([self.error_messages["required"]])
        return text


class Yuan(fields.Field[int]):
    """An amount typed in yuan ('1,234.50'), kept as whole fen."""

    default_error_messages = {
        "invalid": N_("Enter an amount in yuan with at most two decimals, for example 1200.00.")
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        try:
            return Money.parse(str(value)).minor
        except (ValueError, ArithmeticError) as error:
            raise self.make_error("invalid") from error

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else Money(int(value)).yuan


@dataclass(frozen=True)
class File:
    """An uploaded file: the name is data, never a path."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class Upload(fields.Field[File]):
    """A file. Pages and multipart requests bring it; the event keeps name, size and hash only."""

    default_error_messages = {"invalid": N_("Choose a file."), "empty": N_("The file is empty.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> File:
        if not isinstance(value, File):
            raise self.make_error("invalid")
        if not value.content:
            raise self.make_error("empty")
        return value

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> dict[str, Any] | None:
        if not isinstance(value, File):  # what a row keeps of an earlier file cannot be sent again
            return None
        return {"name": value.name, "size": len(value.content), "sha256": value.sha256}


def refusal(msgid: str, **params: Any) -> ValidationError:
    """A validation message with named values."""
    return ValidationError([Text(msgid, **params)])
