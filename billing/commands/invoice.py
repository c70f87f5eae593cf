"""Invoices: drawn up from prices that are checked once more, paid by sharing the income, void or credited."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from stdnum.iso7064 import mod_37_36

from accounts import queries as accounts
from billing import queries, rules
from billing.commands import ledger
from billing.commands.ledger import Side
from billing.commands.printing import print_bill, print_credit_note, print_receipt
from billing.models import Invoice, InvoiceLine, Serial
from billing.permissions import MAY
from billing.schemas import EndInput, InvoiceInput
from billing.states import INVOICE
from billing.vocabulary import WHOLE_BP, Account, Entry, PriceMode
from contracts import queries as contracts
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.db import db, new_id
from kernel.documents.numbers import new_check_code
from kernel.errors import InvalidInput
from kernel.words import N_

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
REFERENCE_LENGTH = 9


@command(
    "billing.invoice.issue",
    may=MAY["billing.invoice.issue"],
    on=Invoice,
    states=INVOICE,
    schema=InvoiceInput,
    label=N_("Issue the bill"),
)
def issue(
    *,
    actor: Actor,
    now: datetime,
    issuer_id: uuid.UUID,
    buyer_id: uuid.UUID,
    lines: list[dict[str, Any]],
    **about: Any,
) -> Invoice:
    """What a buyer owes is put on a numbered bill, also where that is nothing; each price is checked once more."""
    issuer, buyer, today = accounts.organisation(issuer_id), accounts.organisation(buyer_id), legal_day(now)
    priced = [_line(position, line, issuer_id, buyer_id, today) for position, line in enumerate(lines, 1)]
    held, profile = queries.rules_of_right(priced[0].right_id, today)
    bill = Invoice(
        id=new_id(),
        number=_number(issuer, today.year),
        reference=_reference(),
        issuer_id=issuer_id,
        issuer_name=issuer.name,
        buyer_id=buyer_id,
        buyer_name=buyer.name,
        total_minor=sum(line.amount_minor for line in priced),
        waived_minor=sum(line.waived_minor for line in priced),
        currency=profile.currency,
        jurisdiction=held.jurisdiction,
        issued_on=today,
        due_on=today,
        lines=priced,
        **about,
    )
    if bill.total_minor:
        limit = due.due_day(bill, "invoice.payment_due_days", today)
        bill.due_on = limit.on if limit else today
        ledger.post(Entry.ISSUE, bill, _claim(bill), now=now, memo=bill.number, currency=bill.currency)
    bill.document_id = print_bill(bill, priced, now).id
    return bill


def _line(
    position: int, line: dict[str, Any], issuer_id: uuid.UUID, buyer_id: uuid.UUID, on: date
) -> InvoiceLine:
    """A line with everything it rests on, copied: what changes later does not change it."""
    right_id, purpose, unit = line["right_id"], str(line["purpose_class"]), str(line["unit"])
    held, _ = queries.rules_of_right(right_id, on)
    if held.holder_id != issuer_id:
        raise InvalidInput({"lines": [N_("Only the holder of the right may charge for what rests on it.")]})
    asked, price = _checked_price(line, purpose, unit, buyer_id, on)
    return InvoiceLine(
        position=position,
        item_id=line["item_id"],
        title=line["title"],
        quantity=line["quantity"],
        unit=unit,
        list_price_minor=line["list_price_minor"],
        unit_price_minor=asked,
        amount_minor=asked * line["quantity"],
        waived_minor=price.waived_minor * line["quantity"],
        purpose_class=purpose,
        price_mode=price.mode,
        cap_id=price.cap.id if price.cap else None,
        cap_minor=price.cap.amount_minor if price.cap else None,
        cap_document=price.cap.document_number if price.cap else "",
        declaration_id=price.declaration_id,
        right_id=right_id,
        income_shares=_shares(right_id, issuer_id),
        basis=price.basis,
    )


def _checked_price(
    line: dict[str, Any], purpose: str, unit: str, buyer_id: uuid.UUID, on: date
) -> tuple[int, rules.PriceAnswer]:
    """The price asked, and the lawful answer beside it. A seller may ask less, never more, and never decide 'free'."""
    asked = int(line["unit_price_minor"])
    mode = PriceMode.GUIDED if line["price_mode"] == PriceMode.FREE else line["price_mode"]
    price = queries.price(
        line["item_id"],
        unit,
        purpose,
        str(mode),
        line["list_price_minor"],
        on,
        right_id=line["right_id"],
        buyer_id=buyer_id,
    )
    if price.mode == PriceMode.FREE or asked == 0:
        rules.free_use_is_verified(
            line["title"], price.mode == PriceMode.FREE and not price.needs_declaration
        )
        asked = 0
    elif price.mode == PriceMode.GUIDED:
        rules.fee_is_within_cap(asked, price.cap.amount_minor if price.cap else None)
    return asked, price


def _shares(right_id: uuid.UUID, issuer_id: uuid.UUID) -> list[dict[str, Any]]:
    """The agreed shares as a line keeps them; without an agreement on shares all belongs to the issuer."""
    agreed = contracts.income_shares(right_id)
    shares = [
        {"party_id": str(one["party"]), "role": str(one["role"]), "share_bp": int(one["share_bp"])}
        for one in agreed
    ] or [{"party_id": str(issuer_id), "role": "operator", "share_bp": WHOLE_BP}]
    rules.income_is_shared_by_the_agreement(shares)
    return shares


def _claim(bill: Invoice) -> list[Side]:
    return [
        Side(Account.RECEIVABLE, bill.issuer_id, bill.buyer_id, bill.total_minor),
        Side(Account.DEFERRED, bill.issuer_id, bill.issuer_id, -bill.total_minor),
    ]


def _number(issuer: Any, year: int) -> str:
    """The next number of the issuer's year, e.g. ZD-MA0000012-2026-000001-K: issuer, serial, check character.

    Raised in the running transaction, so that the numbers of a year have no gap.
    """
    insert = _INSERT[db.session.get_bind().dialect.name]
    raised = (
        insert(Serial)
        .values(issuer_id=issuer.id, year=year, next=2)
        .on_conflict_do_update(index_elements=["issuer_id", "year"], set_={"next": Serial.next + 1})
        .returning(Serial.next)
    )
    serial = int(db.session.execute(raised).scalar_one()) - 1
    code = issuer.uscc[8:17] if issuer.uscc else issuer.id.hex[:9].upper()
    body = f"ZD-{code}-{year}-{serial:06d}"
    return f"{body}-{mod_37_36.calc_check_digit(body.replace('-', ''))}"


def _reference() -> str:
    """What the buyer writes on the transfer: ten characters, the last of which checks the others."""
    body = new_check_code()[:REFERENCE_LENGTH]
    return f"{body}{mod_37_36.calc_check_digit(body)}"


@command(
    "billing.invoice.pay",
    may=MAY["billing.invoice.pay"],
    on=Invoice,
    states=INVOICE,
    label=N_("Settle the bill"),
)
def pay(bill: Invoice, *, actor: Actor, now: datetime) -> None:
    """The money is there (or nothing is owed): the income is shared by the agreement, free use is kept in the books."""
    sides = [] if not bill.total_minor else _receipt_of(bill)
    for line in queries.lines_of(bill.id):
        sides += _income(bill, line)
        sides += _waived(bill, line)
    ledger.post(Entry.PAYMENT, bill, sides, now=now, memo=bill.number, currency=bill.currency)
    bill.paid_at = now
    if bill.total_minor:
        bill.receipt_id = print_receipt(bill, queries.open_payment_of(bill.id), now).id


def _receipt_of(bill: Invoice) -> list[Side]:
    return [
        Side(Account.BANK, bill.issuer_id, bill.issuer_id, bill.total_minor),
        Side(Account.RECEIVABLE, bill.issuer_id, bill.buyer_id, -bill.total_minor),
        Side(Account.DEFERRED, bill.issuer_id, bill.issuer_id, bill.total_minor),
    ]


def _income(bill: Invoice, line: InvoiceLine) -> list[Side]:
    """A line divided among its parties; free lines are divided too, so that every party's statement shows them."""
    sides = []
    for part in rules.share(line.amount_minor, line.income_shares):
        party = uuid.UUID(part.party_id)
        kind = Account.REVENUE if party == bill.issuer_id else Account.PAYABLE
        sides.append(Side(kind, bill.issuer_id, party, -part.amount_minor, line.id, part.role, part.share_bp))
    return sides


