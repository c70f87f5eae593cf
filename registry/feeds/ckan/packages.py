"""Entries as CKAN's packages, and their files and addresses as its resources."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from accounts import queries as accounts
from registry.feeds.ckan.refusals import not_found
from registry.feeds.door import address, entry_address, file_address
from registry.feeds.licences import licence_of
from registry.models import CatalogueEntry, Release
from registry.queries import public
from registry.vocabulary import FORMATS, FREQUENCIES, OPENING_ATTRIBUTES, THEMES

Package = dict[str, Any]
# Fields of ours that CKAN has no place for; they are told as extras, under our own names and in our own codes.
EXTRAS = (
    "resource_code", "opening_attribute", "opening_conditions", "sharing_attribute", "update_frequency", "data_form",
    "database_level", "national_grade", "record_count", "covers_from", "covers_until", "published_on", "updated_on",
    "provider", "provider_code", "collector", "use_conditions", "jurisdiction", "source_url",
)  # fmt: skip


def packages(rows: Sequence[CatalogueEntry]) -> list[Package]:
    """Several entries with their files, whose files are read at once."""
    files = public.files_of([row.id for row in rows])
    return [package(row, files.get(row.id, ())) for row in rows]


def package(entry: CatalogueEntry, files: Sequence[Release]) -> Package:
    """One entry."""
    licence = licence_of(entry)
    resources = resources_of(entry, files)
    return {
        "id": str(entry.id),
        "name": str(entry.id),
        "title": entry.title,
        "notes": entry.abstract or "",
        "url": entry.source_url or entry_address(entry.id),
        "version": str(entry.version),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": licence.code == "open",
        "license_id": licence.code,
        "license_title": licence.zh,
        "license_url": address(f"/vocabulary#licence-{licence.code}"),
        "author": entry.provider or "",
        "author_email": None,
        "maintainer": "",
        "maintainer_email": entry.contact_email or None,
        "creator_user_id": None,
        "metadata_created": moment(entry.public_since or entry.created_at),
        "metadata_modified": moment(entry.public_changed_at or entry.public_since or entry.created_at),
        "owner_org": str(entry.agency_id) if entry.agency_id else None,
        "organization": organization(entry.agency) if entry.agency else None,
        "groups": [group(code) for code in entry.themes if code in THEMES],
        "tags": [tag(word) for word in dict.fromkeys(entry.keywords)],
        "num_tags": len(dict.fromkeys(entry.keywords)),
        "resources": resources,
        "num_resources": len(resources),
        "extras": extras(entry),
        "relationships_as_object": [],
        "relationships_as_subject": [],
    }


def extras(entry: CatalogueEntry) -> list[dict[str, str]]:
    """What CKAN has no field for: our codes, and the word of each term for people."""
    told: dict[str, str] = {
        name: value.isoformat() if hasattr(value, "isoformat") else str(value)
        for name in EXTRAS
        if (value := getattr(entry, name)) not in (None, "")
    }
    words = (("opening_attribute", OPENING_ATTRIBUTES), ("update_frequency", FREQUENCIES))
    told |= {f"{name}_zh": codes[told[name]].zh for name, codes in words if told.get(name, "") in codes}
    told["jurisdiction_zh"] = accounts.place_name(entry.jurisdiction, "zh_CN")
    names = [item["name"] for item in entry.items if isinstance(item, dict) and item.get("name")]
    if names:
        told["data_items"] = "、".join(map(str, names))
    return [{"key": name, "value": value} for name, value in told.items()]


def resources_of(entry: CatalogueEntry, files: Sequence[Release]) -> list[dict[str, Any]]:
    """The open files; where there is none, each format the entry names at the address it names."""
    if files:
        return [_file(entry, file, place) for place, file in enumerate(files)]
    codes = entry.formats or (["other"] if entry.source_url else [])
    return [_form(entry, code, place) for place, code in enumerate(dict.fromkeys(codes))]


def _file(entry: CatalogueEntry, file: Release, place: int) -> dict[str, Any]:
    found = FORMATS[file.format] if file.format in FORMATS else None
    return _resource(entry, place) | {
        "id": str(file.id),
        "name": file.title,
        "description": file.treatment or "",
        "url": f"{file_address(file.id)}/file",
        "url_type": "upload",
        "format": file.format.upper(),
        "mimetype": found.media if found else None,
        "size": file.size,
        "hash": f"sha256:{file.sha256}",
        "created": moment(file.released_at),
        "last_modified": moment(file.released_at),
        "edition": file.edition.isoformat(),
    }


def _form(entry: CatalogueEntry, code: str, place: int) -> dict[str, Any]:
    found = FORMATS[code if code in FORMATS else "other"]
    return _resource(entry, place) | {
        "id": f"{entry.id}-{found.code}",
        "name": found.zh,
        "description": "",
        "url": entry.source_url or entry_address(entry.id),
        "url_type": None,
        "format": found.code.upper(),
        "mimetype": found.media,
        "size": None,
        "hash": "",
        "created": moment(entry.public_since or entry.created_at),
        "last_modified": entry.updated_on.isoformat() if entry.updated_on else None,
    }


def _resource(entry: CatalogueEntry, place: int) -> dict[str, Any]:
    return {"package_id": str(entry.id), "position": place, "state": "active", "resource_type": None}


def resource(row_id: str) -> dict[str, Any]:
    """One resource by its identity. Raises ActionRefused."""
    try:
        owner = uuid.UUID(row_id[:36])
    except ValueError as error:
        raise not_found("Resource") from error
    entry_id = owner if len(row_id) > 36 else public.entry_of_file(owner)
    found = public.published_or_none(entry_id) if entry_id else None
    known = resources_of(found, public.files_of([found.id]).get(found.id, ())) if found else []
    for one in known:
        if one["id"] == row_id:
            return one
    raise not_found("Resource")


def organization(agency: Any, number: int | None = None) -> dict[str, Any]:
    """An agency as CKAN's organization, in short."""
    told = {
        "id": str(agency.id),
        "name": str(agency.id),
        "title": agency.name,
        "type": "organization",
        "description": agency.name_en or "",
        "image_url": "",
        "created": moment(agency.created_at),
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }
    return (
        told
        if number is None
        else told | {"package_count": number, "image_display_url": "", "num_followers": 0}
    )


def group(code: str, numbers: Mapping[str, int] | None = None) -> dict[str, Any]:
    """A theme as CKAN's group."""
    term = THEMES[code]
    told: dict[str, Any] = {
        "id": code,
        "name": code,
        "title": term.zh,
        "display_name": term.zh,
        "description": term.en,
        "image_display_url": "",
    }
    if numbers is None:
        return told
    told |= {"type": "group", "is_organization": False, "package_count": numbers.get(code, 0)}
    return told | {"state": "active", "approval_status": "approved", "image_url": ""}


def tag(word: str) -> dict[str, Any]:
    """A keyword as CKAN's tag."""
    return {"id": word, "name": word, "display_name": word, "state": "active", "vocabulary_id": None}


def moment(at: datetime | None) -> str | None:
    """A moment as CKAN writes it: in UTC, without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() if at else None
