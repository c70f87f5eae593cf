"""What follows when clauses are published: the version before is superseded, drafts written from it are dropped."""

from contracts import commands
from contracts.models import ClauseTemplate
from contracts.queries.texts import versions
from contracts.reactions.steps import run
from kernel.audit import AuditEvent
from kernel.command import after


@after("contracts.template.publish")
def follow_publication(published: ClauseTemplate, _event: AuditEvent) -> None:
    """One version of a kind is in force in a place at a time, and every draft begins from that one."""
    for row in versions(published.kind, published.jurisdiction, ("published", "draft")):
        if row.id == published.id:
            continue
        if row.state == "published":
            run(commands.template.supersede, row.id)
        elif row.number < published.number:
            run(commands.template.drop, row.id)
