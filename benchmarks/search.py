"""The search against a scan of everything, and its second tier against tantivy alone; both sides in the same run.

    python -m benchmarks.search --size 10k            SQLite in a throw-away folder
    python -m benchmarks.search --size 100k --database postgresql://…      a database of its own is made there

Every answer is whole: the number of hits, the numbers behind five filters, the first 20. The scan gives the same answer
from the same folded texts with the statements of a search without an index: one for the number, one for each filter
(its own choice left out), one for the first 20. `two` is the shortest scan we could write, two passes that use the
index's own combinations for counting; it is shown beside it, not judged. Nothing is kept between the runs. Recall and
false hits compare all hits with those of the scan. The second tier's bare side is one query with its number and first
20, and the values of the five filters. Exit code 1 where a figure is missed.
"""

import argparse
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks import corpus
from benchmarks.databases import application
from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.search import base, following, second, upkeep
from kernel.search.combos import terms_of
from kernel.search.filters import count, filters_of
from kernel.search.finding import find, forget
from kernel.search.state import state
from kernel.search.words import wanted

SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}
KINDS = ["entry"]
FACETS = ("theme", "agency", "opening", "data_format", "jurisdiction")
ROUNDS = 5


def timed(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """(median milliseconds, answer) of `rounds` runs, each with nothing kept."""
    taken = []
    for _ in range(rounds):
        forget()
        start = time.perf_counter()
        answer = work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), answer


class Scan:
    """The brute force: every text is looked at."""

    def __init__(self) -> None:
        here = base.dialect()
        self.place = "instr" if here == "sqlite" else "strpos"
        making = (
            "DROP TABLE IF EXISTS scanned",
            "CREATE TABLE scanned AS SELECT r.number AS number, r.combo_id AS combo_id, r.subject_id AS subject_id, "
            "e.themes AS theme, e.agency_id AS agency, e.opening_attribute AS opening, e.formats AS data_format, "
            "e.jurisdiction AS jurisdiction, t.title AS title, "
            "t.title || '\n' || t.keywords || '\n' || t.body AS said FROM search_row r "
            "JOIN search_text t ON t.number = r.number JOIN registry_entry e ON e.id = r.subject_id WHERE r.is_public",
            "CREATE UNIQUE INDEX scanned_number ON scanned (number)",
        )
        with db.engine.begin() as connection:
            for statement in making:
                connection.execute(text(statement))

    def _where(self, words: str, column: str = "said") -> tuple[str, dict[str, str]]:
        needles = {f"n{place}": group[0] for place, group in enumerate(wanted(words).groups)}
        return " AND ".join(f"{self.place}({column}, :{name}) > 0" for name in needles), needles

    def find(self, words: str, chosen: dict[str, list[str]]) -> tuple[int, list[int]]:
        """(total, first 20), with the numbers of every filter counted on the way."""
        where, needles = self._where(words)
        fits = {name: f"CAST({name} AS text) LIKE '%{values[0]}%'" for name, values in chosen.items()}
        every = " AND ".join([where, *fits.values()])
        total = db.session.scalar(text(f"SELECT count(*) FROM scanned WHERE {every}"), needles)  # noqa: S608
        for name in FACETS:
            others = " AND ".join([where, *(fit for other, fit in fits.items() if other != name)])
            counted = f"SELECT CAST({name} AS text), count(*) FROM scanned WHERE {others} GROUP BY 1"  # noqa: S608
            db.session.execute(text(counted), needles).all()
        return total, self._first(words, every)

    def _first(self, words: str, every: str) -> list[int]:
        title, needles = self._where(words, "title")
        query = f"SELECT number FROM scanned WHERE {every} "  # noqa: S608
        query += f"ORDER BY CASE WHEN {title} THEN 0 ELSE 1 END, number DESC LIMIT 20"
        return list(db.session.scalars(text(query), needles))

    def twice(self, words: str, chosen: dict[str, list[str]]) -> tuple[int, Any, list[int]]:
        """(total, counts, first 20) in two passes."""
        where, needles = self._where(words)
        grouped = text(f"SELECT combo_id, count(*) FROM scanned WHERE {where} GROUP BY combo_id")  # noqa: S608
        tally = {combo: number for combo, number in db.session.execute(grouped, needles)}
        listed = [one for one in filters_of(KINDS) if one.name in FACETS]
        total, combos, counts = count(tally, terms_of(tally), chosen, listed)
        among = "" if not chosen else f" AND combo_id IN ({','.join(map(str, combos)) or 'NULL'})"
        return total, counts, self._first(words, where + among)

    def everything(self, words: str) -> set[uuid.UUID]:
        """All hits."""
        where, needles = self._where(words)
        query = text(f"SELECT subject_id FROM scanned WHERE {where}")  # noqa: S608
        return {uuid.UUID(str(one)) for one in db.session.scalars(query, needles)}


def ours(words: str, chosen: dict[str, list[str]]) -> Any:
    """The whole answer: total, counts, first 20."""
    return find(ANONYMOUS, KINDS, words, chosen, facets=FACETS)


