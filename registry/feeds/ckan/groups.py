"""Agencies as CKAN's organizations, themes as its groups, keywords as its tags."""

from collections.abc import Callable, Sequence
from typing import Any

from registry.feeds.ckan.asked import Asked, flag, identity, number, required, words
from registry.feeds.ckan.packages import group, organization, packages, tag
from registry.feeds.ckan.refusals import ActionRefused, not_found
from registry.queries import public
from registry.vocabulary import THEMES

MOST, SHOWN = 100_000, 1000


def organization_list(asked: Asked) -> list[Any]:
    """The agencies that have published entries: their names, with all_fields what is known of each."""
    rows = public.publishers()
    return _listed(asked, [organization(row, number) for row, number in rows])


def group_list(asked: Asked) -> list[Any]:
    """The themes."""
    numbers = public.theme_counts()
    return _listed(asked, [group(code, numbers) for code in THEMES.codes])


def _listed(asked: Asked, rows: list[dict[str, Any]]) -> list[Any]:
    orders: dict[str, Callable[[dict[str, Any]], Any]] = {
        "name": lambda row: row["name"],
        "title": lambda row: row["title"],
        "package_count": lambda row: row["package_count"],
    }
    name, _, direction = (words(asked, "sort") or words(asked, "order_by") or "name asc").partition(" ")
    if name == "packages":
        name = "package_count"
    if name not in orders or direction.strip() not in ("", "asc", "desc"):
        raise ActionRefused("Validation Error", sort="Cannot sort by this field")
    rows.sort(key=orders[name], reverse=direction.strip() == "desc")
    start, most = number(asked, "offset", 0, MOST), number(asked, "limit", MOST, MOST)
    part = rows[start : start + most]
    return part if flag(asked, "all_fields") else [row["name"] for row in part]


def organization_show(asked: Asked) -> dict[str, Any]:
    """One agency, with its packages where they are asked for."""
    row_id = identity(required(asked, "id"))
    found = public.publisher(row_id) if row_id else None
    if found is None:
        raise not_found("Organization")
    told = organization(*found) | {"users": [], "groups": [], "tags": [], "extras": _of_agency(found[0])}
    return told | _with_packages(asked, {"agency": [str(found[0].id)]})


def _of_agency(agency: Any) -> list[dict[str, str]]:
    told = {"uscc": agency.uscc, "jurisdiction": agency.jurisdiction}
    return [{"key": name, "value": value} for name, value in told.items() if value]


def group_show(asked: Asked) -> dict[str, Any]:
    """One theme."""
    code = required(asked, "id")
    if code not in THEMES:
        raise not_found("Group")
    told = group(code, public.theme_counts()) | {"users": [], "groups": [], "tags": [], "extras": []}
    return told | _with_packages(asked, {"theme": [code]})


def _with_packages(asked: Asked, filters: dict[str, Sequence[str]]) -> dict[str, Any]:
    if not flag(asked, "include_datasets"):
        return {}
    return {"packages": packages(public.with_agencies(public.filtered(filters), 0, SHOWN))}


def tag_list(asked: Asked) -> list[Any]:
    """The keywords of published entries."""
    if words(asked, "vocabulary_id"):
        return []
    found = public.tags(words(asked, "query"), number(asked, "limit", MOST, MOST))
    return [tag(word) for word in found] if flag(asked, "all_fields") else found
