"""The statements of the first tier: each form of question is written once, its words are sent beside it.

To write a statement takes longer than to answer a small search. So questions of one form – as many words of the same
nature, the same kinds, the same order – share a statement that a process writes once.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from kernel.search.models import SearchRow, SearchText
from kernel.search.tokens import KEYWORDS, TITLE
from kernel.search.words import Wanted, hears

# Plain tables instead of mapped classes: half of a small search would else be spent on mapping.
ROW: Any = SearchRow.__table__.c
TEXT: Any = SearchText.__table__.c
TOKENS = table("search_tokens", column("rowid"))
COLUMNS: dict[str, list[Any]] = {
    "tally": [ROW.combo_id, func.count()],
    "places": [ROW.kind, ROW.subject_id],
    "ids": [ROW.subject_id],
}
ZERO: Any = literal_column("0")  # written, not sent: every value that is sent costs time
Marks = tuple[str, ...]
Condition = Any  # an SQL condition over plain columns


@dataclass(frozen=True)
class Form:
    """All of a question that decides how its statement is written.

    `groups`: of each group of words how many they are, and whether the index alone answers for them. `marks`: under
    which of them a word must stand; `besides`: hits under these are left out by a look at the text. `order`: 'best' by
    the ranks in `ranks`, 'newest', 'newest of few' where hardly any hit is expected, 'title', or none. `seen`:
    'public', 'all', or 'own' with a condition of its own.
    """

    columns: str
    kinds: tuple[str, ...]
    seen: str
    groups: tuple[tuple[int, bool], ...] = ()
    marks: Marks = ()
    besides: Marks = ()
    ranks: tuple[Marks, ...] = ()
    order: str = ""
    among: bool = False
    since: bool = False
    limited: bool = False


def groups_of(asked: Wanted) -> tuple[tuple[int, bool], ...]:
    """Of each group how many words it has, and whether the index alone answers for them."""
    return tuple((len(group), hears(group)) for group in asked.groups)


def words_of(asked: Wanted) -> dict[str, str]:
    """The words by the names under which a statement awaits them."""
    return {
        _name(place, number): needle
        for place, group in enumerate(asked.groups)
        for number, needle in enumerate(group)
    }


def sent(combos: Collection[int], dialect: str) -> Any:
    """Combinations as one value, however many they are."""
    return json.dumps(sorted(combos)) if dialect == "sqlite" else sorted(combos)


@lru_cache(maxsize=1_000)
def written(form: Form, dialect: str) -> Select[Any]:
    """The statement of a form that is seen by everybody alike; its values are sent when it is executed."""
    return write(form, dialect, ROW.is_public if form.seen == "public" else true())


def write(
    form: Form, dialect: str, seen: ColumnElement[bool], values: Mapping[str, Any] | None = None
) -> Select[Any]:
    """The statement of a form under a condition; with `values` it carries them, to become part of another one."""
    return _Writer(form, dialect, values).statement(seen)


def _name(group: int, number: int) -> str:
    return f"word_{group}_{number}"


@dataclass(frozen=True)
class _Writer:
    form: Form
    dialect: str
    values: Mapping[str, Any] | None

    def statement(self, seen: ColumnElement[bool]) -> Select[Any]:
        form = self.form
        query = self._having_words(select(*COLUMNS[form.columns]))
        query = query.where(self._kinds(), seen)
        if form.among:
            query = query.where(self._among())
        if form.since:
            query = query.where(ROW.dated_at > self._awaited("since", ROW.dated_at.type))
        if form.columns == "tally":
            query = query.group_by(ROW.combo_id)
        query = self._ordered(query)
        return query.limit(self._awaited("until", BigInteger())) if form.limited else query

    def _awaited(self, name: str, kind: Any = None) -> Any:
        if self.values is None:
            return bindparam(name, type_=kind)
        return bindparam(name, self.values[name], type_=kind, unique=True)

    def _having_words(self, query: Select[Any]) -> Select[Any]:
        form = self.form
        if not form.groups:
            return query.select_from(SearchRow.__table__)
        if self.dialect == "sqlite":  # an inner join without condition keeps the order: index, row, text
            query = query.select_from(TOKENS).join(
                SearchRow.__table__, literal_column("+search_tokens.rowid") == ROW.number
            )
            found = text("search_tokens MATCH :said").bindparams(self._awaited("said"))
        else:
            query = query.select_from(SearchRow.__table__)
            asked = text("CAST(:said AS tsquery)").bindparams(self._awaited("said"))
            found = ROW.tokens.op("@@")(asked)
        query, holds = query.where(found), self._compared(form.marks)
        if holds is not None or form.besides or form.order in ("best", "title"):
            query = query.join(SearchText.__table__, TEXT.number == ROW.number)
        if holds is not None:
            query = query.where(holds)
        return query.where(~self._compared(form.besides, all_groups=True)) if form.besides else query

    def _compared(self, marks: Marks, *, all_groups: bool = False) -> Any:
        """The condition that the texts hold what the index could only narrow down to; None if none is needed."""
        fields = {TITLE: TEXT.title, KEYWORDS: TEXT.keywords}
        columns = [fields[mark] for mark in marks if mark in fields] or [*fields.values(), TEXT.body]
        place = func.instr if self.dialect == "sqlite" else func.strpos
        groups = [
            or_(*(place(one, self._awaited(_name(group, number))) > ZERO for number in range(words) for one in columns))
            for group, (words, is_exact) in enumerate(self.form.groups)
            if all_groups or not is_exact
        ]
        return and_(*groups) if groups else None

    def _kinds(self) -> Condition:
        kinds = self.form.kinds
        return ROW.kind == kinds[0] if len(kinds) == 1 else ROW.kind.in_(kinds)

    def _among(self) -> Condition:
        """The combination is one of these."""
        if self.dialect == "sqlite":
            listed = text("SELECT value FROM json_each(:combos)").bindparams(self._awaited("combos"))
            return ROW.combo_id.in_(listed)
        # Of words the few rows that have them are looked at: no index has this sum, else PostgreSQL reads one whole.
        combo = ROW.combo_id + ZERO if self.form.groups else ROW.combo_id
        return combo == func.any(self._awaited("combos", ARRAY(BigInteger)))

    def _ordered(self, query: Select[Any]) -> Select[Any]:
        form = self.form
        if form.order == "title":
            if not form.groups:
                query = query.join(SearchText.__table__, TEXT.number == ROW.number)
            return query.order_by(TEXT.sounds, TEXT.title, ROW.number)
        if form.order == "best":
            better: list[Any] = [
                (self._compared(marks, all_groups=True), literal_column(str(place)))
                for place, marks in enumerate(form.ranks)
            ]
            return query.order_by(case(*better, else_=literal_column(str(len(better)))), ROW.number.desc())
        return query.order_by(self._number().desc()) if form.order else query

    def _number(self) -> Any:
        """The number as it is ordered by.

        Of SQLite's index itself where words are asked for: it then reads in order. Where PostgreSQL must not read the
        whole table backwards in the hope of a hit that is not there, a number that no index has.
        """
        if self.form.groups and self.dialect == "sqlite":
            return literal_column("search_tokens.rowid")
        return ROW.number + ZERO if self.form.order == "newest of few" else ROW.number
