"""What billing puts on the desk: what is to be paid, confirmed, verified, set and settled."""

from typing import Any

from sqlalchemy import Select

from billing import queries
from billing.models import FeeCap, Invoice, Payment, PermittedRevenue, PurposeDeclaration, Settlement
from billing.views.door import billing_word
from kernel.actor import Actor
from kernel.db import db
from kernel.due import DueDate
from kernel.money import Money
from kernel.pages import DeskRow, DeskSection, address_of, desk_section
from kernel.words import N_, Text

SHOWN = 10


def _first(query: Select[Any]) -> list[Any]:
    return list(db.session.scalars(query.limit(SHOWN)))


def _amount(minor: int) -> Text:
    whole, part = Money(minor).yuan.split(".")
    return Text(N_("{yuan} yuan"), yuan=f"{int(whole):,}.{part}")


@desk_section(50)
def to_pay(actor: Actor) -> DeskSection | None:
    """For whoever buys: bills that are not paid yet."""
    if actor.organisation_id is None or not actor.mandates & {"apply", "keep_accounts"}:
        return None
    query = queries.invoices(actor, state="issued", side="received").order_by(None).order_by(Invoice.due_on)
    rows = [
        DeskRow(row.number, address_of(row), _amount(row.total_minor), row.state, row.due_on)
        for row in _first(query)
    ]
    if not rows and "buyer" not in actor.roles:
        return None
    return DeskSection(
        Text(N_("Bills to pay")),
        rows,
        more="/invoices?side=received",
        empty=Text(N_("Nothing is to be paid.")),
    )


@desk_section(51)
def purposes(actor: Actor) -> DeskSection | None:
    """For whoever buys: purposes declared and verified."""
    if "buyer" not in actor.roles or actor.organisation_id is None:
        return None
    query = queries.declarations(actor).where(
        PurposeDeclaration.buyer_id == actor.organisation_id, PurposeDeclaration.state != "revoked"
    )
    rows = [
        DeskRow(row.item_title, address_of(row), billing_word(row.purpose_class), row.state, row.valid_until)
        for row in _first(query)
    ]
    return DeskSection(
        Text(N_("Declared purposes")),
        rows,
        more="/declarations",
        empty=Text(
            N_("Public governance and public welfare are free of charge once the purpose is verified.")
        ),
        action=(Text(N_("Declare a purpose")), "/declarations/new"),
    )


@desk_section(52)
def to_confirm(actor: Actor) -> DeskSection | None:
    """For the keeper of a seller's accounts: payments that wait for a look at the bank account."""
    if "keep_accounts" not in actor.mandates or not actor.roles & {"operator", "developer"}:
        return None
    waiting = Payment.state.in_(("announced", "awaiting_countersignature", "refund_proposed"))
    query = queries.payments(actor, method="bank_transfer").where(
        Payment.issuer_id == actor.organisation_id, waiting
    )
    rows = [
        DeskRow(row.reference, address_of(row), _amount(row.amount_minor), row.state) for row in _first(query)
    ]
    return DeskSection(
        Text(N_("Payments to confirm")), rows, more="/payments", empty=Text(N_("No payment waits for you."))
    )


@desk_section(53)
def limits(actor: Actor) -> DeskSection | None:
    """For operators and the authority: income against the permitted revenue, the fullest first."""
    if not actor.roles & {"operator", "authority"}:
        return None
    found = [
        (row, queries.gauge_of(row)) for row in _first(queries.permitted_revenues(actor, state="in_force"))
    ]
    found.sort(key=lambda pair: -pair[1].percent)
    rows = [
        DeskRow(row.heading, address_of(row), _used(gauge), row.state, row.period_to) for row, gauge in found
    ]
    return DeskSection(
        Text(N_("Permitted revenue")),
        rows,
        more="/permitted-revenue",
        empty=Text(N_("No permitted revenue is in force.")),
        action=(Text(N_("Income")), "/income"),
    )


def _used(gauge: Any) -> Text:
    facts = {"percent": gauge.percent, "income": Money(gauge.income_minor).yuan}
    if gauge.level:
        said = N_("Warning: {percent} % used ({income} yuan), the level of {level} % is reached.")
        return Text(said, level=gauge.level, **facts)
    return Text(N_("{percent} % used ({income} yuan)."), **facts)


@desk_section(54)
def to_verify(actor: Actor) -> DeskSection | None:
    """For the authority: declared purposes that wait for verification, by their due day."""
    if "authority" not in actor.roles:
        return None
    query = queries.declarations(actor, state="declared").where(
        PurposeDeclaration.buyer_id != actor.organisation_id
    )
    found = _first(query.order_by(None).order_by(PurposeDeclaration.created_at))
    days = _due_days([row.id for row in found])
    rows = [
        DeskRow(row.heading, address_of(row), billing_word(row.purpose_class), row.state, days.get(row.id))
        for row in found
    ]
    return DeskSection(
        Text(N_("Purposes to verify")),
        rows,
        more="/declarations",
        empty=Text(N_("No purpose waits for you.")),
    )


def _due_days(ids: list[Any]) -> dict[Any, Any]:
    running = db.select(DueDate.subject_id, DueDate.due_on).where(
        DueDate.subject_id.in_(ids), DueDate.state.in_(("running", "missed"))
    )
    return {subject_id: due_on for subject_id, due_on in db.session.execute(running)}


@desk_section(55)
def to_decide(actor: Actor) -> DeskSection | None:
    """For the authority: proposed caps, proposed permitted revenues and settlements under way."""
    if "authority" not in actor.roles:
        return None
    proposed = [
        *_first(queries.caps(actor, state="proposed").where(FeeCap.jurisdiction.in_(actor.jurisdictions))),
        *_first(
            queries.permitted_revenues(actor, state="proposed").where(
                PermittedRevenue.jurisdiction.in_(actor.jurisdictions)
            )
        ),
        *_first(queries.settlements(actor).where(Settlement.state.in_(("prepared", "approved", "closed")))),
    ]
    rows = [DeskRow(row.heading, address_of(row), Text(_KINDS[type(row)]), row.state) for row in proposed]
    return DeskSection(
        Text(N_("Prices and settlements")),
        rows,
        more="/settlements",
        empty=Text(N_("Nothing is proposed.")),
        action=(Text(N_("Prepare a settlement")), "/settlements/new"),
    )


_KINDS = {
    FeeCap: N_("Fee cap"),
    PermittedRevenue: N_("Permitted revenue"),
    Settlement: N_("Settlement"),
}


@desk_section(56)
def statements(actor: Actor) -> DeskSection | None:
    """For everybody who takes part in income: the newest statements."""
    if actor.organisation_id is None or not actor.roles & {"operator", "developer", "agency"}:
        return None
    rows = [
        DeskRow(f"{row.period_from} – {row.period_to}", address_of(row), _amount(row.share_minor))
        for row in _first(queries.statements(actor))
    ]
    return DeskSection(
        Text(N_("Settlement statements")),
        rows,
        more="/statements",
        empty=Text(N_("No settlement has been closed yet.")),
    )
