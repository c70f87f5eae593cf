"""What drawing up a document costs, against the typesetter called directly.

    .venv/bin/python -m benchmarks.documents [--rounds 5] [--rows 1000] [--batch 200] [--workers 2]

Both sides in the same run, in turns, medians compared:

- `path`: an agreement of about eight pages (6,000 characters, a table of 30 rows, running head and foot, QR code,
  PDF/A-3b) the whole way – facts, clauses, template, hashes, store – over the bare call on the same page. At most 1.15.
- `stock`: the same over a stock call: Noto's fonts in their collection, automatic table layout. At most 0.76.
- `annex`: an annex of 1,000 rows over a stock call on it. At most 0.5.
- `batch`: so many documents by one process over the same by several. At least 1.7.

Exit code 1 where a ratio misses its bound. Signing is measured apart, with the signatures.
"""

import argparse
import importlib.util
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from contracts.queries.texts import text_of, wording_in_force
from contracts.rules.policy import as_odrl, sentences
from contracts.rules.policy.model import Party, Policy, Target
from kernel import clock, config, documents, pdf
from kernel.db import db, new_id
from kernel.documents import templates
from kernel.words import translate
from wsgi import create_app

PATH, STOCK, ANNEX, BATCH = 1.15, 0.76, 0.5, 1.7
KIND = "first_level_agreement"
PLAN = "形成标准化、可机器读取的数据要素，按月更新，并经安全审查和业务合规审查后对外提供。" * 45


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--rows", type=int, default=1000)
    asked.add_argument("--batch", type=int, default=200)
    asked.add_argument("--workers", type=int, default=2)
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_for(folder), TESTING=True)
        with app.app_context():
            db.create_all()
            found = [*agreement(chosen.rounds), annex(chosen.rounds, chosen.rows)]
        found.append(batch(chosen.batch, chosen.workers))
    for what, ratio, bound, most in found:
        kept = ratio <= bound if most else ratio >= bound
        sys.stdout.write(
            f"{what}: {ratio:.2f} ({'at most' if most else 'at least'} {bound}){'' if kept else ' – missed'}\n"
        )
    return int(any(ratio > bound if most else ratio < bound for _, ratio, bound, most in found))


def settings_for(folder: str) -> config.Settings:
    """An installation of its own."""
    environment = {
        "SHUHENG_DATA": folder,
        "SHUHENG_SECRET_KEY": "for-benchmarks-only-" * 2,
        "SHUHENG_BACKGROUND": "0",
        "SHUHENG_PRINT_AT_ONCE": "1000000000",
    }
    return config.load(environment)


# ── one agreement ─────────────────────────────────────────────────────────────────────────────────────────────


def agreement(rounds: int) -> list[tuple[str, float, float, bool]]:
    """The whole way, the bare call and the stock call on the same page, in turns."""
    document = whole_way(30)
    page = page_of(document)
    characters = len(re.findall(r"[\u4e00-\u9fff]", re.sub(r"<style>.*?</style>", "", page, flags=re.S)))
    sys.stdout.write(f"the agreement: {characters} Chinese characters, {bare_call(page)} pages\n")
    way, bare, stock = [], [], []
    for _ in range(rounds):
        way.append(timed(lambda: whole_way(30)))
        bare.append(timed(lambda: bare_call(page)))
        stock.append(stock_call(page))
    middle = statistics.median
    return [
        ("path: whole way / bare call", middle(way) / middle(bare), PATH, True),
        ("stock: whole way / stock call", middle(way) / middle(stock), STOCK, True),
    ]


def whole_way(rows: int) -> documents.Document:
    """Facts, clauses, template, hashes and store, as contracts.agreement.draw_up takes them."""
    facts = some_facts(rows)
    data = facts | {"text": text_of(wording_in_force(KIND, "CN"), facts)}
    odrl = documents.Attachment("policy.jsonld", facts["policy"])
    subject = ("benchmark", new_id())
    made = documents.draw_up(KIND, subject=subject, data=data, now=clock.now(), attachments=[odrl])
    db.session.flush()
    return made


def bare_call(page: str) -> int:
    """The typesetter on the finished page, with our font and kind of file, and nothing else; how many pages."""
    weasyprint, fonts = pdf._loaded()
    document = weasyprint.HTML(string=page).render(font_config=fonts)
    document.write_pdf(pdf_variant="pdf/a-3b", pdf_tags=True)
    return len(document.pages)


def stock_call(page: str) -> float:
    """Seconds of the same page in a process of its own: Noto's .ttc, column widths found by the typesetter."""
    plain = (
        page.replace("table-layout: fixed", "table-layout: auto")
        .replace("<colgroup>", "<!--")
        .replace("</colgroup>", "-->")
    )
    program = (
        "import sys, time, weasyprint\n"
        "page = sys.stdin.read()\n"
        "weasyprint.HTML(string='<p>字</p>').write_pdf()\n"
        "begun = time.perf_counter()\n"
        "weasyprint.HTML(string=page).write_pdf(pdf_variant='pdf/a-3b', pdf_tags=True)\n"
        "print(time.perf_counter() - begun)\n"
    )
    command = [sys.executable, "-c", program]
    with tempfile.TemporaryDirectory() as folder:
        named = Path(folder, "fonts.conf")
        dirs = f"<dir>{noto()}</dir><cachedir>{folder}</cachedir>"
        named.write_text(f"<?xml version='1.0'?><fontconfig>{dirs}</fontconfig>", encoding="utf-8")
        told = subprocess.run(  # noqa: S603  our own words
            command,
            input=plain,
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"FONTCONFIG_FILE": str(named)},
        )
    return float(told.stdout.strip().splitlines()[-1])


