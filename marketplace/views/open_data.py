"""Open data: found, described and downloaded without an account."""

from typing import Any
from uuid import UUID

from flask import jsonify, render_template, request

from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.config import settings
from kernel.db import db
from kernel.pages import paged
from marketplace import queries
from marketplace.commands import download as downloading
from marketplace.queries.citation import citation_of_release
from marketplace.views.door import asked, handed_over, options, pages, term_word
from marketplace.views.my_data import cited
from registry.vocabulary import THEMES


@pages.get("/open-data")
def open_data() -> Any:
    """The open files, by words, theme and format; as JSON with ?format=json."""
    themes, formats = request.args.getlist("theme"), request.args.getlist("type")
    page = paged(queries.open_files(asked("q"), themes, formats))
    if asked("format") == "json":
        return jsonify(listing(page))
    counted = queries.open_themes(asked("q"), formats)
    return render_template(
        "marketplace/open_data.html",
        page=page,
        q=asked("q"),
        counts=queries.download_counts([row.id for row in page.items]),
        themes=options([(code, term_word(THEMES, code), number) for code, number in counted], themes),
        types=options(
            [(code, code.upper(), number) for code, number in queries.open_formats(asked("q"), themes)],
            formats,
        ),
    )


def listing(page: Any) -> dict[str, Any]:
    """A page of open files as JSON, each with its address."""
    base = settings().base_url
    return {
        "total": page.total,
        "page": page.page,
        "size": page.size,
        "items": [
            {
                "id": str(row.id),
                "title": row.title,
                "entry": row.entry.title,
                "source": row.agency.name,
                "edition": row.edition.isoformat(),
                "format": row.format,
                "bytes": row.size,
                "rows": row.rows,
                "sha256": row.sha256,
                "page": f"{base}/open-data/{row.id}",
                "file": f"{base}/open-data/{row.id}/file",
            }
            for row in page.items
        ],
    }


@pages.get("/open-data/<uuid:row_id>")
def open_file(row_id: UUID) -> Any:
    """One open file: what it is, terms, citation, download."""
    found = queries.release_for_all(row_id)
    return render_template(
        "marketplace/open_file.html",
        release=found,
        count=queries.download_counts([found.id]).get(found.id, 0),
        citation=citation_of_release(found, clock.today(), settings().base_url),
        others=_others(found),
    )


def _others(found: Any) -> list[Any]:
    """The other open files of the same entry."""
    query = queries.open_files().where(type(found).entry_id == found.entry_id, type(found).id != found.id)
    return list(db.session.scalars(query.limit(10)))


@pages.get("/open-data/<uuid:row_id>/file")
def open_file_content(row_id: UUID) -> Any:
    """The file itself, for anybody; counted without a name, refused with the next request once it is suspended."""
    return send_open_file(row_id)


def send_open_file(row_id: UUID) -> Any:
    """Count the download and hand the file over. Nobody's name is kept, not even that of somebody signed in."""
    execute(downloading.fetch, actor=ANONYMOUS, data={"release_id": str(row_id)})
    found = queries.release_for_all(row_id)
    return handed_over(found.storage_key, found.file_name, found.media_type, found.sha256)


@pages.get("/open-data/<uuid:row_id>/citation.<kind>")
def open_citation(row_id: UUID, kind: str) -> Any:
    """How to cite the file, obtained today."""
    found = queries.release_for_all(row_id)
    return cited(citation_of_release(found, clock.today(), settings().base_url), kind)
