"""Papers and data files of the demonstration, made by us: small PDFs, and tables with invented but plausible values."""

import csv
import io
import math
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from kernel import clock, pdf
from kernel.fields import File

STATIONS = ("明川站", "云汀站", "东湖站", "西岭站", "南桥站", "北港站")
ROUTES = ("1路", "3路", "6路", "12路", "28路", "K5路")


@cache
def paper(name: str, *lines: str) -> File:
    """A one-page PDF with a title and a few lines."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f'<html lang="zh-CN"><head><title>{name}</title></head><body><h1>{name}</h1>{body}</body></html>'
    made = datetime(2026, 1, 5, tzinfo=clock.LEGAL_ZONE)
    return File(
        f"{name}.pdf",
        pdf.render(page, title=name, created=made, identifier=name.encode()[:16].ljust(16, b"-")),
    )


def table(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> File:
    """A CSV file (UTF-8 with a mark, as spreadsheets like it)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows(rows)
    return File(f"{name}.csv", out.getvalue().encode("utf-8-sig"))


def days(first: date, last: date) -> list[date]:
    """Every day from first to last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def rain(first: date, last: date) -> File:
    """Daily rain of each station, in millimetres."""
    dice = random.Random(11)  # noqa: S311  invented weather
    rows = [
        (station, day.isoformat(), f"{max(0.0, dice.gauss(2, 9)):.1f}")
        for day in days(first, last)
        for station in STATIONS
    ]
    return table("衡州逐日雨量", ("站点", "日期", "雨量毫米"), rows)


def temperature(first: date, last: date) -> File:
    """Daily mean temperature of each station, in degrees."""
    dice = random.Random(12)  # noqa: S311  invented weather
    season: Callable[[date], float] = lambda day: 17 + 11 * math.sin((day.timetuple().tm_yday - 110) / 58.1)
    rows = [
        (station, day.isoformat(), f"{season(day) + dice.gauss(0, 2):.1f}")
        for day in days(first, last)
        for station in STATIONS
    ]
    return table("衡州逐日气温", ("站点", "日期", "平均气温"), rows)


def traffic(first: date, last: date) -> File:
    """Passengers of each bus route a day."""
    dice = random.Random(13)  # noqa: S311  invented passengers
    rows = [
        (route, day.isoformat(), int(dice.gauss(8200 if day.weekday() < 5 else 5600, 600)))
        for day in days(first, last)
        for route in ROUTES
    ]
    return table("衡州公交客流", ("线路", "日期", "客流量"), rows)


def enterprises() -> File:
    """New enterprises by district, industry and month."""
    dice = random.Random(14)  # noqa: S311  invented enterprises
    rows = [
        (district, industry, f"2026-{month:02d}", dice.randint(3, 90))
        for district in ("明川区", "云汀县")
        for industry in (
            "批发和零售业",
            "制造业",
            "农、林、牧、渔业",
            "住宿和餐饮业",
            "信息传输、软件和信息技术服务业",
        )
        for month in range(1, 7)
    ]
    return table("衡州新设企业", ("区县", "行业", "月份", "户数"), rows)


def landslides() -> File:
    """Places where slopes may slide, by district."""
    dice = random.Random(15)  # noqa: S311  invented places
    kinds = ("滑坡", "崩塌", "泥石流", "地面塌陷")
    rows = [
        (f"HZ{number:03d}", dice.choice(kinds), dice.choice(("明川区", "云汀县")), dice.randint(3, 120))
        for number in range(1, 61)
    ]
    return table("衡州地质灾害隐患点", ("编号", "类型", "区县", "威胁人数"), rows)
