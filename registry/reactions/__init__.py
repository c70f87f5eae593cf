"""What follows when something happened in the registry: here around the entries of the catalogue."""

from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import after, execute
from registry.commands import adjustment, collecting
from registry.models import AdjustmentPart, AdjustmentRound, CatalogueEntry
from registry.queries import rounds
from registry.reactions import imports, operators, reconciliations
from registry.reactions.registrations import what_time_does

__all__ = ["imports", "operators", "reconciliations", "what_time_does"]


@after("registry.entry.submit")
@after("registry.entry.update")
def know_by_its_names(entry: CatalogueEntry, _event: AuditEvent) -> None:
    """An entry in review or published is found as similar by its title and its data items."""
    collecting.note_names(entry)


@after("registry.entry.return_")
@after("registry.entry.withdraw")
def forget_its_names(entry: CatalogueEntry, _event: AuditEvent) -> None:
    """An entry that left the catalogue is nobody's source."""
    collecting.forget_names(entry)


@after("registry.entry.revise")
@after("registry.entry.update")
@after("registry.entry.withdraw")
def answer_the_round(entry: CatalogueEntry, _event: AuditEvent) -> None:
    """Who changes or withdraws an entry during a round of adjustment has answered for it."""
    waiting = rounds.open_part_of_entry(entry.id)
    if waiting is not None:
        data = {"entry_id": str(entry.id)}
        execute(adjustment.note_change, actor=SYSTEM, subject_id=waiting, data=data)


@after("registry.adjustment.open")
def ask_every_agency(opened: AdjustmentRound, _event: AuditEvent) -> None:
    """Each agency with published entries gets its part of the round, with a clock of its own."""
    for agency_id in rounds.agencies_with_entries(opened.jurisdiction):
        data = {"round_id": str(opened.id), "agency_id": str(agency_id)}
        execute(adjustment.begin, actor=SYSTEM, data=data)


@after("registry.adjustment_part.confirm")
@after("registry.adjustment_part.note_change")
def complete_the_part(part: AdjustmentPart, _event: AuditEvent) -> None:
    """A part is answered with its last entry."""
    if rounds.is_answered(part.id):
        execute(adjustment.complete, actor=SYSTEM, subject_id=part.id)


@after("registry.adjustment.close")
def leave_what_is_open(closed: AdjustmentRound, _event: AuditEvent) -> None:
    """What was not answered when the round closed stays unanswered."""
    for part in rounds.parts_of_round(closed.id, "open"):
        execute(adjustment.leave, actor=SYSTEM, subject_id=part.id)
