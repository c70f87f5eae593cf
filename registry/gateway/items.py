"""Data items: from a column of their own, or from the abstract, where they often stand after 包含 or 包括."""

import re
from itertools import islice
from typing import Any

from kernel.words import N_, Text
from registry.gateway.prose import clean
from registry.gateway.readings import NOTHING, Reading
from registry.gateway.spellings import is_empty

LONGEST_ITEM, FEWEST_NAMED, FEWEST_BARE = 40, 2, 4
MOST_OPENERS = 10  # further ones do not begin the list
_OPENERS = re.compile(
    r"(?:主要|具体)?(?:信息|内容|字段|数据项|要素)?(?:主要|分别)?(?:包括了?|包含了?|含有|涵盖|字段[有为]|信息[有为](?=[:：]))为?[:：]?"
    r"|(?:主要)?(?:信息|内容|字段|数据项)[:：]|[，,]提供(?=[^，,。]+[、，,])|[，,]含(?=[^，,。]+[、，,])"
)
_END = re.compile(r"[。；;\n]|\.(?=\s|$)")
_SENTENCE_END = re.compile(r"[。\n]|\.(?=\s|$)")
_CLOSING = re.compile(
    r"等?(?:若干|多个|其他|相关|有关|主要|基本|服务)*(?:的)?(?:信息|内容|数据|字段|情况|数据项|要素|指标)*[。.,，、]*$"
)
_ET_CETERA = re.compile(r"等(?!级|次|第|值|额|效|于|待)[^、，,;；]{0,12}$")
_SEPARATOR = re.compile(r"[、，,;；|]")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.、)）]|[(（]\d{1,2}[)）])\s*")
_PROSE = re.compile(r"[为是将按把被的可]|可以|用于|根据|通过|以及其|负责|进行")
_TAKEN = N_("{count} data items were taken from the abstract.")
_SPLIT = N_("{count} data items were read from one cell.")


def read_items(value: Any) -> Reading:
    """Data items of a column: a list of names, a list of objects with a name, or names in one cell."""
    if is_empty(value):
        return NOTHING
    if isinstance(value, list):
        named = [_item_name(item) for item in value]
        items = [{"name": name} for name in dict.fromkeys(named) if name]
        return Reading(items) if items else NOTHING
    items = [{"name": name} for name in _names(clean(str(value)).replace("\n", "、"))]
    return Reading(items, "items_split", Text(_SPLIT, count=len(items))) if items else NOTHING


def _item_name(item: Any) -> str:
    if isinstance(item, dict):
        item = next(
            (item[key] for key in ("name", "名称", "信息项名称", "数据项名称", "字段名称") if item.get(key)),
            "",
        )
    return "" if is_empty(item) else clean(str(item))[:LONGEST_ITEM]


def items_in_abstract(abstract: str) -> Reading:
    """The list of item names inside an abstract, or nothing where there is no list that can be told from prose."""
    names = _after_opener(abstract) or _bare_list(abstract)
    if not names:
        return NOTHING
    items = [{"name": name} for name in names]
    return Reading(items, "items_from_abstract", Text(_TAKEN, count=len(items)))


def _after_opener(abstract: str) -> list[str]:
    for opener in islice(_OPENERS.finditer(abstract), MOST_OPENERS):
        tail = _END.split(abstract[opener.end() :], maxsplit=1)[0]
        if ";" in abstract or "；" in abstract:
            tail = _longer_tail(abstract[opener.end() :], tail)
        names = _names(tail)
        if len(names) >= FEWEST_NAMED and not any(_OPENERS.search(name) for name in names):
            return names
    return []


def _longer_tail(rest: str, tail: str) -> str:
    """Items parted by semicolons: the list then ends with the sentence."""
    sentence = _SENTENCE_END.split(rest, maxsplit=1)[0]
    return tail if _SEPARATOR.search(tail) else sentence


def _bare_list(abstract: str) -> list[str]:
    """An abstract that is nothing but a list of short names."""
    if len(_SEPARATOR.findall(abstract)) < FEWEST_BARE - 1 or _SENTENCE_END.search(abstract.rstrip("。. \n")):
        return []
    names = _names(abstract)
    short = all(len(name) <= 16 and not _PROSE.search(name) for name in names)
    return names if len(names) >= FEWEST_BARE and short else []


def _names(listed: str) -> list[str]:
    pieces = _outside_brackets(listed)
    names: dict[str, None] = {}
    for place, piece in enumerate(pieces, start=1):
        name = _NUMBERING.sub("", piece).strip(" ：:.。“”\"'")
        if place == len(pieces):
            name = _last(name)
        if name and not is_empty(name):
            names[name] = None
    return [] if any(len(name) > LONGEST_ITEM for name in names) else list(names)


def _last(name: str) -> str:
    """The last item without 等信息, 等内容 … ('资质等级信息' keeps its 等级)."""
    shorter = _ET_CETERA.sub("", name).strip()
    if shorter != name:
        return shorter
    bare = _CLOSING.sub("", name).strip()
    return bare if len(bare) > 1 else name


def _outside_brackets(listed: str) -> list[str]:
    """The pieces between separators; those inside brackets do not part."""
    if not re.search(r"[(（\[【]", listed):
        return _SEPARATOR.split(listed)
    pieces, depth, start = [], 0, 0
    for place, sign in enumerate(listed):
        if sign in "(（[【":
            depth += 1
        elif sign in ")）]】":
            depth = max(0, depth - 1)
        elif depth == 0 and sign in "、，,;；|":
            pieces.append(listed[start:place])
            start = place + 1
    return [*pieces, listed[start:]] if depth == 0 else _SEPARATOR.split(listed)
