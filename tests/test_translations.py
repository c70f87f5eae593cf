"""Both languages are whole: every word a reader can meet has its Chinese, and says the same with the same values."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from marshmallow import Schema, fields

from kernel.command import COMMANDS
from kernel.deadlines import TABLE
from kernel.documents.kinds import KINDS
from kernel.pages.templates import command_label
from kernel.pages.wording import SHAPES
from kernel.states import state_word
from kernel.words import FOLDER, N_, catalog
from tests.generated_docs import ROOT
from wsgi import PACKAGES

pytestmark = pytest.mark.sqlite

CODE = [*PACKAGES, "kernel", "jurisdictions"]
FILES = [ROOT / "wsgi.py", *sorted(path for package in CODE for path in (ROOT / package).rglob("*.py"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
REFUSALS = ("Refused", "refusal", "Conflict", "DomainError", "NotAllowed", "NotFound", "NotSignedIn", "WrongState", "TooMany")  # fmt: skip
PYTHON = {name: None for name in ("_", "N_", "Text", *REFUSALS)} | {"ngettext": (1, 2)}
BRACES, PERCENT = re.compile(r"\{(\w+)\}"), re.compile(r"%\((\w+)\)s")
# Said by the tools below us, in their words: what they are is decided by their version, what they mean by us.
SAID_BELOW = (N_("Unknown field."), N_("Missing data for required field."), N_("Invalid input type."))

Places = dict[str, set[str]]


@cache
def literal() -> Places:
    """Message id to the places where it stands in code or template."""
    found: Places = defaultdict(set)
    for path in FILES:
        with path.open("rb") as source:
            for line, message, _, _ in extract("python", source, keywords=PYTHON):
                if not (isinstance(message, str) and re.fullmatch(r"[a-z_]+", message)):  # Text(row["title"]): a key
                    _note(found, message, f"{path.relative_to(ROOT)}:{line}")
    options = {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "silent": "false"}
    for path in TEMPLATES:
        place = path.relative_to(ROOT)
        with path.open("rb") as source:
            for line, message, _, _ in extract(
                "jinja2.ext:babel_extract", source, keywords={"_": None, "ngettext": (1, 2)}, options=options
            ):
                _note(found, message, f"{place}:{line}")
        for message in re.findall(r'"([^"{}]+)"\|(?:t|word|state_word)\b', path.read_text(encoding="utf-8")):
            _note(found, message if " " in message else state_word(message), str(place))
    return found


def _note(found: Places, message: object, place: str) -> None:
    for part in message if isinstance(message, tuple) else (message,):
        if isinstance(part, str) and part:
            found[part].add(place)


@cache
def made() -> Places:
    """Message ids that are made while running: labels, first lines, states, clocks, roles, documents, forms."""
    found: Places = defaultdict(set)
    for name, command in COMMANDS.items():
        if name.split(".")[0] in PACKAGES:
            found[command_label(command)].add(f"button of {name}")
            found[(command.handler.__doc__ or "").strip().split("\n")[0]].add(f"docstring of {name}")
            for state in command.states.states:
                found[state_word(state)].add(f"state of {name}")
            for message in _form(command.schema()):
                found[message].add(f"form of {name}")
    for row in TABLE:
        if min(row.starts).split(".")[0] in PACKAGES:
            found[state_word(row.name)].add(f"clock {row.name}")
            found[state_word(row.waits_for)].add(f"waited for: {row.waits_for}")
    for kind in KINDS.values():
        if not kind.name.startswith("toy_"):
            found[kind.title].add(f"document {kind.name}")
    for message in SAID_BELOW:
        found[message].add("marshmallow")
    return found


def _form(schema: Schema) -> Iterator[str]:
    for field in schema.load_fields.values():
        yield from _field(field)


def _field(field: fields.Field) -> Iterator[str]:
    for name in ("label", "hint", "title", "placeholder", "unit"):
        if text := field.metadata.get(name):
            yield getattr(text, "msgid", text)
    choices = field.metadata.get("choices", ())
    for choice in () if callable(choices) else choices:
        yield from (getattr(words, "msgid", words) for words in choice[1:] if words)
    kind = {"obj_type": getattr(field, "OBJ_TYPE", "")}
    for message in field.error_messages.values():
        msgid = getattr(message, "msgid", message)
        if not set(BRACES.findall(msgid)) - set(kind) and not any(shape.match(msgid) for shape, _ in SHAPES):
            yield msgid.format(**kind) if BRACES.search(msgid) else msgid
    if isinstance(field, fields.List):
        yield from _field(field.inner)
    if isinstance(field, fields.Nested):
        yield from _form(field.schema)


@cache
def chinese() -> dict[str, dict[str, str]]:
    """Message id to file to its Chinese."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted((FOLDER / "zh_CN" / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale="zh_CN"):
                if message.id:
                    one = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string if isinstance(message.string, str) else message.string[0]
                    found[one][path.name] = text
    return found


