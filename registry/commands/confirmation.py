"""The confirmation sheet of a registration: its kind of document and what is printed on it."""

from datetime import datetime
from typing import Any

from accounts import queries as accounts
from kernel import documents
from kernel.documents import Document, Kind
from kernel.words import N_, Text
from registry import queries
from registry.models import CatalogueEntry, Registration
from registry.vocabulary import FORMATS, FREQUENCIES, NATIONAL_GRADES, OPENING_ATTRIBUTES, CodeList
from registry.vocabulary.steps import BOUNDS, DEFAULT_BOUND, OBJECT_TYPES, REGISTRATION_KINDS

documents.register(
    Kind("registration_confirmation", prefix="DJ", title=N_("Registration confirmation sheet"))
)
# A sheet is read by people: the whole list of items is in the catalogue, where the check page leads.
MOST_ITEMS = 100


def draw_up_confirmation(
    registration: Registration, now: datetime, replaces: Document | None = None
) -> Document:
    """Issue the confirmation of a registration that was coded, or whose last day changed. It is public."""
    applicant = accounts.organisation(registration.applicant_id)
    registrar = accounts.organisation(registration.registrar_id)
    return documents.draw_up(
        "registration_confirmation",
        subject=registration,
        data={
            "code": registration.number,
            "kind": Text(REGISTRATION_KINDS[registration.kind]),
            "registrant": {"name": applicant.name, "uscc": applicant.uscc or ""},
            "resource": _resource(registration, applicant.name),
            "deposit_hash": _deposit(registration),
            "accepted_on": registration.accepted_on,
            "notice_from": registration.notice_from or registration.coded_on,
            "notice_to": registration.notice_until or registration.coded_on,
            "coded_on": registration.coded_on,
            "valid_until": registration.valid_until,
            "bound": _bound(registration),
            "codes": {"local": registration.local_code or "", "national": registration.national_code or ""},
            "registrar": registrar.name,
            "issuer": registrar.name,
        },
        now=now,
        parties=[applicant.id, registrar.id],
        language="bilingual",
        public=True,
        replaces=replaces,
    )


def _bound(registration: Registration) -> Text:
    """Why the last day is the day it is."""
    return Text(BOUNDS[registration.bounded_by or DEFAULT_BOUND], number=registration.bound_number)


def _deposit(registration: Registration) -> str:
    resource = queries.resource_or_none(registration.resource_id)
    return (resource.deposit_sha256 if resource else None) or ""


def _resource(registration: Registration, holder: str) -> dict[str, Any]:
    shown: dict[str, Any] = {name: "" for name in _PRINTED} | {
        "fields": [],
        "name": registration.title,
        "type": Text(OBJECT_TYPES[registration.object_type]),
        "holder": holder,
        "summary": registration.summary,
    }
    resource = queries.resource_or_none(registration.resource_id)
    if resource is None:
        return shown
    entries = queries.entries_of_resource(resource.id)
    value = {name: registration.changes.get(name) or getattr(resource, name) for name in _TOLD}
    return shown | {
        "source": value["source_legality"],
        "volume": value["volume"],
        "storage": value["storage_location"],
        "scenario": value["scenario"],
        "update_cycle": _pair(FREQUENCIES, resource.update_frequency),
        "format": "、".join(FORMATS[code].zh for code in _codes(entries)),
        "openness": _openness(entries),
        "security_grade": _pair(NATIONAL_GRADES, resource.national_grade),
        "fields": _items(entries),
    }


_PRINTED = ("source", "volume", "storage", "scenario", "update_cycle", "format", "openness", "security_grade")
_TOLD = ("source_legality", "volume", "storage_location", "scenario")


def _codes(entries: list[CatalogueEntry]) -> list[str]:
    return list(dict.fromkeys(code for entry in entries for code in entry.formats))


def _openness(entries: list[CatalogueEntry]) -> dict[str, str]:
    attributes = dict.fromkeys(entry.opening_attribute for entry in entries if entry.opening_attribute)
    terms = [OPENING_ATTRIBUTES[code] for code in attributes]
    return {"zh": "、".join(term.zh for term in terms), "en": ", ".join(term.en for term in terms)}


def _items(entries: list[CatalogueEntry]) -> list[dict[str, str]]:
    rows = [
        {"name": str(item["name"]), "type": str(item.get("type") or ""), "description": entry.title}
        for entry in entries
        for item in entry.items
    ]
    return rows[:MOST_ITEMS]


def _pair(codes: CodeList, code: str) -> dict[str, str]:
    return {"zh": codes[code].zh, "en": codes[code].en}
