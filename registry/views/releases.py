"""Open data files from the agency's side: prepare, review, release. Their public shelf is the marketplace's."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template

from kernel.errors import NotFound, NotSignedIn
from kernel.pages import address_of, current_actor, form_page, paged
from registry import queries
from registry.commands import release as commands
from registry.views.door import allow, chosen, is_insider, pages, sent


@pages.get("/releases")
def releases() -> Any:
    """The files one may see, also those that are not released yet."""
    if not current_actor().is_signed_in:
        raise NotSignedIn()
    asked = chosen("state")
    found = paged(queries.releases(current_actor(), state=asked["state"]))
    return render_template("registry/releases.html", page=found, chosen=asked)


@pages.get("/releases/<uuid:release_id>")
def release(release_id: UUID) -> Any:
    """One file: what it holds, how it was treated, who reviewed it."""
    found = queries.release(current_actor(), release_id)
    return render_template("registry/release.html", release=found, inside=is_insider(found, found.agency_id))


@pages.get("/releases/<uuid:release_id>/file")
def release_file(release_id: UUID) -> Any:
    """The file itself: for everybody once released, before for those who review it."""
    found = queries.release(current_actor(), release_id)
    if found.state != "released" and not is_insider(found, found.agency_id):
        raise NotFound()
    return sent(found.storage_key, found.file_name, found.media_type, found.size)


@pages.route("/catalogue/<uuid:entry_id>/release", methods=["GET", "POST"])
def prepare_release(entry_id: UUID) -> Any:
    """Prepare a file of an entry."""
    entry = queries.entry_page(current_actor(), entry_id)
    allow(commands.prepare, None)
    return form_page(
        "registry/release_form.html",
        commands.prepare,
        then=lambda found: redirect(address_of(found)),
        values={"entry_id": str(entry.id), "title": entry.title},
        entry=entry,
    )
