"""Publicly funded projects with their gate, and the list of data resources beside the catalogue."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from accounts import queries as accounts
from kernel import due
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to
from registry.models import CatalogueEntry, Holding, Project
from registry.queries.aggregations import aggregated_ids
from registry.queries.scope import narrowed, one_of, own_or_overseen
from registry.rules.projects import DataSet, Need, gate_report

COVERAGE = ("catalogued", "under_way", "not_catalogued")
_UNDER_WAY = ("draft", "submitted", "returned")


@visible(Project)
def _visible_projects(actor: Actor) -> ColumnElement[bool]:
    """One's own; for those who oversee a place, what was handed in there."""
    overseen = own_or_overseen(actor, Project)
    own = Project.agency_id == actor.organisation_id
    handed_in = overseen & (Project.state != "draft")
    return or_(own, handed_in) if actor.organisation_id else handed_in


def projects(actor: Actor, **filters: str) -> Select[Project]:
    """The projects the actor may see, the newest first."""
    query = select(Project).where(visible_to(actor, Project)).options(joinedload(Project.agency))
    query = narrowed(query, Project, filters, (Project.title, Project.number, Project.summary))
    return query.order_by(Project.created_at.desc(), Project.id)


def project(actor: Actor, project_id: uuid.UUID) -> Project:
    """The project of that id where the actor may see it, or NotFound."""
    found: Project = one_of(actor, select(Project).options(joinedload(Project.agency)), Project, project_id)
    return found


def project_or_none(project_id: uuid.UUID | None) -> Project | None:
    """The project of that id; asks nobody's permission."""
    return db.session.get(Project, project_id) if project_id else None


def holdings_of_project(project_id: uuid.UUID) -> list[Holding]:
    """The data list of a project, without what was retired."""
    query = select(Holding).where(Holding.project_id == project_id, Holding.state != "retired")
    ordered = query.order_by(Holding.created_at, Holding.id).options(joinedload(Holding.entry))
    return list(db.session.scalars(ordered))


def data_sets(found: Project) -> list[DataSet]:
    """The data list of a project as the gate reads it: state and sharing of each entry, whether it was aggregated."""
    rows = holdings_of_project(found.id)
    done = aggregated_ids([row.entry_id for row in rows if row.entry_id])
    return [
        DataSet(
            row.title,
            row.entry.state if row.entry else None,
            row.entry.sharing_attribute if row.entry else None,
            row.entry_id in done,
        )
        for row in rows
    ]


def gate_of(found: Project) -> tuple[Need, ...]:
    """The gate report of a project as things stand now, under the rules the project began with."""
    report: tuple[Need, ...] = gate_report(data_sets(found), due.profile(found))
    return report


@visible(Holding)
def _visible_holdings(actor: Actor) -> ColumnElement[bool]:
    return own_or_overseen(actor, Holding, Holding.agency_id)


def holdings(actor: Actor, coverage: str = "", **filters: str) -> Select[Holding]:
    """The list of data resources the actor may see; by words, agency, state, or how far they are catalogued."""
    query = select(Holding).outerjoin(CatalogueEntry, CatalogueEntry.id == Holding.entry_id)
    query = query.where(visible_to(actor, Holding))
    query = narrowed(query, Holding, filters, (Holding.title, Holding.system))
    if coverage in COVERAGE:
        query = query.where(_covered(coverage), Holding.state != "retired")
    ordered = query.order_by(Holding.system, Holding.title, Holding.id)
    return ordered.options(joinedload(Holding.agency), joinedload(Holding.entry))


def _covered(coverage: str) -> Any:
    if coverage == "catalogued":
        return CatalogueEntry.state == "published"
    if coverage == "under_way":
        return CatalogueEntry.state.in_(_UNDER_WAY)
    return or_(CatalogueEntry.state.is_(None), CatalogueEntry.state == "withdrawn")


def holding(actor: Actor, holding_id: uuid.UUID) -> Holding:
    """The row of that id where the actor may see it, or NotFound."""
    query = select(Holding).options(
        joinedload(Holding.agency), joinedload(Holding.entry), joinedload(Holding.project)
    )
    found: Holding = one_of(actor, query, Holding, holding_id)
    return found


def coverage_by_agency(actor: Actor) -> list[tuple[str, int, int, int]]:
    """(agency, catalogued, under way, not catalogued) of the list the actor may see, most uncatalogued first."""
    query = (
        select(Holding.agency_id, CatalogueEntry.state, func.count(Holding.id))
        .outerjoin(CatalogueEntry, CatalogueEntry.id == Holding.entry_id)
        .where(visible_to(actor, Holding), Holding.state != "retired")
        .group_by(Holding.agency_id, CatalogueEntry.state)
    )
    found: dict[uuid.UUID, list[int]] = {}
    for agency_id, state, number in db.session.execute(query):
        place = 0 if state == "published" else 1 if state in _UNDER_WAY else 2
        found.setdefault(agency_id, [0, 0, 0])[place] += number
    names = accounts.names_of(list(found))
    rows = [
        (names.get(agency, ""), done, under_way, open_) for agency, (done, under_way, open_) in found.items()
    ]
    return sorted(rows, key=lambda row: (-row[3], row[0]))
