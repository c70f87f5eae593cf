"""Days and numbers of foreign catalogues: seven ways to write a date, and counts with commas, signs and breaks."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from kernel.words import N_, Text
from registry.gateway.readings import NOTHING, Reading
from registry.gateway.spellings import is_empty

_LEGAL_TIME = ZoneInfo("Asia/Shanghai")
_WRITTEN = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?.*)?", re.S
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_MONTH = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?|\d{4}\s*年?")
_EARLIEST, _LATEST = 1949, 2100
_NUMBER = re.compile(r"[+]?\d{1,3}(?:[,，]\d{3})+|[+]?\d+(?:\.0+)?")
_GROUPED = re.compile(r"(\d{1,15}(?:\.\d{1,9}(?=\s*[万亿]))?)\s*(万|亿)?\s*(?:条|行|个|项|件)?")
_TIMES = {"万": 10_000, "亿": 100_000_000, "": 1}

_NOT_A_DAY = N_("“{word}” is not a day that can be read.")
_NO_DAY = N_("“{word}” names a month or a year, not a day.")
_OUT_OF_RANGE = N_("“{word}” lies outside the years {first} to {last}.")
_READ_AS_DAY = N_("“{word}” was read as {day}.")
_EPOCH = N_("The number {word} counts from 1970; read as {day}, Beijing time.")
_NOT_A_NUMBER = N_("“{word}” is not a number of records.")
_NEGATIVE = N_("A negative number of records ({word}) says that nothing was counted.")
_READ_AS_NUMBER = N_("“{word}” was read as the number {number}.")


def read_day(value: Any) -> Reading:
    """A day: 2022-3-24, 2022/03/24 10:24, 2022年3月24日, 20220324, 20220324102400, epoch seconds or milliseconds."""
    if is_empty(value):
        return NOTHING
    if isinstance(value, datetime):
        return Reading(value.date(), "time_left_out", Text(_READ_AS_DAY, word=str(value), day=value.date()))
    if isinstance(value, date):
        return Reading(value)
    return _day(str(value).strip())


@lru_cache(maxsize=16384)
def _day(word: str) -> Reading:
    parts = _WRITTEN.fullmatch(word) or _COMPACT.fullmatch(word)
    if parts:
        return _calendar_day(word, int(parts[1]), int(parts[2]), int(parts[3]))
    if (
        word.isascii()
        and word.removesuffix(".0").isdigit()
        and len(word.removesuffix(".0")) in (9, 10, 12, 13)
    ):
        return _epoch_day(word, int(word.removesuffix(".0")))
    return Reading(refused=Text(_NO_DAY if _MONTH.fullmatch(word) else _NOT_A_DAY, word=word))


def _calendar_day(word: str, year: int, month: int, day: int) -> Reading:
    if not _EARLIEST <= year <= _LATEST:
        return Reading(refused=Text(_OUT_OF_RANGE, word=word, first=_EARLIEST, last=_LATEST))
    try:
        read = date(year, month, day)
    except ValueError:
        return Reading(refused=Text(_NOT_A_DAY, word=word))
    if word == read.isoformat():
        return Reading(read)
    return Reading(read, "date_form", Text(_READ_AS_DAY, word=" ".join(word.split()), day=read))


def _epoch_day(word: str, number: int) -> Reading:
    seconds = number // 1000 if number >= 10**11 else number
    read = datetime.fromtimestamp(seconds, tz=_LEGAL_TIME).date()
    if read.year > _LATEST:
        return Reading(refused=Text(_OUT_OF_RANGE, word=word, first=_EARLIEST, last=_LATEST))
    return Reading(read, "date_from_epoch", Text(_EPOCH, word=word, day=read))


def read_count(value: Any) -> Reading:
    """A number of records: 0 is a number, '-1' is not, '1,241,609' and '1.2万条' are mended."""
    if isinstance(value, bool):
        return Reading(refused=Text(_NOT_A_NUMBER, word=str(value)))
    if isinstance(value, int) and value >= 0:
        return Reading(value)
    if is_empty(value):
        return NOTHING
    return _count(str(value).strip(), str(value))


@lru_cache(maxsize=16384)
def _count(word: str, written: str) -> Reading:
    if word.startswith("-") and word[1:].strip().replace(",", "").isdigit():
        return Reading(refused=Text(_NEGATIVE, word=word))
    if _NUMBER.fullmatch(word):
        number = int(word.replace(",", "").replace("，", "").split(".")[0])
    else:
        grouped = _GROUPED.fullmatch(word)
        if not grouped:
            return Reading(refused=Text(_NOT_A_NUMBER, word=word))
        number = _multiplied(grouped[1], _TIMES[grouped[2] or ""])
    if number > 10**15:
        return Reading(refused=Text(_NOT_A_NUMBER, word=word))
    if written == str(number):
        return Reading(number)
    return Reading(number, "number_form", Text(_READ_AS_NUMBER, word=word, number=number))


def _multiplied(digits: str, times: int) -> int:
    whole, _, fraction = digits.partition(".")
    return int(whole) * times + (int(fraction) * times // 10 ** len(fraction) if fraction else 0)
