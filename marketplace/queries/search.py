"""The search over products: words, filters, and how many each further filter would leave."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, or_, select

from jurisdictions import tree
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible_to
from marketplace.models import DataProduct
from registry.vocabulary import fold
from registry.vocabulary.purposes import PurposeClass

COLUMNS: Mapping[str, Any] = {
    "theme": DataProduct.theme,
    "kind": DataProduct.kind,
    "seller": DataProduct.seller_id,
}
FILTERS = ("theme", "kind", "purpose", "price", "seller")
PRICES = ("free", "charged")
_MOST_WORDS, _LONGEST_WORD = 8, 40


def searchable(
    title: str, title_en: str, abstract: str, keywords: Sequence[str], names: Sequence[str], seller: str
) -> str:
    """The text a search reads: each part folded (width, case, blanks), one part a line."""
    parts = [title, title_en, abstract, *keywords, *names, seller]
    return "\n".join(dict.fromkeys(word for word in map(fold, parts) if word))


def search_products(
    actor: Actor, words: str, filters: Mapping[str, Sequence[str]], on: date
) -> Select[DataProduct]:
    """Listed products that hold every word, narrowed by filters (theme, kind, purpose, price: free or charged, seller;
    each a list of which one must fit). Those with the words in the title come first, then the newest."""
    query = select(DataProduct).where(*_conditions(actor, words, filters, on))
    if _words(words):
        query = query.order_by(DataProduct.title.icontains(words.strip(), autoescape=True).desc())
    return query.order_by(DataProduct.listed_at.desc(), DataProduct.id)


def counts(
    actor: Actor, words: str, filters: Mapping[str, Sequence[str]], on: date
) -> dict[str, list[tuple[str, int]]]:
    """For each filter its values with the number of products, counted without that filter itself, most first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name in FILTERS:
        others = {other: values for other, values in filters.items() if other != name}
        conditions = _conditions(actor, words, others, on)
        if name in COLUMNS:
            found[name] = _by_column(COLUMNS[name], conditions)
        else:
            options = PRICES if name == "price" else [str(purpose) for purpose in PurposeClass]
            found[name] = _by_condition(name, options, conditions, on)
    return found


def _by_column(column: Any, conditions: list[ColumnElement[bool]]) -> list[tuple[str, int]]:
    query = select(column, func.count()).where(*conditions, column.is_not(None)).group_by(column)
    rows = db.session.execute(query.order_by(func.count().desc(), column)).all()
    return [(str(value), number) for value, number in rows]


def _by_condition(
    name: str, options: Sequence[str], conditions: list[ColumnElement[bool]], on: date
) -> list[tuple[str, int]]:
    counted = [func.count().filter(_fits(name, option, on)) for option in options]
    numbers = db.session.execute(select(*counted).select_from(DataProduct).where(*conditions)).one()
    return [(option, number) for option, number in zip(options, numbers, strict=True) if number]


def _words(text: str) -> list[str]:
    parts = re.split(r"[\s、，,;；。]+", text)
    return [word for part in parts[:_MOST_WORDS] if (word := fold(part)[:_LONGEST_WORD])]


def _conditions(
    actor: Actor, words: str, filters: Mapping[str, Sequence[str]], on: date
) -> list[ColumnElement[bool]]:
    found = [DataProduct.state == "listed", visible_to(actor, DataProduct)]
    found += [DataProduct.words.contains(word, autoescape=True) for word in _words(words)]
    for name, values in filters.items():
        if values and name in COLUMNS:
            found.append(cast(COLUMNS[name], String).in_(_stored(name, values)))
        elif values and name in FILTERS:
            found.append(or_(*[_fits(name, value, on) for value in values]))
    return found


def _stored(name: str, values: Sequence[str]) -> list[str]:
    """Identities as the database keeps them in words: SQLite without hyphens, PostgreSQL with."""
    return [*values, *(value.replace("-", "") for value in values)] if name == "seller" else list(values)


def _fits(name: str, value: str, on: date) -> ColumnElement[bool]:
    if name == "purpose":
        return _has_purpose(value)
    if value not in PRICES:
        return false()
    key = "price.free_purposes" if value == "free" else "price.charged_purposes"
    places = db.session.scalars(
        select(DataProduct.jurisdiction).where(DataProduct.state == "listed").distinct()
    )
    here = []
    for place in places.all():
        purposes = tree.profile_of(place, on=on).list(key)
        here.append(
            and_(DataProduct.jurisdiction == place, or_(false(), *[_has_purpose(one) for one in purposes]))
        )
    return or_(false(), *here)


def _has_purpose(purpose: str) -> ColumnElement[bool]:
    if purpose not in {str(known) for known in PurposeClass}:
        return false()
    return cast(DataProduct.purposes, String).contains(f'"{purpose}"')
