"""What follows when an organisation is barred: its open applications for rights are stopped."""

from typing import Any

from contracts import commands
from contracts.queries.applications import open_applications_under
from contracts.reactions.steps import run
from kernel.audit import AuditEvent
from kernel.command import after
from kernel.words import N_

BARRED = N_("The applicant, or one that controls it, was barred from applying.")


@after("registry.debarment.impose")
def stop_open_applications(barred: Any, _event: AuditEvent) -> None:
    """Applications of who is barred, and of those it controls, go no further."""
    for asked in open_applications_under(barred.organisation_id):
        run(commands.application.stop, asked.id, reason=BARRED)
