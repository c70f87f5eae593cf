"""Markets for tests: a right with its shares, an item, caps, declared purposes, bills and payments by the real commands.

The right and the element are rows put in directly: the long way to them, with its documents and signatures, is the
matter of contracts and is walked by its own tests and by the journeys.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from billing import queries, reactions  # noqa: F401  bills are paid by reactions
from billing.commands import cap, declaration, invoice, payment, permitted_revenue, settlement
from billing.models import FeeCap, Invoice, Payment, PermittedRevenue, PurposeDeclaration, Settlement
from contracts.models import Application, DataElement, Decision, DevelopmentRight
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
from kernel.db import db, new_id
from kernel.fields import File
from kernel.money import Money
from tests.factories.accounts import PLACE, a_member, acting, an_actor, organisation_of
from tests.kept import kept

VOUCHER = File("回单.pdf", b"%PDF-1.7\nA voucher.\n%%EOF\n")
EVIDENCE = File("任务书.pdf", b"%PDF-1.7\nEvidence.\n%%EOF\n")
SHARES = (("operator", 7000), ("agency", 2000), ("treasury", 1000))


@dataclass(frozen=True)
class Market:
    """Who deals with whom about which item: two people each of the operator and the authority."""

    operator: Actor
    colleague: Actor
    agency: Actor
    authority: Actor
    deputy: Actor
    buyer: Actor
    right: DevelopmentRight
    item: DataElement


def colleague(actor: Actor, **facts: Any) -> Actor:
    """Another person of the same organisation."""
    organisation = organisation_of(actor)
    return acting(a_member(organisation, **facts), organisation)


@kept
def a_market(*, level: str = "first_level", shares: list[int] | None = None, **facts: Any) -> Market:
    """A seller with a right of that level and an item, an agency and an authority with shares in it, and a buyer.

    `shares`: basis points of seller, agency and treasury, seven to two to one where none are given.
    """
    seller = an_actor("operator" if level == "first_level" else "developer", **facts)
    agency, authority, buyer = an_actor("agency"), an_actor("authority"), an_actor("buyer")
    parties = (seller, agency, authority)
    role_of = ["operator" if level == "first_level" else "developer", "agency", "treasury"]
    parts = shares or [bp for _, bp in SHARES]
    agreed = [
        {"party": str(party.organisation_id), "party_name": "", "role": role, "share_bp": bp}
        for party, role, bp in zip(parties, role_of, parts, strict=True)
        if bp
    ]
    held = a_bare_right(seller, authority, agreed, level)
    item = a_bare_element(seller, held)
    deputy = colleague(authority)
    return Market(seller, colleague(seller), agency, authority, deputy, buyer, held, item)


@kept
def a_bare_right(
    holder: Actor, authority: Actor, shares: list[dict[str, Any]], level: str = "first_level"
) -> DevelopmentRight:
    """A right in force, with the application and the decision it needs to exist."""
    on, until = clock.today(), clock.today() + timedelta(days=1500)
    case = {"jurisdiction": PLACE, "profile_version": "", "created_at": clock.now()}
    covers = {"purposes": ["industry_development", "public_welfare"], "territory": [PLACE]}
    term = {"starts_on": on, "ends_on": until}
    asked = Application(
        id=new_id(),
        state="granted",
        level=level,
        applicant_id=holder.organisation_id,
        title="逐日雨量开发",
        **covers,
        **term,
        **case,
    )
    decided = Decision(
        id=new_id(),
        application_id=asked.id,
        outcome="granted",
        reasons="可行。",
        basis="WZ35",
        decided_by_id=authority.user_id,
        decided_by_name=authority.name,
        authority_id=authority.organisation_id,
        at=clock.now(),
    )
    held = DevelopmentRight(
        id=new_id(),
        state="in_force",
        number=f"YK-{asked.id}",
        title=asked.title,
        level=level,
        holder_id=holder.organisation_id,
        granted_by_id=authority.organisation_id,
        application_id=asked.id,
        decision_id=decided.id,
        income_shares=shares,
        **covers,
        **term,
        **case,
    )
    for row in (asked, decided, held):
        db.session.add(row)
        db.session.flush()
    db.session.commit()
    return held


def a_bare_element(operator: Actor, held: DevelopmentRight, title: str = "逐日雨量") -> DataElement:
    """A delivered data element: something that can have a price."""
    element = DataElement(
        id=new_id(),
        state="available",
        jurisdiction=held.jurisdiction,
        right_id=held.id,
        operator_id=operator.organisation_id,
        title=title,
        fields=[],
        created_at=clock.now(),
    )
    db.session.add(element)
    db.session.commit()
    return element


def yuan(minor: int) -> str:
    """Fen as people type them."""
    return Money(minor).yuan


def a_proposed_cap(
    market: Market, amount_minor: int = 12_000, *, item_id: Any = None, **facts: Any
) -> FeeCap:
    """A cap proposed by the operator."""
    given = {
        "item_id": str(item_id or market.item.id),
        "purpose_class": "industry_development",
        "unit": "per_item",
        "amount_minor": yuan(amount_minor),
        "valid_from": clock.today().isoformat(),
        "document_number": "衡数价〔2026〕7号",
    }
    return execute(cap.propose, actor=market.operator, data=given | facts)


@kept
def a_cap_in_force(market: Market, amount_minor: int = 12_000, **facts: Any) -> FeeCap:
    """A cap that the authority put in force."""
    proposed = a_proposed_cap(market, amount_minor, **facts)
    return execute(cap.put_in_force, actor=market.authority, subject_id=proposed.id)


def a_declaration(market: Market, buyer: Actor | None = None, **facts: Any) -> PurposeDeclaration:
    """A purpose the buyer declares."""
    given = {
        "item_id": str(market.item.id),
        "purpose_class": "public_welfare",
        "text": "为社区防汛预警免费提供雨情。",
        "evidence": EVIDENCE,
    }
    return execute(declaration.declare, actor=buyer or market.buyer, data=given | facts)


def a_verified_declaration(market: Market, buyer: Actor | None = None, **facts: Any) -> PurposeDeclaration:
    """A declared purpose that the authority verified."""
    declared = a_declaration(market, buyer, **facts)
    return execute(declaration.verify, actor=market.authority, subject_id=declared.id)


def a_line(market: Market, **facts: Any) -> dict[str, Any]:
    """One item at a hundred yuan for industry."""
    return {
        "item_id": str(market.item.id),
        "title": market.item.title,
        "quantity": 1,
        "unit": "per_item",
        "list_price_minor": 10_000,
        "unit_price_minor": 10_000,
        "purpose_class": "industry_development",
        "price_mode": "guided",
        "right_id": str(market.right.id),
    } | facts


def a_bill(market: Market, *lines: dict[str, Any], buyer: Actor | None = None, **line: Any) -> Invoice:
    """A bill of the operator to the buyer, with one line where none are given. A cap has to be in force."""
    data = {
        "issuer_id": str(market.operator.organisation_id),
        "buyer_id": str((buyer or market.buyer).organisation_id),
        "about_type": "order",
        "about_id": str(uuid.uuid4()),
        "lines": list(lines) or [a_line(market, **line)],
    }
    return execute(invoice.issue, actor=SYSTEM, data=data)


def a_free_bill(market: Market, **line: Any) -> Invoice:
    """A bill for free use by the buyer, whose purpose is verified on the way."""
    a_verified_declaration(market)
    return a_bill(market, **{"purpose_class": "public_welfare", "unit_price_minor": 0} | line)


def announced(bill: Invoice, buyer: Actor, **facts: Any) -> Payment:
    """A bank transfer the buyer announced."""
    given = {
        "invoice_id": str(bill.id),
        "amount_minor": yuan(bill.total_minor),
        "paid_on": clock.today().isoformat(),
        "voucher": VOUCHER,
    }
    return execute(payment.announce, actor=buyer, data=given | facts)


def confirmed(paid: Payment, keeper: Actor, **facts: Any) -> Payment:
    """A payment one keeper of the issuer's accounts confirmed."""
    given = {"amount_minor": yuan(paid.amount_minor), "bank_note": "工行流水 0007"}
    return execute(payment.confirm, actor=keeper, subject_id=paid.id, data=given | facts)


