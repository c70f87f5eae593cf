"""What stands between an application and its decision: gaps, consultations, advice, weight, overlaps; then remedies."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from accounts import queries as accounts
from contracts.models import (
    Advice,
    Application,
    ApplicationSource,
    Consultation,
    Decision,
    DevelopmentRight,
    Reconsideration,
    RightSource,
)
from contracts.queries.applications import READERS, source_ids
from contracts.queries.sources import resources
from contracts.rules.decision import weight_of_case
from contracts.vocabulary import Level
from contracts.vocabulary.decision import AGREES, CONSENT, OPINION, SECTIONS, Weight
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.db import db
from kernel.due import DueDate
from kernel.permissions import visible, visible_to
from kernel.words import Text

PENDING = ("submitted", "returned", "under_assessment", "assessed")
STANDING = ("awaiting_signature", "in_force", "suspended")


@visible(Consultation)
def _visible_consultations(actor: Actor) -> ColumnElement[bool]:
    """The body that is asked, the applicant (its clock runs on it), the managing bodies of the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        own = select(Application.id).where(Application.applicant_id == actor.organisation_id)
        conditions += [Consultation.body_id == actor.organisation_id, Consultation.application_id.in_(own)]
    if actor.roles & READERS:
        conditions.append(Consultation.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


@visible(Reconsideration)
def _visible_reconsiderations(actor: Actor) -> ColumnElement[bool]:
    """Whoever asked for it, and the managing bodies of the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions.append(Reconsideration.applicant_id == actor.organisation_id)
    if actor.roles & READERS:
        conditions.append(Reconsideration.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def consultations(actor: Actor, *, state: str = "") -> Select[Consultation]:
    """The consultations an actor may see, the newest first."""
    query = select(Consultation).where(visible_to(actor, Consultation))
    query = query.where(Consultation.state == state) if state else query
    return query.order_by(Consultation.created_at.desc(), Consultation.id)


def reconsiderations(actor: Actor, *, state: str = "") -> Select[Reconsideration]:
    """The reconsiderations an actor may see, the newest first."""
    query = select(Reconsideration).where(visible_to(actor, Reconsideration))
    query = query.where(Reconsideration.state == state) if state else query
    return query.order_by(Reconsideration.created_at.desc(), Reconsideration.id)


def consultations_of(application_id: uuid.UUID) -> list[Consultation]:
    """All consultations about an application, the first first."""
    query = select(Consultation).where(Consultation.application_id == application_id)
    return list(db.session.scalars(query.order_by(Consultation.created_at, Consultation.id)))


def awaited(application_id: uuid.UUID) -> list[str]:
    """The names of bodies whose opinion is awaited."""
    waiting = [
        row.body_id for row in consultations_of(application_id) if (row.kind, row.state) == (OPINION, "asked")
    ]
    return sorted(accounts.names_of(waiting).values())


def silent_consultations(today: date) -> list[uuid.UUID]:
    """Opinions that were not given in time."""
    query = (
        select(Consultation.id)
        .join(DueDate, DueDate.subject_id == Consultation.id)
        .where(Consultation.state == "asked", Consultation.kind == OPINION)
        .where(DueDate.state.in_(("running", "missed")), DueDate.due_on < today)
    )
    return list(dict.fromkeys(db.session.scalars(query)))


def without_consent(asked: Application, sources: Sequence[uuid.UUID]) -> list[str]:
    """Titles of resources with data obtained by sharing whose provider has not consented."""
    given = {
        resource_id
        for row in consultations_of(asked.id)
        if row.kind == CONSENT and row.state == "answered" and row.answer in AGREES
        for resource_id in row.resource_ids
    }
    shared = [
        source for source in sources if str(source) in asked.shared_source_ids and str(source) not in given
    ]
    return [facts.title for facts in resources(shared)]


def advice_of(application_id: uuid.UUID) -> list[Advice]:
    """Every recommendation on an application, the last one last."""
    query = select(Advice).where(Advice.application_id == application_id).order_by(Advice.at, Advice.id)
    return list(db.session.scalars(query))


def standing_advice(application_id: uuid.UUID) -> Advice | None:
    """The recommendation that was not sent back."""
    return next((row for row in reversed(advice_of(application_id)) if row.stands), None)


def weight_of(asked: Application) -> Weight:
    """How much hangs on an application."""
    found = resources(source_ids(asked.id)) if asked.level == Level.FIRST else []
    grades = {entry.national_grade for facts in found for entry in facts.entries}
    least = due.profile(asked).number("right.weight_resources")
    return weight_of_case(len(source_ids(asked.id)), asked.exclusive, "important" in grades, least)


def countersigners(asked: Application) -> int:
    """How many people countersign before the decision on an application."""
    rules, weight = due.profile(asked), weight_of(asked)
    keys = {Weight.CONSIDERABLE: "right.countersign_considerable", Weight.GRAVE: "right.countersign_grave"}
    return rules.number(keys[weight]) if weight in keys else 0


@dataclass(frozen=True)
class Overlap:
    """Something that stands for the same data at the same time.

    `same`: of the same applicant for one of the same purposes; `twice`: and it is an application not decided yet;
    `exclusive`: it bars, or is barred by, the other.
    """

    heading: str
    starts_on: date
    ends_on: date
    same: bool
    twice: bool
    exclusive: bool


def overlaps_of(asked: Application, sources: Sequence[uuid.UUID], ends_on: date) -> list[Overlap]:
    """Applications of the same applicant, and rights of anybody, on the same data and days."""
    return [*_applications_beside(asked, sources, ends_on), *_rights_beside(asked, sources, ends_on)]


def _applications_beside(asked: Application, sources: Sequence[uuid.UUID], ends_on: date) -> list[Overlap]:
    on_these = select(ApplicationSource.application_id).where(ApplicationSource.source_id.in_(sources))
    query = (
        select(Application)
        .where(Application.id.in_(on_these), Application.id != asked.id)
        .where(Application.applicant_id == asked.applicant_id, Application.state.in_(PENDING))
        .where(Application.starts_on <= ends_on, Application.ends_on >= asked.starts_on)
        .order_by(Application.created_at)
    )
    found = db.session.scalars(query).all()
    return [
        Overlap(row.title, row.starts_on, row.ends_on, True, True, False)
        for row in found
        if set(row.purposes) & set(asked.purposes)
    ]


def _rights_beside(asked: Application, sources: Sequence[uuid.UUID], ends_on: date) -> list[Overlap]:
    query = (
        select(DevelopmentRight, Application.exclusive)
        .join(RightSource, RightSource.right_id == DevelopmentRight.id)
        .join(Application, Application.id == DevelopmentRight.application_id)
        .where(RightSource.source_id.in_(sources), DevelopmentRight.state.in_(STANDING))
        .where(DevelopmentRight.starts_on <= ends_on, DevelopmentRight.ends_on >= asked.starts_on)
        .where(DevelopmentRight.application_id != asked.id, DevelopmentRight.level == asked.level)
    )
    rows = {held.id: (held, exclusive) for held, exclusive in db.session.execute(query)}
    return [_overlap(asked, held, exclusive) for held, exclusive in rows.values()]


def _overlap(asked: Application, held: DevelopmentRight, exclusive: bool) -> Overlap:
    own = held.holder_id == asked.applicant_id
    same = own and bool(set(held.purposes) & set(asked.purposes))
    bars = not own and (exclusive or asked.exclusive)
    return Overlap(held.heading, held.starts_on, held.ends_on, same, False, bars)


def sections_of(asked: Application) -> dict[str, str]:
    """The sections of an application with their state.

    not_started: empty; started: filled in for the applicant, or named as deficient, and not saved since; done.
    """
    first = asked.level == Level.FIRST
    written = {
        "scope": bool(source_ids(asked.id)) and bool(asked.purposes),
        "purpose": bool(asked.purpose_text.strip()),
        "plan": bool(asked.plan.strip()),
        "ability": bool(asked.ability.strip()),
        "security": bool(asked.security.strip()),
        "term": bool(asked.territory) and asked.ends_on > asked.starts_on,
        "funding": not first or bool(asked.funding_mode),
        "files": bool(asked.files),
    }
    open_ = {name for name in written if name not in asked.filled}
    return {
        name: "not_started" if not done else "started" if name in open_ else "done" for name, done in written.items()
    }


def missing_of(asked: Application) -> list[Text]:
    """The sections that have to be filled in and are not, in words."""
    needed = {name: state for name, state in sections_of(asked).items() if name != "files"}
    return [Text(SECTIONS[name]) for name, state in needed.items() if state == "not_started"]


def last_day_to_object(decided: Decision) -> date | None:
    """The last day to ask for reconsideration, from the proof of service; None where service is not proven yet."""
    if decided.served_on is None:
        return None
    asked = db.session.get(Application, decided.application_id)
    day = due.due_day(asked, "adverse.reconsideration_days", decided.served_on)
    return day.on if day else None


def reconsiderations_of(application_id: uuid.UUID) -> list[Reconsideration]:
    """The reconsiderations of the decisions on an application, the first first."""
    query = select(Reconsideration).where(Reconsideration.application_id == application_id)
    return list(db.session.scalars(query.order_by(Reconsideration.created_at, Reconsideration.id)))


def open_reconsiderations(decision_id: uuid.UUID) -> int:
    """How many reconsiderations of a decision are under way."""
    query = select(Reconsideration).where(
        and_(Reconsideration.decision_id == decision_id, Reconsideration.state.in_(("filed", "admitted")))
    )
    return len(db.session.scalars(query).all())


def right_of(application_id: uuid.UUID) -> DevelopmentRight | None:
    """The right that came of an application and stands."""
    query = select(DevelopmentRight).where(DevelopmentRight.application_id == application_id)
    return db.session.scalar(query.where(DevelopmentRight.state.in_(STANDING)))


def reconsideration_facts(found: Reconsideration, decided: Decision, asked: Application) -> dict[str, Any]:
    """What the letter about a reconsideration prints beside the parties."""
    return {
        "application": asked.title,
        "first_decision_on": legal_day(decided.at),
        "first_decided_by": decided.decided_by_name,
        "filed_on": found.filed_on,
        "grounds": found.grounds,
        "reasons": found.reasons,
        "basis": found.basis,
        "directions": found.directions,
        "decided_by": found.decided_by_name,
        "decided_at": found.decided_at,
    }
