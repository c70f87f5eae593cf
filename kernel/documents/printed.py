"""How days, amounts and numbers are printed. Frozen: a change here changes documents that are rendered again.

Every function takes the language first; figures are the same in both, so that the parts cannot contradict.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import segno
from markupsafe import Markup

from kernel.clock import LEGAL_ZONE
from kernel.money import Money, capitals

_MONTHS = "January February March April May June July August September October November December".split()
_FIGURES = "零一二三四五六七八九"


def day(language: str, value: str | None) -> str:
    """2026-11-21 as 2026年11月21日 or 21 November 2026; nothing as a dash."""
    if not value:
        return "—"
    on = date.fromisoformat(value)
    return f"{on.year}年{on.month}月{on.day}日" if language == "zh" else f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def moment(language: str, value: str | None) -> str:
    """A UTC moment in legal time, to the second."""
    if not value:
        return "—"
    at = datetime.fromisoformat(value).astimezone(LEGAL_ZONE)
    zone = "（北京时间）" if language == "zh" else " (UTC+8)"
    return f"{day(language, at.date().isoformat())} {at:%H:%M:%S}{zone}"


def money(_language: str, value: Any) -> str:
    """¥1,234.50; other currencies by their letters."""
    amount = _amount(value)
    whole, cents = divmod(abs(amount.minor), 100)
    sign = "¥" if amount.currency == "CNY" else f"{amount.currency} "
    return f"{'-' if amount.minor < 0 else ''}{sign}{whole:,}.{cents:02d}"


def in_capitals(language: str, value: Any) -> str:
    """人民币壹佰元整 in the Chinese part; the plain amount in the English one."""
    amount = _amount(value)
    return f"人民币{capitals(amount)}" if language == "zh" else money(language, value)


def share(_language: str, basis_points: int) -> str:
    """2550 as 25.5%."""
    whole, rest = divmod(abs(basis_points), 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{'-' if basis_points < 0 else ''}{whole}{decimals}%"


def grouped(_language: str, number: int) -> str:
    """1234567 as 1,234,567."""
    return f"{number:,}"


def article(language: str, number: int) -> str:
    """第十二条, or Article 12."""
    return f"第{chinese(number)}条" if language == "zh" else f"Article {number}"


def chapter(language: str, number: int) -> str:
    """第二章, or Chapter 2."""
    return f"第{chinese(number)}章" if language == "zh" else f"Chapter {number}"


def chinese(number: int) -> str:
    """A whole number from 1 to 9999 in Chinese figures: 12 is 十二, 105 is 一百零五."""
    if not 0 < number < 10_000:
        raise ValueError(f"articles are numbered from 1 to 9999, not {number}")
    words, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // place % 10
        if figure:
            words += ("零" if gap and words else "") + _FIGURES[figure] + name
        gap = not figure
    return words.removeprefix("一") if 10 <= number < 20 else words


def shown(language: str, value: Any) -> Any:
    """What `{{ … }}` prints for nothing and for yes or no; everything else as it is."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        yes, no = ("是", "否") if language == "zh" else ("Yes", "No")
        return yes if value else no
    return value


def qr(_language: str, text: str) -> Markup:
    """A QR code as a picture that the page carries with it: a raster stands once in the file."""
    uri = segno.make(text, error="m", micro=False).png_data_uri(border=0, dark="#101010")
    return Markup('<img class="qr" alt="{}" src="{}">').format(text, uri)


def _amount(value: Any) -> Money:
    return Money(value["minor"], value["currency"]) if isinstance(value, dict) else Money(value)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "money": money,
    "capitals": in_capitals,
    "share": share,
    "grouped": grouped,
}
GLOBALS: dict[str, Callable[..., Any]] = {"article": article, "chapter_number": chapter, "qr": qr}
