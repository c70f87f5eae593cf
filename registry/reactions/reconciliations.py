"""What follows when a copy was delivered anew or counted anew: open differences end where the two now agree."""

from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import after, execute
from registry.commands import reconciliation
from registry.models import Aggregation, Reconciliation
from registry.queries import aggregations
from registry.rules.aggregation import copy_agrees


@after("registry.aggregation.record")
def correct_by_delivery(fresh: Aggregation, _event: AuditEvent) -> None:
    """A delivery ends the differences whose figures it bears."""
    for row in aggregations.open_differences(fresh.entry_id):
        if copy_agrees(row.rows, row.sha256, fresh.rows, fresh.sha256):
            data = {"aggregation_id": str(fresh.id)}
            execute(reconciliation.correct, actor=SYSTEM, subject_id=row.id, data=data)


@after("registry.reconciliation.record")
def correct_by_count(told: Reconciliation, _event: AuditEvent) -> None:
    """A fresh count that agrees with the copy ends the older differences: they speak of data that have changed."""
    if told.state == "matching":
        for row in aggregations.open_differences(told.entry_id):
            data = {"aggregation_id": str(told.aggregation_id)}
            execute(reconciliation.correct, actor=SYSTEM, subject_id=row.id, data=data)
