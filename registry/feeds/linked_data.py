"""Entries as linked data: DCAT-AP 3.0.1 by the mapping that stands beside the vocabulary, nowhere else."""

import re
import tomllib
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

from accounts import queries as accounts
from registry import vocabulary
from registry.feeds.door import address, entry_address
from registry.feeds.licences import ADMS_KINDS, licence_of
from registry.feeds.xml import without_controls
from registry.models import CatalogueEntry
from registry.vocabulary import ENTRY_FIELDS
from registry.vocabulary.codelist import Term

_FILE = tomllib.loads((Path(vocabulary.__file__).parent / "dcat.toml").read_text("utf-8"))
PREFIXES: dict[str, str] = _FILE["prefixes"]
TERMS: dict[str, str] = _FILE["terms"]
DCAT, DCT, FOAF = (Namespace(PREFIXES[name]) for name in ("dcat", "dct", "foaf"))
SKOS, HYDRA, RDFS, CSVW = (Namespace(PREFIXES[name]) for name in ("skos", "hydra", "rdfs", "csvw"))
_NOT_IN_AN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_ONLY_LISTED = frozenset(_FILE["only_from_the_list"]["properties"])


def full(name: str) -> URIRef:
    """The whole address of a name with prefix, e.g. dct:title."""
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


LEADS_TO = {name: full(kind) for name, kind in _FILE["leads_to"].items()}
_PATHS = {
    name: tuple(row.dcat.split("/"))
    for name, row in ENTRY_FIELDS.items()
    if row.dcat and row.public and not row.dcat.startswith("dcat:distribution")
}
PERIOD_TYPES = (XSD.gYear, XSD.gYearMonth, XSD.date)


def new_graph() -> Graph:
    """An empty graph that knows our prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    return graph


def iri(text: str) -> URIRef:
    """An address that can stand in a graph: what may not stand in one is escaped."""
    return URIRef(_NOT_IN_AN_IRI.sub(lambda found: quote(found[0], safe=""), text))


def words(text: Any, lang: str | None = None) -> Literal:
    """Words, of a language where they are for people, without signs that XML cannot hold."""
    return Literal(without_controls(str(text)), lang=lang)


def own_concept(graph: Graph, found: Term, name: str) -> URIRef:
    """A concept of our own vocabulary, with its words in both languages."""
    uri = iri(address(f"/vocabulary#{name}-{found.code}"))
    graph.add((uri, RDF.type, SKOS.Concept))
    graph.add((uri, SKOS.prefLabel, words(found.zh, "zh")))
    graph.add((uri, SKOS.prefLabel, words(found.en, "en")))
    graph.add((uri, SKOS.inScheme, iri(address(f"/vocabulary#{name}"))))
    return uri


def listed(graph: Graph, text: str, kind: URIRef) -> URIRef:
    """A concept of somebody else's list, by its address, with what the profile wants to be told of it."""
    uri, scheme = URIRef(text), URIRef(scheme_of(text))
    graph.add((uri, RDF.type, kind))
    graph.add((uri, SKOS.inScheme, scheme))
    if kind == SKOS.Concept:
        label = _FILE["names"].get(text) or text.rsplit("/", 1)[1]
        graph.add((uri, SKOS.prefLabel, words(label, "en")))
    return uri


def scheme_of(text: str) -> str:
    """The list that a concept belongs to."""
    parent = text.rsplit("/", 1)[0]
    return f"{parent}/1.0" if parent.startswith("http://purl.org/adms/") else parent


def add_dataset(graph: Graph, entry: CatalogueEntry) -> URIRef:
    """Say an entry as dcat:Dataset; its name, which is the address of its page."""
    dataset = URIRef(entry_address(entry.id))
    graph.add((dataset, RDF.type, DCAT.Dataset))
    for name, path in _PATHS.items():
        value = getattr(entry, name)
        if value not in (None, "", []):
            _say(graph, dataset, entry, name, path, value)
    _add_what_is_required(graph, dataset, entry)
    return dataset


def _say(
    graph: Graph, dataset: URIRef, entry: CatalogueEntry, name: str, path: tuple[str, ...], value: Any
) -> None:
    subject = dataset
    if len(path) == 2:
        subject = _node(graph, dataset, entry, path[0])
        if path[0] == "dct:publisher" and path[1] == "foaf:name" and entry.agency is not None:
            return  # the agency's own name is said by what is required
    for one in value if isinstance(value, list) and ENTRY_FIELDS[name].type != "items" else [value]:
        for said in _values(graph, dataset, name, path[-1], one):
            graph.add((subject, full(path[-1]), said))


def _node(graph: Graph, dataset: URIRef, entry: CatalogueEntry, name: str) -> URIRef:
    """What a property with parts leads to: one thing an entry, the agency itself for its publisher."""
    node = URIRef(f"{dataset}#{name.partition(':')[2]}")
    if name == "dct:publisher" and entry.agency_id is not None:
        node = URIRef(address(f"/organisations/{entry.agency_id}"))
    graph.add((dataset, full(name), node))
    graph.add((node, RDF.type, LEADS_TO[name]))
    return node


