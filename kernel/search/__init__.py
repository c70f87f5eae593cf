"""The search: an index kept in the transaction of every command, exact in hits and counts.

What an actor may not see is in neither.

Packages say what can be found (`indexed`) and by what it is filtered (`filter_by`); `find` answers. No word of the
field is known here.
"""

from kernel.search.base import matching
from kernel.search.filters import FILTERS, Filter, filter_by, filters_of, parameters, parse
from kernel.search.finding import ORDERS, Found, Hit, find, newer, number_of, rows_of
from kernel.search.folding import needles
from kernel.search.kinds import KINDS, Document, Kind, indexed
from kernel.search.nearest import nearest, suggestions
from kernel.search.words import wanted, widens
from kernel.search.writing import follow, put, touch

__all__ = [
    "FILTERS",
    "KINDS",
    "ORDERS",
    "Document",
    "Filter",
    "Found",
    "Hit",
    "Kind",
    "filter_by",
    "filters_of",
    "find",
    "follow",
    "indexed",
    "matching",
    "nearest",
    "needles",
    "newer",
    "number_of",
    "parameters",
    "parse",
    "put",
    "rows_of",
    "suggestions",
    "touch",
    "wanted",
    "widens",
]
