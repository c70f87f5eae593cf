"""The site map for crawlers: every open page with its last change; an index of parts once it is long."""

from collections.abc import Iterable
from datetime import date, datetime
from xml.sax.saxutils import escape

from flask import Response

from kernel.errors import NotFound
from kernel.pages.sitemap import LISTINGS, Listing, Part, below, lists_pages
from registry.feeds.atom import stamp
from registry.feeds.door import address, kept, pages
from registry.queries import public

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000  # the protocol's own limit for one file
PLAIN = (
    "/",
    "/catalogue",
    "/resources",
    "/products",
    "/operators",
    "/prices",
    "/open-data",
    "/check",
    "/help",
)


@lists_pages("pages", lambda: len(PLAIN))
def plain_pages(start: int, most: int) -> Part:
    """The pages everybody begins with."""
    return ((path, None) for path in PLAIN[start : start + most])


@lists_pages("entries", public.published_count)
def entry_pages(start: int, most: int) -> Part:
    """The pages of published entries."""
    return below("/catalogue", public.addresses_of_entries(start, most))


@lists_pages("resources", public.registered_count)
def resource_pages(start: int, most: int) -> Part:
    """The pages of registered resources."""
    return below("/resources", public.addresses_of_resources(start, most))


@pages.get("/sitemap.xml")
def sitemap() -> Response:
    """Every open page; where they are more than one file may hold, the list of the parts."""
    counted = {name: row.count() for name, row in LISTINGS.items()}
    if sum(counted.values()) <= MOST:
        return _answer(_urls(part for row in LISTINGS.values() for part in row.part(0, MOST)))
    parts = (
        f"<sitemap><loc>{escape(address(f'/sitemap-{name}-{number}.xml'))}</loc></sitemap>"
        for name, total in counted.items()
        for number in range(-(-total // MOST))
    )
    return _answer(_document("sitemapindex", parts))


@pages.get("/sitemap-<name>-<int(max=10000):number>.xml")
def sitemap_part(name: str, number: int) -> Response:
    """One part: pages of one kind."""
    listing: Listing | None = LISTINGS.get(name)
    if listing is None or number * MOST >= max(1, listing.count()):
        raise NotFound()
    return _answer(_urls(listing.part(number * MOST, MOST)))


def _urls(part: Iterable[tuple[str, datetime | date | None]]) -> str:
    return _document("urlset", (_url(path, changed) for path, changed in part))


def _url(path: str, changed: datetime | date | None) -> str:
    when = f"<lastmod>{stamp(changed)}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address(path))}</loc>{when}</url>"


def _document(kind: str, parts: Iterable[str]) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{kind} xmlns="{SPACE}">{"".join(parts)}</{kind}>'


def _answer(body: str) -> Response:
    return kept(body, "application/xml")
