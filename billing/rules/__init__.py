"""What the law says about prices, permitted revenue, payments and sharing. Plain values in, an answer out."""

from billing.rules.income import (
    Gauge,
    Part,
    booking_balances,
    income_is_shared_by_the_agreement,
    settlement_covers_a_period_once,
    share,
)
from billing.rules.payment import (
    amount_is_what_is_owed,
    invoice_is_open,
    payment_is_the_only_one,
    second_person_is_needed,
)
from billing.rules.price import (
    Cap,
    PriceAnswer,
    cap_rests_on_a_document,
    fee_is_within_cap,
    free_use_is_verified,
    market_price_is_permitted,
    price_of,
    purpose_is_free,
    unit_may_be_charged,
)
from billing.rules.revenue import (
    excess_is_carried,
    period_is_its_own,
    period_is_over,
    permitted_amount,
    profit_rate_is_lawful,
    warning_level,
)

__all__ = [
    "Cap",
    "Gauge",
    "Part",
    "PriceAnswer",
    "amount_is_what_is_owed",
    "booking_balances",
    "cap_rests_on_a_document",
    "excess_is_carried",
    "fee_is_within_cap",
    "free_use_is_verified",
    "income_is_shared_by_the_agreement",
    "invoice_is_open",
    "market_price_is_permitted",
    "payment_is_the_only_one",
    "period_is_its_own",
    "period_is_over",
    "permitted_amount",
    "price_of",
    "profit_rate_is_lawful",
    "purpose_is_free",
    "second_person_is_needed",
    "settlement_covers_a_period_once",
    "share",
    "unit_may_be_charged",
    "warning_level",
]
