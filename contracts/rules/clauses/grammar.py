"""Clauses: what a line may say, how its placeholders are filled. Placeholders only – no loop, no expression.

A body is lines. A line is a paragraph, `- ` before it makes it an item of a numbered list, `[table name]` prints a
table, `[if name] ` before a line prints it only where the named fact is present, `{name}` is replaced by the fact.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_IF = re.compile(r"\[if ([\w.]+)\] ?(.*)", re.S)
_TABLE = re.compile(r"\[table (\w+)\]")
_NAME = re.compile(r"\{([^{}]*)\}")
LANGUAGES = ("zh", "en")
PLACES = ("article", "plain", "annex")

Facts = Mapping[str, Any]
Show = Callable[[str, Any, str], str]


@dataclass(frozen=True)
class Clause:
    """One clause in both languages. `covers`: the mandatory clause of the rules that it contains, if any."""

    key: str
    zh: str
    en: str
    heading_zh: str = ""
    heading_en: str = ""
    chapter_zh: str = ""
    chapter_en: str = ""
    covers: str = ""
    place: str = "article"

    @property
    def numbered(self) -> bool:
        """Whether it is an article; what stands before the first article has no heading."""
        return self.place == "article" and bool(self.heading_zh)

    def body(self, language: str) -> str:
        """Its text in a language."""
        return self.zh if language == "zh" else self.en


@cache
def names() -> dict[str, dict[str, Any]]:
    """What a clause may name: {"placeholders": …, "tables": …, "kinds": …}."""
    return tomllib.loads((_HERE / "names.toml").read_text(encoding="utf-8"))


@cache
def delivered(kind: str) -> tuple[Clause, ...]:
    """The clauses of a kind as they are delivered: its version 1."""
    source = (_HERE / "delivered" / f"{kind}.toml").read_text(encoding="utf-8")
    return clauses_of(tomllib.loads(source)["clause"])


def clauses_of(rows: Any) -> tuple[Clause, ...]:
    """Clauses from plain rows."""
    return tuple(Clause(**{name: str(value).strip("\n") for name, value in row.items()}) for row in rows)


def rows_of(clauses: tuple[Clause, ...]) -> list[dict[str, str]]:
    """Clauses as plain rows."""
    return [asdict(one) for one in clauses]


def kinds() -> list[str]:
    """The kinds of documents that are drawn up from clauses."""
    return list(names()["kinds"])


def known(kind: str, what: str) -> dict[str, dict[str, Any]]:
    """The placeholders or tables that a kind has facts for."""
    groups = set(names()["kinds"][kind])
    return {name: row for name, row in names()[what].items() if row.get("of") is None or row["of"] in groups}


@dataclass(frozen=True)
class Line:
    """A line taken apart: `only_if` a fact, then a table or a text, of a list or not."""

    only_if: str
    table: str
    text: str
    item: bool


def lines(body: str) -> Iterator[Line]:
    """The lines of a body."""
    for raw in body.split("\n"):
        only_if, rest = "", raw.strip()
        if found := _IF.fullmatch(rest):
            only_if, rest = found[1], found[2].strip()
        table = _TABLE.fullmatch(rest)
        item = rest.startswith("- ")
        if rest:
            yield Line(only_if, table[1] if table else "", "" if table else rest.removeprefix("- "), item)


def named(line: Line) -> list[str]:
    """The placeholders of a line."""
    return _NAME.findall(line.text)


def stray(line: Line) -> bool:
    """Whether brackets are left over that are neither placeholder nor instruction."""
    rest = _NAME.sub("", line.text)
    return bool(re.search(r"[{}]|\[(if|table)\b", rest))


def present(facts: Facts, name: str) -> Any:
    """The fact of that dotted name, or None."""
    found: Any = facts
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def filled(clauses: tuple[Clause, ...], facts: Mapping[str, Facts], show: Show) -> list[dict[str, Any]]:
    """The clauses with their facts, as a document prints them; clauses without a line left are left out.

    `facts` by language; `show(how, value, language)` prints a value, and the number of an item.
    """
    found: list[dict[str, Any]] = []
    number = 0
    for clause in clauses:
        body = {
            language: _printed(clause.body(language), facts[language], show, language)
            for language in LANGUAGES
        }
        if not body["zh"]:
            continue
        number += clause.numbered
        found.append(
            {
                "key": clause.key,
                "covers": clause.covers,
                "place": clause.place,
                "number": number if clause.numbered else None,
                "chapter": {"zh": clause.chapter_zh, "en": clause.chapter_en},
                "heading": {"zh": clause.heading_zh, "en": clause.heading_en},
                "body": body,
            }
        )
    return found


def _printed(body: str, facts: Facts, show: Show, language: str) -> list[dict[str, str]]:
    printed: list[dict[str, str]] = []
    items = 0
    for line in lines(body):
        if line.only_if and not present(facts, line.only_if):
            continue
        if line.table:
            printed.append({"as": "table", "text": line.table})
            continue
        items += line.item
        text = _NAME.sub(lambda found: _shown(found[1], facts, show, language), line.text)
        text, how = (show("item", items, language) + text, "item") if line.item else (text, "p")
        printed += [{"as": how, "text": part} for part in text.split("\n") if part.strip()]
    return printed


def _shown(name: str, facts: Facts, show: Show, language: str) -> str:
    return show(names()["placeholders"][name]["as"], present(facts, name), language)
