"""What can be saved of a JSON list that is broken in one place: one bad record must not lose the others."""

import json
from typing import Any

_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


def recovered_elements(text: str, most: int) -> list[Any]:
    """The records of a damaged JSON array, each read on its own; a broken one is skipped.

    After a break the next record is looked for where an object begins after a comma or a line break. At most
    `most` + 1 records are returned, so that the caller sees that there are too many.
    """
    start = text.find("[")
    if start < 0:
        return []
    found: list[Any] = []
    place = start + 1
    while place < len(text) and len(found) <= most:
        place = text.find("{", place)
        if place < 0:
            break
        try:
            element, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            place = _next_record(text, max(place + 1, getattr(error, "pos", 0) or 0), place)
            continue
        found.append(element)
    return found


def _next_record(text: str, broken_at: int, began_at: int) -> int:
    """Where the next record begins after a break: behind the next '}' that a comma and '{' follow."""
    search = max(began_at + 1, broken_at - 1)
    while True:
        close = text.find("}", search)
        if close < 0:
            return len(text)
        rest = close + 1
        while rest < len(text) and text[rest] in " \t\r\n,":
            rest += 1
        if rest < len(text) and text[rest] == "{":
            return rest
        search = close + 1
