"""Imports: a file is handed in, its report read row by row, then it is carried out or discarded."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from kernel.db import db
from kernel.errors import NotFound, NotSignedIn
from kernel.pages import address_of, current_actor, current_locale, form_page, paged, sheet
from kernel.words import N_, translate
from registry import queries
from registry.commands import imports as commands
from registry.models import CatalogueImport, ImportRow
from registry.views.door import allow, chosen, pages, place_name
from registry.vocabulary import ENTRY_FIELDS
from registry.vocabulary.sentences import sentence
from registry.vocabulary.steps import IMPORT_MODES

WORKING = frozenset({"being_examined", "being_entered"})
OUTCOMES = {
    "taken": N_("Taken as it is"),
    "mended": N_("Taken and mended"),
    "changed": N_("Says something new"),
    "incomplete": N_("Draft, something missing"),
    "refused": N_("Not taken"),
    "repeated": N_("In the catalogue already"),
}


@pages.get("/imports")
def imports() -> Any:
    """The files that were handed in."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    return render_template("registry/imports.html", page=paged(queries.imports(actor)), place_name=place_name)


@pages.route("/imports/new", methods=["GET", "POST"])
def examine_import() -> Any:
    """Hand in a file to be looked into."""
    allow(commands.examine, None)
    return form_page(
        "registry/import_form.html", commands.examine, then=lambda found: redirect(address_of(found))
    )


@pages.get("/imports/<uuid:import_id>")
def report(import_id: UUID) -> Any:
    """The report: sums, reasons, each row, and what to do with it."""
    found = _seen(import_id)
    asked = chosen("outcome", "q")
    rows = queries.import_rows(found.id, outcome=asked["outcome"], q=asked["q"])
    if kind := request.args.get("format"):
        return _columns_file(found, kind) if request.args.get("by") == "column" else _file(rows, kind)
    return render_template(
        "registry/import.html",
        found=found,
        page=paged(rows, size=50),
        chosen=asked,
        outcomes=OUTCOMES,
        said=said,
        field_word=field_word,
        place=place_name(found.jurisdiction),
        states=queries.entry_states(found.id),
        modes=IMPORT_MODES,
        is_working=found.state in WORKING,
        complete=len(queries.ready_drafts(found.id)) if found.state == "carried_out" else 0,
    )


@pages.route("/imports/<uuid:import_id>/mapping", methods=["GET", "POST"])
def map_columns(import_id: UUID) -> Any:
    """Which column is which field: as it was understood, to be confirmed or set otherwise."""
    found = _seen(import_id)
    allow(commands.remap, found)
    headings = [*found.mapping, *found.unknown]
    present = [{"heading": heading, "field": found.mapping.get(heading, "")} for heading in headings]
    return form_page(
        "registry/import_mapping.html",
        commands.remap,
        subject=found,
        values={"columns": present},
        then=lambda done: redirect(address_of(done)),
        found=found,
        fields=[(name, row.word(current_locale())) for name, row in ENTRY_FIELDS.items()],
        field_word=field_word,
    )


def _columns_file(found: CatalogueImport, kind: str) -> Any:
    """The report by column: what each was read as, in how many rows it says something, was mended, not understood."""
    headings = [
        N_("Heading in the file"),
        N_("Field"),
        N_("Rows that tell it"),
        N_("Mended"),
        N_("Doubts and refusals"),
        N_("Not told"),
    ]
    return sheet("import-report-columns", headings, _column_rows(found), kind)


def _column_rows(found: CatalogueImport) -> list[list[Any]]:
    counted: Counter[tuple[str, str]] = Counter()
    for reason in found.reasons:
        counted[reason["field"], reason["what"]] += reason["number"]
    read_from: dict[str, list[str]] = {}
    for heading, field in found.mapping.items():
        read_from.setdefault(field, []).append(heading)
    fields = dict.fromkeys((*read_from, *found.told, *(field for field, _ in counted)))
    rows = [
        [
            "、".join(read_from.get(field, ())),
            field_word(field),
            found.told.get(field, 0),
            counted[field, "mended"],
            counted[field, "doubted"] + counted[field, "refused"],
            counted[field, "missing"],
        ]
        for field in fields
    ]
    beside = translate(N_("kept beside the entry"), current_locale())
    return rows + [[heading, beside, None, None, None, None] for heading in found.unknown]


def _seen(import_id: UUID) -> CatalogueImport:
    found = db.session.scalar(queries.imports(current_actor()).where(CatalogueImport.id == import_id))
    if found is None:
        raise NotFound()
    return found


def said(kept: Any) -> str:
    """A kept sentence in the reader's language."""
    return translate(sentence(kept), current_locale())


def field_word(field: str) -> str:
    """A field in words."""
    return ENTRY_FIELDS[field].word(current_locale()) if field in ENTRY_FIELDS else field


def _file(rows: Any, kind: str) -> Any:
    headings = [
        N_("Row"),
        N_("Outcome"),
        N_("Agency"),
        N_("Name of the resource"),
        N_("Mended"),
        N_("Doubts and refusals"),
        N_("Not told"),
    ]
    return sheet("import-report", headings, (_row(row) for row in db.session.scalars(rows)), kind)


def _row(row: ImportRow) -> list[Any]:
    mended = (f"{field_word(part['field'])}: {said(part['said'])}" for part in row.mendings)
    doubted = (f"{field_word(part['field'])}: {said(part['said'])}" for part in row.problems)
    return [
        row.number,
        translate(OUTCOMES[row.outcome], current_locale()),
        row.agency_name,
        row.title,
        "\n".join(mended),
        "\n".join(doubted),
        "、".join(field_word(field) for field in row.missing),
    ]
