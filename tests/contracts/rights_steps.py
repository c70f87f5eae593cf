"""What the tests of rights share."""

from contracts import queries
from contracts.models import DevelopmentRight
from kernel import clock
from kernel.actor import Actor
from kernel.command import execute
from kernel.db import db

WHY = {"reason": "发现越权访问。", "basis": "YN L180"}


def run(command, actor: Actor, held: DevelopmentRight, **data) -> DevelopmentRight:
    """Run a command on a right."""
    return execute(command, actor=actor, subject_id=held.id, data=data)


def live(held: DevelopmentRight) -> bool:
    """Whether a right can be used today."""
    return queries.right_is_live(held.id, clock.today())[0]


def states(*rights: DevelopmentRight) -> list[str]:
    """Their states as they stand in the database."""
    for one in rights:
        db.session.refresh(one)
    return [one.state for one in rights]
