"""Applications, their assessments and decisions."""

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from accounts.queries import controllers
from contracts.models import (
    Application,
    ApplicationSource,
    Assessment,
    DataElement,
    Decision,
    DevelopmentRight,
)
from contracts.queries.sources import ResourceFacts, elements_by_id, facts_of, resources
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to
from registry.models import DataResource

READERS = frozenset({"authority", "auditor", "government"})
ASSESSED = ("under_assessment", "assessed", "granted", "refused")


@visible(Application)
def visible_applications(actor: Actor) -> ColumnElement[bool]:
    """The applicant its own; the managing bodies of the place what was handed in; experts what they assess."""
    conditions: list[ColumnElement[bool]] = (
        [Application.applicant_id == actor.organisation_id] if actor.organisation_id else [false()]
    )
    here = Application.jurisdiction.in_(actor.jurisdictions)
    if actor.roles & READERS:
        conditions.append(and_(here, Application.state != "draft"))
    if "expert" in actor.roles:
        conditions.append(and_(here, Application.state.in_(ASSESSED)))
    return or_(*conditions)


def applications(
    actor: Actor, *, state: str | None = None, level: str | None = None, q: str | None = None
) -> Select[Application]:
    """The applications an actor may see, the newest first."""
    query = select(Application).where(visible_to(actor, Application)).order_by(Application.created_at.desc())
    if state:
        query = query.where(Application.state == state)
    if level:
        query = query.where(Application.level == level)
    if q:
        query = query.where(Application.title.icontains(q, autoescape=True))
    return query


def application(application_id: uuid.UUID) -> Application | None:
    """An application by id."""
    return db.session.get(Application, application_id)


def source_ids(application_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids of what an application asks for."""
    query = select(ApplicationSource.source_id).where(ApplicationSource.application_id == application_id)
    return list(db.session.scalars(query))


def decided_sources(application_id: uuid.UUID) -> list[ApplicationSource]:
    """What an application asks for, with how each was decided."""
    query = select(ApplicationSource).where(ApplicationSource.application_id == application_id)
    return list(db.session.scalars(query))


def granted_ids(application_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids of what was granted: all of it, but for what was refused one by one."""
    return [row.source_id for row in decided_sources(application_id) if row.outcome != "refused"]


def sources_of_application(asked: Application) -> list[ResourceFacts] | list[DataElement]:
    """What an application asks for: resources at first level, elements at second."""
    ids = source_ids(asked.id)
    return resources(ids) if asked.level == "first_level" else elements_by_id(ids)


def assessments_of(application_id: uuid.UUID) -> list[Assessment]:
    """All assessments of an application, the first first."""
    query = select(Assessment).where(Assessment.application_id == application_id).order_by(Assessment.at)
    return list(db.session.scalars(query))


def decision(decision_id: uuid.UUID) -> Decision | None:
    """A decision by id."""
    return db.session.get(Decision, decision_id)


def decision_of(application_id: uuid.UUID) -> Decision | None:
    """The decision on an application that stands, if there is one."""
    query = select(Decision).where(Decision.application_id == application_id, Decision.ended_at.is_(None))
    return db.session.scalar(query.order_by(Decision.at.desc()).limit(1))


def resources_to_ask_for(on: date, *, q: str | None = None, limit: int = 200) -> list[ResourceFacts]:
    """Registered resources that may be developed, by title."""
    query = select(DataResource).where(DataResource.state == "registered").order_by(DataResource.title)
    if q:
        query = query.where(DataResource.title.icontains(q, autoescape=True))
    found = facts_of(list(db.session.scalars(query.limit(limit))))
    return [facts for facts in found if facts.is_registered(on) and facts.opening in ("open", "conditional")]


def rights_to_build_on(on: date) -> list[DevelopmentRight]:
    """First-level rights in force that have available elements, by title: what a developer can apply under."""
    has_elements = select(DataElement.right_id).where(DataElement.state == "available")
    query = select(DevelopmentRight).where(
        DevelopmentRight.level == "first_level",
        DevelopmentRight.state == "in_force",
        DevelopmentRight.starts_on <= on,
        DevelopmentRight.ends_on >= on,
        DevelopmentRight.id.in_(has_elements),
    )
    return list(db.session.scalars(query.order_by(DevelopmentRight.title)))


def open_applications_under(organisation_id: uuid.UUID) -> list[Application]:
    """The undecided applications of an organisation and of those it controls."""
    undecided = ("draft", "submitted", "returned", "under_assessment", "assessed")
    rows = db.session.scalars(select(Application).where(Application.state.in_(undecided))).all()
    return [row for row in rows if organisation_id in controllers(row.applicant_id)]
