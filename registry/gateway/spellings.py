"""Words of foreign catalogues read as our code lists: attributes, frequency, themes, industries, grades."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from kernel.words import N_, Text, translate
from registry.gateway.readings import NOTHING, Reading
from registry.vocabulary import (
    FREQUENCIES,
    INDUSTRIES,
    OPENING_ATTRIBUTES,
    SHARING_ATTRIBUTES,
    THEMES,
    CodeList,
    fold,
    nearest,
)

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
_EMPTY = frozenset(fold(word) for word in WORDS["empty"]) | {""}
_EXACT = {
    subject: {fold(word): meaning for meaning, words in WORDS[subject]["exact"].items() for word in words}
    for subject in ("opening", "sharing")
}
_PATTERNS = [(re.compile(rule["find"]), rule["meaning"]) for rule in WORDS["opening"]["patterns"]]
_LEVEL = re.compile(r"(?:l|第)?([1-4])级?")
_NOTE_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]\s*$")
_SEPARATORS = [re.compile(signs) for signs in (r"[\r\n]+", r"[，,;；|]+", r"[、\s]+")]

_UNKNOWN = N_("“{word}” is not understood.")
_UNKNOWN_NEAR = N_("“{word}” is not understood. Perhaps “{near}” is meant?")
_READ_AS = N_("“{word}” was read as “{term}”.")
_OPENING_REFUSED = {
    "silent": N_("“{word}” does not say whether the data are open."),
    "code": N_("The file does not tell what the sign “{word}” means here."),
    "sharing": N_("“{word}” speaks of sharing between agencies, not of opening to the public."),
    "treatment": N_("“{word}” names how the data were treated, not whether they are open."),
    "level": N_("“{word}” names a level of protection, not whether the data are open."),
}
_OPENING_NOTES = {
    "channel": N_(
        "“{word}” names where the data are open and no condition; read as open without conditions."
    ),
    "conditional": N_("“{word}” names a condition; read as open on conditions."),
    "conditional_purpose": N_("“{word}” limits the purpose; read as open on conditions."),
}


def is_empty(value: Any) -> bool:
    """Whether a cell says nothing: null, blank, '-', '暂无', 'undefined' and the like."""
    if isinstance(value, str):
        return _says_nothing(value) if len(value) < 12 else not value.strip()
    return value is None or value == [] or value == {}


@lru_cache(maxsize=32768)
def _says_nothing(word: str) -> bool:
    return fold(word) in _EMPTY


def unknown(word: str, codes: CodeList) -> Reading:
    """The refusal of a word that a code list lacks, with the nearest right term."""
    near = nearest(word, codes)
    if near is None:
        return Reading(refused=Text(_UNKNOWN, word=word))
    return Reading(refused=Text(_UNKNOWN_NEAR, word=word, near=Text(near.en)))


def read_term(value: Any, codes: CodeList) -> Reading:
    """A cell read as one term of a code list, by code, name or known spelling."""
    if is_empty(value):
        return NOTHING
    return _term(str(value).strip(), codes)


@lru_cache(maxsize=4096)
def _term(word: str, codes: CodeList) -> Reading:
    term = codes.find(word)
    if term is None:
        return unknown(word, codes)
    if word in (term.code, term.zh, term.en):
        return Reading(term.code)
    return Reading(term.code, "spelling", Text(_READ_AS, word=word, term=Text(term.en)))


def read_choice(value: Any, choices: tuple[tuple[str, str], ...]) -> Reading:
    """A cell read as one of a few choices (code, English words), by code or by the words of either language."""
    if is_empty(value):
        return NOTHING
    word = fold(str(value))
    for code, words in choices:
        if word in (fold(code), fold(words), fold(translate(words, "zh"))):
            return Reading(code)
    return Reading(refused=Text(_UNKNOWN, word=str(value).strip()))


def read_opening(value: Any, heading: str = "") -> Reading:
    """The opening attribute. Under a yes-or-no heading 是 and 否 are answers; elsewhere they are not understood."""
    if value is None or not str(value).strip():
        return NOTHING
    return _opening(str(value).strip(), heading.startswith("是否"))


@lru_cache(maxsize=4096)
def _opening(word: str, yes_or_no: bool) -> Reading:
    plain = fold(word)
    if yes_or_no and plain in ("是", "否"):
        code = "open" if plain == "是" else "none"
        return Reading(code, "spelling", _read_as(word, code))
    if plain in _EMPTY and plain != "无":
        return NOTHING
    term = OPENING_ATTRIBUTES.find(word)
    if term:
        return Reading(term.code)
    meaning = _EXACT["opening"].get(plain) or _meaning_of_sentence(word, plain)
    return _opening_reading(word, meaning)


def _meaning_of_sentence(word: str, plain: str) -> str:
    level = _LEVEL.fullmatch(plain) or re.fullmatch(r"([1-4])级?(?:不)?脱敏", plain)
    if level:
        return "level"
    return next((meaning for pattern, meaning in _PATTERNS if pattern.search(word)), "silent")


def _opening_reading(word: str, meaning: str) -> Reading:
    level = _LEVEL.match(fold(word)) if "级" in word or word[:1] in "Ll" else None
    also: tuple[tuple[str, Any], ...] = (("local_level", level[1]),) if level else ()
    if meaning in _OPENING_REFUSED:
        kept = (("opening_conditions", word),) if meaning in ("sharing", "treatment") else ()
        return Reading(
            refused=Text(_OPENING_REFUSED[meaning], word=word), also=also if meaning == "level" else kept
        )
    if meaning in ("channel", "conditional_purpose"):
        code = "open" if meaning == "channel" else "conditional"
        kept = () if meaning == "channel" else (("opening_conditions", word),)
        return Reading(code, meaning, Text(_OPENING_NOTES[meaning], word=word), also=kept)
    if meaning == "conditional" and word != "有条件":
        note = Text(_OPENING_NOTES[meaning], word=word)
        return Reading(meaning, "spelling", note, also=(("opening_conditions", word),))
    return Reading(meaning, "spelling", _read_as(word, meaning), also=also)


def _read_as(word: str, code: str) -> Text:
    return Text(_READ_AS, word=word, term=Text(OPENING_ATTRIBUTES[code].en))


@lru_cache(maxsize=1024)
def _sharing(word: str) -> Reading:
    term = SHARING_ATTRIBUTES.find(word)
    if term and word in (term.code, term.zh, term.en):
        return Reading(term.code)
    code = term.code if term else _EXACT["sharing"].get(fold(word))
    if code is None:
        return unknown(word, SHARING_ATTRIBUTES)
    return Reading(code, "spelling", Text(_READ_AS, word=word, term=Text(SHARING_ATTRIBUTES[code].en)))


def read_sharing(value: Any) -> Reading:
    """The sharing attribute between agencies (WZ24, LS18 with 受限共享 and 非共享)."""
    return NOTHING if is_empty(value) else _sharing(str(value).strip())


def read_frequency(value: Any) -> Reading:
    """The update frequency; a remark in brackets after it ('每月(更新说明:…)') is set aside and noted."""
    return NOTHING if is_empty(value) else _frequency(str(value).strip())


@lru_cache(maxsize=1024)
def _frequency(word: str) -> Reading:
    bare = _NOTE_IN_BRACKETS.sub("", word).strip()
    core = (
        re.sub(r"^按|更新(?:一次)?$|1次$|一次$", "", bare) if bare not in ("不更新", "从不更新") else "不更新"
    )
    term = (
        FREQUENCIES.find(bare) or FREQUENCIES.find(core) or FREQUENCIES.find(re.sub(r"^每一?个?", "", core))
    )
    if term is None:
        return unknown(word, FREQUENCIES)
    if word in (term.zh, term.code):
        return Reading(term.code)
    return Reading(term.code, "spelling", Text(_READ_AS, word=word, term=Text(term.en)))


def read_topics(value: Any) -> Reading:
    """Themes, and industry sections that stand among them: `value` = theme codes, also = industries.

    Portals join themes in one word ('文化、卫生、体育'), list several in a cell, and name sections in theme columns.
    """
    if is_empty(value):
        return NOTHING
    words = value if isinstance(value, list) else [value]
    return _topics(tuple(str(word).strip() for word in words if not is_empty(word)), ("themes", "industries"))


def read_industries(value: Any) -> Reading:
    """Industry sections A–T of GB/T 4754; themes that stand in the column go to the themes."""
    if is_empty(value):
        return NOTHING
    words = value if isinstance(value, list) else [value]
    return _topics(tuple(str(word).strip() for word in words if not is_empty(word)), ("industries", "themes"))


_TOPIC_LISTS = {"themes": THEMES, "industries": INDUSTRIES}


@lru_cache(maxsize=8192)
def _topics(words: tuple[str, ...], order: tuple[str, str]) -> Reading:
    first, second = order
    found: dict[str, dict[str, None]] = {first: {}, second: {}}
    wrong, plain = [], True
    for word in (piece for whole in words for piece in _pieces(whole)):
        if first == "industries" and word in ("其他", "其它"):
            continue
        for name in order:
            terms = _TOPIC_LISTS[name].find_all(word)
            if terms:
                found[name].update(dict.fromkeys(term.code for term in terms))
                plain = plain and name == first and word in (terms[0].zh, terms[0].code)
                break
        else:
            wrong.append(word)
    also = ((second, list(found[second])),) if found[second] else ()
    value = list(found[first]) or None
    if wrong:
        return Reading(value, refused=unknown("、".join(wrong), _TOPIC_LISTS[first]).refused, also=also)
    if plain or not (value or also):
        return Reading(value, also=also)
    return Reading(value, "spelling", Text(_READ_AS, word="、".join(words), term=_named(found)), also=also)


def _pieces(whole: str) -> list[str]:
    if THEMES.find_all(whole) or INDUSTRIES.find_all(whole):
        return [whole]
    for separator in _SEPARATORS:
        parts = [part.strip() for part in separator.split(whole) if part.strip()]
        if len(parts) > 1:
            return [piece for part in parts for piece in _pieces(part)]
    return [whole.strip("、，,;；| \t")]


def _named(found: dict[str, dict[str, None]]) -> list[Text]:
    return [Text(_TOPIC_LISTS[name][code].en) for name, codes in found.items() for code in codes]
