"""The first tier: the index inside the database itself. It always answers, and answers exactly."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from kernel.actor import SYSTEM, Actor
from kernel.db import db
from kernel.permissions import visible_to
from kernel.search.kinds import KINDS
from kernel.search.statements import ROW, Form, groups_of, sent, words_of, write, written
from kernel.search.words import Wanted, expression, ranks_of, wanted, without

Place = tuple[str, Any]
FEW, FEW_EXACT = 1_000, 100  # hits that are put in order at once: with and without a look at their texts


def dialect() -> str:
    """The database in use: 'sqlite' or 'postgresql'."""
    return db.engine.dialect.name


def tally(actor: Actor, kinds: Sequence[str], asked: Wanted) -> Counter[int]:
    """How many subjects an actor may find, by combination of their filter values."""
    return Counter(dict(_rows(actor, asked, _form("tally", actor, kinds, asked)).all()))


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
    ranks, few = ranks_of(asked), total is not None and total <= (FEW_EXACT if asked.are_exact else FEW)
    by_rank = bool(asked.groups) and order == ""
    narrowed: dict[str, Any] = {"until": until}
    if combos is not None:
        narrowed["combos"] = sent(combos, dialect())
    if since is not None:
        narrowed["since"] = since
    facts: dict[str, Any] = {"among": combos is not None, "since": since is not None, "limited": True}
    if not by_rank or few:
        named = "best" if by_rank else order or "newest"
        form = _form("places", actor, kinds, asked, order=named, ranks=ranks[:-1] if by_rank else (), **facts)
        return _read(actor, asked, form, narrowed)
    found: list[Place] = []
    for rank, marks in enumerate(ranks):
        better = ranks[rank - 1] if rank else ()
        if len(found) < until:
            besides = better if not asked.are_exact else ()
            many = not rank or marks == ("",) and rank + 1 == len(ranks)
            named = "newest" if many else "newest of few"
            form = _form("places", actor, kinds, asked, marks, besides=besides, order=named, **facts)
            left = narrowed | {"until": until - len(found)}
            found += _read(actor, asked, form, left, less=better if asked.are_exact else ())
    return found


def matching(kind: str, words: str) -> Select[Any]:
    """A select of the ids of subjects of a kind that have the words, whoever asks: to narrow a query of one's own."""
    asked = wanted(words)
    form = _form("ids", SYSTEM, [kind], asked)
    query = write(form, dialect(), true(), _values(asked, form))
    return query.where(false()) if asked.impossible else query


def _form(
    columns: str, actor: Actor, kinds: Sequence[str], asked: Wanted, marks: Sequence[str] | None = None, **facts: Any
) -> Form:
    seen = "all" if "system" in actor.roles else "own" if actor.is_signed_in else "public"
    if marks is None:
        marks = ranks_of(asked)[-1] if asked.groups else ()
    return Form(columns, tuple(kinds), seen, groups_of(asked), tuple(marks), **facts)


def _values(asked: Wanted, form: Form, less: Sequence[str] = ()) -> dict[str, Any]:
    if not form.groups:
        return {}
    said = expression(asked, form.marks, dialect())
    if less:
        said = without(said, expression(asked, less, dialect()), dialect())
    return {"said": said, **words_of(asked)}


def _rows(
    actor: Actor, asked: Wanted, form: Form, narrowed: dict[str, Any] | None = None, less: Sequence[str] = ()
) -> Any:
    if form.seen == "own":
        statement = write(form, dialect(), visible(actor, form.kinds))
    else:
        statement = written(form, dialect())
    return db.session.connection().execute(statement, _values(asked, form, less) | (narrowed or {}))


def _read(
    actor: Actor, asked: Wanted, form: Form, narrowed: dict[str, Any], less: Sequence[str] = ()
) -> list[Place]:
    return list(_rows(actor, asked, form, narrowed, less).all())


def visible(actor: Actor, kinds: Sequence[str]) -> ColumnElement[bool]:
    """What somebody with an account may see: what is public, and what kernel.permissions shows of the row itself."""
    conditions: list[ColumnElement[bool]] = [ROW.is_public]
    for name in kinds:
        model = KINDS[name].model
        seen = select(model.id).where(model.id == ROW.subject_id, visible_to(actor, model)).exists()
        conditions.append(and_(ROW.kind == name, seen))
    return or_(*conditions)
