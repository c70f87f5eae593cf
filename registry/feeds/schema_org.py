"""Each public page says in schema.org's words what it shows, so that search engines for data find it."""

from collections.abc import Sequence
from typing import Any

from kernel.pages.structured import structured
from registry.feeds.door import address, entry_address, file_address, pages
from registry.feeds.licences import licence_of
from registry.models import CatalogueEntry, Release
from registry.vocabulary import FORMATS, THEMES, periods


@pages.app_template_global("entry_markup")
def entry_markup(entry: CatalogueEntry, files: Sequence[Release] = ()) -> Any:
    """The block that says what an entry is; nothing where it is not public."""
    if entry.state != "published":
        return ""
    return structured(dataset(entry, [file for file in files if file.state == "released"]))


@pages.app_template_global("file_markup")
def file_markup(file: Release) -> Any:
    """The block that says what an open file is."""
    where = file_address(file.id)
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": where,
        "url": where,
        "name": file.title,
        "description": (file.entry.abstract or file.entry.title)[:5000],
        "version": file.edition.isoformat(),
        "isAccessibleForFree": True,
        "license": address("/vocabulary#licence-open"),
        "creator": {"@type": "GovernmentOrganization", "name": file.agency.name},
        "isPartOf": entry_address(file.entry_id),
        "distribution": [_download(file)],
    }
    return structured(said)


def dataset(entry: CatalogueEntry, files: Sequence[Release]) -> dict[str, Any]:
    """An entry as schema.org Dataset."""
    themes = [THEMES[code].zh for code in entry.themes if code in THEMES]
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": entry_address(entry.id),
        "url": entry_address(entry.id),
        "name": entry.title,
        "description": (entry.abstract or entry.title)[:5000],
        "identifier": [code for code in (str(entry.id), entry.resource_code) if code],
        "keywords": [*entry.keywords, *themes],
        "inLanguage": "zh-CN",
        "isAccessibleForFree": entry.opening_attribute == "open",
        "license": address(f"/vocabulary#licence-{licence_of(entry).code}"),
        "datePublished": entry.published_on.isoformat() if entry.published_on else None,
        "dateModified": entry.updated_on.isoformat() if entry.updated_on else None,
        "version": str(entry.version),
        "creator": _body(entry),
        "temporalCoverage": periods.interval(entry.covers_from, entry.covers_until),
        "spatialCoverage": {"@type": "Place", "identifier": entry.jurisdiction},
        "variableMeasured": [
            item["name"] for item in entry.items if isinstance(item, dict) and item.get("name")
        ],
        "includedInDataCatalog": {"@type": "DataCatalog", "url": address("/catalogue")},
        "distribution": [_download(file) for file in files],
        "isBasedOn": entry.source_url,
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _body(entry: CatalogueEntry) -> dict[str, Any] | None:
    if entry.agency is not None:
        where = address(f"/organisations/{entry.agency.id}")
        return {"@type": "GovernmentOrganization", "name": entry.agency.name, "url": where}
    return {"@type": "GovernmentOrganization", "name": entry.provider} if entry.provider else None


def _download(file: Release) -> dict[str, Any]:
    format_ = FORMATS[file.format] if file.format in FORMATS else None
    return {
        "@type": "DataDownload",
        "name": file.title,
        "contentUrl": f"{file_address(file.id)}/file",
        "encodingFormat": format_.media if format_ and format_.media else file.format,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
