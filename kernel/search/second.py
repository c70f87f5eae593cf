"""The second tier: the same index in tantivy's files, for catalogues too large for counting inside the database.

It is built from the database and follows its changes. It answers only while it has taken over every one of them, only
what is public, and only words of one run; else the first tier answers. Rows are read from the database, and only as
the actor may see them.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy
from sqlalchemy import select

from kernel.actor import Actor
from kernel.config import settings
from kernel.db import db
from kernel.search.folding import runs
from kernel.search.models import SearchRow, SearchTier
from kernel.search.state import State
from kernel.search.tokens import KEYWORDS, LONGEST_TOKEN, MADE_WITH, SOUND, TITLE, Folded, heard, is_letters
from kernel.search.words import Group, Wanted, hears, ranks_of

FIELDS = {TITLE: "title", KEYWORDS: "keywords", "": "all"}
BREAK = "|"
MOST_COMBINATIONS = 60_000  # tantivy refuses to count more; the first tier then answers
_opened: dict[str, "Files"] = {}


def schema() -> Any:
    """The fields of the files: pairs and words in their order, single characters, sounds, and what is counted by."""
    make = tantivy.SchemaBuilder()
    make.add_unsigned_field("number", indexed=True, fast=True)
    make.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    make.add_text_field("combo", tokenizer_name="raw", index_option="basic", fast=True)
    for name in FIELDS.values():
        make.add_text_field(name, tokenizer_name="plain", index_option="position")
        make.add_text_field(f"{name}_characters", tokenizer_name="plain", index_option="basic")
    make.add_text_field("sounds", tokenizer_name="plain", index_option="basic")
    return make.build()


@dataclass
class Files:
    """The opened files of the tier."""

    index: Any
    schema: Any

    def searcher(self) -> Any:
        """What stands in the files now."""
        self.index.reload()
        return self.index.searcher()


def home() -> Path:
    """Where the files of all tiers lie."""
    return settings().data / "search"


def open_files(folder: str, *, make: bool = False) -> Files | None:
    """The files in a folder, None where there are none."""
    known = _opened.get(folder)
    if known is not None:
        return known
    path = home() / folder
    if make:
        path.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(schema(), path=str(path))
    elif not folder or not tantivy.Index.exists(str(path)):
        return None
    else:
        index = tantivy.Index.open(str(path))
    plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("plain", plain)
    _opened.clear()
    _opened[folder] = Files(index, index.schema)
    return _opened[folder]


def document(number: int, kind: str, combo: int, folded: Folded) -> Any:
    """A row as the files keep it."""
    made = tantivy.Document()
    made.add_unsigned("number", number)
    made.add_text("kind", kind)
    made.add_text("combo", str(combo))
    texts = {"title": folded.title, "keywords": folded.keywords, "all": "\n".join(folded.fields)}
    for name, said in texts.items():
        pairs, characters = _streams(said)
        made.add_text(name, pairs)
        made.add_text(f"{name}_characters", characters)
    made.add_text("sounds", " ".join(heard(folded.sounds)))
    return made


def _streams(folded: str) -> tuple[str, str]:
    pairs: list[str] = []
    characters: set[str] = set()
    for run in runs(folded):
        if is_letters(run):
            pairs.append(run[:LONGEST_TOKEN])
        else:
            characters.update(run)
            pairs.extend(map(str.__add__, run, run[1:]))
        pairs.append(BREAK)
    return " ".join(pairs), " ".join(characters)


def in_force() -> SearchTier | None:
    """The tier that is built, with our tokens."""
    return db.session.scalar(
        select(SearchTier).where(SearchTier.folder != "", SearchTier.made_with == MADE_WITH).limit(1)
    )


def answers(actor: Actor, asked: Wanted, state: State) -> Files | None:
    """The files, where they can answer this just now."""
    if not settings().search_tier or not state.folder or state.waiting or not asked.groups:
        return None
    if actor.is_signed_in or actor.roles:
        return None
    if any(len(runs(needle)) != 1 for group in asked.groups for needle in group):
        return None
    return open_files(state.folder)


def tally(files: Files, kinds: Sequence[str], asked: Wanted) -> Counter[int] | None:
    """How many public subjects fit, by combination; None where there are too many combinations to count here."""
    query = _query(files, kinds, asked, ranks_of(asked)[-1])
    wanted = {"combos": {"terms": {"field": "combo", "size": MOST_COMBINATIONS}}}
    counted = files.searcher().aggregate(query, wanted)["combos"]
    if counted["sum_other_doc_count"] or len(counted["buckets"]) >= MOST_COMBINATIONS:
        return None
    return Counter({int(bucket["key"]): int(bucket["doc_count"]) for bucket in counted["buckets"]})


def places(
    files: Files,
    kinds: Sequence[str],
    asked: Wanted,
    *,
    combos: Collection[int] | None,
    order: str,
    until: int,
) -> list[tuple[str, Any]]:
    """The first `until` hits as (kind, id), in the order of the first tier."""
    searcher = files.searcher()
    ranks = ranks_of(asked) if order != "newest" else ranks_of(asked)[-1:]
    numbers: list[int] = []
    for place, marks in enumerate(ranks):
        if len(numbers) < until:
            query = _query(
                files, kinds, asked, marks, combos=combos, less=ranks[place - 1] if place else None
            )
            numbers += _newest(searcher, query, until - len(numbers))
    rows = select(SearchRow.number, SearchRow.kind, SearchRow.subject_id).where(SearchRow.number.in_(numbers))
    known = {number: (kind, one) for number, kind, one in db.session.execute(rows)}
    return [known[number] for number in numbers if number in known]


def _newest(searcher: Any, query: Any, limit: int) -> list[int]:
    found = searcher.search(query, limit, count=False, order_by_field="number", order=tantivy.Order.Desc)
    addresses = [address for _, address in found.hits]
    return list(searcher.fast_field_values("number", addresses)) if addresses else []


def _query(
    files: Files,
    kinds: Sequence[str],
    asked: Wanted,
    marks: Sequence[str],
    *,
    combos: Collection[int] | None = None,
    less: Sequence[str] | None = None,
) -> Any:
    must, no = tantivy.Occur.Must, tantivy.Occur.MustNot
    parts = [(must, _any([_term(files, "kind", kind) for kind in kinds]))]
    parts += [(must, _group(files, group, marks)) for group in asked.groups]
    if combos is not None:
        listed = [str(combo) for combo in combos]
        parts.append((must, tantivy.Query.term_set_query(files.schema, "combo", listed)))
    if less is not None:
        better = [(must, _group(files, group, less)) for group in asked.groups]
        parts.append((no, tantivy.Query.boolean_query(better)))
    return tantivy.Query.boolean_query(parts)


def _any(queries: list[Any]) -> Any:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _term(files: Files, field: str, value: str) -> Any:
    return tantivy.Query.term_query(files.schema, field, value, "basic")


def _group(files: Files, group: Group, marks: Sequence[str]) -> Any:
    found = []
    for needle in group:
        run = runs(needle)[0]
        found += [_needle(files, FIELDS[mark], run) for mark in marks if mark in FIELDS]
        if SOUND in marks and hears(group) and is_letters(run):
            found.append(tantivy.Query.regex_query(files.schema, "sounds", f"{run}.*"))
    return _any(found)


def _needle(files: Files, field: str, run: str) -> Any:
    if is_letters(run):
        return tantivy.Query.regex_query(files.schema, field, f"{run}.*")
    if len(run) == 1:
        return _term(files, f"{field}_characters", run)
    pairs: list[str | tuple[int, str]] = [run[place : place + 2] for place in range(len(run) - 1)]
    if len(run) == 2:
        return _term(files, field, run)
    return tantivy.Query.phrase_query(files.schema, field, pairs)