def noto() -> Path:
    """The folder of the .ttc: without it the stock call would draw boxes, and quickly."""
    found = importlib.util.find_spec("noto_cjk_sans_otc")
    folders = [Path(one) for one in (found and found.submodule_search_locations) or ()]
    folder = next((one for one in folders if any(one.glob("*.ttc"))), None)
    if folder is None:
        raise SystemExit("The stock call needs Noto's .ttc: install requirements/test.txt.")
    return folder


def annex(rounds: int, rows: int) -> tuple[str, float, float, bool]:
    """A long annex the whole way, against a stock call on its page, in turns."""
    page = page_of(whole_way(rows))
    way, stock = [], []
    for _ in range(rounds):
        way.append(timed(lambda: whole_way(rows)))
        stock.append(stock_call(page))
    ratio = statistics.median(way) / statistics.median(stock)
    return f"annex: {rows} rows / stock call", ratio, ANNEX, True


# ── many ──────────────────────────────────────────────────────────────────────────────────────────────────────


def batch(number: int, workers: int) -> tuple[str, float, float, bool]:
    """So many documents by one process, and the same by several."""
    one, several = by_processes(number, 1), by_processes(number, workers)
    return f"batch: {number} by one / by {workers} processes", one / several, BATCH, False


def by_processes(number: int, workers: int) -> float:
    """Seconds for so many documents, the processes being warm."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(some_documents, [1] * workers))
        begun = time.perf_counter()
        list(pool.map(some_documents, [5] * (number // 5)))
        return time.perf_counter() - begun


def some_documents(number: int) -> int:
    """So many agreements in this process, in an installation of its own."""
    app = _app()
    with app.app_context():
        for _ in range(number):
            whole_way(30)
        db.session.rollback()
    return number


def _app(kept: list[Any] = []) -> Any:  # noqa: B006  one a process
    if not kept:
        kept.append(create_app(settings_for(tempfile.mkdtemp()), TESTING=True))
        with kept[0].app_context():
            db.create_all()
    return kept[0]


# ── what it is about ──────────────────────────────────────────────────────────────────────────────────────────


def some_facts(rows: int) -> dict[str, Any]:
    """What an agreement prints, with so many resources."""
    name = {"zh": "衡州市数据运营有限公司", "en": "Hengzhou Data Operation Co., Ltd."}
    party = {
        "name": name,
        "uscc": "91350100M000100Y43",
        "representative": "张龘",
        "address": "衡州市",
        "contact": "李㐂",
    }
    policy = Policy(
        uid="YK-1",
        by=Party("a", "衡州市数据局"),
        to=Party("b", name["zh"]),
        targets=frozenset({Target("t", "雨量数据资源")}),
        actions=frozenset({"use", "derive"}),
        purposes=frozenset({"public_governance", "industry_development"}),
        ends_on=date(2031, 11, 21),
        duties=frozenset({"report", "delete"}),
    )
    resources = [
        {"title": f"数据资源{n}", "code": f"GZ-2026-{n:06d}", "holder": "衡州市气象局", "abstract": ""}
        for n in range(rows)
    ]
    return {
        "party_a": party,
        "party_b": party,
        "decision": {"on": date(2026, 11, 21), "basis": "WZ35", "conditions": "按季报告。"},
        "right": {
            "number": "YK-1",
            "title": "逐日雨量要素开发",
            "purposes": ["公共治理"],
            "purpose_text": "",
            "plan": PLAN,
            "territory": [{"zh": "衡州市", "en": "Hengzhou"}],
            "starts_on": date(2026, 11, 22),
            "ends_on": date(2031, 11, 21),
        },  # fmt: skip
        "rules": {
            "exit_wd": 30,
            "rectification_wd": 15,
            "renew_days": 60,
            "reply_wd": 10,
            "no_redevelopment": True,
        },  # fmt: skip
        "funding": {"zh": "收益分成", "en": "Share of the income"},
        "market_mode": None,
        "consent": "",
        "security": {"text": PLAN, "head": "王", "officer": "赵", "body": "数据管理部"},
        "shares": [
            {
                "name": "衡州市数据运营有限公司",
                "role": {"zh": "运营机构", "en": "Operator"},
                "share_bp": 10_000,
            }
        ],
        "resources": resources,
        "conditions": [],
        "policy": as_odrl(policy),
        "policy_said": [
            {language: translate(one, language) for language in ("zh", "en")} for one in sentences(policy)
        ],
    }


def page_of(document: documents.Document) -> str:
    """The finished page of a document."""
    pinned = templates.bundle(documents.KINDS[KIND])
    doc = document.masthead["doc"]
    return templates.page(pinned, document.template, document.language, doc, document.data)


def timed(work: Callable[[], Any]) -> float:
    """Seconds of a piece of work."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
