"""Figures of the whole house: for the home page, for whoever runs the installation."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from contracts.models import DevelopmentRight
from jurisdictions.profile import NATIONAL
from kernel import clock, due
from kernel.actor import Actor
from kernel.audit import AuditCheckpoint, AuditEvent, unsealed
from kernel.db import db
from kernel.due import DueDate
from kernel.outbox import OutboxMessage
from marketplace.models import DataProduct
from registry.models import DataResource
from supervision.queries import ticks


def public_figures(today: date) -> dict[str, int]:
    """What the home page counts: resources registered, products on offer, development rights in force today."""
    in_force = (
        DevelopmentRight.state == "in_force",
        DevelopmentRight.starts_on <= today,
        DevelopmentRight.ends_on >= today,
    )
    return {
        "resources": _count(DataResource, DataResource.state == "registered"),
        "products": _count(DataProduct, DataProduct.state == "listed"),
        "rights": _count(DevelopmentRight, *in_force),
    }


def home_jurisdiction(actor: Actor) -> str:
    """The code whose rules a reader sees first: its own place, else the place most cases belong to, else the nation."""
    if actor.organisation_id is not None and actor.jurisdictions:
        return min(actor.jurisdictions, key=lambda code: (len(code.rstrip("0")), code))
    busiest = (
        select(DueDate.jurisdiction).group_by(DueDate.jurisdiction).order_by(func.count().desc()).limit(1)
    )
    return db.session.scalar(busiest) or NATIONAL


def health() -> dict[str, Any]:
    """Facts about the running installation for those who run it: database, calendar, queue, log, daily run.

    `status` is ok, attention (something needs a person) or unavailable (the database does not answer).
    """
    kind = db.engine.dialect.name
    try:
        db.session.execute(text("SELECT 1"))
        facts = _facts()
    except SQLAlchemyError:
        db.session.rollback()
        return {"status": "unavailable", "database": {"kind": kind, "reachable": False}}
    trouble = facts["queue"]["dead"] or facts["tick"]["late"]
    return {
        "status": "attention" if trouble else "ok",
        "database": {"kind": kind, "reachable": True},
        **facts,
    }


def _facts() -> dict[str, Any]:
    sealed = db.session.scalar(select(AuditCheckpoint).order_by(AuditCheckpoint.tree_size.desc()).limit(1))
    last = ticks.last_tick()
    return {
        "calendar": {"years": sorted(due.calendar().years)},
        "queue": {
            "waiting": _count(OutboxMessage, OutboxMessage.state == "waiting"),
            "dead": _count(OutboxMessage, OutboxMessage.state == "dead"),
        },
        "log": {
            "events": _count(AuditEvent),
            "unsealed": unsealed(),
            "last_checkpoint": {"size": sealed.tree_size, "at": sealed.at.isoformat()} if sealed else None,
        },
        "tick": {"last": last.ran_at.isoformat() if last else None, "late": ticks.run_is_late(clock.today())},
    }


def _count(model: Any, *where: Any) -> int:
    return db.session.scalar(select(func.count(model.id)).where(*where)) or 0


def right_of_application(application_id: uuid.UUID) -> DevelopmentRight:
    """The right that a granted application established."""
    query = select(DevelopmentRight).where(DevelopmentRight.application_id == application_id)
    return db.session.scalars(query).one()
