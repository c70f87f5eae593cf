"""Products for everybody: the list with its filters, and the page of each with chain, price and sample."""

from typing import Any
from uuid import UUID

from flask import render_template

from accounts.queries import names_of
from contracts import queries as contracts
from jurisdictions import tree
from kernel import clock
from kernel.actor import Actor
from kernel.errors import InvalidInput, RuleBroken
from kernel.pages import Searched, address_of, current_actor, current_locale
from kernel.pages.addresses import address_by_table
from kernel.words import N_, Text, translate
from marketplace import queries
from marketplace.models import DataProduct
from marketplace.queries.quotes import quote_of
from marketplace.queries.supply import sources_named
from marketplace.views.door import asked, kind_word, pages, purpose_word, term_word, unit_word
from marketplace.vocabulary import MOST_UNITS
from registry.vocabulary import FREQUENCIES, THEMES


@pages.get("/products")
def products() -> Any:
    """Everything on sale, with search words and filters that count."""
    on = clock.today()
    searched = Searched(current_actor(), ["product"], fixed={"state": ["listed"]})
    page = searched.page
    offered = queries.open_plans_of([row.id for row in page.items], on)
    sellers = names_of([row.seller_id for row in page.items])
    return render_template(
        "marketplace/products.html",
        page=page,
        searched=searched,
        cards=[_card(row, offered.get(row.id, []), sellers.get(row.seller_id, ""), on) for row in page.items],
    )


def _said(text: Text) -> str:
    return translate(text, current_locale())


def _card(row: DataProduct, plans: list[Any], seller: str, on: Any) -> dict[str, Any]:
    free = set(tree.profile_of(row.jurisdiction, on=on).list("price.free_purposes"))
    gratis = [purpose_word(one) for offer, _ in plans[:1] for one in offer.purposes if one in free]
    charged = [plan for offer, plan in plans if set(offer.purposes) - free]
    card = {
        "href": address_of(row),
        "title": row.title,
        "provider": seller,
        "summary": row.abstract if len(row.abstract) <= 120 else row.abstract[:119] + "…",
        "kind": _said(kind_word(row.kind)),
        "tags": [term_word(THEMES, row.theme)] if row.theme else [],
        "formats": [row.format.upper()] if row.format else [],
        "updated_on": row.edition,
        "free_for": _said(Text(N_("Free for {purposes}"), purposes=gratis)) if gratis else None,
    }
    if not plans:
        return card | {"price": _said(Text(N_("No offer is open")))}
    if not charged:
        return card
    return card | {"price_minor": charged[0].price_minor, "per": _said(unit_word(charged[0].unit))}


@pages.get("/products/<uuid:row_id>")
def product(row_id: UUID) -> Any:
    """One product: what it is, why it may be sold, what it costs for a purpose, and how to order it."""
    actor, on = current_actor(), clock.today()
    found = queries.seen(actor, DataProduct, row_id)
    plans = queries.open_plans_of([found.id], on).get(found.id, [])
    own = actor.organisation_id == found.seller_id
    return render_template(
        "marketplace/product.html",
        product=found,
        own=own,
        seller=names_of([found.seller_id]).get(found.seller_id, ""),
        sources=sources_named(found),
        trouble=queries.supply_trouble(found, on),
        steps=_steps(found, actor),
        plans=plans,
        offers=queries.offers_of(actor, found.id) if own or not plans else [],
        purposes=[one for one in found.purposes if any(one in offer.purposes for offer, _ in plans)],
        priced=_priced(found, plans, on),
        words={"kind": kind_word(found.kind), "theme": term_word(THEMES, found.theme)},
        frequency=term_word(FREQUENCIES, found.update_frequency),
        purpose_word=purpose_word,
        unit_word=unit_word,
        must_name=tree.profile_of(found.jurisdiction, on=on).flag("attribution.source_and_date"),
        orders=queries.sales_counted(found.id) if own else {},
    )


def _steps(found: DataProduct, actor: Actor) -> list[dict[str, Any]]:
    """The chain with addresses; pages and texts of agreements are linked for those who may read them."""
    steps = []
    for step in contracts.chain_of(found.right_id, actor):
        href = address_by_table(step["table"], step["id"]) if step["visible"] else None
        papers = [paper | {"title": _said(Text(paper["title"]))} for paper in step["documents"]]
        steps.append(step | {"href": href, "documents": papers, "broken": translate_or_none(step["broken"])})
    mine = {"kind": "product", "title": found.title, "state": found.state}
    return [*steps, mine]


def translate_or_none(text: Any) -> str | None:
    """A text in the reader's language, or None."""
    return _said(text) if text else None


def _priced(found: DataProduct, plans: list[Any], on: Any) -> dict[str, Any] | None:
    """The answer to 'what does it cost for my purpose', where it was asked."""
    purpose = asked("purpose")
    if purpose not in found.purposes:
        return None
    number = asked("quantity") or "1"
    if not (number.isascii() and number.isdigit()) or not 1 <= int(number[:9]) <= MOST_UNITS:
        said = N_("Enter a whole number from {least} to {most}.")
        raise InvalidInput({"quantity": [Text(said, least=1, most=MOST_UNITS)]})
    fitting = [plan for offer, plan in plans if purpose in offer.purposes]
    answers = queries.answers_for(found, fitting, purpose, on, current_actor().organisation_id)
    return {
        "purpose": purpose,
        "quantity": int(number[:9]),
        "lines": [
            {"plan": plan, "refusal": answer.message}
            if isinstance(answer, RuleBroken)
            else {"plan": plan, "answer": answer, "quote": quote_of(answer, int(number[:9]), None)}
            for plan, answer in answers
        ],
    }
