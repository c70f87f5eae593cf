"""The messages of marshmallow's own checks, in words that can be translated although numbers are filled in already."""

import re
from typing import Any

from kernel.pages.session import current_locale
from kernel.words import N_, Text, translate

SHAPES: list[tuple[re.Pattern[str], str]] = [
    (
        re.compile(r"^Length must be between (?P<least>\d+) and (?P<most>\d+)\.$"),
        N_("Write {least} to {most} characters."),
    ),
    (re.compile(r"^Shorter than minimum length (?P<least>\d+)\.$"), N_("Write at least {least} characters.")),
    (re.compile(r"^Longer than maximum length (?P<most>\d+)\.$"), N_("Write at most {most} characters.")),
    (re.compile(r"^Length must be (?P<exact>\d+)\.$"), N_("Write exactly {exact} characters.")),
    (re.compile(r"^Must be one of: (?P<listed>.*)\.$"), N_("Choose one of: {listed}.")),
    (
        re.compile(
            r"^Must be greater than or equal to (?P<least>\S+) and less than or equal to (?P<most>\S+)\.$"
        ),
        N_("Enter a value from {least} to {most}."),
    ),
    (re.compile(r"^Must be greater than or equal to (?P<least>\S+)\.$"), N_("Enter {least} or more.")),
    (re.compile(r"^Must be less than or equal to (?P<most>\S+)\.$"), N_("Enter {most} or less.")),
    (re.compile(r"^Must be greater than (?P<least>\S+)\.$"), N_("Enter more than {least}.")),
    (re.compile(r"^Must be less than (?P<most>\S+)\.$"), N_("Enter less than {most}.")),
    (re.compile(r"^String does not match expected pattern\.$"), N_("This is not written as expected.")),
    (
        re.compile(r"^One or more of the choices you made was not in: (?P<listed>.*)\.$"),
        N_("Choose among: {listed}."),
    ),
]


def messages_of(found: Any) -> list[str]:
    """Messages of one field, however nested, in the reader's language."""
    if isinstance(found, dict):
        return [message for part in found.values() for message in messages_of(part)]
    if isinstance(found, list | tuple):
        return [message for part in found for message in messages_of(part)]
    return [translate(found if isinstance(found, Text) else _reworded(str(found)), current_locale())]


def _reworded(message: str) -> Text | str:
    for shape, msgid in SHAPES:
        if match := shape.match(message):
            return Text(msgid, **match.groupdict())
    return message
