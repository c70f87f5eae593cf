"""The catalogue as DCAT-AP: page by page, and each entry beside its page – Turtle, JSON-LD or RDF/XML."""

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, redirect, request
from rdflib import RDF, XSD, Graph, Literal, URIRef
from werkzeug.datastructures import MIMEAccept

from accounts import queries as accounts
from registry.feeds.distributions import add_distributions
from registry.feeds.door import address, asked_id, asked_number, kept, pages
from registry.feeds.licences import LICENCES
from registry.feeds.linked_data import (
    DCAT,
    DCT,
    FOAF,
    HYDRA,
    PREFIXES,
    SKOS,
    TERMS,
    add_dataset,
    add_place,
    add_publisher,
    iri,
    listed,
    new_graph,
    own_concept,
    schemes_in,
    words,
)
from registry.models import CatalogueEntry, Release
from registry.queries import public
from registry.vocabulary import (
    DATA_FORMS,
    DATABASE_LEVELS,
    FORMATS,
    FREQUENCIES,
    INDUSTRIES,
    OPENING_ATTRIBUTES,
    THEMES,
)

# ending → (media type, name of the writer)
KINDS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
}
NEGOTIATED = {"registry.catalogue": "/catalogue", "registry.entry": None}
SIZE, MOST = 100, 500


@pages.get("/catalogue.<any(ttl, jsonld, rdf):kind>")
def catalogue(kind: str) -> Response:
    """A page of the catalogue; `after` is the last identity of the page before, `size` at most 500."""
    size = max(1, asked_number(request.args, "size", SIZE, MOST))
    last = asked_id("after")
    rows = public.published_after(last, size + 1)
    graph = catalogue_graph(rows[:size])
    links = _add_page(graph, kind, size, last, rows[size - 1].id if len(rows) > size else None)
    answer = written(graph, kind)
    answer.headers["Link"] = ", ".join(f'<{href}>; rel="{rel}"' for rel, href in links.items())
    return answer


def catalogue_graph(rows: Sequence[CatalogueEntry]) -> Graph:
    """The catalogue with these entries, their files and their publishers."""
    graph = new_graph()
    name = URIRef(address("/catalogue"))
    _add_catalogue(graph, name)
    files = public.files_of([row.id for row in rows])
    for row in rows:
        dataset = add_dataset(graph, row)
        add_distributions(graph, dataset, row, files.get(row.id, ()))
        graph.add((name, DCAT.dataset, dataset))
    schemes_in(graph)
    return graph


def _add_catalogue(graph: Graph, name: URIRef) -> None:
    graph.add((name, RDF.type, DCAT.Catalog))
    for lang, title, about in CATALOGUE_WORDS:
        graph.add((name, DCT.title, words(title, lang)))
        graph.add((name, DCT.description, words(about, lang)))
    graph.add((name, FOAF.homepage, iri(address("/"))))
    graph.add((iri(address("/")), RDF.type, FOAF.Document))
    graph.add((name, DCT.language, listed(graph, TERMS["chinese"], DCT.LinguisticSystem)))
    graph.add((name, DCAT.themeTaxonomy, URIRef(TERMS["themes"])))
    graph.add((name, DCT.spatial, listed(graph, TERMS["china"], DCT.Location)))
    publisher = _add_authority(graph)
    graph.add((name, DCT.publisher, publisher))
    if moment := public.latest_change():
        graph.add((name, DCT.modified, Literal(moment, datatype=XSD.dateTime)))
    if began := public.earliest_publication():
        graph.add((name, DCT.issued, Literal(began, datatype=XSD.dateTime)))


CATALOGUE_WORDS = (
    ("zh", "公共数据目录", "各部门持有哪些公共数据、其中哪些开放、按什么条件开放。"),
    (
        "en",
        "Catalogue of public data",
        "What the agencies hold, what of it is open, and on which conditions.",
    ),
)


def _add_authority(graph: Graph) -> URIRef:
    """Who publishes the catalogue: the public data authority of the place most entries belong to."""
    place = public.main_place()
    body = accounts.authority_of(place) if place else None
    if body is None:
        node = iri(address("/"))
        graph.add((node, RDF.type, FOAF.Agent))
        graph.add((node, FOAF.name, words("公共数据主管部门", "zh")))
        return node
    node = URIRef(address(f"/organisations/{body.id}"))
    add_publisher(graph, node, body)
    graph.add((URIRef(address("/catalogue")), DCT.spatial, add_place(graph, body.jurisdiction)))
    return node


