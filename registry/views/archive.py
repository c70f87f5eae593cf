"""Archive packages of finished cases."""

from typing import Any
from uuid import UUID

from kernel.pages import page_of
from kernel.states import state_word
from kernel.words import N_
from registry.models import ArchivePackage
from registry.queries import keeping
from registry.states import ARCHIVE_PACKAGE
from registry.views.door import pages, place_name, sent
from registry.views.lists import (
    CasePage,
    Column,
    Facet,
    Listing,
    asked,
    case_page,
    link,
    list_page,
    managing,
    reader,
    states_of,
)

PLACE = N_("Jurisdiction")
HAND_OVER = N_("The package is given to the archive; the receipt is recorded here.")


@page_of(ArchivePackage)
def archive_address(found: ArchivePackage) -> str:
    """/archive/…"""
    return f"/archive/{found.id}"


@pages.get("/archive")
def archive() -> Any:
    """Archive packages of finished cases."""
    actor = managing()
    kinds = [(table, state_word(table.partition("_")[2])) for table in keeping.kinds_of_case()]
    facets = [
        Facet("case_type", N_("Kind of case"), kinds),
        Facet("state", N_("State"), states_of(ARCHIVE_PACKAGE)),
    ]
    filters = asked(facets)
    words = dict(kinds)
    listing = Listing(
        "archive",
        N_("Archive"),
        N_("Finished cases with their events and documents, kept as long as the rules ask, and handed over."),
        [
            Column(N_("Case"), link),
            Column(N_("Kind of case"), lambda row: words.get(row.case_type, row.case_type), "t"),
            Column(N_("Packed"), lambda row: row.exported_at, "day"),
            Column(N_("Keep until"), lambda row: row.keep_until, "day"),
            Column(N_("Archive"), lambda row: row.archive),
            Column(N_("State"), lambda row: row.state, "state"),
        ],
        facets,
        empty=N_("No case was packed yet. A case page offers it where no clock runs any longer."),
    )
    return list_page(listing, keeping.archive_packages(actor, **filters), filters)


@pages.get("/archive/<uuid:package_id>")
def archive_package(package_id: UUID) -> Any:
    """One archive package: what it holds, how long it is kept, how it is checked."""
    found = keeping.archive_package(reader(), package_id)
    return case_page(
        CasePage(
            found,
            found.title,
            N_("Archive package"),
            [(N_("Archive"), "/archive")],
            [
                (N_("Kind of case"), state_word(found.case_type.partition("_")[2]), "t"),
                (PLACE, place_name(found.jurisdiction), "text"),
                (N_("Packed"), found.exported_at, "moment"),
                (N_("Events"), found.events, "num"),
                (N_("Documents"), found.documents, "num"),
                (N_("Keep until"), found.keep_until, "day"),
                (N_("Size in bytes"), found.size, "num"),
                ("SHA-256", found.sha256, "code"),
                (N_("Archive"), found.archive, "text"),
                (N_("Number of the archive's receipt"), found.receipt, "text"),
                (N_("Day of the hand-over"), found.handed_over_on, "day"),
            ],
            next=(HAND_OVER, N_("Agency"), "WZ16; DG30; YN L56") if found.state == "exported" else None,
            template="registry/archive_package.html",
        )
    )


@pages.get("/archive/<uuid:package_id>/file")
def archive_file(package_id: UUID) -> Any:
    """The package itself."""
    found = keeping.archive_package(reader(), package_id)
    return sent(found.storage_key, found.file_name, "application/zip", found.size)
