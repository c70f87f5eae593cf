"""What a buyer is quoted, as plain data, and what is printed in its contract or commitment."""

from datetime import date
from typing import Any

from billing.rules import PriceAnswer
from billing.vocabulary import UNIT_WORDS, Unit
from contracts import queries as contracts
from contracts.rules.policy import as_odrl
from contracts.vocabulary import FIELD_TYPES
from kernel import due
from kernel.money import Money
from kernel.words import N_, Text, translate
from marketplace.models import DataProduct, Order
from marketplace.queries.policies import policy_of_order
from marketplace.queries.products import product
from marketplace.vocabulary import CHAIN_WORDS, DELIVERY_WORDS, ProductKind
from registry.vocabulary import FREQUENCIES
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS

TYPE_WORDS = dict(FIELD_TYPES)


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
        "policy": as_odrl(policy_of_order(ordered)),
        "fields": [_field(one) for one in sold.fields],
        "quality": _quality(sold),
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


def _field(one: dict[str, Any]) -> dict[str, Any]:
    return {"name": one["name"], "title": one["title"] or "—", "type": Text(TYPE_WORDS[one["type"]])}


def _quality(sold: DataProduct) -> list[list[Any]]:
    """What the seller says about the product, by which its quality is measured."""
    known = sold.update_frequency if sold.update_frequency in FREQUENCIES else None
    often = {one: FREQUENCIES[known].word(one) for one in ("zh", "en")} if known else "—"
    return [
        [Text(N_("Edition")), sold.edition.isoformat() if sold.edition else "—"],
        [Text(N_("Updated")), often],
        [Text(N_("Rows")), sold.rows or "—"],
        [Text(N_("Format of the file")), (sold.format or "—").upper()],
        [Text(N_("Treatment")), sold.treatment or "—"],
        [Text(N_("SHA-256 of the edition")), sold.sha256 or "—"],
    ]


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
