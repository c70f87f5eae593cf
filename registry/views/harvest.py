"""Foreign catalogues that are read here: the sources, each source with its readings, and the report of a reading."""

from typing import Any
from uuid import UUID

from flask import render_template, request

from kernel.db import db
from kernel.errors import NotSignedIn
from kernel.pages import current_actor, current_locale, page_of, paged, sheet
from kernel.words import N_, translate
from registry.models.harvest import HarvestRun, HarvestSource
from registry.queries import harvest as queries
from registry.views.door import chosen, pages, place_name
from registry.vocabulary.harvest import CREDENTIALS, KINDS, RHYTHMS, WHEN_VANISHED
from registry.vocabulary.sentences import sentence


@page_of(HarvestSource)
def source_address(source: HarvestSource) -> str:
    """/harvest/…"""
    return f"/harvest/{source.id}"


@page_of(HarvestRun)
def run_address(run: HarvestRun) -> str:
    """/harvest/runs/…"""
    return f"/harvest/runs/{run.id}"


@pages.get("/harvest")
def harvest_sources() -> Any:
    """The catalogues of others that are read here."""
    actor = current_actor()
    if not actor.is_signed_in:
        raise NotSignedIn()
    asked = chosen("state")
    found = queries.harvest_sources(actor, state=asked["state"])
    if kind := request.args.get("format"):
        return _file(found, kind)
    words = {"kinds": KINDS, "rhythms": RHYTHMS}
    page = paged(found)
    return render_template("registry/harvest.html", page=page, chosen=asked, place_name=place_name, **words)


def _file(found: Any, kind: str) -> Any:
    headings = [N_("Name of the catalogue"), N_("Kind"), N_("Address"), N_("Jurisdiction"), N_("State")]
    rows = (
        [row.title, said(KINDS[row.kind]), row.address, place_name(row.jurisdiction), row.state]
        for row in db.session.scalars(found)
    )
    return sheet("harvest-sources", headings, rows, kind)


@pages.get("/harvest/<uuid:source_id>")
def harvest_source(source_id: UUID) -> Any:
    """One source: where it stands, how it is read, what came of it."""
    actor = current_actor()
    found = queries.harvest_source(actor, source_id)
    runs = paged(queries.harvest_runs(actor).where(HarvestRun.source_id == found.id))
    return render_template(
        "registry/harvest_source.html",
        source=found,
        page=runs,
        place=place_name(found.jurisdiction),
        words={
            "kind": KINDS[found.kind],
            "rhythm": RHYTHMS[found.rhythm],
            "vanished": WHEN_VANISHED[found.when_vanished],
            "credential": CREDENTIALS[found.credential],
        },
        said=said,
    )


@pages.get("/harvest/runs/<uuid:run_id>")
def harvest_run(run_id: UUID) -> Any:
    """One reading: how far it is, what became of each record."""
    found = queries.harvest_run(current_actor(), run_id)
    if kind := request.args.get("format"):
        return _vanished(found, kind)
    return render_template(
        "registry/harvest_run.html",
        run=found,
        source=found.source,
        said=said,
        is_working=found.state in queries.UNDER_WAY,
    )


def _vanished(found: HarvestRun, kind: str) -> Any:
    headings = [N_("Record"), N_("Name of the resource"), N_("Missing since")]
    rows = ([row["key"], row["title"], row["since"]] for row in found.vanished)
    return sheet("harvest-vanished", headings, rows, kind)


def said(kept: Any) -> str:
    """A kept sentence in the reader's language."""
    return translate(sentence(kept), current_locale())
