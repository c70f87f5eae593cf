"""What follows on outsourcing: agreements from the conclusion, force from signatures, revoked accounts at the exit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from accounts.commands import membership as memberships
from contracts import commands, queries
from contracts.models import Agreement, Outsourcing
from contracts.queries.providers import open_memberships, provider_agreements
from contracts.reactions.steps import end_texts, run
from contracts.rules import provider as law
from kernel import due
from kernel.audit import AuditEvent
from kernel.command import after
from kernel.due import sweep
from kernel.words import N_

TERM_OVER = N_("The agreed term is over.")
OUTSOURCING_DROPPED = N_("The outsourcing was given up before it began.")


@after("contracts.outsourcing.conclude")
def draw_up_with_provider(found: Outsourcing, _event: AuditEvent) -> None:
    """The agreements on service and on security are put before both sides."""
    for terms in provider_agreements(found):
        run(commands.agreement.draw_up, **terms)


@after("contracts.agreement.sign")
def begin_outsourcing(signed: Agreement, _event: AuditEvent) -> None:
    """The last signature under the last text lets the provider begin."""
    if signed.about_type != "outsourcing":
        return
    texts = queries.agreements_of_outsourcing(signed.about_id)
    if all(text.state == "in_force" for text in texts):
        run(commands.provider.come_into_force, signed.about_id)


@after("contracts.outsourcing.revoke_access")
def end_accounts(found: Outsourcing, _event: AuditEvent) -> None:
    """The memberships of the provider's people end, and with them mandates and keys."""
    for membership_id in open_memberships(found):
        run(memberships.end, membership_id)


@after("contracts.outsourcing.withdraw")
@after("contracts.outsourcing.end")
def end_provider_texts(found: Outsourcing, _event: AuditEvent) -> None:
    """With the work end its agreements; the duty of secrecy goes on as they say."""
    end_texts(queries.agreements_of_outsourcing(found.id), found.ended_because or OUTSOURCING_DROPPED)


@after("accounts.mandate.grant")
def keep_providers_without_power(granted: Any, _event: AuditEvent) -> None:
    """A mandate for one of a provider's people is refused where the rules bar it, also when it comes later."""
    found = queries.outsourcing_of_member(granted.membership_id, granted.organisation_id)
    if found is not None:
        barred = due.profile(found).flag("security.outsourcing_no_own_access")
        law.provider_has_no_power([granted.kind], barred)


@sweep
def outsourcing_that_ends(today: date) -> Iterator[tuple[Any, ...]]:
    """Outsourcings whose agreed term is over: the exit begins."""
    for outsourcing_id in queries.outsourcings_past_end(today):
        yield commands.provider.end, outsourcing_id, {"reason": TERM_OVER}
