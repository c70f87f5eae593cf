"""The page of a catalogue entry and its forms."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import redirect, render_template

from kernel import documents
from kernel.pages import address_of, current_actor, current_locale, form_page
from kernel.words import N_
from registry import queries
from registry.commands import catalogue as commands
from registry.models import CatalogueEntry
from registry.schemas.catalogue import EntryInput
from registry.views.door import allow, download, is_insider, next_clock, pages, place_name
from registry.vocabulary import (
    DATA_FORMS,
    DATABASE_LEVELS,
    FORMATS,
    FREQUENCIES,
    INDUSTRIES,
    LOCAL_LEVELS,
    NATIONAL_GRADES,
    OPENING_ATTRIBUTES,
    SHARING_ATTRIBUTES,
    THEMES,
    CodeList,
)
from registry.vocabulary.steps import GROUND_REMOVED_BY, OPENING_GROUNDS

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("What it is"),
        (
            "title",
            "resource_code",
            "abstract",
            "keywords",
            "themes",
            "industries",
            "database_level",
            "related_code",
        ),
    ),
    (
        N_("Who answers for it"),
        (
            "provider",
            "provider_code",
            "collector",
            "approver",
            "contact_name",
            "contact_phone",
            "contact_email",
        ),
    ),
    (
        N_("The data"),
        ("data_form", "formats", "items", "record_count", "update_frequency", "updated_on", "source_url"),
    ),
    (N_("Class and grade"), ("national_grade", "local_level", "collection_basis")),
    (
        N_("Sharing between agencies"),
        (
            "sharing_attribute",
            "sharing_content",
            "sharing_conditions",
            "sharing_scope",
            "sharing_manner",
            "sharing_basis",
            "use_conditions",
        ),
    ),
    (
        N_("Opening to the public"),
        ("opening_attribute", "opening_conditions", "opening_basis", "opening_ground", "ground_removed_by"),
    ),
)
CODES: dict[str, CodeList] = {
    "themes": THEMES,
    "industries": INDUSTRIES,
    "database_level": DATABASE_LEVELS,
    "national_grade": NATIONAL_GRADES,
    "local_level": LOCAL_LEVELS,
    "data_form": DATA_FORMS,
    "formats": FORMATS,
    "update_frequency": FREQUENCIES,
    "sharing_attribute": SHARING_ATTRIBUTES,
    "opening_attribute": OPENING_ATTRIBUTES,
}
WORDS = {"opening_ground": OPENING_GROUNDS, "ground_removed_by": GROUND_REMOVED_BY}


@pages.get("/catalogue/<uuid:entry_id>")
def entry(entry_id: UUID) -> Any:
    """One entry: every field with what is missing and what the authority said, what rests on it, what comes next."""
    actor = current_actor()
    found = queries.entry_page(actor, entry_id)
    inside = is_insider(found, found.agency_id)
    return render_template(
        "registry/entry.html",
        entry=found,
        groups=_groups(found, inside),
        inside=inside,
        resources=queries.resources_of_entry(actor, found.id),
        releases=queries.releases_of(actor, found.id),
        documents=documents.documents_of(found),
        place=place_name(found.jurisdiction),
        clock=next_clock(found) if inside else None,
        proposal=_proposal(found) if inside else [],
    )


def _groups(found: CatalogueEntry, inside: bool) -> list[dict[str, Any]]:
    fields, kept = EntryInput().fields, []
    comments = found.comments if inside else {}
    for title, names in GROUPS:
        rows = [
            {
                "name": name,
                "label": fields[name].metadata["label"],
                "basis": fields[name].metadata.get("basis", ""),
                "value": shown(name, getattr(found, name)),
                "missing": name in found.missing,
                "comment": comments.get(name),
            }
            for name in names
            if name != "items"
        ]
        told = [row for row in rows if inside or row["value"]]
        kept.append({"title": title, "rows": told, "items": found.items if "items" in names else []})
    return [group for group in kept if group["rows"]]


def shown(name: str, value: Any) -> Any:
    """A field in words of the reader's language."""
    locale = current_locale()
    if value in (None, "", []):
        return None
    if name in CODES:
        codes = value if isinstance(value, list) else [value]
        return "、".join(CODES[name][code].word(locale) if code in CODES[name] else code for code in codes)
    if name in WORDS:
        return WORDS[name].get(value, value)
    return "、".join(_item(part) for part in value) if isinstance(value, list) else value


def _item(part: Any) -> str:
    return str(part.get("name")) if isinstance(part, dict) else str(part)


def _proposal(found: CatalogueEntry) -> list[list[Any]]:
    """What a proposed update changes: label, present text, proposed text."""
    fields = EntryInput().fields
    present = EntryInput().dump(found)
    changed: Iterable[str] = (
        name
        for name in fields
        if found.proposed and (found.proposed.get(name) or None) != (present.get(name) or None)
    )
    return [
        [
            fields[name].metadata["label"],
            shown(name, present.get(name)),
            shown(name, found.proposed.get(name)),
        ]
        for name in changed
    ]


@pages.route("/catalogue/new", methods=["GET", "POST"])
def draft_entry() -> Any:
    """Begin an entry."""
    return _form(commands.draft, None)


@pages.route("/catalogue/<uuid:entry_id>/edit", methods=["GET", "POST"])
def amend_entry(entry_id: UUID) -> Any:
    """Change a draft or a returned entry."""
    return _form(commands.amend, queries.entry_page(current_actor(), entry_id))


@pages.route("/catalogue/<uuid:entry_id>/update", methods=["GET", "POST"])
def revise_entry(entry_id: UUID) -> Any:
    """Propose an update of a published entry."""
    return _form(commands.revise, queries.entry_page(current_actor(), entry_id))


def _form(command: Any, subject: CatalogueEntry | None) -> Any:
    allow(command, subject)
    return form_page(
        "registry/entry_form.html",
        command,
        subject=subject,
        then=lambda entry: redirect(address_of(entry)),
        groups=GROUPS,
        missing=subject.missing if subject else [],
        comments=subject.comments if subject else {},
    )


@pages.route("/catalogue/<uuid:entry_id>/return", methods=["GET", "POST"])
def return_entry(entry_id: UUID) -> Any:
    """Return an entry with a comment on each field that has to change."""
    found = queries.entry_page(current_actor(), entry_id)
    allow(commands.return_, found)
    return form_page(
        "registry/entry_return.html",
        commands.return_,
        subject=found,
        values={},
        then=lambda entry: redirect("/catalogue/review"),
        groups=_groups(found, True),
    )


@pages.get("/catalogue/<uuid:entry_id>/assessments/<kind>")
def entry_assessment(entry_id: UUID, kind: str) -> Any:
    """The file of an assessment, for the agency and those who review."""
    found = queries.entry_page(current_actor(), entry_id)
    facts = found.assessments.get(kind) if is_insider(found, found.agency_id) else None
    return download(facts if isinstance(facts, dict) else None)
