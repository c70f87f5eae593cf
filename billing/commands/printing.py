"""What is printed on bills, receipts, credit notes and statements: plain facts taken from rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from accounts.queries import organisation
from billing import queries
from billing.models import Invoice, InvoiceLine, Payment, Settlement
from billing.vocabulary import METHOD_WORDS, MODE_WORDS, PARTY_ROLE_WORDS, UNIT_WORDS
from contracts.queries.snapshots import party_facts
from kernel import documents
from kernel.clock import legal_day
from kernel.documents import Attachment, Document
from kernel.money import Money
from kernel.words import N_, Text
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS

Facts = dict[str, Any]


def print_bill(bill: Invoice, lines: Sequence[InvoiceLine], now: datetime) -> Document:
    """The bill: lines with purpose, price, cap and what was waived, and how to pay."""
    facts = _of_bill(bill, lines) | {
        "due_on": bill.due_on,
        "reference": bill.reference,
        "bank_account": organisation(bill.issuer_id).bank_account,
    }
    return _draw_up("invoice", bill, facts, now)


def print_receipt(bill: Invoice, payment: Payment | None, now: datetime) -> Document:
    """The receipt: what was received, how and when."""
    facts = _of_bill(bill, queries.lines_of(bill.id)) | {
        "reference": payment.reference if payment else bill.reference,
        "method": Text(METHOD_WORDS[payment.method]) if payment else "",  # type: ignore[index]
        "received_on": legal_day(now),
    }
    return _draw_up("receipt", bill, facts, now)


def print_credit_note(bill: Invoice, lines: Sequence[InvoiceLine], reason: str, now: datetime) -> Document:
    """The credit note: the bill that is taken back in full, and why."""
    facts = _of_bill(bill, lines) | {"reason": reason, "credited_on": legal_day(now)}
    return _draw_up("credit_note", bill, facts, now)


def _draw_up(kind: str, bill: Invoice, facts: Facts, now: datetime) -> Document:
    return documents.draw_up(
        kind,
        subject=bill,
        data=facts,
        now=now,
        parties=[bill.issuer_id, bill.buyer_id],
    )


def _of_bill(bill: Invoice, lines: Sequence[InvoiceLine]) -> Facts:
    seller = party_facts(bill.issuer_id)
    return {
        "issuer": seller["name"],
        "seller": seller,
        "buyer": party_facts(bill.buyer_id),
        "bill_number": bill.number,
        "issued_on": bill.issued_on,
        "total": Money(bill.total_minor, bill.currency),
        "waived": Money(bill.waived_minor, bill.currency),
        "lines": [_line(line, bill.currency) for line in lines],
    }


def _line(line: InvoiceLine, currency: str) -> Facts:
    return {
        "title": line.title,
        "purpose": Text(PURPOSE_WORDS[line.purpose_class]),
        "mode": Text(MODE_WORDS[line.price_mode]),  # type: ignore[index]
        "unit": Text(UNIT_WORDS[line.unit]),  # type: ignore[index]
        "quantity": line.quantity,
        "list_price": Money(line.list_price_minor, currency),
        "unit_price": Money(line.unit_price_minor, currency),
        "amount": Money(line.amount_minor, currency),
        "waived": Money(line.waived_minor, currency),
        "cap": Money(line.cap_minor, currency) if line.cap_minor is not None else None,
        "cap_document": line.cap_document,
        "basis": line.basis,
    }


def print_statement(
    row: Settlement, party_id: Any, totals: tuple[int, int, int], settled_by: Any, due_on: date, now: datetime
) -> Document:
    """The statement of one party of a settlement; every single line is embedded so that it can be recomputed."""
    share, payable, waived = totals
    shown = queries.lines_of_settlement(row.id, party_id)
    operators = {line["operator_id"]: organisation(line["operator_id"]).name for line in shown}
    every = queries.lines_of_statement(row.id, party_id)
    settling = party_facts(settled_by)
    facts = {
        "issuer": settling["name"],
        "party": party_facts(party_id),
        "counterparty": settling,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "basis": "YN L127；WZ35–36",
        "lines": [_statement_line(line, operators, row.currency) for line in shown],
        "totals": [
            [Text(N_("Income allotted to the party")), Money(share, row.currency)],
            [Text(N_("Value of free use waived")), Money(waived, row.currency)],
        ],
        "payable": Money(payable, row.currency),
        "due_on": due_on,
    }
    return documents.draw_up(
        "settlement_statement",
        subject=row,
        data=facts,
        now=now,
        parties=[party_id, settled_by],
        part=str(party_id),
        attachments=[Attachment("lines.json", every, "Every line of this statement")],
    )


def _statement_line(line: Facts, operators: dict[Any, str], currency: str) -> Facts:
    role = PARTY_ROLE_WORDS[line["party_role"]]
    return {
        "item": f"{line['title']}（{operators[line['operator_id']]}）",
        "basis": Text(role),
        "quantity": line["uses"],
        "gross": Money(line["gross_minor"], currency),
        "share_bp": line["share_bp"],
        "amount": Money(line["share_minor"], currency),
        "waived": Money(line["waived_minor"], currency),
    }
