"""What a buyer is quoted, as plain data, and what is printed in its contract or commitment."""

from datetime import date
from typing import Any

from billing.rules import PriceAnswer
from billing.vocabulary import UNIT_WORDS, Unit
from contracts import queries as contracts
from kernel import due
from kernel.money import Money
from kernel.words import Text, translate
from marketplace.models import DataProduct, Order
from marketplace.queries.products import product
from marketplace.vocabulary import CHAIN_WORDS, DELIVERY_WORDS, ProductKind
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS


def quote_of(answer: PriceAnswer, quantity: int, valid_until: date | None) -> dict[str, Any]:
    """The snapshot of a price answer: amounts in fen, cap and document, basis, explanation in both languages."""
    cap = answer.cap
    return {
        "mode": str(answer.mode),
        "list_price_minor": answer.list_price_minor,
        "unit_price_minor": answer.unit_price_minor,
        "quantity": quantity,
        "total_minor": answer.unit_price_minor * quantity,
        "waived_minor": answer.waived_minor * quantity,
        "basis": answer.basis,
        "cap_minor": cap.amount_minor if cap else None,
        "cap_document": cap.document_number if cap else "",
        "valid_until": valid_until.isoformat() if valid_until else None,
        "explanation": {
            language: [translate(line, language) for line in answer.explanation] for language in ("zh", "en")
        },
    }


def terms_of(ordered: Order) -> dict[str, Any]:
    """The snapshot of an order's contract or commitment, as contracts.agreement.draw_up takes it."""
    sold = product(ordered.product_id)
    return {
        "order": {"number": ordered.number},
        "product": _product(sold),
        "purpose": {"name": Text(PURPOSE_WORDS[ordered.purpose_class]), "text": ordered.use_text},
        "term": {"starts_on": ordered.starts_on, "ends_on": ordered.ends_on},
        "price": _price(ordered),
        "authority_chain": [
            {"kind": Text(CHAIN_WORDS[step["kind"]]), "title": step["title"], "number": step["number"] or ""}
            for step in contracts.chain_of(ordered.right_id)
        ],
    }


def _product(sold: DataProduct) -> dict[str, Any]:
    return {
        "title": {"zh": sold.title, "en": sold.title_en or sold.title},
        "edition": sold.edition,
        "delivery": Text(DELIVERY_WORDS[ProductKind(sold.kind)]),
        "fields": [one["title"] or one["name"] for one in sold.fields],
        "description": sold.abstract,
    }


def _price(ordered: Order) -> dict[str, Any]:
    return {
        "unit": Text(UNIT_WORDS[Unit(ordered.unit)]),
        "quantity": ordered.quantity,
        "list_price": Money(ordered.list_price_minor, ordered.currency),
        "unit_price": Money(ordered.unit_price_minor, ordered.currency),
        "waived": Money(ordered.waived_minor, ordered.currency),
        "total": Money(ordered.total_minor, ordered.currency),
        "due_on": None if ordered.is_free else payment_day(ordered),
    }


def payment_day(ordered: Order) -> date:
    """The last day to pay, counted from the last day to sign."""
    limit = due.due_day(ordered, "invoice.payment_due_days", ordered.sign_by)
    return limit.on if limit else ordered.sign_by
