"""Settlements and statements as pages."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from accounts.queries import names_of
from billing import commands, queries
from billing.models import Settlement, Statement
from billing.states import SETTLEMENT
from billing.views.door import filters, pages, signed_in, state_facet
from kernel.documents import documents_of
from kernel.errors import NotFound
from kernel.pages import current_actor, form_page, page_of, paged, sheet
from kernel.routes.page_door import allow
from kernel.words import N_

HEADINGS = [
    N_("Seller"), N_("Product"), N_("Party"), N_("Role"), N_("Bill lines"), N_("Gross amount in fen"),
    N_("Share in basis points"), N_("Amount in fen"), N_("Waived in fen"),
]  # fmt: skip


@page_of(Settlement)
def address(row: Settlement) -> str:
    """The page of a settlement."""
    return f"/settlements/{row.id}"


@page_of(Statement)
def statement_address(row: Statement) -> str:
    """The page of a statement."""
    return f"/statements/{row.id}"


@pages.get("/settlements")
def settlements() -> Any:
    """The settlements of the places the reader oversees."""
    signed_in()
    if not current_actor().roles & queries.OVERSEERS:
        raise NotFound()
    chosen = filters("state")
    page = paged(queries.settlements(current_actor(), state=chosen.get("state")))
    return render_template("billing/settlements.html", page=page, facets=[state_facet(SETTLEMENT, chosen)])


@pages.route("/settlements/new", methods=["GET", "POST"])
def new_settlement() -> Any:
    """Prepare a settlement."""
    allow(commands.settlement.prepare, None, None)
    return form_page(
        "billing/settlement_form.html",
        commands.settlement.prepare,
        then=lambda made: redirect(address(made)),
    )


@pages.get("/settlements/<uuid:row_id>")
def settlement(row_id: UUID) -> Any:
    """One settlement: who gets what from which product; also as a file."""
    row = queries.seen(current_actor(), Settlement, row_id)
    lines = queries.lines_of_settlement(row.id)
    names = names_of({who for line in lines for who in (line["operator_id"], line["party_id"])})
    if "format" in (chosen := filters("format")):
        return sheet("settlement", HEADINGS, [_cells(line, names) for line in lines], chosen["format"])
    return render_template(
        "billing/settlement.html",
        row=row,
        lines=lines,
        names=names,
        parties=queries.parties_of_settlement(row.id),
        statements=queries.statements_of(row.id),
        documents=documents_of(row),
    )


def _cells(line: dict[str, Any], names: dict[UUID, str]) -> list[Any]:
    who = [names[line["operator_id"]], line["title"], names[line["party_id"]], line["party_role"]]
    return who + [line[name] for name in ("uses", "gross_minor", "share_bp", "share_minor", "waived_minor")]


@pages.get("/statements")
def statements() -> Any:
    """The statements of the reader's organisation, or of the places it oversees."""
    signed_in()
    return render_template("billing/statements.html", page=paged(queries.statements(current_actor())))


@pages.get("/statements/<uuid:row_id>")
def statement(row_id: UUID) -> Any:
    """One statement: the lines of one party, and the document."""
    row = queries.seen(current_actor(), Statement, row_id)
    kept = queries.settlement(row.settlement_id)
    lines = queries.lines_of_settlement(row.settlement_id, row.party_id)
    return render_template(
        "billing/statement.html",
        row=row,
        settlement=kept,
        lines=lines,
        names=names_of({line["operator_id"] for line in lines}),
        documents=[one for one in documents_of(kept) if one.id == row.document_id],
    )