def pay_by_transfer(bill: Invoice, buyer: Actor, keeper: Actor, second: Actor | None = None) -> Payment:
    """The bill paid by a transfer that the issuer confirmed, by a second person too where one is needed."""
    paid = confirmed(announced(bill, buyer), keeper)
    if paid.state == "awaiting_countersignature" and second:
        execute(payment.countersign, actor=second, subject_id=paid.id)
    return paid


@kept
def a_paid_bill(market: Market, amount_minor: int = 10_000, **line: Any) -> Invoice:
    """A bill of that amount, paid. A cap has to be in force."""
    price = {"list_price_minor": amount_minor, "unit_price_minor": amount_minor}
    bill = a_bill(market, **price | line)
    pay_by_transfer(bill, market.buyer, market.operator, market.colleague)
    return bill


def a_permitted_revenue(market: Market, amount_minor: int, **facts: Any) -> PermittedRevenue:
    """A permitted revenue in force from today for a year: all of it cost, so that the amount is what was asked."""
    given = {
        "operator_id": str(market.operator.organisation_id),
        "period_from": clock.today().isoformat(),
        "period_to": (clock.today() + timedelta(days=364)).isoformat(),
        "cost_minor": yuan(amount_minor),
        "bond_yield_bp": 180,
        "profit_rate_bp": 0,
        "document_number": "衡发改价〔2026〕3号",
    }
    proposed = execute(permitted_revenue.propose, actor=market.operator, data=given | facts)
    return execute(permitted_revenue.approve, actor=market.authority, subject_id=proposed.id)


def a_settlement(market: Market, period_from: date, period_to: date) -> Settlement:
    """A prepared settlement of the place."""
    data = {
        "jurisdiction": PLACE,
        "period_from": period_from.isoformat(),
        "period_to": period_to.isoformat(),
    }
    return execute(settlement.prepare, actor=market.authority, data=data)


def a_closed_settlement(market: Market, period_from: date, period_to: date) -> Settlement:
    """A settlement approved by the deputy and closed."""
    prepared = a_settlement(market, period_from, period_to)
    execute(settlement.approve, actor=market.deputy, subject_id=prepared.id)
    return execute(settlement.close, actor=market.authority, subject_id=prepared.id)
