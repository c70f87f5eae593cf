"""What a reader, a browser and a screen reader find on a page, and everything that can be wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

# Words that stand in Latin letters on Chinese pages too.
ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z'’]+[ ,]+){3,}[A-Za-z]+")
INPUTS = {"input", "select", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """What a reader and a screen reader find on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lang, self.title, self.h1 = "", "", 0
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.actions: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.lang = given.get("lang") or ""
        self.h1 += tag == "h1"
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag == "label":
            self.labelled.add(given.get("for") or "")
        if tag in INPUTS and given.get("type") not in ("hidden", "submit"):
            self.inputs.append(given)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if tag == "form":
            self.actions.append(((given.get("method") or "get").lower(), given.get("action") or ""))
        quiet = tag in {"code", "pre", "script", "style", "kbd", "samp"} or (
            tag != "html" and "lang" in given
        )
        quiet = quiet or bool(self.open and self.open[-1][1])
        if not quiet:
            self.words += [
                given[name] or "" for name in ("aria-label", "alt", "title", "placeholder") if name in given
            ]
        if tag not in VOID:
            self.open.append((tag, quiet))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "title":
            self.title += data
        if data.strip() and not (self.open and self.open[-1][1]):
            self.words.append(" ".join(data.split()))


# Feeds, the log and the open interfaces do not ask who reads them.
SAME_FOR_ALL = re.compile(
    r"/favicon\.ico|/sitemap\.xml|/api/3.*|/log/(key|checkpoint|consistency).*|/(catalogue|open-data)\.(atom|ttl|rdf|jsonld)"
)


def faults(response: Any, address: str, reader: str, lang: str) -> Iterator[str]:
    """Everything that is wrong with one answer, in words."""
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"):
        if name not in response.headers:
            yield f"no {name}"
    policy = response.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or "default-src 'self'" not in policy and "default-src 'none'" not in policy:
        yield f"weak policy {policy}"
    kept = response.headers.get("Cache-Control", "")
    open_to_all = (
        address.startswith("/api/v1/") and address != "/api/v1/docs" or SAME_FOR_ALL.fullmatch(address)
    )
    if reader != "nobody" and "no-store" not in kept and not open_to_all:
        yield f"may be cached: {kept}"
    if response.mimetype != "text/html" or response.status_code in (301, 302, 303):
        return
    text = response.text
    page = Page(text)
    if page.h1 != 1:
        yield f"{page.h1} h1"
    if not page.title.strip():
        yield "no title"
    if page.lang != {"zh": "zh-CN", "en": "en"}[lang]:
        yield f"lang is {page.lang}"
    yield from (f"id twice: {one}" for one, count in Counter(page.ids).items() if count > 1)
    for given in page.inputs:
        if given.get("id") not in page.labelled and not (
            given.get("aria-label") or given.get("aria-labelledby")
        ):
            yield f"no label for {given.get('name')}"
    if re.search(r"\son\w+=|\sstyle=|<script>(?!</script>)|javascript:", text):
        yield "inline script or style"
    if lang == "zh":
        yield from (f"English: {found[0]!r}" for words in page.words if (found := ENGLISH.search(words)))
    for link in page.links:
        if link.startswith("#") and len(link) > 1 and unquote(link[1:]) not in page.ids:
            yield f"leads nowhere: {link}"
