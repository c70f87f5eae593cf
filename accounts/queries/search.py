"""Organisations in the search, and the filter by place that everything found has."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from accounts.models import Organisation
from accounts.queries.organisations import names_of
from accounts.queries.places import authorities_above, place_name
from accounts.vocabulary import ROLE_WORDS
from kernel.search import Document, Filter, Kind, filter_by, indexed
from kernel.states import state_word
from kernel.words import N_, translate


def named(ids: Sequence[str], _locale: str) -> dict[str, str]:
    """The names of organisations by id, as a filter shows them."""
    return {str(row_id): name for row_id, name in names_of([uuid.UUID(one) for one in ids if one]).items()}


def identity(text: str) -> str | None:
    """An id in its one written form, None where it is none."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return None


filter_by(
    Filter(
        "jurisdiction",
        N_("Jurisdiction"),
        "jurisdiction",
        lambda codes, locale: {code: place_name(code, locale) for code in codes},
        spread=lambda code: authorities_above(code) or (code,),
    )
)
filter_by(
    Filter(
        "state",
        N_("State"),
        "state",
        lambda states, locale: {state: translate(state_word(state), locale) for state in states},
        hidden_alone=True,
    )
)
filter_by(
    Filter(
        "role",
        N_("Role"),
        "role",
        lambda roles, locale: {
            role: translate(ROLE_WORDS[role], locale) for role in roles if role in ROLE_WORDS
        },
    )
)


def _documents(rows: Sequence[Any]) -> Iterable[Document]:
    for row in rows:
        terms = {"jurisdiction": [row.jurisdiction], "state": [row.state], "role": row.roles or ()}
        yield Document(row.name, row.created_at, [row.name_en, row.uscc or ""], [], terms)


indexed(
    Kind(
        name="organisation",
        model=Organisation,
        word=N_("Bodies and companies"),
        documents=_documents,
        shown=lambda ids: select(Organisation).where(Organisation.id.in_(ids)),
        newest=Organisation.created_at,
        filters=("role", "jurisdiction", "state"),
    )
)
