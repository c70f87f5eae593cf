"""Clauses as somebody reads them before there are facts: with named blanks, as on a paper form."""

import re
from collections.abc import Callable

from contracts.rules.clauses.grammar import lines, names
from kernel.words import N_, Text

_NAME = re.compile(r"\{([^{}]*)\}")


def with_blanks(body: str, say: Callable[[Text], str]) -> list[str]:
    """The lines of a body, each placeholder as 【what stands there】, tables and conditions in words."""
    return [_line(line.only_if, line.table, line.text, line.item, say) for line in lines(body)]


def _line(only_if: str, table: str, text: str, item: bool, say: Callable[[Text], str]) -> str:
    if table:
        what = Text(names()["tables"].get(table, {}).get("en", table))
        text = say(Text(N_("[Table: {what}]"), what=what))
    else:
        text = _NAME.sub(lambda found: f"【{say(_word(found[1]))}】", text)
    text = f"– {text}" if item else text
    return say(Text(N_("[Only where there is: {what}]"), what=_word(only_if))) + " " + text if only_if else text


def _word(name: str) -> Text:
    return Text(names()["placeholders"].get(name, {}).get("en", name))