def _add_page(
    graph: Graph, kind: str, size: int, last: uuid.UUID | None, following: uuid.UUID | None
) -> dict[str, str]:
    """Say which part of the catalogue this is and where it goes on; the links by their relation."""
    base = address(f"/catalogue.{kind}")
    links = {"first": f"{base}?{urlencode({'size': size})}"}
    if following is not None:
        links["next"] = f"{base}?{urlencode({'size': size, 'after': following})}"
    this = URIRef(f"{base}?{urlencode({'size': size, **({'after': last} if last else {})})}")
    whole = URIRef(address("/catalogue"))
    graph.add((whole, RDF.type, HYDRA.Collection))
    graph.add((whole, HYDRA.totalItems, Literal(public.published_count())))
    graph.add((whole, HYDRA.view, this))
    graph.add((this, RDF.type, HYDRA.PartialCollectionView))
    for rel, href in links.items():
        graph.add((this, HYDRA[rel], URIRef(href)))
    return links


@pages.get("/catalogue/<uuid:entry_id>.<any(ttl, jsonld, rdf):kind>")
def entry(entry_id: uuid.UUID, kind: str) -> Response:
    """One published entry."""
    found = public.published_entry(entry_id)
    return written(entry_graph(found, public.files_of([found.id]).get(found.id, ())), kind)


def entry_graph(found: CatalogueEntry, files: Sequence[Release]) -> Graph:
    """One entry with its files and its publisher."""
    graph = new_graph()
    dataset = add_dataset(graph, found)
    add_distributions(graph, dataset, found, files)
    schemes_in(graph)
    return graph


@pages.get("/vocabulary")
def our_terms() -> Any:
    """Leads to our code lists in the form that is asked for."""
    return redirect(f"/vocabulary.{wanted(request.accept_mimetypes) or 'ttl'}", 303)


@pages.get("/vocabulary.<any(ttl, jsonld, rdf):kind>")
def vocabulary(kind: str) -> Response:
    """Our code lists with their words in both languages and their places in the standard lists."""
    graph = new_graph()
    for codes in CODE_LISTS:
        scheme = iri(address(f"/vocabulary#{codes.name}"))
        graph.add((scheme, RDF.type, SKOS.ConceptScheme))
        graph.add((scheme, DCT.title, words(codes.name.replace("_", " "), "en")))
        for term in codes:
            uri = own_concept(graph, term, codes.name)
            graph.add((uri, SKOS.notation, Literal(term.code)))
            if term.uri:
                graph.add((uri, SKOS.closeMatch, URIRef(term.uri)))
    return written(graph, kind)


CODE_LISTS = (
    THEMES,
    FORMATS,
    FREQUENCIES,
    OPENING_ATTRIBUTES,
    DATA_FORMS,
    DATABASE_LEVELS,
    INDUSTRIES,
    LICENCES,
)


def written(graph: Graph, kind: str) -> Response:
    """A graph in the words of its kind."""
    media, writer = KINDS[kind]
    options: dict[str, Any] = {"context": PREFIXES, "ensure_ascii": False} if writer == "json-ld" else {}
    return kept(graph.serialize(format=writer, encoding="utf-8", **options), media)


@pages.before_app_request
def negotiate() -> Any:
    """Whoever asks a page of the catalogue for linked data is led to the address where it stands."""
    if request.endpoint not in NEGOTIATED or request.method != "GET":
        return None
    said = request.headers.get("Accept", "")
    kind = wanted(request.accept_mimetypes) if any(media in said for media, _ in KINDS.values()) else None
    if kind is None:
        return None
    entry_id = (request.view_args or {}).get("entry_id")
    path = f"/catalogue/{entry_id}.{kind}" if entry_id else f"/catalogue.{kind}"
    answer = redirect(path, 303)
    answer.vary.add("Accept")
    return answer


def wanted(accepted: MIMEAccept) -> str | None:
    """The kind of linked data that is asked for before HTML, or None."""
    media = {media: kind for kind, (media, _) in KINDS.items()}
    best = accepted.best_match(["text/html", *media])
    return media.get(best or "") if accepted else None


@pages.after_app_request
def tell_of_other_forms(answer: Response) -> Response:
    """The pages of the catalogue depend on what is asked for; an entry's page names its other forms."""
    if request.endpoint in NEGOTIATED:
        answer.vary.add("Accept")
    return answer
