"""Dossiers and their papers."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from jurisdictions import tree
from kernel.actor import Actor
from kernel.db import db
from kernel.errors import NotFound
from kernel.permissions import visible, visible_to
from registry.models import Assessment, Dossier, Licence, Paper

READING = frozenset({"authority", "auditor", "government"})


@visible(Dossier)
def _visible_dossiers(actor: Actor) -> ColumnElement[bool]:
    """One's own; to those who oversee a place, of operators of it or that applied there; never to assessors as such."""
    seen: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id is not None:
        seen.append(Dossier.organisation_id == actor.organisation_id)
    if READING & actor.roles:
        asked = select(Licence.organisation_id).where(
            Licence.jurisdiction.in_(actor.jurisdictions), Licence.state != "draft"
        )
        seen += [Dossier.jurisdiction.in_(actor.jurisdictions), Dossier.organisation_id.in_(asked)]
    tied = select(Assessment.applicant_id).where(
        Assessment.assessor_id == actor.user_id, Assessment.state.in_(("named", "recused"))
    )
    mine = Dossier.organisation_id == actor.organisation_id
    return and_(or_(*seen), or_(mine, Dossier.organisation_id.not_in(tied)))


def dossiers(actor: Actor, *, q: str = "") -> Select[Dossier]:
    """The dossiers an actor may see, by name."""
    query = select(Dossier).where(visible_to(actor, Dossier))
    for word in q.split()[:8]:
        query = query.where(Dossier.name.icontains(word, autoescape=True))
    return query.order_by(Dossier.name, Dossier.id)


def dossier(dossier_id: uuid.UUID, actor: Actor) -> Dossier:
    """One dossier, where it may be seen. Else NotFound."""
    found = db.session.scalar(select(Dossier).where(Dossier.id == dossier_id, visible_to(actor, Dossier)))
    if found is None:
        raise NotFound()
    return found


def dossier_of(organisation_id: uuid.UUID | None, *, locked: bool = False) -> Dossier | None:
    """The dossier of an organisation, if it has begun one."""
    query = select(Dossier).where(Dossier.organisation_id == organisation_id)
    return db.session.scalar(query.with_for_update() if locked else query)


def papers_of(organisation_id: uuid.UUID | None) -> dict[str, Paper]:
    """The current version of each paper of an organisation, by kind."""
    query = select(Paper).join(Dossier, Dossier.id == Paper.dossier_id)
    query = query.where(Dossier.organisation_id == organisation_id, Paper.replaced_at.is_(None))
    return {row.kind: row for row in db.session.scalars(query.order_by(Paper.kind, Paper.version))}


def paper_versions(dossier_id: uuid.UUID) -> list[Paper]:
    """Every version of every paper of a dossier, the newest of each kind first."""
    query = select(Paper).where(Paper.dossier_id == dossier_id)
    return list(db.session.scalars(query.order_by(Paper.kind, Paper.version.desc())))


def paper(dossier_id: uuid.UUID, paper_id: uuid.UUID) -> Paper:
    """One version of a paper of a dossier. Else NotFound."""
    found = db.session.get(Paper, paper_id)
    if found is None or found.dossier_id != dossier_id:
        raise NotFound()
    return found


def newest_version(dossier_id: uuid.UUID, kind: str) -> Paper | None:
    """The newest version of a kind, current or not."""
    query = select(Paper).where(Paper.dossier_id == dossier_id, Paper.kind == kind)
    return db.session.scalar(query.order_by(Paper.version.desc()).limit(1))


def papers_invalid(organisation_id: uuid.UUID, kinds: Collection[str], on: date) -> dict[str, Paper]:
    """Which current papers of these kinds cannot be relied on that day."""
    return {
        kind: found
        for kind, found in papers_of(organisation_id).items()
        if kind in kinds and not found.is_current(on)
    }


def papers_ending(actor: Actor, today: date) -> list[Paper]:
    """The current papers of the actor's own organisation that are over or end within the days the rules warn."""
    own = dossier_of(actor.organisation_id)
    if own is None:
        return []
    warned = today + timedelta(days=tree.profile_of(own.jurisdiction).number("licence.paper_warn_days"))
    query = select(Paper).where(Paper.dossier_id == own.id, Paper.replaced_at.is_(None), Paper.valid_until <= warned)
    return list(db.session.scalars(query.order_by(Paper.valid_until, Paper.kind)))
