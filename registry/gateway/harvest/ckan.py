"""CKAN's package_search: a page of packages, and where the next one begins."""

import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from kernel.words import N_
from registry.gateway.harvest.parts import HarvestPage, told, unreadable
from registry.vocabulary import THEMES
from registry.vocabulary.entry_fields import ENTRY_FIELDS
from registry.vocabulary.harvest import OWN_NAME

ROWS = 100
_PATH = "api/3/action/package_search"
_NO_ANSWER = N_("This is no answer of CKAN's package_search.")
# Names that portals give to what CKAN has no field for.
_ALSO = {
    "frequency": "update_frequency",
    "accrual_periodicity": "update_frequency",
    "theme": "themes",
    "data_items": "items",
    "temporal_start": "covers_from",
    "temporal_end": "covers_until",
}


def first_address(site: str) -> str:
    """The first page of a site: of its address, or of any page of its interface."""
    base = site.partition("/api/")[0].rstrip("/") + "/"
    return f"{urljoin(base, _PATH)}?{urlencode({'rows': ROWS, 'start': 0, 'sort': 'name asc'})}"


def read_page(content: bytes, _media_type: str, address: str) -> HarvestPage:
    """The packages of a page. Raises InvalidInput where it is none."""
    try:
        answer = json.loads(content)
        result = answer["result"]
        packages, count = result["results"], int(result["count"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise unreadable(_NO_ANSWER) from error
    if not isinstance(packages, list):
        raise unreadable(_NO_ANSWER)
    start = int(parse_qs(urlsplit(address).query).get("start", ["0"])[0])
    rows = [_row(package, address) for package in packages if isinstance(package, dict)]
    done = start + len(packages)
    return HarvestPage(rows, _page_at(address, done) if packages and done < count else None)


def _page_at(address: str, start: int) -> str:
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()} | {"start": str(start)}
    return parts._replace(query=urlencode(asked)).geturl()


def _row(package: dict[str, Any], address: str) -> dict[str, Any]:
    extras = _extras(package.get("extras"))
    site = address.partition("/api/")[0]
    organisation = package.get("organization")
    row = {
        OWN_NAME: str(package.get("id") or package.get("name") or ""),
        "title": package.get("title") or package.get("name"),
        "abstract": package.get("notes"),
        "keywords": _names(package.get("tags"), "name"),
        "themes": [_theme(group) for group in _dicts(package.get("groups"))],
        "provider": package.get("author") or (organisation or {}).get("title")
        if _is_dict(organisation)
        else package.get("author"),
        "formats": list(dict.fromkeys(_names(package.get("resources"), "format"))),
        "contact_email": package.get("maintainer_email") or package.get("author_email"),
        "published_on": str(package.get("metadata_created") or "")[:10],
        "updated_on": str(package.get("metadata_modified") or "")[:10],
        "use_conditions": package.get("license_title"),
        "source_url": f"{site}/dataset/{package.get('name')}",
    }
    return told(row | extras)


def _extras(found: Any) -> dict[str, Any]:
    """What stands among the extras under one of our own names, in words or in our codes."""
    kept = {}
    for extra in _dicts(found):
        name = _ALSO.get(str(extra.get("key")), str(extra.get("key")))
        if name in ENTRY_FIELDS and extra.get("value") not in (None, ""):
            kept[name] = extra["value"]
    return kept


def _theme(group: dict[str, Any]) -> str:
    name = str(group.get("name") or "")
    return name if name in THEMES else str(group.get("title") or group.get("display_name") or name)


def _names(found: Any, key: str) -> list[str]:
    return [str(part[key]) for part in _dicts(found) if part.get(key)]


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [part for part in found if _is_dict(part)] if isinstance(found, list) else []


def _is_dict(part: Any) -> bool:
    return isinstance(part, dict)