def _values(graph: Graph, dataset: URIRef, name: str, prop: str, value: Any) -> list[Any]:
    """The value of a field as it stands behind a property; several where a term has two homes."""
    field = ENTRY_FIELDS[name]
    if field.type in ("term", "terms"):
        return _concepts(graph, name, prop, value)
    if field.type == "items":
        return [_columns(graph, dataset, value)]
    if field.type == "period":
        return [Literal(value, datatype=PERIOD_TYPES[value.count("-")])]
    if field.type == "day" or isinstance(value, date):
        return [Literal(value, datatype=XSD.date)]
    if field.type == "address":
        return [_document(graph, value)]
    if field.type == "email":
        return [iri(f"mailto:{value}")]
    if prop == "vcard:hasTelephone":
        return [iri(f"tel:{number}")] if (number := _number(value)) else []
    if prop in LEADS_TO:
        node = BNode()
        graph.add((node, RDF.type, LEADS_TO[prop]))
        graph.add((node, DCT.identifier, words(value)))
        return [node]
    plain = prop.endswith(("identifier", "notation"))
    return [words(value, None if plain else "zh")]


def _concepts(graph: Graph, name: str, prop: str, code: str) -> list[URIRef]:
    codes = ENTRY_FIELDS[name].code_list
    if codes is None or code not in codes:
        return []
    found, kind = codes[code], LEADS_TO[prop]
    if prop in _ONLY_LISTED:
        return [listed(graph, found.uri, kind)] if found.uri else []
    own = own_concept(graph, found, codes.name)
    return [own, listed(graph, found.uri, kind)] if found.uri else [own]


def _columns(graph: Graph, dataset: URIRef, items: list[Any]) -> URIRef:
    """The data items as the schema the data follow (CSV on the Web)."""
    schema = URIRef(f"{dataset}#columns")
    graph.add((schema, RDF.type, LEADS_TO["dct:conformsTo"]))
    graph.add((schema, RDF.type, CSVW.Schema))
    graph.add((schema, DCT.title, words("数据项", "zh")))
    graph.add((schema, DCT.title, words("Data items", "en")))
    for number, item in enumerate(item for item in items if isinstance(item, dict) and item.get("name")):
        column = URIRef(f"{dataset}#column-{number + 1}")
        graph.add((schema, CSVW.column, column))
        graph.add((column, RDF.type, CSVW.Column))
        graph.add((column, CSVW.title, words(item["name"], "zh")))
        if item.get("type"):
            graph.add((column, CSVW.datatype, words(item["type"])))
    return schema


def _document(graph: Graph, text: str) -> URIRef:
    document = iri(text)
    graph.add((document, RDF.type, FOAF.Document))
    return document


def _number(text: str) -> str:
    """The first number of a telephone field, as it stands behind tel:."""
    found = re.search(r"\+?[\d()（） -]{5,}", text)
    digits = re.sub(r"[^\d+]", "", found[0]) if found else ""
    return digits if len(digits) >= 5 else ""


def _add_what_is_required(graph: Graph, dataset: URIRef, entry: CatalogueEntry) -> None:
    """What the profile asks of every dataset, whether or not the agency has said it."""
    own = URIRef(f"{dataset}#contactPoint")
    if not entry.abstract:
        graph.add((dataset, DCT.description, words(entry.title, "zh")))
    graph.add((dataset, DCT.identifier, Literal(str(entry.id))))
    graph.add((dataset, DCT.language, listed(graph, TERMS["chinese"], DCT.LinguisticSystem)))
    graph.add((dataset, FOAF.page, _document(graph, str(dataset))))
    graph.add((dataset, DCT.spatial, add_place(graph, entry.jurisdiction)))
    if not entry.source_url:
        graph.add((dataset, DCAT.landingPage, URIRef(dataset)))
    if entry.agency is not None:
        add_publisher(graph, _node(graph, dataset, entry, "dct:publisher"), entry.agency)
    if (own, RDF.type, None) in graph:
        graph.add((own, full("vcard:fn"), words(entry.provider or entry.title, "zh")))


def add_publisher(graph: Graph, node: URIRef, agency: Any) -> None:
    """Say who an agency is."""
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, words(agency.name, "zh")))
    if agency.name_en:
        graph.add((node, FOAF.name, words(agency.name_en, "en")))
    if agency.uscc:
        graph.add((node, DCT.identifier, Literal(agency.uscc)))
    level = "authority_of_a_province" if agency.jurisdiction.endswith("0000") else "authority_of_a_place"
    graph.add((node, DCT.type, listed(graph, TERMS[level], SKOS.Concept)))


def add_place(graph: Graph, code: str) -> URIRef:
    """A place by its code of administrative divisions (GB/T 2260), named in both languages."""
    place = iri(address(f"/rules/{code}"))
    graph.add((place, RDF.type, DCT.Location))
    graph.add((place, DCT.identifier, Literal(code)))
    for lang, locale in (("zh", "zh_CN"), ("en", "en")):
        graph.add((place, SKOS.prefLabel, words(accounts.place_name(code, locale), lang)))
    return place


def add_licence(graph: Graph, subject: URIRef, entry: CatalogueEntry) -> None:
    """On which terms the data may be used."""
    found = licence_of(entry)
    uri = iri(address(f"/vocabulary#licence-{found.code}"))
    graph.add((subject, DCT.license, uri))
    graph.add((uri, RDF.type, DCT.LicenseDocument))
    graph.add((uri, DCT.title, words(found.zh, "zh")))
    graph.add((uri, DCT.title, words(found.en, "en")))
    graph.add((uri, DCT.type, listed(graph, ADMS_KINDS[found.code], SKOS.Concept)))


def schemes_in(graph: Graph) -> Collection[str]:
    """The lists of others that are named in a graph, with their titles added to it."""
    named = (SKOS.inScheme, DCAT.themeTaxonomy)
    used = {str(scheme) for by in named for scheme in graph.objects(None, by)}
    for text in used & set(_FILE["lists"]):
        graph.add((URIRef(text), RDF.type, SKOS.ConceptScheme))
        graph.add((URIRef(text), DCT.title, words(_FILE["lists"][text], "en")))
    return used
