"""What follows when something happened: bills paid by payments, caps replaced, warnings given, excess carried."""

from datetime import timedelta
from typing import Any

from billing import gateway, queries
from billing.commands import cap as caps
from billing.commands import invoice, permitted_revenue
from billing.models import FeeCap, Invoice, Payment, PermittedRevenue
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.clock import legal_day
from kernel.command import after, execute
from kernel.outbox import delivers


@after("billing.cap.put_in_force")
def replace_earlier_caps(cap: FeeCap, _event: AuditEvent) -> None:
    """The caps before end the day before the new one begins."""
    last = (cap.valid_from - timedelta(days=1)).isoformat()
    for earlier in queries.overlapping_caps(cap):
        execute(caps.supersede, actor=SYSTEM, subject_id=earlier.id, data={"valid_until": last})


@after("billing.invoice.issue")
def settle_free_bill(bill: Invoice, _event: AuditEvent) -> None:
    """Where nothing is owed, the bill is settled at once."""
    if not bill.total_minor:
        execute(invoice.pay, actor=SYSTEM, subject_id=bill.id)


@after("billing.payment.confirm")
@after("billing.payment.countersign")
@after("billing.payment.receive")
def pay_the_bill(payment: Payment, _event: AuditEvent) -> None:
    """A confirmed payment pays its bill."""
    if payment.state == "confirmed" and not payment.surplus:
        execute(invoice.pay, actor=SYSTEM, subject_id=payment.invoice_id)


@after("billing.payment.refund")
@after("billing.payment.countersign_refund")
def credit_the_bill(payment: Payment, _event: AuditEvent) -> None:
    """A payment given back takes its bill with it."""
    if payment.state == "refunded" and not payment.surplus:
        reason = {"reason": payment.refund_reason}
        execute(invoice.credit, actor=SYSTEM, subject_id=payment.invoice_id, data=reason)


@after("billing.invoice.pay")
def warn_of_the_limit(bill: Invoice, event: AuditEvent) -> None:
    """Income that reaches a warning level of the permitted revenue does not go unnoticed."""
    row = queries.permitted(bill.issuer_id, legal_day(event.at))
    if row is None or row.state != "in_force":
        return
    level = queries.gauge_of(row).level
    if level > row.warned_percent:
        execute(permitted_revenue.warn, actor=SYSTEM, subject_id=row.id, data={"percent": level})


@after("billing.permitted_revenue.close")
def carry_the_excess(closed: PermittedRevenue, _event: AuditEvent) -> None:
    """What was taken in above the permitted revenue is deducted from the next period."""
    later = [
        row for row in queries.permitted_periods(closed.operator_id) if row.period_from > closed.period_to
    ]
    open_ = [row for row in later if row.state in ("proposed", "in_force")]
    if open_ and open_[0].deduction_minor != closed.excess_minor:
        deduction = {"deduction_minor": closed.excess_minor}
        execute(permitted_revenue.carry, actor=SYSTEM, subject_id=open_[0].id, data=deduction)


@delivers("billing.refund")
def refund_at_the_provider(payload: dict[str, Any], _key: str) -> None:
    """The provider gives the money back."""
    gateway.give_back(intent_id=payload["intent_id"], payment_id=payload["payment_id"])


@delivers("billing.expire_session")
def close_the_provider_page(payload: dict[str, Any], _key: str) -> None:
    """The provider's page of a withdrawn payment is closed."""
    gateway.expire_session(payload["session_id"])
