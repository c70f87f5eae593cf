"""Products in the search: what of them is read, and the filters of the marketplace."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from accounts.models import Organisation
from accounts.queries import names_of
from accounts.queries.search import identity, named
from jurisdictions import tree
from kernel import clock
from kernel.search import Document, Filter, Kind, filter_by, indexed
from kernel.search.combos import Terms
from kernel.words import N_, translate
from marketplace.models import DataProduct
from marketplace.vocabulary import KIND_WORDS
from registry.vocabulary.purposes import WORDS as PURPOSE_WORDS

PRICE_WORDS = {"free": N_("Free for some purposes"), "charged": N_("Charged for some purposes")}
PRICED_AS = {"free": "price.free_purposes", "charged": "price.charged_purposes"}


def _prices(terms: Terms) -> Iterable[str]:
    """Whether a product costs something follows from its purposes and from the rules of its place today."""
    purposes = set(terms.get("purpose", ()))
    for place in terms.get("jurisdiction", ())[:1]:
        profile = tree.profile_of(place, on=clock.today())
        yield from (price for price, key in PRICED_AS.items() if purposes & set(profile.list(key)))


filter_by(
    Filter(
        "kind",
        N_("Kind of product"),
        "product_kind",
        lambda kinds, locale: {
            str(kind): translate(word, locale) for kind, word in KIND_WORDS.items() if str(kind) in kinds
        },
    )
)
filter_by(
    Filter(
        "purpose",
        N_("Purpose"),
        "purpose",
        lambda purposes, locale: {
            purpose: translate(PURPOSE_WORDS[purpose], locale)
            for purpose in purposes
            if purpose in PURPOSE_WORDS
        },
    )
)
filter_by(
    Filter(
        "price",
        N_("Price"),
        "price",
        lambda prices, locale: {
            price: translate(word, locale) for price, word in PRICE_WORDS.items() if price in prices
        },
        computed=_prices,
    )
)
filter_by(Filter("seller", N_("Seller"), "seller", named, reads=identity))


def _documents(rows: Sequence[DataProduct]) -> Iterable[Document]:
    names = names_of([row.seller_id for row in rows])
    for row in rows:
        columns = [
            str(part) for one in row.fields or () for part in (one.get("name", ""), one.get("title", ""))
        ]
        terms = {
            "theme": [row.theme or ""],
            "product_kind": [row.kind],
            "purpose": row.purposes or (),
            "seller": [str(row.seller_id)],
            "jurisdiction": [row.jurisdiction],
            "state": [row.state],
        }
        texts = [row.abstract, names.get(row.seller_id, ""), *columns]
        keywords = [row.title_en, *(row.keywords or ())]
        yield Document(row.title, row.listed_at or row.created_at, keywords, texts, terms)


indexed(
    Kind(
        name="product",
        model=DataProduct,
        word=N_("Products"),
        documents=_documents,
        shown=lambda ids: select(DataProduct).where(DataProduct.id.in_(ids)),
        newest=func.coalesce(DataProduct.listed_at, DataProduct.created_at),
        filters=("theme", "kind", "purpose", "price", "seller", "jurisdiction", "state"),
        depends={Organisation: lambda body: select(DataProduct.id).where(DataProduct.seller_id == body.id)},
    )
)
