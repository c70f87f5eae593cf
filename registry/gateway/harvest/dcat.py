"""DCAT in its three forms: each dataset of a page as a row. Nothing that a page names is fetched while it is read."""

import json
import warnings
from collections.abc import Iterator
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from rdflib import RDF, Graph, Literal, Namespace, Node, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

from kernel.words import N_
from registry.gateway.harvest.parts import HarvestPage, told, unreadable
from registry.vocabulary import FORMATS, FREQUENCIES, OPENING_ATTRIBUTES, THEMES, CodeList
from registry.vocabulary.harvest import OWN_NAME

DCAT, HYDRA = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://www.w3.org/ns/hydra/core#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_NOT_READ = N_("The page is neither Turtle nor JSON-LD nor RDF/XML that can be read.")
_DOCTYPE = N_("The RDF/XML holds a document type or entities; such documents are not read.")
_CONTEXT = N_(
    "The JSON-LD names a context at another address; only documents that carry their context are read."
)
_DEEP = N_("The page is nested too deeply to be read.")
_FORMS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}


def read_page(content: bytes, media_type: str, address: str) -> HarvestPage:
    """The datasets of a page, in the order of their names, and the next page. Raises InvalidInput."""
    graph = _parsed(content, _form(content, media_type), address)
    names = sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str)
    following = next(iter([*graph.objects(None, HYDRA.next), *graph.objects(None, HYDRA.nextPage)]), None)
    return HarvestPage([_row(graph, name) for name in names], str(following) if following else None)


def _form(content: bytes, media_type: str) -> str:
    if media_type in _FORMS:
        return _FORMS[media_type]
    start = content.lstrip()[:1]
    return {b"{": "json-ld", b"[": "json-ld", b"<": "xml"}.get(start, "turtle")


def _parsed(content: bytes, form: str, address: str) -> Graph:
    try:
        if form == "xml":
            fromstring(content, forbid_dtd=True)
        elif form == "json-ld":
            _carry_their_context(json.loads(content))
        with (
            warnings.catch_warnings()
        ):  # the reader of JSON-LD still uses its own old name of a set of graphs
            warnings.simplefilter("ignore", DeprecationWarning)
            return Graph().parse(data=content, format=form, publicID=address)
    except DefusedXmlException as error:
        raise unreadable(_DOCTYPE) from error
    except RecursionError as error:
        raise unreadable(_DEEP) from error
    except RemoteContext as error:
        raise unreadable(_CONTEXT) from error
    except Exception as error:  # whatever the readers below say about a page that is none
        raise unreadable(_NOT_READ) from error


class RemoteContext(ValueError):
    """A document whose meaning stands somewhere else."""


def _carry_their_context(value: Any) -> None:
    """Look for contexts that would have to be fetched. Raises RemoteContext."""
    if isinstance(value, list):
        for part in value:
            _carry_their_context(part)
    elif isinstance(value, dict):
        contexts = value.get("@context")
        listed = contexts if isinstance(contexts, list) else [contexts]
        if "@import" in value or any(isinstance(one, str) for one in listed):
            raise RemoteContext
        for part in value.values():
            _carry_their_context(part)


def _row(graph: Graph, name: Node) -> dict[str, Any]:
    contact = graph.value(name, DCAT.contactPoint)
    publisher = graph.value(name, DCTERMS.publisher)
    begun, ended = _period(graph, name)
    row = {
        OWN_NAME: str(name) if isinstance(name, URIRef) else _text(graph, name, DCTERMS.identifier),
        "title": _text(graph, name, DCTERMS.title),
        "abstract": _text(graph, name, DCTERMS.description),
        "keywords": sorted(str(word) for word in graph.objects(name, DCAT.keyword)),
        "themes": sorted({word for uri in graph.objects(name, DCAT.theme) for word in _theme(graph, uri)}),
        "provider": _text(graph, publisher, FOAF.name) if publisher else None,
        "update_frequency": _term(graph, graph.value(name, DCTERMS.accrualPeriodicity), FREQUENCIES),
        "opening_attribute": _term(graph, graph.value(name, DCTERMS.accessRights), OPENING_ATTRIBUTES),
        "formats": sorted(set(_formats(graph, name))),
        "covers_from": begun,
        "covers_until": ended,
        "published_on": str(graph.value(name, DCTERMS.issued) or "")[:10],
        "updated_on": str(graph.value(name, DCTERMS.modified) or "")[:10],
        "contact_email": str(graph.value(contact, VCARD.hasEmail) or "").removeprefix("mailto:")
        if contact
        else None,
        "contact_phone": str(graph.value(contact, VCARD.hasTelephone) or "").removeprefix("tel:")
        if contact
        else None,
        "source_url": _address(graph, name),
    }
    return told(row)


def _text(graph: Graph, subject: Any, prop: URIRef) -> str | None:
    """The words of a property: Chinese before those without a language before others."""
    found = [value for value in graph.objects(subject, prop) if isinstance(value, Literal)]
    order = {"zh": 0, "": 1}
    best = sorted(
        found, key=lambda value: (order.get((value.language or "").partition("-")[0], 2), str(value))
    )
    return str(best[0]) if best else None


def _term(graph: Graph, uri: Any, codes: CodeList) -> str | None:
    """Our code of a term of a standard list; else the words that stand for it."""
    if uri is None:
        return None
    found = next((term.code for term in codes if term.uri == str(uri)), None)
    return found or _label(graph, uri)


def _theme(graph: Graph, uri: Any) -> Iterator[str]:
    """A theme of a standard list stands for several of ours: only one that names exactly one of ours is taken."""
    fitting = [term.code for term in THEMES if term.uri == str(uri)]
    if len(fitting) == 1:
        yield fitting[0]
    elif not fitting and (word := _label(graph, uri)):
        yield word


def _label(graph: Graph, uri: Any) -> str | None:
    if isinstance(uri, Literal):
        return str(uri)
    return _text(graph, uri, SKOS.prefLabel) or (
        str(uri).rstrip("/#").rpartition("/")[2].rpartition("#")[2] or None
    )


def _period(graph: Graph, name: Node) -> tuple[str, str]:
    """The first and the last period; of several, the first beginning and the last end, open if one of them is."""
    spans = [
        tuple(str(graph.value(span, prop) or "") for prop in (DCAT.startDate, DCAT.endDate))
        for span in graph.objects(name, DCTERMS.temporal)
    ]
    begun, ended = [first for first, _ in spans if first], [last for _, last in spans]
    return min(begun, default=""), "" if "" in ended else max(ended, default="")


def _formats(graph: Graph, name: Node) -> Iterator[str]:
    for distribution in graph.objects(name, DCAT.distribution):
        kind = graph.value(distribution, DCTERMS["format"])
        media = str(graph.value(distribution, DCAT.mediaType) or "")
        if kind is not None and (code := _term(graph, kind, FORMATS)):
            yield code
        elif found := next(
            (term.code for term in FORMATS if term.media and media.endswith(term.media)), None
        ):
            yield found


def _address(graph: Graph, name: Node) -> str | None:
    if isinstance(name, URIRef) and str(name).startswith(("http://", "https://")):
        return str(name)
    page = graph.value(name, DCAT.landingPage)
    return str(page) if page else None
