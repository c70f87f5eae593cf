"""The first tier: the index inside the database itself. It always answers, and answers exactly."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from kernel.actor import SYSTEM, Actor
from kernel.db import db
from kernel.permissions import visible_to
from kernel.search.kinds import KINDS
from kernel.search.models import SearchRow, SearchText
from kernel.search.words import Wanted, compared, expression, ranks_of, wanted, without

# Plain tables instead of mapped classes: half of a small search would else be spent on mapping.
ROW: Any = SearchRow.__table__.c
TEXT: Any = SearchText.__table__.c
TOKENS = table("search_tokens", column("rowid"))
Place = tuple[str, Any]
FEW = 1_000
Condition = Any  # an SQL condition over plain columns


def dialect() -> str:
    """The database in use: 'sqlite' or 'postgresql'."""
    return db.engine.dialect.name


def tally(actor: Actor, kinds: Sequence[str], asked: Wanted) -> Counter[int]:
    """How many subjects an actor may find, by combination of their filter values."""
    marks = ranks_of(asked)[-1] if asked.groups else ()
    query = _select([ROW.combo_id, func.count()], actor, kinds, asked, marks)
    return Counter(
        {combo: number for combo, number in db.session.connection().execute(query.group_by(ROW.combo_id))}
    )


def places(
    actor: Actor,
    kinds: Sequence[str],
    asked: Wanted,
    *,
    combos: Collection[int] | None,
    order: str,
    until: int,
    since: datetime | None = None,
    total: int | None = None,
) -> list[Place]:
    """The first `until` hits as (kind, id): with words the best first, else the newest; `order` 'newest' or 'title'.

    `combos` narrows to these combinations; `since` to what is dated later. `total`, where it is known, says how to
    look: few hits are put in order at once, of many the best are taken rank by rank.
    """
    narrowed = [_among(combos)] if combos is not None else []
    if since is not None:
        narrowed.append(ROW.dated_at > since)
    if order == "title":
        query = _ordered_by_title(actor, kinds, asked, narrowed)
        return _fetch(query, until)
    if not asked.groups or order == "newest":
        marks = ranks_of(asked)[-1] if asked.groups else ()
        query = _select(PLACE, actor, kinds, asked, marks).where(*narrowed)
        return _fetch(query.order_by(_newest(asked).desc()), until)
    if total is not None and total <= FEW:
        return _fetch(_few(actor, kinds, asked).where(*narrowed), until)
    found: list[Place] = []
    for rank in range(len(ranks_of(asked))):
        if len(found) < until:
            query = _of_rank(actor, kinds, asked, rank).where(*narrowed)
            found += _fetch(query.order_by(_newest(asked).desc()), until - len(found))
    return found


def matching(kind: str, words: str) -> Select[Any]:
    """A select of the ids of subjects of a kind that have the words, whoever asks: to narrow a query of one's own."""
    asked = wanted(words)
    query = _select([ROW.subject_id], SYSTEM, [kind], asked, ranks_of(asked)[-1] if asked.groups else ())
    return query.where(false()) if asked.impossible else query


PLACE = [ROW.kind, ROW.subject_id]


def _newest(asked: Wanted) -> Any:
    """The column of the number: of SQLite's index itself where words are asked for, it then reads in order."""
    return literal_column("search_tokens.rowid") if asked.groups and dialect() == "sqlite" else ROW.number


def _fetch(query: Select[Any], until: int) -> list[Place]:
    return [(row.kind, row.subject_id) for row in db.session.connection().execute(query.limit(until))]


