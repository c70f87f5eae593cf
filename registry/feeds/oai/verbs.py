"""The six verbs of the protocol: each adds its answer to the document."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from accounts import queries as accounts
from kernel.config import settings
from registry.feeds.atom import EPOCH
from registry.feeds.door import address
from registry.feeds.oai.asked import SET, ProtocolRefused, Wanted, bounds, datestamp, prefix, wanted
from registry.feeds.oai.records import FORMS, OAI, add_header, add_record, entry_of, text
from registry.models import CatalogueEntry
from registry.queries import public
from registry.vocabulary import THEMES

SIZE = 100
Values = Mapping[str, str]


def identify(document: Element, _values: Values) -> None:
    """What this repository is."""
    answer = SubElement(document, f"{{{OAI}}}Identify")
    place = public.main_place()
    body = accounts.authority_of(place) if place else None
    mail = body.contact_email if body else ""
    for name, said in (
        ("repositoryName", "数衡 公共数据目录"),
        ("baseURL", address("/oai")),
        ("protocolVersion", "2.0"),
        ("adminEmail", mail or f"postmaster@{urlsplit(settings().base_url).hostname}"),
        ("earliestDatestamp", datestamp(public.earliest_change() or EPOCH)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        text(answer, name, said)


def list_metadata_formats(document: Element, values: Values) -> None:
    """In which formats records are told."""
    if "identifier" in values and _entry(values["identifier"]).state != "published":
        raise ProtocolRefused("noMetadataFormats", "The record was withdrawn; nothing but that is told of it")
    answer = SubElement(document, f"{{{OAI}}}ListMetadataFormats")
    for name, (schema, space) in FORMS.items():
        part = SubElement(answer, f"{{{OAI}}}metadataFormat")
        text(part, "metadataPrefix", name)
        text(part, "schema", schema)
        text(part, "metadataNamespace", space)


def list_sets(document: Element, values: Values) -> None:
    """The sets: by theme, by place, by agency. They are always told at once."""
    if "resumptionToken" in values:
        raise ProtocolRefused("badResumptionToken", "The sets are told at once; there is no token for them")
    answer = SubElement(document, f"{{{OAI}}}ListSets")
    found = [(f"theme-{term.code}", term.zh) for term in THEMES]
    places = {
        above for code in public.places_of_entries() for above in accounts.authorities_above(code) or (code,)
    }
    found += [(f"place-{code}", accounts.place_name(code, "zh_CN")) for code in sorted(places)]
    found += [(f"agency-{body.id}", body.name) for body, _ in public.publishers()]
    for name, said in found:
        part = SubElement(answer, f"{{{OAI}}}set")
        text(part, "setSpec", name)
        text(part, "setName", said)


def list_identifiers(document: Element, values: Values) -> None:
    """Names and last changes."""
    asked = wanted(values)
    rows, following = _part(asked)
    answer = SubElement(document, f"{{{OAI}}}ListIdentifiers")
    for row in rows:
        add_header(answer, row)
    _go_on(answer, asked, following)


def list_records(document: Element, values: Values) -> None:
    """Whole records."""
    asked = wanted(values)
    rows, following = _part(asked)
    files = public.files_of([row.id for row in rows]) if asked.prefix == "dcat" else {}
    answer = SubElement(document, f"{{{OAI}}}ListRecords")
    for row in rows:
        add_record(answer, row, asked.prefix, files.get(row.id, ()))
    _go_on(answer, asked, following)


def get_record(document: Element, values: Values) -> None:
    """One record."""
    form, found = prefix(values), _entry(values["identifier"])
    files = public.files_of([found.id]).get(found.id, ())
    add_record(SubElement(document, f"{{{OAI}}}GetRecord"), found, form, files)


def _entry(name: str) -> CatalogueEntry:
    row_id = entry_of(name)
    found = public.known_entry(row_id) if row_id else None
    if found is None or found.public_changed_at is None:
        raise ProtocolRefused("idDoesNotExist", "There is no record of this name")
    return found


def _part(asked: Wanted) -> tuple[list[CatalogueEntry], Wanted | None]:
    """The next records of a list, and the list behind them where it goes on. Raises ProtocolRefused noRecordsMatch."""
    since, before = bounds(asked)
    parts = SET.fullmatch(asked.of)
    of = (parts[1], parts[2]) if parts else None
    rows = list(public.first_changes(SIZE + 1, since=since, before=before, behind=asked.behind, of=of))
    if not rows and asked.behind is None:
        raise ProtocolRefused("noRecordsMatch", "Nothing fits what was asked for")
    if len(rows) <= SIZE:
        return rows, None
    total = asked.total or public.counted(public.changes(since=since, before=before, of=of))
    return rows[:SIZE], asked.after(rows[SIZE - 1], SIZE, total)


def _go_on(answer: Element, asked: Wanted, following: Wanted | None) -> None:
    if following is None and asked.behind is None:
        return
    token = text(answer, "resumptionToken", following.token if following else "")
    token.set("completeListSize", str(following.total if following else asked.total))
    token.set("cursor", str(asked.told))


VERBS: Mapping[str, Callable[[Element, Values], None]] = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
    "GetRecord": get_record,
}