def _waived(bill: Invoice, line: InvoiceLine) -> list[Side]:
    if not line.waived_minor:
        return []
    return [
        Side(Account.WAIVED, bill.issuer_id, bill.buyer_id, line.waived_minor, line.id),
        Side(Account.WAIVED_CONTRA, bill.issuer_id, bill.issuer_id, -line.waived_minor, line.id),
    ]


@command(
    "billing.invoice.void",
    may=MAY["billing.invoice.void"],
    on=Invoice,
    states=INVOICE,
    schema=EndInput,
    label=N_("Void the bill"),
)
def void(bill: Invoice, *, actor: Actor, now: datetime, reason: str) -> None:
    """What the bill was about fell away before it was paid; the claim is taken back."""
    under_way = queries.open_payment_of(bill.id)
    rules.payment_is_the_only_one(under_way.reference if under_way else None)
    _take_back(bill, Entry.ISSUE, Entry.VOID, now)
    bill.ended_because = reason


@command(
    "billing.invoice.credit",
    may=MAY["billing.invoice.credit"],
    on=Invoice,
    states=INVOICE,
    schema=EndInput,
    label=N_("Credit the bill"),
)
def credit(bill: Invoice, *, actor: Actor, now: datetime, reason: str) -> None:
    """The payment was given back: sharing and claim are reversed exactly, every party is back at nothing."""
    _take_back(bill, Entry.PAYMENT, Entry.REFUND, now)
    _take_back(bill, Entry.ISSUE, Entry.VOID, now)
    bill.ended_because = reason
    bill.credit_note_id = print_credit_note(bill, queries.lines_of(bill.id), reason, now).id


def _take_back(bill: Invoice, booked: Entry, as_: Entry, now: datetime) -> None:
    """Reverse what was booked about a bill; a free one has no claim."""
    entry = queries.entry_of(bill.id, booked)
    if entry is not None:
        ledger.reverse(entry, as_, bill, now=now, memo=bill.number)
