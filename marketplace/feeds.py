"""Files for programs: open data without a key, delivered data with one. Beside the JSON of commands and lists."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request

from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.config import settings
from kernel.pages import current_actor, paged
from kernel.storage import store
from marketplace import queries
from marketplace.commands import download as downloading
from marketplace.models import Delivery
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
