"""One page of a foreign catalogue, by the kind of the catalogue."""

from registry.gateway.harvest import ckan, dcat
from registry.gateway.harvest.parts import HarvestPage

ACCEPT = {
    "dcat": "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8",
    "ckan": "application/json",
    "file": "text/csv, application/json;q=0.9, */*;q=0.5",
}


def first_address(kind: str, address: str) -> str:
    """Where the first page of a catalogue stands."""
    return ckan.first_address(address) if kind == "ckan" else address


def accept_of(kind: str) -> str:
    """What is asked for."""
    return ACCEPT[kind]


def read_page(kind: str, content: bytes, media_type: str, address: str) -> HarvestPage:
    """The rows of a page. Raises InvalidInput under `address` where it is not what the kind says."""
    return (ckan if kind == "ckan" else dcat).read_page(content, media_type, address)
