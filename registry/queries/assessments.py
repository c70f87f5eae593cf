"""Assessments: who assesses what, who must not, and what the points come to."""

import uuid

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from accounts import queries as accounts
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import Assessment, Licence

OPEN = ("under_assessment", "assessed", "public_notice")


@visible(Assessment)
def _visible_assessments(actor: Actor) -> ColumnElement[bool]:
    """The assessor's own, and those of the place for its authority and auditors; not of a case one must keep out of."""
    if not actor.is_signed_in:
        return false()
    mine = Assessment.assessor_id == actor.user_id
    if not {"authority", "auditor", "government"} & actor.roles:
        return mine
    here = Assessment.jurisdiction.in_(actor.jurisdictions)
    return or_(mine, and_(here, Assessment.licence_id.not_in(kept_out_of(actor))))


def kept_out_of(actor: Actor) -> Select[uuid.UUID]:
    """The applications whose assessment the actor, as a person, is recused from."""
    query = select(Assessment.licence_id)
    return query.where(Assessment.assessor_id == actor.user_id, Assessment.state == "recused")


def assessments(actor: Actor, *, state: str = "", own: bool = False) -> Select[Assessment]:
    """The assessments an actor may see, newest first."""
    query = select(Assessment).where(visible_to(actor, Assessment))
    if own:
        query = query.where(Assessment.assessor_id == actor.user_id)
    if state:
        query = query.where(Assessment.state == state)
    return query.order_by(Assessment.created_at.desc(), Assessment.id)


def assessment(assessment_id: uuid.UUID, actor: Actor) -> Assessment:
    """One assessment, where it may be seen. Else NotFound."""
    query = select(Assessment).where(Assessment.id == assessment_id, visible_to(actor, Assessment))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def assessments_of(licence_id: uuid.UUID, reader: Actor | None = None) -> list[Assessment]:
    """Everybody who was named for an application, or those the reader may see; in the order of naming."""
    query = select(Assessment).where(Assessment.licence_id == licence_id)
    if reader is not None:
        query = query.where(visible_to(reader, Assessment))
    return list(db.session.scalars(query.order_by(Assessment.created_at, Assessment.id)))


def assessment_of(licence_id: uuid.UUID, person_id: uuid.UUID | None) -> Assessment | None:
    """The assessment a person was named for."""
    query = select(Assessment).where(
        Assessment.licence_id == licence_id, Assessment.assessor_id == person_id
    )
    return db.session.scalar(query)


def assessed_by(licence_id: uuid.UUID) -> tuple[int, int]:
    """How many have scored an application, and how many are still awaited."""
    query = select(Assessment.state, func.count()).where(Assessment.licence_id == licence_id)
    counts = {state: number for state, number in db.session.execute(query.group_by(Assessment.state))}
    return counts.get("scored", 0), counts.get("named", 0) + counts.get("declared", 0)


def points_of(licence_id: uuid.UUID) -> dict[str, list[int]]:
    """The points of those who scored, by criterion."""
    found: dict[str, list[int]] = {}
    for row in assessments_of(licence_id):
        if row.state == "scored":
            for criterion, points in row.scores.items():
                found.setdefault(criterion, []).append(points)
    return found


def tie(
    person_id: uuid.UUID | None, body_id: uuid.UUID | None, found: Licence, *, control: bool = True
) -> str | None:
    """What keeps a person, acting for a body, out of an application: a key of vocabulary.CONFLICTS, or None.

    The person applied, or belongs to the applicant or to an organisation under one control with it; or the body itself
    is under one control with the applicant (`control`; nobody could decide at all where that barred the authority).
    """
    if person_id is not None and person_id == found.applied_by_id:
        return "applied"
    homes = [row.organisation_id for row in accounts.memberships_of(person_id)] if person_id else []
    if any(home != body_id and accounts.controls(home, found.organisation_id) for home in homes):
        return "member"
    if control and body_id is not None and accounts.controls(body_id, found.organisation_id):
        return "control"
    return None


def open_assessments_of_people(person_ids: list[uuid.UUID]) -> list[Assessment]:
    """The assessments under way of these people."""
    query = select(Assessment).join(Licence, Licence.id == Assessment.licence_id)
    query = query.where(Assessment.assessor_id.in_(person_ids), Assessment.state != "recused")
    return list(db.session.scalars(query.where(Licence.state.in_(OPEN))))


def open_assessments_under_way() -> list[Assessment]:
    """Every assessment that could still count."""
    query = select(Assessment).join(Licence, Licence.id == Assessment.licence_id)
    return list(db.session.scalars(query.where(Assessment.state != "recused", Licence.state.in_(OPEN))))
