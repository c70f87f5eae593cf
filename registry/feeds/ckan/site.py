"""What the site says of itself, its lists of packages, and one package or resource."""

from typing import Any

from registry.feeds.ckan.asked import Asked, identity, number, required
from registry.feeds.ckan.packages import packages, resource
from registry.feeds.ckan.refusals import not_found
from registry.feeds.door import address
from registry.feeds.licences import LICENCES
from registry.queries import public

MOST = 10_000_000
MOST_SHOWN = 1000
LIKE = "2.10"  # the version of CKAN whose answers these are shaped after


def site_read(_asked: Asked) -> bool:
    """Everybody may read."""
    return True


def status_show(_asked: Asked) -> dict[str, Any]:
    """What answers here."""
    return {
        "ckan_version": LIKE,
        "site_url": address(""),
        "site_title": "数衡",
        "site_description": "公共数据目录",
        "error_emails_to": None,
        "locale_default": "zh_Hans_CN",
        "extensions": [],
    }


def package_list(asked: Asked) -> list[str]:
    """The names of all packages, or of a part of them."""
    most = number(asked, "limit", MOST, MOST) if asked.get("limit") is not None else None
    return [str(row_id) for row_id in public.published_ids(number(asked, "offset", 0, MOST), most)]


def current_package_list_with_resources(asked: Asked) -> list[dict[str, Any]]:
    """A part of the packages with everything in them; ten where nothing is said, a thousand at most."""
    most = number(asked, "limit", 10, MOST_SHOWN)
    page = number(asked, "page", 1, MOST) - 1 if asked.get("page") is not None else 0
    start = number(asked, "offset", max(0, page) * most, MOST)
    return packages(public.with_agencies(public.filtered({}), start, most))


def package_show(asked: Asked) -> dict[str, Any]:
    """One package by its name or identity, which are the same here."""
    row_id = identity(required(asked, "id", "name_or_id"))
    found = public.published_or_none(row_id) if row_id else None
    if found is None:
        raise not_found("Package")
    return packages([found])[0]


def resource_show(asked: Asked) -> dict[str, Any]:
    """One resource by its identity."""
    return resource(required(asked, "id"))


def license_list(_asked: Asked) -> list[dict[str, Any]]:
    """On which terms data may be used."""
    return [
        {
            "id": term.code,
            "title": term.zh,
            "url": address(f"/vocabulary#licence-{term.code}"),
            "status": "active",
            "is_okd_compliant": term.code == "open",
            "od_conformance": "approved" if term.code == "open" else "not reviewed",
            "osd_conformance": "not reviewed",
            "maintainer": "",
            "family": "",
            "domain_content": "false",
            "domain_data": "true",
            "domain_software": "false",
            "is_generic": "false",
        }
        for term in LICENCES
    ]