def _ordered_by_title(
    actor: Actor, kinds: Sequence[str], asked: Wanted, narrowed: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    marks = ranks_of(asked)[-1] if asked.groups else ()
    chosen = _select([ROW.number], actor, kinds, asked, marks).where(*narrowed)
    query: Select[Any] = select(ROW.kind, ROW.subject_id).join(SearchText, TEXT.number == ROW.number)
    query = query.where(ROW.number.in_(chosen))
    return query.order_by(TEXT.sounds, TEXT.title, ROW.number)


def _few(actor: Actor, kinds: Sequence[str], asked: Wanted) -> Select[Any]:
    """All hits with their rank read off their texts, the best first."""
    ranks = ranks_of(asked)
    query = _select(PLACE, actor, kinds, asked, ranks[-1], with_text=True)
    better = [
        (compared(asked, marks, dialect(), all_groups=True), place) for place, marks in enumerate(ranks[:3])
    ]
    return query.order_by(case(*better, else_=len(better)), ROW.number.desc())


def _of_rank(actor: Actor, kinds: Sequence[str], asked: Wanted, rank: int) -> Select[Any]:
    """The hits of a rank that are not of a better one."""
    marks, better = ranks_of(asked)[rank], ranks_of(asked)[:rank]
    if not better:
        return _select(PLACE, actor, kinds, asked, marks)
    if asked.are_exact:
        return _select(PLACE, actor, kinds, asked, marks, less=better[-1])
    query = _select(PLACE, actor, kinds, asked, marks, with_text=True)
    return query.where(~compared(asked, better[-1], dialect(), all_groups=True))


def _select(
    columns: Sequence[Any],
    actor: Actor,
    kinds: Sequence[str],
    asked: Wanted,
    marks: Sequence[str],
    *,
    less: Sequence[str] = (),
    with_text: bool = False,
) -> Select[Any]:
    query = select(*columns)
    if asked.groups:
        query = _having_words(query, asked, marks, less, with_text)
    else:
        query = query.select_from(SearchRow.__table__)
    return query.where(_kinds(kinds), visible(actor, kinds))


def _having_words(
    query: Select[Any], asked: Wanted, marks: Sequence[str], less: Sequence[str], with_text: bool
) -> Select[Any]:
    here = dialect()
    said = expression(asked, marks, here)
    if less:
        said = without(said, expression(asked, less, here), here)
    holds = compared(asked, marks, here)
    on_text = TEXT.number == ROW.number
    if here == "sqlite":  # an inner join without condition keeps the order: index, row, text
        query = query.select_from(TOKENS).join(
            SearchRow, literal_column("+search_tokens.rowid") == ROW.number
        )
        query = query.where(
            text("search_tokens MATCH :said").bindparams(bindparam("said", said, unique=True))
        )
    else:
        query = query.select_from(SearchRow.__table__).where(
            ROW.tokens.op("@@")(
                text("CAST(:said AS tsquery)").bindparams(bindparam("said", said, unique=True))
            )
        )
    if holds is not None or with_text:
        query = query.join(SearchText.__table__, on_text)
    return query if holds is None else query.where(holds)


def _kinds(kinds: Sequence[str]) -> Condition:
    return ROW.kind == kinds[0] if len(kinds) == 1 else ROW.kind.in_(kinds)


def _among(combos: Collection[int]) -> Condition:
    """The combination is one of these; they are sent as one value, however many they are."""
    if dialect() == "sqlite":
        listed = text("SELECT value FROM json_each(:combos)").bindparams(
            bindparam("combos", json.dumps(sorted(combos)), unique=True)
        )
        return ROW.combo_id.in_(listed)
    return ROW.combo_id == func.any(bindparam("combos", sorted(combos), type_=ARRAY(BigInteger), unique=True))


def visible(actor: Actor, kinds: Sequence[str]) -> ColumnElement[bool]:
    """What the actor may see: what is public, and of the rest what kernel.permissions shows of the row itself."""
    if "system" in actor.roles:
        return true()
    public: ColumnElement[bool] = ROW.is_public
    if not actor.is_signed_in:
        return public
    conditions = [public]
    for name in kinds:
        model = KINDS[name].model
        seen = select(model.id).where(model.id == ROW.subject_id, visible_to(actor, model)).exists()
        conditions.append(and_(ROW.kind == name, seen))
    return or_(*conditions)
