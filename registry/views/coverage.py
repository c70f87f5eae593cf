"""The period that data cover, as words and as a bar beside those of the other entries of a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from kernel.pages import current_locale
from registry.models import CatalogueEntry
from registry.views.door import pages
from registry.vocabulary import periods


@dataclass(frozen=True, slots=True)
class Coverage:
    """The bar of an entry: from year `begun` to `ended`, on a scale from `low` to `high`; `words` say the same."""

    words: str
    begun: int
    ended: int
    low: int
    high: int


@pages.app_template_global("period_words")
def period_words(entry: CatalogueEntry) -> str:
    """From when to when the data of an entry reach; empty where it does not say."""
    return periods.span_word(entry.covers_from, entry.covers_until, current_locale())


def coverages(entries: Iterable[CatalogueEntry]) -> dict[CatalogueEntry, Coverage]:
    """The bars of those entries that say which period they cover, all on one scale."""
    told = {entry: years for entry in entries if (years := entry.covered_years)}
    if not told:
        return {}
    low, high = min(begun for begun, _ in told.values()), max(ended for _, ended in told.values())
    return {
        entry: Coverage(period_words(entry), begun, ended, low, high)
        for entry, (begun, ended) in told.items()
    }
