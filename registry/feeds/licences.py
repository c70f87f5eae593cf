"""On which terms data may be used, as catalogues of others ask for it: it follows from the opening attribute."""

from registry.models import CatalogueEntry
from registry.vocabulary.codelist import Term, load

LICENCES = load("licences", "licence")
ADMS_KINDS = {term.code: str(term.uri) for term in LICENCES}


def licence_of(entry: CatalogueEntry) -> Term:
    """The terms of an entry's data."""
    code = entry.opening_attribute or ""
    return LICENCES[code if code in LICENCES else "notspecified"]
