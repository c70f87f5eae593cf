"""Atom feeds: what changed in the catalogue, and which open files are new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape, quoteattr

from flask import Response

from registry.feeds.door import address, entry_address, file_address, kept, pages
from registry.feeds.xml import without_controls
from registry.queries import public

LATEST = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class News:
    """One thing a feed tells of. `href` is its page and its lasting name."""

    href: str
    title: str
    summary: str
    author: str
    at: datetime
    published_at: datetime | None = None


@pages.get("/catalogue.atom")
def catalogue_feed() -> Response:
    """The entries that were published or changed last."""
    news = [
        News(
            entry_address(row.id),
            row.title,
            (row.abstract or "")[:500],
            row.agency.name if row.agency else row.provider or "",
            row.public_changed_at or EPOCH,
            row.public_since,
        )
        for row in public.latest_published(LATEST)
    ]
    return kept(feed("/catalogue", "公共数据目录", news), "application/atom+xml")


@pages.get("/open-data.atom")
def open_data_feed() -> Response:
    """The files that were opened last."""
    news = [
        News(
            file_address(row.id),
            f"{row.title} {row.edition.isoformat()}",
            row.entry.abstract or row.entry.title,
            row.agency.name,
            row.released_at or EPOCH,
        )
        for row in public.latest_files(LATEST)
    ]
    return kept(feed("/open-data", "开放数据", news), "application/atom+xml")


def feed(path: str, title: str, news: Iterable[News]) -> str:
    """An Atom document (RFC 4287) about a page of this site."""
    told = list(news)
    updated = max((item.at for item in told), default=EPOCH)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_words(address(path + '.atom'))}</id><title>{_words(title)}</title>",
        f"<updated>{stamp(updated)}</updated><author><name>数衡</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address(path + ".atom"))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(address(path))}/>',
    ]
    return "".join([*parts, *map(_entry, told), "</feed>"])


def _entry(item: News) -> str:
    published = f"<published>{stamp(item.published_at)}</published>" if item.published_at else ""
    summary = f"<summary>{_words(item.summary)}</summary>" if item.summary else ""
    author = f"<author><name>{_words(item.author)}</name></author>" if item.author else ""
    return (
        f"<entry><id>{_words(item.href)}</id><title>{_words(item.title)}</title>"
        f"<updated>{stamp(item.at)}</updated>{published}{author}"
        f'<link rel="alternate" type="text/html" href={quoteattr(item.href)}/>{summary}</entry>'
    )


def _words(text: str) -> str:
    return escape(without_controls(text))


def stamp(moment: datetime | date) -> str:
    """A moment as these formats write it: in UTC, by the second."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
