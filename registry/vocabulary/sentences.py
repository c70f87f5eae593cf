"""Sentences kept in rows: a Text as plain data and back, so that a report can be read in either language later."""

from datetime import date, datetime
from typing import Any

from kernel.words import Text


def plain(text: Text | str | None) -> Any:
    """A sentence as JSON: its message id and its values."""
    if not isinstance(text, Text):
        return text
    return {"msgid": text.msgid, "params": {name: _value(value) for name, value in text.params.items()}}


def _value(value: Any) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [_value(part) for part in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, int | str) or value is None:
        return value
    return plain(value) if isinstance(value, Text) else str(value)


def sentence(kept: Any) -> Any:
    """The sentence again, from its plain form."""
    if isinstance(kept, list):
        return [sentence(part) for part in kept]
    if isinstance(kept, dict) and "msgid" in kept:
        message, params = kept["msgid"], kept.get("params", {})
        return Text(message, **{name: sentence(value) for name, value in params.items()})
    return kept