def values_in(text: str) -> tuple[set[str], set[str]]:
    return set(BRACES.findall(text)), set(PERCENT.findall(text))


def listed(rows: list[str], most: int = 60) -> str:
    return "\n  ".join(["", *rows[:most], *([f"… and {len(rows) - most} more"] if len(rows) > most else [])])


def is_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def needs_chinese(msgid: str) -> bool:
    """Codes, numbers and Chinese itself need no translation."""
    return re.search(r"[A-Za-z]{2}", BRACES.sub("", PERCENT.sub("", msgid))) is not None and not is_chinese(
        msgid
    )


@pytest.mark.usefixtures("site")
class TestChinese:
    def test_is_there_for_every_word_a_reader_can_meet(self):
        known = {msgid for msgid, files in chinese().items() if any(files.values())}
        used = {**made(), **literal()}
        lacking = sorted(
            f"{sorted(places)[0]}: {msgid!r}"
            for msgid, places in used.items()
            if msgid not in known and needs_chinese(msgid)
        )
        assert not lacking, f"{len(lacking)} without Chinese:{listed(lacking)}"

    def test_carries_the_same_values_as_the_english(self):
        different = [
            f"{file}: {msgid!r} → {text!r}"
            for msgid, files in chinese().items()
            for file, text in files.items()
            if text and values_in(msgid) != values_in(text)
        ]
        assert not different, listed(different)

    def test_says_one_thing_for_one_message(self):
        twice = [f"{msgid!r}: {files}" for msgid, files in chinese().items() if len(set(files.values())) > 1]
        assert not twice, listed(twice)

    def test_is_chinese(self):
        """A message whose translation has no Chinese character was forgotten (names of formats excepted)."""
        same = re.compile(r"^[\W\d]*$|^(%\(\w+\)s|\{\w+\}|[\W\d]|[A-Z][\w/.+-]*)+$")
        bare = [
            f"{msgid!r} → {files}"
            for msgid, files in chinese().items()
            if not any(map(is_chinese, files.values()))
        ]
        assert not [row for row, msgid in zip(bare, _bare_ids(), strict=True) if not same.match(msgid)], (
            listed(bare)
        )

    def test_is_kept_for_nothing_that_is_gone(self):
        used = {**made(), **literal()}
        gone = sorted(
            f"{sorted(files)[0]}: {msgid!r}"
            for msgid, files in chinese().items()
            if msgid not in used and msgid not in words_of_codes()
        )
        assert not gone, f"{len(gone)} entries nobody uses:{listed(gone)}"


def _bare_ids() -> list[str]:
    return [msgid for msgid, files in chinese().items() if not any(map(is_chinese, files.values()))]


@cache
def words_of_codes() -> set[str]:
    """Words that come from data: codes as `|word` and `|state_word` show them, English names in our own lists."""
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"[a-z]\w*", node.value)
            ):
                found.add(state_word(node.value))
    for path in (ROOT / "jurisdictions" / "data").rglob("*.toml"):
        found |= {state_word(code) for code in re.findall(r"[a-z]\w+", path.read_text(encoding="utf-8"))}
    for path in TEMPLATES:
        found |= {state_word(code) for code in re.findall(r'"([a-z]\w+)"', path.read_text(encoding="utf-8"))}
    for package in CODE:
        for path in (ROOT / package).rglob("*.toml"):
            found |= set(re.findall(r'\ben = "([^"]+)"', path.read_text(encoding="utf-8")))
    return found | {word.lower() for word in found}


class TestEnglish:
    def test_is_the_message_itself_but_for_names_that_come_in_chinese(self):
        for path in (FOLDER / "en" / "LC_MESSAGES").glob("*.po"):
            with path.open("rb") as source:
                rows = [message for message in read_po(source, locale="en") if message.id]
            assert all(is_chinese(row.id) and row.string and not is_chinese(row.string) for row in rows), (
                path.name
            )

    def test_names_the_holidays_of_the_shipped_calendars(self):
        names = set()
        for path in (ROOT / "jurisdictions" / "data" / "calendars").glob("*.toml"):
            names |= set(re.findall(r'^name = "(.+)"$', path.read_text(encoding="utf-8"), re.M))
        assert names and not {name for name in names if is_chinese(catalog("en").gettext(name))}
