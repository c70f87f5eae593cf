"""Catalogue entries to measure with: the real ones beside the repository, multiplied with varied words."""

import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from kernel import clock
from kernel.db import db, new_id
from registry.models import CatalogueEntry
from registry.vocabulary import FORMATS, FREQUENCIES, OPENING_ATTRIBUTES, THEMES

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "catalogues"
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("标题", "资源名称", "tableRemark", "目录名称"),
    "abstract": ("描述", "摘要", "资源摘要", "简介"),
    "provider": ("来源部门", "提供单位", "orgName", "数据提供方"),
    "theme": ("重点领域", "数据领域", "subjectBaseName"),
    "opening": ("开放条件", "开放属性", "openTypeName", "开放状态"),
    "formats": ("数据格式", "资源格式"),
    "keywords": ("标签", "关键字", "label"),
    "frequency": ("更新频率", "更新周期"),
}
PLACES = ("530000", "331100", "330000", "CN", "430000")
SYLLABLES = "云山河海林田城港桥路园区镇村街站所院校馆厂矿湖岛湾坡岭峰谷江溪泉井塔楼阁亭台"
SHARED = "普查"  # put into a third of all, so that every size has its word for “a third”


@dataclass(frozen=True)
class Words:
    """What to look for: words of one, two and four characters, one in a third of all, and the commonest theme."""

    one: str
    two: str
    four: str
    third: str
    theme: str


def rows() -> Iterator[dict[str, Any]]:
    """The plain facts of each real entry; invented ones where there are none."""
    files = sorted(REAL.glob("*.json")) if REAL.is_dir() else []
    for path in files:
        for row in json.loads(path.read_text("utf-8")):
            if isinstance(row, dict) and (facts := _facts(row)):
                yield facts
    if not files:
        yield from _invented()


def _facts(row: dict[str, Any]) -> dict[str, Any] | None:
    said = {name: next((str(row[key]) for key in keys if row.get(key)), "") for name, keys in NAMES.items()}
    return said if said["title"] else None


def _invented() -> Iterator[dict[str, Any]]:
    chance = random.Random(7)
    themes = [term.zh for term in THEMES]
    for _ in range(20_000):
        word = lambda least, most: "".join(chance.choices(SYLLABLES, k=chance.randint(least, most)))
        yield {
            "title": word(6, 20) + "信息",
            "abstract": word(20, 60) + "登记" + word(5, 40),
            "provider": word(2, 4) + "局",
            "theme": chance.choice(themes),
            "opening": chance.choice(("无条件开放", "有条件开放", "不予开放")),
            "formats": "csv,xls,json",
            "keywords": ",".join(word(2, 4) for _ in range(4)),
            "frequency": "每年",
        }


def fill(size: int) -> Words:
    """Write `size` published entries; the words to look for in them."""
    chance, now = random.Random(20261122), clock.now()
    real = list(rows())
    seen: Counter[str] = Counter()
    themes: Counter[str] = Counter()
    made: list[dict[str, Any]] = []
    for number, facts in zip(range(size), itertools.cycle(real), strict=False):
        entry = _entry(facts, number // len(real), chance)
        entry["public_since"] = entry["created_at"] = now - timedelta(seconds=size - number)
        themes.update(entry["themes"])
        if number < 20_000:
            seen.update(_pieces(entry))
        made.append(entry)
        if len(made) == 2_000:
            _write(made)
    _write(made)
    return _words(seen, min(size, 20_000), themes)


def _entry(facts: dict[str, Any], turn: int, chance: random.Random) -> dict[str, Any]:
    varied = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) if turn else ""
    theme = THEMES.find(facts["theme"]) if facts["theme"] else None
    opening = OPENING_ATTRIBUTES.find(facts["opening"]) if facts["opening"] else None
    frequency = FREQUENCIES.find(facts["frequency"]) if facts["frequency"] else None
    formats = {term.code for word in re.findall(r"\w+", facts["formats"]) if (term := FORMATS.find(word))}
    abstract = facts["abstract"] + (SHARED if chance.random() < 1 / 3 else "") + varied
    return {
        "id": new_id(),
        "state": "published",
        "jurisdiction": chance.choice(PLACES),
        "profile_version": "",
        "title": varied + facts["title"],
        "abstract": abstract,
        "provider": facts["provider"],
        "keywords": [word for word in re.split(r"[\s,，、;；]+", facts["keywords"]) if word][:10],
        "themes": [theme.code] if theme else [],
        "formats": sorted(formats),
        "opening_attribute": opening.code if opening else None,
        "update_frequency": frequency.code if frequency else None,
    }


def _write(made: list[dict[str, Any]]) -> None:
    if made:
        db.session.execute(insert(CatalogueEntry), made)
        db.session.commit()
        made.clear()


def _pieces(entry: dict[str, Any]) -> set[str]:
    said = f"{entry['title']} {entry['abstract']}"
    runs = re.findall(r"[\u4e00-\u9fff]+", said)
    return {
        run[at : at + length] for run in runs for length in (1, 2, 4) for at in range(len(run) - length + 1)
    }


def _words(seen: Counter[str], size: int, themes: Counter[str]) -> Words:
    """Words that are typical for their length: one character in 8 %, two in 2 %, four in 0.4 % of the entries."""

    def near(length: int, share: float) -> str:
        fitting = [word for word in seen if len(word) == length]
        return min(fitting, key=lambda word: (abs(seen[word] - share * size), word))

    return Words(near(1, 0.08), near(2, 0.02), near(4, 0.004), SHARED, themes.most_common(1)[0][0])
