"""By when, and who is waited for. The lengths are in the rules of the jurisdiction."""

from kernel.deadlines import deadline

VERIFICATION = deadline(
    "purpose_verification",
    starts="billing.declaration.declare",
    stops=["billing.declaration.verify", "billing.declaration.reject"],
    period="purpose.verification_wd",
    waits_for="authority",
    duties=("B03",),
)
PAYMENT = deadline(
    "payment",
    starts="billing.invoice.issue",
    stops=["billing.invoice.pay", "billing.invoice.void"],
    period="invoice.payment_due_days",
    waits_for="buyer",
    whose="buyer_id",
    duties=("B04",),
)
REFUND = deadline(
    "refund_decision",
    starts="billing.payment.refund",
    stops=["billing.payment.countersign_refund", "billing.payment.drop_refund"],
    period="refund.decide_wd",
    waits_for="seller",
    whose="issuer_id",
    duties=("B04",),
)
STATEMENT = deadline(
    "statements",
    starts="billing.settlement.approve",
    stops=["billing.settlement.close", "billing.settlement.discard"],
    period="settlement.statement_wd",
    waits_for="authority",
    duties=("V01",),
)
PAYOUT = deadline(
    "payout",
    starts="billing.settlement.close",
    stops="billing.settlement.pay_out",
    period="settlement.payout_wd",
    waits_for="authority",
    duties=("V01",),
)
