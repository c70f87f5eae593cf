"""The public price list, today's and how it came about."""

from typing import Any

from flask import render_template

from billing import queries as billing
from billing.vocabulary import MODE_WORDS, PriceMode
from kernel import clock
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.pages import current_actor, paged, sheet
from kernel.words import N_, Text
from marketplace import queries
from marketplace.views.door import asked, options, pages, purpose_word, unit_word
from marketplace.vocabulary import KIND_WORDS
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES

HEADINGS = [
    N_("Product"),
    N_("Purpose"),
    N_("Kind of price"),
    N_("Price of a unit in fen"),
    N_("List price in fen"),
    N_("Cap in fen"),
    N_("Charging unit"),
    N_("Applies from"),
    N_("Document of the cap"),
    N_("Basis"),
]
CAP_HEADINGS = [
    N_("Product"),
    N_("Purpose"),
    N_("Charging unit"),
    N_("Cap in fen"),
    N_("Applies from"),
    N_("Until"),
    N_("Document of the cap"),
]


@pages.get("/prices")
def prices() -> Any:
    """What every product costs today for every purpose, under which cap and document."""
    on, purpose = clock.today(), asked("purpose")
    query = queries.priced_plans(on, text=asked("q"), kind=asked("kind"))
    if kind := asked("format"):
        rows = queries.price_rows(db.session.execute(query).all(), on, purpose)
        return sheet("prices", HEADINGS, (_cells(row) for row in rows if row.answer), kind)
    page = paged(query, scalars=False)
    return render_template(
        "marketplace/prices.html",
        page=page,
        rows=queries.price_rows(page.items, on, purpose),
        q=asked("q"),
        purpose=purpose,
        kind=asked("kind"),
        purposes=PURPOSE_CHOICES,
        kinds=[(str(kind), word) for kind, word in KIND_WORDS.items()],
        options=options,
        purpose_word=purpose_word,
        unit_word=unit_word,
        mode_word=mode_word,
    )


def mode_word(mode: str) -> Text:
    """A kind of price in words."""
    return Text(MODE_WORDS[PriceMode(mode)])


def _cells(row: Any) -> list[Any]:
    answer, cap = row.answer, row.answer.cap
    since = max(row.offer.open_from, cap.valid_from) if cap else row.offer.open_from
    price = [mode_word(answer.mode), answer.unit_price_minor, answer.list_price_minor]
    limit = [
        cap.amount_minor if cap else None,
        unit_word(row.plan.unit),
        since,
        cap.document_number if cap else "",
    ]
    return [row.product.title, purpose_word(row.purpose), *price, *limit, answer.basis]


@pages.get("/prices/history")
def price_history() -> Any:
    """Every cap that applies or applied, with its days and its document."""
    wanted = asked("purpose") or None
    if wanted and wanted not in dict(PURPOSE_CHOICES):
        raise InvalidInput({"purpose": [N_("Choose one of the purposes.")]})
    query = billing.caps(current_actor(), purpose_class=wanted, text=asked("q") or None)
    if kind := asked("format"):
        cells = (
            [
                row.item_title,
                purpose_word(row.purpose_class),
                unit_word(row.unit),
                row.amount_minor,
                row.valid_from,
                row.valid_until,
                row.document_number,
            ]
            for row in db.session.scalars(query)
        )
        return sheet("caps", CAP_HEADINGS, cells, kind)
    return render_template(
        "marketplace/price_history.html",
        page=paged(query),
        q=asked("q"),
        purpose=wanted or "",
        purposes=PURPOSE_CHOICES,
        options=options,
        purpose_word=purpose_word,
        unit_word=unit_word,
    )
