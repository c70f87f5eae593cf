"""What the tests of applications share."""

from contracts.models import Application
from kernel.actor import Actor
from kernel.command import execute


def run(command, actor: Actor, asked: Application, **data) -> Application:
    """Run a command on an application."""
    return execute(command, actor=actor, subject_id=asked.id, data=data)
