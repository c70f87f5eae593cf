"""Periods that data cover as form fields: typed in any usual way, kept in one, the first not after the last."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from kernel.fields import refusal
from kernel.words import N_, Text
from registry.vocabulary import periods
from registry.vocabulary.entry_fields import ENTRY_FIELDS, PERIODS

NO_PERIOD = N_("“{word}” is no year, month or day. Write it like 2019, 2019-03 or 2019-03-31.")
BACKWARDS = N_("“{first}” ({begun}) lies after “{last}” ({ended}). Correct one of the two.")


class Period(fields.String):
    """A year, a month or a day, kept as 2019, 2019-03 or 2019-03-31; words for "up to now" leave a last one open."""

    def __init__(self, *, is_last: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_last = is_last

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        typed = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        if not typed or (self.is_last and periods.is_open(typed)):
            return None
        found = periods.read(typed)
        if found is None:
            raise refusal(NO_PERIOD, word=typed[: periods.LONGEST])
        return found


def out_of_order(values: Mapping[str, Any]) -> dict[str, list[Text]]:
    """The fields whose periods contradict each other, each with the message that names both."""
    wrong: dict[str, list[Text]] = {}
    for begin, end in PERIODS:
        if not periods.in_order(values.get(begin), values.get(end)):
            names = {"first": Text(ENTRY_FIELDS[begin].label), "last": Text(ENTRY_FIELDS[end].label)}
            said = Text(BACKWARDS, **names, begun=values[begin], ended=values[end])
            wrong |= {begin: [said], end: [said]}
    return wrong
