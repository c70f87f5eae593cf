"""The second tier: the same index in tantivy's files, for catalogues too large for counting inside the database.

It is built from the database and follows its changes. It answers only while it has taken over every one of them, only
what is public, only words of one run, and only filters that do not depend on the day; else the first tier answers. The
first hits are looked up in the database, and their rows are read as the actor may see them.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tantivy
from sqlalchemy import BigInteger, Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from kernel.actor import Actor
from kernel.config import settings
from kernel.db import db
from kernel.search.combos import Terms
from kernel.search.filters import FILTERS, Counts, Filter
from kernel.search.folding import runs
from kernel.search.kinds import KINDS
from kernel.search.models import SearchTier
from kernel.search.state import State, make
from kernel.search.tokens import KEYWORDS, LONGEST_TOKEN, SOUND, TITLE, Folded, heard, is_letters
from kernel.search.words import Group, Wanted, hears, ranks_of

FIELDS = {TITLE: "title", KEYWORDS: "keywords", "": "all"}
BREAK = "|"
MOST_VALUES = 10_000  # of one filter; with more the first tier counts
_opened: dict[str, "Files"] = {}


def kept_filters() -> list[Filter]:
    """The filters the files keep: those whose values follow from the row alone."""
    return [one for one in FILTERS.values() if one.computed is None]


def schema() -> Any:
    """The fields of the files: pairs and words in their order, single characters, sounds, and what is counted by."""
    made = tantivy.SchemaBuilder()
    made.add_unsigned_field("number", indexed=True, fast=True)
    made.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    for one in kept_filters():
        made.add_text_field(f"by_{one.name}", tokenizer_name="raw", index_option="basic", fast=True)
    for name in FIELDS.values():
        made.add_text_field(name, tokenizer_name="plain", index_option="position")
        made.add_text_field(f"{name}_characters", tokenizer_name="plain", index_option="basic")
    made.add_text_field("sounds", tokenizer_name="plain", index_option="basic")
    return made.build()


@dataclass
class Files:
    """The opened files of the tier; `read` is the last change of the index they were read after."""

    index: Any
    schema: Any
    read: int = -1
    found: Any = None

    def at(self, state: State) -> Any:
        """The searcher over what stands in the files in that state of the index."""
        if self.found is None or self.read != state.last:
            self.index.reload()
            self.found, self.read = self.index.searcher(), state.last
        return self.found


def home() -> Path:
    """Where the files of all tiers lie."""
    return settings().data / "search"


def open_files(folder: str, *, fresh: bool = False) -> Files | None:
    """The files in a folder, None where there are none."""
    known = _opened.get(folder)
    if known is not None:
        return known
    path = home() / folder
    if fresh:
        path.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(schema(), path=str(path))
    elif not folder or not path.is_dir() or not tantivy.Index.exists(str(path)):
        return None
    else:
        index = tantivy.Index.open(str(path))
    plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("plain", plain)
    _opened.clear()
    _opened[folder] = Files(index, index.schema)
    return _opened[folder]


def document(number: int, kind: str, terms: Terms, folded: Folded) -> Any:
    """A row as the files keep it."""
    made = tantivy.Document()
    made.add_unsigned("number", number)
    made.add_text("kind", kind)
    for one in kept_filters():
        if one.name == "in" or one.name in KINDS[kind].filters:
            for value in one.values(terms):
                made.add_text(f"by_{one.name}", value)
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
    """The tier that is built, of our make."""
    query = select(SearchTier).where(SearchTier.folder != "", SearchTier.made_with == make())
    return db.session.scalar(query.limit(1))


def answers(actor: Actor, asked: Wanted, state: State, filters: Collection[str] = ()) -> Files | None:
    """The files, where they can answer this, with these filters chosen or counted, just now."""
    if not settings().search_tier or not state.folder or state.waiting or not asked.groups:
        return None
    if actor.is_signed_in or actor.roles or any(FILTERS[name].computed is not None for name in filters):
        return None
    if any(len(runs(needle)) != 1 for group in asked.groups for needle in group):
        return None
    return open_files(state.folder)


@dataclass(frozen=True)
class Question:
    """What is asked of the files: words of these kinds, narrowed by chosen filters."""

    files: Files
    state: State
    kinds: Sequence[str]
    asked: Wanted
    chosen: Mapping[str, Sequence[str]]

    @property
    def searcher(self) -> Any:
        return self.files.at(self.state)

    def counted(self, listed: Sequence[Filter]) -> tuple[int, Counts] | None:
        """(total, for each listed filter its values with numbers, its own choice left out); None where it cannot."""
        marks = ranks_of(self.asked)[-1]
        narrowing = [one for one in listed if one.name in self.chosen]
        found = self._values(self.query(marks), [one for one in listed if one not in narrowing])
        for one in narrowing:
            without = self._values(self.query(marks, out=one.name), [one])
            if found is None or without is None:
                return None
            found = found[0], found[1] | without[1]
        if found is None:
            return None
        return found[0], {one.name: found[1][one.name] for one in listed}

    def _values(self, query: Any, wanted: Sequence[Filter]) -> tuple[int, Counts] | None:
        asked: dict[str, Any] = {"": {"value_count": {"field": "number"}}}
        asked |= {one.name: {"terms": {"field": f"by_{one.name}", "size": MOST_VALUES}} for one in wanted}
        found = self.searcher.aggregate(query, asked)
        if any(found[one.name]["sum_other_doc_count"] for one in wanted):
            return None
        counts: Counts = {}
        for one in wanted:
            pairs = [(str(part["key"]), int(part["doc_count"])) for part in found[one.name]["buckets"]]
            counts[one.name] = one.ordered(pairs)
        return int(found[""]["value"]), counts

    def places(self, order: str, until: int) -> list[tuple[str, Any]]:
        """The first `until` hits as (kind, id), in the order of the first tier, as the database has them."""
        ranks = ranks_of(self.asked) if order != "newest" else ranks_of(self.asked)[-1:]
        numbers: list[int] = []
        for place, marks in enumerate(ranks):
            if len(numbers) < until:
                query = self.query(marks, less=ranks[place - 1] if place else None)
                numbers += self._newest(query, until - len(numbers))
        found = db.session.connection().execute(
            _standing(db.engine.dialect.name), {"numbers": _sent(numbers)}
        )
        known = {number: (kind, one) for number, kind, one in found}
        return [known[number] for number in numbers if number in known]

    def _newest(self, query: Any, limit: int) -> list[int]:
        found = self.searcher.search(
            query, limit, count=False, order_by_field="number", order=tantivy.Order.Desc
        )
        addresses = [address for _, address in found.hits]
        return list(self.searcher.fast_field_values("number", addresses)) if addresses else []

    def query(self, marks: Sequence[str], *, less: Sequence[str] | None = None, out: str = "") -> Any:
        """The query under these marks, without what is found under `less`, and without the filter `out`."""
        must, no = tantivy.Occur.Must, tantivy.Occur.MustNot
        parts = [(must, _any([self._term("kind", kind) for kind in self.kinds]))]
        parts += [(must, self._group(group, marks)) for group in self.asked.groups]
        for name, values in self.chosen.items():
            if name != out:
                parts.append((must, _any([self._term(f"by_{name}", value) for value in values])))
        if less is not None:
            better = [(must, self._group(group, less)) for group in self.asked.groups]
            parts.append((no, tantivy.Query.boolean_query(better)))
        return tantivy.Query.boolean_query(parts)

    def _term(self, field: str, value: str) -> Any:
        return tantivy.Query.term_query(self.files.schema, field, value, "basic")

    def _group(self, group: Group, marks: Sequence[str]) -> Any:
        found = []
        for needle in group:
            run = runs(needle)[0]
            found += [self._needle(FIELDS[mark], run) for mark in marks if mark in FIELDS]
            if SOUND in marks and hears(group) and is_letters(run):
                found.append(tantivy.Query.regex_query(self.files.schema, "sounds", f"{run}.*"))
        return _any(found)

    def _needle(self, field: str, run: str) -> Any:
        if is_letters(run):
            return tantivy.Query.regex_query(self.files.schema, field, f"{run}.*")
        if len(run) == 1:
            return self._term(f"{field}_characters", run)
        if len(run) == 2:
            return self._term(field, run)
        pairs: list[str | tuple[int, str]] = [run[place : place + 2] for place in range(len(run) - 1)]
        return tantivy.Query.phrase_query(self.files.schema, field, pairs)


@cache
def _standing(dialect: str) -> Any:
    """The public rows of the index with these numbers, which are sent as one value."""
    among = "(SELECT value FROM json_each(:numbers))" if dialect == "sqlite" else "(SELECT unnest(:numbers))"
    said = f"SELECT number, kind, subject_id FROM search_row WHERE is_public AND number IN {among}"  # noqa: S608
    numbers: Any = bindparam("numbers", type_=None if dialect == "sqlite" else ARRAY(BigInteger))
    return text(said).bindparams(numbers).columns(subject_id=Uuid)


def _sent(numbers: list[int]) -> Any:
    return json.dumps(numbers) if db.engine.dialect.name == "sqlite" else numbers


def _any(queries: list[Any]) -> Any:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
