"""Periods that data cover: a year, a month or a day (2019, 2019-03, 2019-03-31), open where no end is told."""

import re
from collections.abc import Iterator
from datetime import date

from kernel.words import N_, Text, translate

PATTERN = r"[1-9]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
MOST_YEARS = 60  # of one entry that are counted, the latest; protects the machine
LONGEST = 60  # characters of a cell that can name a period
_TIME = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?.*)?"
_WRITTEN = re.compile(
    rf"([1-9]\d{{3}})(?:\s*年|(?:\s*[-/.年]\s*(\d{{1,2}})(?:\s*月|(?:\s*[-/.月]\s*(\d{{1,2}})\s*日?{_TIME}))?))?"
)
_COMPACT = re.compile(r"([1-9]\d{3})(\d{2})(\d{2})?")
_TO = re.compile(r"[\s\-至到~～—–－/]+|\bto\b")
_SINCE = re.compile(r"以来|以后|起$")
_NOW = frozenset({"", "今", "至今", "到今", "现在", "目前", "长期", "持续", "持续更新", "now", "present", ".."})
_FOREVER = "9999"


def read(text: str) -> str | None:
    """A period in its one written form, None where it is none: 2019年3月 is 2019-03."""
    plain = text.strip().removesuffix(".0")
    match = _WRITTEN.fullmatch(plain) or _COMPACT.fullmatch(plain) if len(plain) <= LONGEST else None
    if match is None:
        return None
    numbers = [int(part) for part in match.groups() if part is not None]
    try:
        date(*(*numbers, 1, 1)[:3])
    except ValueError:
        return None
    return "-".join(f"{number:02}" for number in numbers)


def is_open(text: str) -> bool:
    """Whether a last period says that there is none yet: 至今, now, 9999-12-31."""
    plain = text.strip().casefold()
    return plain in _NOW or plain.startswith(_FOREVER)


def read_range(text: str) -> tuple[str, str | None] | None:
    """(first, last) of words such as 2015年至2020年, 2015-01/2020-12, 2015年至今; a single period is both."""
    if len(text) > LONGEST:
        return None
    if one := read(text):
        return one, one
    for first, last in _parted(text.strip()):
        if (found := read(first)) and (is_open(last) or (ended := read(last))):
            return found, None if is_open(last) else ended
    return None


def _parted(text: str) -> Iterator[tuple[str, str]]:
    if _SINCE.search(text):
        yield _SINCE.sub("", text), ""
    for sign in _TO.finditer(text):
        yield text[: sign.start()], text[sign.end() :]


def in_order(first: str | None, last: str | None) -> bool:
    """Whether the first does not lie after the last, as exactly as both are told: 2019-05 lies in 2019."""
    if not first or not last:
        return True
    shared = min(len(first), len(last))
    return first[:shared] <= last[:shared]


def years(first: str | None, last: str | None, open_until: int) -> tuple[int, int] | None:
    """The first and the last year, None where no period is told; an open end reaches to `open_until`."""
    if not first and not last:
        return None
    begun = int((first or last or "")[:4])
    return begun, int(last[:4]) if last else max(begun, open_until)


def each_year(span: str) -> list[str]:
    """Every year of a span such as 2015/2020; of a very long one the latest."""
    begun, ended = (int(year) for year in span.split("/"))
    return [str(year) for year in range(max(begun, ended - MOST_YEARS + 1), ended + 1)]


def interval(first: str | None, last: str | None) -> str:
    """The period as an interval of ISO 8601, '..' where it is open; empty where none is told."""
    return f"{first or '..'}/{last or '..'}" if first or last else ""


def word(period: str, locale: str) -> str:
    """A period as it is read: 2019年3月 in Chinese, 2019-03 else."""
    if not locale.startswith("zh"):
        return period
    return "".join(
        f"{int(part)}{sign}" for part, sign in zip(period.split("-"), "年月日", strict=False)
    )


def span_word(first: str | None, last: str | None, locale: str) -> str:
    """From when to when, in words; empty where no period is told."""
    told = {name: word(period, locale) for name, period in (("first", first), ("last", last)) if period}
    said = {
        "first": N_("{first} until now"),
        "last": N_("up to {last}"),
        "first last": N_("{first} to {last}"),
    }
    return translate(Text(said[" ".join(told)], **told), locale) if told else ""
