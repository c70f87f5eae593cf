"""What agencies and authorities find of databases, rounds, projects, sources and freshness on their desk."""

from typing import Any

from sqlalchemy import func, select

from accounts.vocabulary import MANAGING
from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from kernel.pages import DeskRow, DeskSection, address_of, desk_section
from kernel.states import state_word
from kernel.words import N_, Text
from registry.models import AdjustmentPart, Comparison, LocalCatalogue, Overlap, Project
from registry.queries import aggregations, places, projects, rounds, sources

ON_DESK = 5
_DUE = N_("last aggregated on {day}")


def _total(query: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def _rows(query: Any) -> list[DeskRow]:
    found = db.session.scalars(query.limit(ON_DESK))
    return [DeskRow(row.heading, address_of(row), Text(state_word(row.state))) for row in found]


def _cases(actor: Actor, *queries: Any) -> list[DeskRow]:
    return [row for query in queries for row in _rows(query)]


@desk_section(25)
def freshness(actor: Actor) -> Any:
    """Entries whose data are older than their frequency says: of one's own, or of the place."""
    if not {"agency", "authority"} & actor.roles:
        return None
    overdue = aggregations.freshness(actor, clock.today(), "overdue")
    rows = [
        DeskRow(entry.title, address_of(entry), Text(_DUE, day=clock.legal_day(last).isoformat()))
        for entry, last in db.session.execute(overdue.limit(ON_DESK))
    ]
    return DeskSection(
        Text(N_("Data older than their frequency says")),
        rows,
        "/catalogue/freshness?state=overdue",
        Text(N_("All data that were aggregated are as fresh as they should be.")),
        total=_total(overdue),
    )


@desk_section(26)
def catalogue_work(actor: Actor) -> Any:
    """Answers, explanations, confirmations and decisions around the catalogue that wait for the reader."""
    if "agency" in actor.roles:
        waiting = _of_agency(actor)
    elif "authority" in actor.roles:
        waiting = _of_authority(actor)
    elif actor.roles & set(MANAGING):
        waiting = []
    else:
        return None
    return DeskSection(
        Text(N_("Around the catalogue")),
        waiting,
        "/catalogue/work",
        Text(N_("Nothing else around the catalogue waits for you.")),
    )


def _of_agency(actor: Actor) -> list[DeskRow]:
    mine = actor.organisation_id
    return _cases(
        actor,
        rounds.parts(actor).where(AdjustmentPart.state == "open", AdjustmentPart.agency_id == mine),
        sources.overlaps(actor, state="questioned").where(Overlap.agency_id == mine),
        sources.comparisons(actor, state="compared").where(Comparison.agency_id == mine),
        projects.projects(actor).where(
            Project.agency_id == mine, Project.state.in_(("draft", "returned", "approved"))
        ),
    )


def _of_authority(actor: Actor) -> list[DeskRow]:
    return _cases(
        actor,
        places.local_catalogues(actor, state="reported").where(
            LocalCatalogue.organisation_id != actor.organisation_id
        ),
        rounds.rounds(actor, state="open"),
        projects.projects(actor).where(Project.state.in_(("submitted", "built"))),
        sources.overlaps(actor, state="explained"),
    )