def bare(files: Any, words: str, chosen: dict[str, list[str]]) -> Any:
    """tantivy alone, on the same tokens: the number, the first 20, the values of the five filters."""
    question = second.Question(files, state(), KINDS, wanted(words), chosen)
    query, searcher = question.query(("",)), files.at(state())
    found = searcher.search(query, 20, count=True, order_by_field="number")
    counted = searcher.aggregate(
        query, {name: {"terms": {"field": f"by_{name}", "size": second.MOST_VALUES}} for name in FACETS}
    )
    return found.count, counted


def queries(corpus_: corpus.Words) -> list[tuple[str, str, dict[str, list[str]]]]:
    """(what, words, filters) of each query."""
    return [
        ("1 character", corpus_.one, {}),
        ("2 characters", corpus_.two, {}),
        ("4 characters", corpus_.four, {}),
        ("a third of all", corpus_.third, {}),
        ("none", "鑫龘", {}),
        ("two filters", corpus_.two, {"theme": [corpus_.theme], "opening": ["open"]}),
    ]


class Report:
    """Lines to print, and whether everything was reached."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def judge(self, what: str, reached: bool) -> str:
        """The line, with a mark where the figure is missed."""
        if not reached:
            self.missed.append(what)
        return what if reached else f"{what}  MISSED"


def built(size: int, say: Callable[[str], None]) -> corpus.Words:
    """The entries and the index over them."""
    start = time.perf_counter()
    words = corpus.fill(size)
    say(f"{size} entries written in {time.perf_counter() - start:.0f} s")
    start = time.perf_counter()
    upkeep.rebuild(clock.now(), lambda _: None, anew=True)
    say(f"index built in {time.perf_counter() - start:.0f} s")
    return words


def settled() -> None:
    """Let PostgreSQL see what it has got, as its own upkeep would."""
    if base.dialect() == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def first_tier(words: corpus.Words, rounds: int, report: Report) -> Iterator[str]:
    """The index in the database against the scan."""
    scan, ratios = Scan(), []
    settled()
    yield (
        f"{'query':16}{'words':10}{'hits':>9}{'scan ms':>10}{'two ms':>9}{'ours ms':>9}{'ratio':>8}{'of two':>8}"
        f"{'recall':>8}{'false':>6}"
    )
    for what, typed, chosen in queries(words):
        slow, (total, first) = timed(lambda t=typed, c=chosen: scan.find(t, c), rounds)
        two, (again, counts, _) = timed(lambda t=typed, c=chosen: scan.twice(t, c), rounds)
        fast, found = timed(lambda t=typed, c=chosen: ours(t, c), rounds * 3)
        assert total == again == found.total and counts == found.facets, (what, total, again, found.total)
        every, right = all_hits(typed), scan.everything(typed)
        recall = len(every & right) / len(right) if right else 1.0
        report.judge(what, every == right)
        ratios.append(slow / fast)
        yield (
            f"{what:16}{typed:8}{found.total:>9}{slow:>10.1f}{two:>9.1f}{fast:>9.2f}{slow / fast:>7.1f}x"
            f"{two / fast:>7.1f}x{recall:>8.3f}{len(every - right):>6}"
        )
    middle = statistics.median(ratios)
    yield report.judge(f"base tier against the scan, median: {middle:.1f}x (at least 10x)", middle >= 10)


def second_tier(
    words: corpus.Words, rounds: int, say: Callable[[str], None], report: Report
) -> Iterator[str]:
    """The files against tantivy alone."""
    start = time.perf_counter()
    following.build(clock.now(), lambda _: None)
    say(f"second tier built in {time.perf_counter() - start:.0f} s")
    tier = second.in_force()
    files, ratios = second.open_files(tier.folder) if tier else None, []
    yield f"{'query':16}{'words':10}{'hits':>9}{'bare ms':>10}{'ours ms':>9}{'ratio':>8}"
    for what, typed, chosen in queries(words):
        plain, (total, _) = timed(lambda t=typed, c=chosen: bare(files, t, c), rounds)
        fast, found = timed(lambda t=typed, c=chosen: ours(t, c), rounds)
        assert total == found.total, (what, total, found.total)
        ratios.append(fast / plain)
        yield f"{what:16}{typed:8}{found.total:>9}{plain:>10.2f}{fast:>9.2f}{fast / plain:>7.1f}x"
    middle = statistics.median(ratios)
    yield report.judge(f"second tier against bare tantivy, median: {middle:.2f}x (at most 2x)", middle <= 2)


def all_hits(words: str) -> set[uuid.UUID]:
    """Every hit of the base tier."""
    found = base.places(ANONYMOUS, KINDS, wanted(words), combos=None, order="newest", until=10**7)
    return {one for _, one in found}


def main() -> int:
    """Read the arguments and print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", choices=SIZES, default="10k")
    parser.add_argument("--database", default="", help="address of a PostgreSQL server; else SQLite")
    chosen = parser.parse_args()
    size, report = SIZES[chosen.size], Report()
    rounds = 3 if size > 100_000 else ROUNDS
    say = lambda said: print(said, file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        with application(Path(folder), chosen.database, search_tier=size) as app, app.app_context():
            db.create_all()
            print(f"{chosen.size} entries on {base.dialect()}")
            words = built(size, say)
            for line in first_tier(words, rounds, report):
                print(line, flush=True)
            if size >= 100_000:  # below that the first tier answers alone
                for line in second_tier(words, rounds * 3, say, report):
                    print(line, flush=True)
    return int(bool(report.missed))


if __name__ == "__main__":
    sys.exit(main())
