"""The library of conditions as a page, and the proofs of obligations."""

from typing import Any
from uuid import UUID

from flask import render_template

from accounts.queries import place_name
from contracts import queries
from contracts.models import LibraryCondition, Obligation
from contracts.queries.conditions import conditions, library
from contracts.views.door import handed_out, in_words, pages, place_asked, reading
from kernel.db import db
from kernel.errors import NotFound
from kernel.pages import current_actor, current_locale, page_of
from kernel.storage import store


@page_of(LibraryCondition)
def address(_row: LibraryCondition) -> str:
    """A condition stands on the page of the library."""
    return "/conditions"


@pages.get("/conditions")
def condition_library() -> Any:
    """The conditions a decision can choose from: who owes what, test, proof, day, and what follows."""
    actor = current_actor()
    place, language = place_asked(), reading()
    return render_template(
        "contracts/conditions.html",
        place=place_name(place, current_locale()),
        rows=[
            {part: one.said(part)[language] for part in ("what", "test", "evidence", "sanction")}
            | {"due": in_words(one.due_said()), "basis": one.basis, "code": code}
            for code, one in library(place).items()
        ],
        own=db.session.scalars(conditions(actor).limit(100)).all(),
    )


@pages.get("/obligations/<uuid:row_id>/proof")
def obligation_proof(row_id: UUID) -> Any:
    """The proof that was handed in with a report."""
    owed = queries.seen(current_actor(), Obligation, row_id)
    if not owed.proof:
        raise NotFound()
    return handed_out(store().get(owed.proof["storage_key"]), owed.proof["name"], owed.proof["media_type"])
