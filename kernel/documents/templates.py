"""Templates of documents: written once, printed in Chinese and in English, pinned with the words they use.

A bundle holds the sources of every template file a kind uses and the Chinese of every message in them. It is stored
once per version; a document rendered again takes its bundle, not the files of the day.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, meta, nodes
from jinja2.ext import extract_from_ast
from markupsafe import Markup

from kernel.audit import canonical
from kernel.documents import printed
from kernel.documents.kinds import Kind, spoken
from kernel.pdf import PdfFailed
from kernel.words import N_, Text, translate

FOLDER = Path(__file__).parents[2] / "templates" / "pdf"
_READER = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])


@dataclass(frozen=True)
class Bundle:
    """The pinned source of a kind: canonical JSON of {"files": {name: source}, "words": {msgid: Chinese}}."""

    content: bytes

    @property
    def version(self) -> str:
        """The first twelve figures of the bundle's SHA-256."""
        return hashlib.sha256(self.content).hexdigest()[:12]

    @property
    def key(self) -> str:
        """Where the bundle stands in the store."""
        return f"templates/{hashlib.sha256(self.content).hexdigest()}.json"


def bundle(kind: Kind) -> Bundle:
    """The files of a kind as they are today with the Chinese of today."""
    try:
        files = _files(kind.template_file, {})
    except TemplateError as error:
        raise _unfilled(kind.template_file, error) from error
    used = {msgid for name, source in files.items() for msgid in _parsed(name, source)[1]}
    words = {msgid: _chinese(kind, msgid) for msgid in sorted(used)}
    return Bundle(canonical({"files": files, "words": words}))


def page(pinned: Bundle, template: str, language: str, doc: dict[str, Any], data: Any) -> str:
    """The complete HTML of a document; `language` "bilingual" adds the English translation as a second part."""
    try:
        second = Markup("")
        if language == "bilingual":
            second = Markup(_fill(pinned, template, "en", doc, data, whole=False))  # noqa: S704  made by us
        return _fill(pinned, template, "zh", doc, data, whole=True, second=second)
    except TemplateError as error:
        raise _unfilled(template, error) from error


def _unfilled(template: str, error: TemplateError) -> PdfFailed:
    said = N_("The document template {template} could not be filled: {cause}")
    return PdfFailed(Text(said, template=template, cause=str(error)))


def _fill(pinned: Bundle, template: str, lang: str, doc: dict[str, Any], data: Any, **rest: Any) -> str:
    values = {"doc": spoken(doc, lang), "data": spoken(data, lang), "lang": lang, "second": "", **rest}
    return _environment(pinned, lang).get_template(template).render(values)


@lru_cache(maxsize=64)
def _environment(pinned: Bundle, language: str) -> Environment:
    source = json.loads(pinned.content)
    environment = Environment(
        loader=DictLoader(source["files"]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=partial(printed.shown, language),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = source["words"] if language == "zh" else {}
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda msgid: words.get(msgid, msgid), _no_plural, newstyle=True
    )
    environment.filters |= {name: _bound(function, language) for name, function in printed.FILTERS.items()}
    environment.globals |= {name: _bound(function, language) for name, function in printed.GLOBALS.items()}
    environment.globals["language"] = language
    return environment


def _bound(function: Callable[..., Any], language: str) -> Callable[..., Any]:
    return partial(function, language)


def _no_plural(singular: str, plural: str, number: int) -> str:
    raise PdfFailed(Text(N_("Documents use no plural forms: “{words}”."), words=plural))


def _files(name: str, found: dict[str, str]) -> dict[str, str]:
    """The source of a template and of every file it extends, imports or includes."""
    if name in found:
        return found
    path = FOLDER / name
    if not path.is_file():
        raise PdfFailed(Text(N_("There is no document template {name} in templates/pdf."), name=name))
    found[name] = path.read_text(encoding="utf-8")
    for other in _parsed(name, found[name])[0]:
        _files(other, found)
    return found


@lru_cache(maxsize=128)
def _parsed(name: str, source: str) -> tuple[list[str], list[str]]:
    """The files a template names, and every message it marks with `_("…")`."""
    tree = _READER.parse(source, name)
    files = [other for other in meta.find_referenced_templates(tree) if other is not None]
    if len(files) < len(list(meta.find_referenced_templates(tree))):
        said = N_("The document template {name} may name other files only in plain words.")
        raise PdfFailed(Text(said, name=name))
    return files, list(_messages(name, tree))


def _messages(name: str, tree: nodes.Template) -> Iterator[str]:
    for line, _function, message in extract_from_ast(tree, ("_", "gettext")):
        msgid = message[0] if isinstance(message, tuple) else message
        if not isinstance(msgid, str):
            said = N_("{name}, line {line}: only words written out can be translated, not a variable.")
            raise PdfFailed(Text(said, name=name, line=line))
        yield msgid


def _chinese(kind: Kind, msgid: str) -> str:
    chinese = translate(msgid, "zh")
    if chinese == msgid and re.search(r"[a-z]{2}", re.sub(r"%\(\w+\)s", "", msgid)):
        said = N_("The document template {name} has no Chinese for “{words}”. Add it to the translations.")
        raise PdfFailed(Text(said, name=kind.template_file, words=msgid))
    return chinese
