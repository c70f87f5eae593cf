"""Running text of foreign catalogues: titles, abstracts, keywords and plain lines."""

import html
import re
import unicodedata
from functools import lru_cache
from typing import Any

import nh3

from kernel.words import N_, Text
from registry.gateway.readings import NOTHING, Reading
from registry.gateway.spellings import WORDS, is_empty
from registry.vocabulary import INDUSTRIES, THEMES

LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINE = 200, 5000, 300
_KEPT = frozenset("（），：；？！～｜。、＂＇［］｛｝＜＞﹑﹔﹕﹖﹗﹙﹚")
_WIDE = re.compile(
    "[\u3000\u2000-\u200f\u2028-\u202f\u205f-\u206f\u00a0\u00ad\ufeff\uff01-\uff5e\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\u00ad\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[^\S\n]+")
_UNEVEN = re.compile(r"[\t\n\r\x0b\x0c]|\s\s|[^\S ]")
_BREAKS = re.compile(r"\s*\n\s*")
_TAG = re.compile(r"<[A-Za-z/!]")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,6});")
_LETTER = re.compile(r"[^\W\d_]")
_TRIAL = re.compile(r"(?:测试|试用|demo|test|aaa+|xxx+)(?:数据|目录|资源|一下)?\d*", re.IGNORECASE)
_KEYWORD_SEPARATORS = re.compile(r"[、，,;；|/]+")
_KEYWORDS_LEFT_OUT = frozenset(WORDS["keywords"]["left_out"])

_CLEANED = N_("Hidden signs, line breaks and full-width letters were put right.")
_MARKUP = N_("Web-page markup was taken out of the text.")
_TOO_LONG = N_("The text is longer than {most} characters; it was cut there.")
_NO_TITLE = N_("“{word}” cannot be the name of a resource: it has no letter and no Chinese character.")
_TITLE_TOO_LONG = N_("The name has {length} characters; at most {most} can be taken.")
_SPLIT = N_("The keywords were taken apart; pieces of one character were left out.")


def clean(text: str) -> str:
    """Text without hidden and direction signs, full-width letters made narrow, Chinese punctuation left as it is."""
    if _WIDE.search(text):
        text = _HIDDEN.sub("", text)
        text = _WIDE.sub(_narrow, text)
    if not _UNEVEN.search(text):
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()


def _narrow(sign: re.Match[str]) -> str:
    return sign[0] if sign[0] in _KEPT else unicodedata.normalize("NFKC", sign[0])


def read_line(value: Any, longest: int = LONGEST_LINE) -> Reading:
    """One line of text: a name, a condition, a scope."""
    if is_empty(value):
        return NOTHING
    written = "、".join(str(part) for part in value) if isinstance(value, list) else str(value)
    line = clean(written).replace("\n", " ")
    if len(line) > longest:
        return Reading(line[:longest], "cut", Text(_TOO_LONG, most=longest))
    return Reading(line) if line == written else Reading(line, "cleaned", Text(_CLEANED))


def read_title(value: Any) -> Reading:
    """The name of the resource. Refused: nothing, only figures or signs, or longer than a name can be."""
    if is_empty(value) or isinstance(value, dict | list):
        return NOTHING
    line = clean(_without_entities(str(value))).replace("\n", " ")
    if not _LETTER.search(line):
        return Reading(refused=Text(_NO_TITLE, word=line[:40]))
    if len(line) > LONGEST_TITLE:
        return Reading(refused=Text(_TITLE_TOO_LONG, length=len(line), most=LONGEST_TITLE))
    return Reading(line) if line == value else Reading(line, "cleaned", Text(_CLEANED))


def looks_like_a_trial(title: str) -> bool:
    """Whether a title is one that people type to try a form."""
    return _TRIAL.fullmatch(title) is not None


def _without_entities(text: str) -> str:
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def read_abstract(value: Any) -> Reading:
    """The abstract: markup taken out, entities resolved, blanks put right, line breaks kept."""
    if is_empty(value):
        return NOTHING
    written = str(value)
    plain = _without_entities(written)
    marked_up = "<" in plain and _TAG.search(plain) is not None
    if marked_up:
        spaced = re.sub(r"<(?:br|/p|/div|/li|/tr)\b[^>]*>", "\n", plain, flags=re.IGNORECASE)
        plain = html.unescape(nh3.clean(spaced, tags=set()))
    text = clean(plain)
    if is_empty(text):
        return NOTHING
    if len(text) > LONGEST_TEXT:
        return Reading(text[:LONGEST_TEXT], "cut", Text(_TOO_LONG, most=LONGEST_TEXT))
    if marked_up or plain != written:
        return Reading(text, "markup", Text(_MARKUP))
    return Reading(text) if text == written.strip() else Reading(text, "cleaned", Text(_CLEANED))


def read_keywords(value: Any) -> Reading:
    """Keywords from a list, or from one cell with breaks, tabs, 、，; between them."""
    if is_empty(value):
        return NOTHING
    given = [str(word) for word in value] if isinstance(value, list) else [str(value)]
    words = dict.fromkeys(word for cell in given for word in _keywords(cell))
    kept = [word for word in words if len(word) > 1 and word not in _KEYWORDS_LEFT_OUT and not is_empty(word)]
    if not kept:
        return NOTHING
    return Reading(kept) if kept == given else Reading(kept, "keywords_split", Text(_SPLIT))


def _keywords(cell: str) -> list[str]:
    lines = [line for line in clean(cell).split("\n") if line]
    if len(lines) == 1 and " " in lines[0] and not _KEYWORD_SEPARATORS.search(lines[0]):
        lines = lines[0].split()
    return [word.strip() for line in lines for word in _words_of(line)]


@lru_cache(maxsize=4096)
def _words_of(line: str) -> tuple[str, ...]:
    if INDUSTRIES.find_all(line) or THEMES.find_all(line):
        return (line,)
    return tuple(word for word in _KEYWORD_SEPARATORS.split(line) if word)
