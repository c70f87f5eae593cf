"""Steps that reactions have in common: a command by the product itself, the end of agreements."""

import uuid
from collections.abc import Iterable
from typing import Any

from contracts import commands
from contracts.models import Agreement
from kernel.actor import SYSTEM
from kernel.command import Command, execute


def run(command: Command, subject_id: uuid.UUID | None = None, **data: Any) -> Any:
    """The command by the product itself, in the running transaction."""
    return execute(command, actor=SYSTEM, subject_id=subject_id, data=data)


def end_texts(texts: Iterable[Agreement], reason: str) -> None:
    """Agreements in force end; those that still wait for signatures lapse."""
    for agreement in texts:
        if agreement.state == "in_force":
            run(commands.agreement.terminate, agreement.id, reason=reason)
        elif agreement.state in ("drawn_up", "partly_signed"):
            run(commands.agreement.lapse, agreement.id, reason=reason)
