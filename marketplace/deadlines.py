"""By when, and who is waited for. The lengths are in the rules of the jurisdiction."""

from kernel.deadlines import deadline

SIGNATURE = deadline(
    "order_signature",
    starts="marketplace.order.place",
    stops=[f"marketplace.order.{verb}" for verb in ("sign", "cancel", "lapse")],
    period="order.sign_days",
    waits_for="buyer",
    whose="buyer_id",
    duties=("T02",),
)
