"""Where the data of an entry can be had, as dcat:Distribution: open files first, else what the entry itself names."""

from collections.abc import Sequence

from rdflib import RDF, XSD, Graph, Literal, URIRef

from registry.feeds.door import file_address
from registry.feeds.linked_data import (
    DCAT,
    DCT,
    LEADS_TO,
    SKOS,
    TERMS,
    add_licence,
    full,
    iri,
    listed,
    own_concept,
    words,
)
from registry.models import CatalogueEntry, Release
from registry.vocabulary import DATA_FORMS, FORMATS


def add_distributions(graph: Graph, dataset: URIRef, entry: CatalogueEntry, files: Sequence[Release]) -> None:
    """Say each open file; where there is none, each format the entry names, at the address it names."""
    for file in files:
        _add_file(graph, dataset, entry, file)
    if not files and (entry.formats or entry.source_url):
        for code in entry.formats or ["other"]:
            _add_form(graph, dataset, entry, code)


def _begin(graph: Graph, dataset: URIRef, entry: CatalogueEntry, name: URIRef, where: str) -> None:
    graph.add((dataset, DCAT.distribution, name))
    graph.add((name, RDF.type, DCAT.Distribution))
    graph.add((name, DCAT.accessURL, iri(where)))
    available = listed(graph, TERMS["available"], SKOS.Concept)
    graph.add((name, full("dcatap:availability"), available))
    add_licence(graph, name, entry)


def _add_file(graph: Graph, dataset: URIRef, entry: CatalogueEntry, file: Release) -> None:
    page = file_address(file.id)
    name = URIRef(page)
    _begin(graph, dataset, entry, name, page)
    graph.add((name, DCAT.downloadURL, URIRef(f"{page}/file")))
    graph.add((name, DCT.title, words(file.title, "zh")))
    graph.add((name, DCT.description, words(file.treatment or file.title, "zh")))
    graph.add((name, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    if file.released_at:
        graph.add((name, DCT.issued, Literal(file.released_at.date(), datatype=XSD.date)))
    graph.add((name, DCT.modified, Literal(file.edition, datatype=XSD.date)))
    _add_format(graph, name, file.format)
    checksum = URIRef(f"{page}#checksum")
    graph.add((name, full("spdx:checksum"), checksum))
    graph.add((checksum, RDF.type, full("spdx:Checksum")))
    graph.add((checksum, full("spdx:algorithm"), URIRef(TERMS["sha256"])))
    graph.add((URIRef(TERMS["sha256"]), RDF.type, full("spdx:ChecksumAlgorithm")))
    graph.add((checksum, full("spdx:checksumValue"), Literal(file.sha256, datatype=XSD.hexBinary)))


def _add_form(graph: Graph, dataset: URIRef, entry: CatalogueEntry, code: str) -> None:
    name = iri(f"{dataset}#{code}")
    _begin(graph, dataset, entry, name, entry.source_url or str(dataset))
    found = FORMATS[code if code in FORMATS else "other"]
    graph.add((name, DCT.title, words(found.zh, "zh")))
    graph.add((name, DCT.title, words(found.en, "en")))
    graph.add((name, DCT.description, words(f"{entry.title}（{found.zh}）", "zh")))
    _add_format(graph, name, code)
    if entry.data_form in DATA_FORMS:
        graph.add((name, DCT.type, own_concept(graph, DATA_FORMS[str(entry.data_form)], DATA_FORMS.name)))


def _add_format(graph: Graph, name: URIRef, code: str) -> None:
    found = FORMATS[code] if code in FORMATS else None
    if found is not None and found.uri:
        graph.add((name, DCT["format"], listed(graph, found.uri, LEADS_TO["dct:format"])))
    if found is not None and found.media:
        media = iri(TERMS["media_types"] + found.media)
        graph.add((name, DCAT.mediaType, media))
        graph.add((media, RDF.type, LEADS_TO["dcat:mediaType"]))
