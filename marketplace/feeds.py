"""Files for programs: open data without a key, delivered data with one; and what pages say of themselves to others."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request

from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.config import settings
from kernel.money import Money
from kernel.pages import current_actor, paged
from kernel.pages.sitemap import Part, below, lists_pages
from kernel.pages.structured import structured
from kernel.storage import store
from marketplace import queries
from marketplace.commands import download as downloading
from marketplace.models import DataProduct, Delivery
from marketplace.queries import addresses
from marketplace.queries.citation import citation_of_delivery
from marketplace.queries.files import disposition, file_of_delivery

pages = Blueprint("api_marketplace_files", __name__, url_prefix="/api/v1/marketplace")


@pages.get("/open-data")
def open_data() -> Any:
    """The open files by words, theme and type."""
    themes, types = request.args.getlist("theme"), request.args.getlist("type")
    page = paged(queries.open_files(request.args.get("q", ""), themes, types))
    base = f"{settings().base_url}/api/v1/marketplace/open-data"
    items = [
        {"id": str(row.id), "title": row.title, "source": row.agency.name, "edition": row.edition.isoformat(),
         "format": row.format, "bytes": row.size, "rows": row.rows, "sha256": row.sha256,
         "file": f"{base}/{row.id}/file"}
        for row in page.items
    ]  # fmt: skip
    return jsonify({"items": items, "total": page.total, "page": page.page, "size": page.size})


@pages.get("/open-data/<uuid:row_id>/file")
def open_file(row_id: UUID) -> Any:
    """An open file; the download is counted without a name."""
    execute(downloading.fetch, actor=ANONYMOUS, data={"release_id": str(row_id)})
    found = queries.release_for_all(row_id)
    return _file(found.storage_key, found.file_name, found.media_type)


@pages.get("/deliveries/<uuid:row_id>/file")
def delivered_file(row_id: UUID) -> Any:
    """The file of a delivery that was fetched with POST /deliveries/fetch, while its minutes last."""
    made = file_of_delivery(current_actor(), row_id, clock.now())
    name, media = made.file_name or "data", made.media_type or "application/octet-stream"
    return _file(made.storage_key or "", name, media)


@pages.get("/deliveries/<uuid:row_id>/citation")
def citation(row_id: UUID) -> Any:
    """How to cite a delivery, as CSL JSON."""
    made = queries.seen(current_actor(), Delivery, row_id)
    return jsonify(citation_of_delivery(made, settings().base_url).csl)


def _file(key: str, name: str, media_type: str) -> Response:
    response = Response(store().stream(key), mimetype=media_type)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Length"] = str(store().size(key))
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.app_template_global("product_markup")
def product_markup(product: DataProduct, seller: str, plans: Sequence[Any]) -> Any:
    """The block in schema.org's words on the page of a product: the data set with what it costs."""
    if product.state != "listed":
        return ""
    where = f"{settings().base_url}/products/{product.id}"
    offers = [
        {"@type": "Offer", "price": Money(plan.price_minor).yuan, "priceCurrency": "CNY", "url": where}
        for _offer, plan in plans
    ]
    said = {
        "@context": "https://schema.org/", "@type": ["Dataset", "Product"], "@id": where, "url": where,
        "name": product.title, "description": product.abstract, "keywords": list(product.keywords),
        "provider": {"@type": "Organization", "name": seller}, "offers": offers, "isAccessibleForFree": False,
        "dateModified": product.edition.isoformat() if product.edition else None,
    }  # fmt: skip
    return structured({name: value for name, value in said.items() if value not in (None, "", [])})


@lists_pages("products", addresses.product_count)
def product_pages(start: int, most: int) -> Part:
    """The pages of products on sale, for crawlers."""
    return below("/products", addresses.product_ids(start, most))


@lists_pages("open-data", addresses.open_file_count)
def open_data_pages(start: int, most: int) -> Part:
    """The pages of open files, for crawlers."""
    return below("/open-data", addresses.open_file_ids(start, most))
