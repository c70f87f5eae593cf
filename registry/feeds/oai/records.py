"""Entries as records: header, Dublin Core and DCAT-AP."""

import uuid
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from defusedxml.ElementTree import fromstring

from accounts import queries as accounts
from kernel.config import settings
from registry.feeds.dcat import entry_graph
from registry.feeds.door import entry_address
from registry.feeds.licences import licence_of
from registry.feeds.linked_data import PREFIXES
from registry.feeds.oai.asked import datestamp
from registry.feeds.xml import without_controls
from registry.models import CatalogueEntry, Release
from registry.vocabulary import FORMATS, THEMES, periods

OAI = "http://www.openarchives.org/OAI/2.0/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DC_BOX, DC = "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://purl.org/dc/elements/1.1/"
# prefix → (address of the schema, namespace)
FORMS = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", DC_BOX),
    "dcat": ("http://www.w3.org/ns/dcat.rdf", PREFIXES["dcat"]),
}
for _prefix, _space in {**PREFIXES, "oai_dc": DC_BOX, "dc": DC, "xsi": XSI}.items():
    ElementTree.register_namespace(_prefix, _space)
ElementTree.register_namespace("", OAI)
ElementTree.register_namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#")


def identifier(entry_id: uuid.UUID) -> str:
    """The lasting name of a record: oai:<host>:<identity>."""
    return f"oai:{urlsplit(settings().base_url).hostname}:{entry_id}"


def entry_of(text: str) -> uuid.UUID | None:
    """The identity in a name of ours, or None."""
    before, _, last = text.rpartition(":")
    try:
        found = uuid.UUID(last)
    except ValueError:
        return None
    return found if identifier(found) == f"{before}:{last}" else None


def text(parent: Element, name: str, said: str, space: str = OAI) -> Element:
    """A part that holds words."""
    part = SubElement(parent, f"{{{space}}}{name}")
    part.text = without_controls(said)
    return part


def add_header(parent: Element, entry: CatalogueEntry) -> None:
    """Name, last change and sets of a record; that it is gone, where it is."""
    gone = entry.state != "published"
    header = SubElement(parent, f"{{{OAI}}}header", {"status": "deleted"} if gone else {})
    text(header, "identifier", identifier(entry.id))
    if entry.public_changed_at is not None:
        text(header, "datestamp", datestamp(entry.public_changed_at))
    for name in [] if gone else sets_of(entry):
        text(header, "setSpec", name)


def sets_of(entry: CatalogueEntry) -> Collection[str]:
    """The sets an entry belongs to."""
    places = accounts.authorities_above(entry.jurisdiction) or (entry.jurisdiction,)
    found = [f"theme-{code}" for code in entry.themes] + [f"place-{code}" for code in places]
    return found + ([f"agency-{entry.agency_id}"] if entry.agency_id else [])


def add_record(parent: Element, entry: CatalogueEntry, prefix: str, files: Sequence[Release]) -> None:
    """A whole record; of one that is gone only its header."""
    record = SubElement(parent, f"{{{OAI}}}record")
    add_header(record, entry)
    if entry.state == "published":
        metadata = SubElement(record, f"{{{OAI}}}metadata")
        if prefix == "oai_dc":
            _add_dublin_core(metadata, entry)
        else:
            said = entry_graph(entry, files).serialize(format="xml", encoding="utf-8")
            metadata.append(fromstring(said))


def _add_dublin_core(parent: Element, entry: CatalogueEntry) -> None:
    schema, space = FORMS["oai_dc"]
    box = SubElement(parent, f"{{{space}}}dc", {f"{{{XSI}}}schemaLocation": f"{space} {schema}"})
    body = entry.agency.name if entry.agency else entry.provider
    days = (entry.published_on, entry.updated_on)
    span = periods.interval(entry.covers_from, entry.covers_until)
    told: list[tuple[str, Sequence[str | None]]] = [
        ("title", [entry.title]),
        ("creator", [entry.provider or body]),
        ("subject", [*entry.keywords, *(THEMES[code].zh for code in entry.themes if code in THEMES)]),
        ("description", [entry.abstract]),
        ("publisher", [body]),
        ("date", [day.isoformat() for day in days if day]),
        ("type", ["Dataset"]),
        ("format", [FORMATS[code].media or FORMATS[code].en for code in entry.formats if code in FORMATS]),
        ("identifier", [entry_address(entry.id), entry.resource_code]),
        ("source", [entry.source_url]),
        ("language", ["zho"]),
        ("coverage", [accounts.place_name(entry.jurisdiction, "zh_CN"), span]),
        ("rights", [licence_of(entry).zh]),
    ]
    for name, values in told:
        for value in filter(None, values):
            text(box, name, value, DC)
