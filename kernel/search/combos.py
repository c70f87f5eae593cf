"""Combinations of filter values: many subjects share one, so counts by every filter come from counts by combination."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from kernel.db import db
from kernel.search.models import SearchCombo

Terms = Mapping[str, tuple[str, ...]]
_known: dict[int, Terms] = {}
_MOST_KNOWN = 500_000
_AT_ONCE = 500


def combination(terms: Mapping[str, Iterable[str]]) -> tuple[int, dict[str, list[str]]]:
    """(identity, canonical terms) of a combination: the same terms have the same identity in every database."""
    plain = {name: sorted({str(value) for value in values if value}) for name, values in terms.items()}
    kept = {name: values for name, values in sorted(plain.items()) if values}
    return _identity(json.dumps(kept, ensure_ascii=False)), kept


@lru_cache(maxsize=65536)
def _identity(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1


def keep(combos: Mapping[int, dict[str, list[str]]]) -> None:
    """Write the combinations that are not there yet."""
    here = set(db.session.scalars(select(SearchCombo.id).where(SearchCombo.id.in_(combos))))
    fresh = [{"id": one, "terms": combos[one]} for one in sorted(combos) if one not in here]
    if fresh:
        make: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        db.session.execute(make(SearchCombo).on_conflict_do_nothing(), fresh)


def terms_of(ids: Collection[int]) -> dict[int, Terms]:
    """The terms of combinations by identity; they never change, so a process reads each once."""
    missing = [one for one in ids if one not in _known]
    if len(_known) + len(missing) > _MOST_KNOWN:
        _known.clear()
        missing = list(ids)
    for start in range(0, len(missing), _AT_ONCE):
        query = select(SearchCombo.id, SearchCombo.terms).where(
            SearchCombo.id.in_(missing[start : start + _AT_ONCE])
        )
        for one, terms in db.session.execute(query):
            _known[one] = {name: tuple(values) for name, values in terms.items()}
    return {one: _known[one] for one in ids if one in _known}
