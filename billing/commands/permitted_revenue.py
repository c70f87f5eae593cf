"""Permitted revenue: proposed and approved by two people, warned about near the limit, closed with its excess."""

import uuid
from datetime import date, datetime
from typing import Any

from billing import queries, rules
from billing.models import PermittedRevenue
from billing.permissions import MAY
from billing.schemas import CarryInput, PermittedInput, ReasonInput, WarnInput
from billing.states import PERMITTED_REVENUE
from jurisdictions import tree
from jurisdictions.profile import Profile
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.errors import InvalidInput
from kernel.words import N_


@command(
    "billing.permitted_revenue.propose",
    may=MAY["billing.permitted_revenue.propose"],
    on=PermittedRevenue,
    states=PERMITTED_REVENUE,
    schema=PermittedInput,
    label=N_("Propose a permitted revenue"),
)
def propose(*, actor: Actor, now: datetime, operator_id: uuid.UUID | None, **values: Any) -> PermittedRevenue:
    """Cost, subsidy, profit and tax of a period are put together; what was taken in too much before is deducted."""
    operator = queries.operator_to_bound(operator_id, actor)
    if operator is None:
        raise InvalidInput({"operator_id": [N_("Choose an operator of your place.")]})
    profile = tree.profile_of(operator.jurisdiction, on=legal_day(now))
    others = [(one.period_from, one.period_to) for one in queries.permitted_periods(operator.id)]
    rules.period_is_its_own(values["period_from"], values["period_to"], others)
    before = queries.permitted_before(operator.id, values["period_from"])
    row = PermittedRevenue(
        operator_id=operator.id,
        operator_name=operator.name,
        jurisdiction=operator.jurisdiction,
        currency=profile.currency,
        deduction_minor=(before.excess_minor or 0) if before else 0,
        proposed_by_id=actor.user_id,
        **values,
    )
    rules.profit_rate_is_lawful(
        row.profit_rate_bp, row.bond_yield_bp, profile.number("price.profit_rate_cap")
    )
    row.amount_minor = max(0, computed(row, profile))
    return row


def computed(row: PermittedRevenue, profile: Profile) -> int:
    """The formula of the rules over the row's figures (fen); below nothing where the deduction is larger."""
    return rules.permitted_amount(
        row.cost_minor,
        row.subsidy_minor,
        row.capital_minor,
        row.profit_rate_bp,
        row.tax_minor,
        row.deduction_minor,
        base=profile.text("price.profit_base"),
    )


@command(
    "billing.permitted_revenue.approve",
    may=MAY["billing.permitted_revenue.approve"],
    on=PermittedRevenue,
    states=PERMITTED_REVENUE,
    label=N_("Approve"),
)
def approve(row: PermittedRevenue, *, actor: Actor, now: datetime) -> None:
    """Another person of the authority approves the permitted revenue of the period."""
    most = due.profile(row).number("price.profit_rate_cap")
    rules.profit_rate_is_lawful(row.profit_rate_bp, row.bond_yield_bp, most)
    row.approved_by_id, row.in_force_at = actor.user_id, now


@command(
    "billing.permitted_revenue.reject",
    may=MAY["billing.permitted_revenue.reject"],
    on=PermittedRevenue,
    states=PERMITTED_REVENUE,
    schema=ReasonInput,
    label=N_("Reject"),
)
def reject(row: PermittedRevenue, *, actor: Actor, now: datetime, reason: str) -> None:
    """The proposed permitted revenue is not approved, with the reason."""
    row.rejected_because = reason


@command(
    "billing.permitted_revenue.carry",
    may=MAY["billing.permitted_revenue.carry"],
    on=PermittedRevenue,
    states=PERMITTED_REVENUE,
    schema=CarryInput,
    label=N_("Deduct the excess"),
)
def carry(row: PermittedRevenue, *, actor: Actor, now: datetime, deduction_minor: int) -> None:
    """The excess of the period before is deducted from this one."""
    row.deduction_minor = deduction_minor
    row.amount_minor = max(0, computed(row, due.profile(row)))


@command(
    "billing.permitted_revenue.warn",
    may=MAY["billing.permitted_revenue.warn"],
    on=PermittedRevenue,
    states=PERMITTED_REVENUE,
    schema=WarnInput,
    label=N_("Warn of the limit"),
)
def warn(row: PermittedRevenue, *, actor: Actor, now: datetime, percent: int) -> None:
    """Income has reached a warning level of the permitted revenue."""
    row.warned_percent = percent


@command(
    "billing.permitted_revenue.close",
    may=MAY["billing.permitted_revenue.close"],
    on=PermittedRevenue,
    states=PERMITTED_REVENUE,
    label=N_("Close the period"),
)
def close(row: PermittedRevenue, *, actor: Actor, now: datetime) -> None:
    """Once the period is over, its income is fixed; what is above the permitted revenue is deducted from the next."""
    today: date = legal_day(now)
    rules.period_is_over(row.period_to, today)
    profile = due.profile(row)
    row.income_minor = queries.income_of_operator(row.operator_id, row.period_from, row.period_to)
    row.excess_minor = rules.excess_is_carried(
        row.income_minor, computed(row, profile), profile.flag("price.carry_over_excess")
    )
    row.closed_at = now
