"""Catalogue entries: drafted and handed in by an agency, reviewed and published by the authority."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema
from sqlalchemy import delete

from accounts import queries as accounts
from jurisdictions.profile import Profile
from kernel import due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import db, new_id
from kernel.errors import InvalidInput
from kernel.fields import File, Nothing
from kernel.words import N_, Text
from registry import queries
from registry.commands.files import keep
from registry.models import CatalogueEntry, EntryTerm
from registry.permissions import MAY
from registry.rules import catalogue as law
from registry.rules import personal, review
from registry.schemas.catalogue import (
    AssessmentsInput,
    AssignInput,
    ChangeInput,
    EntryInput,
    EntryReturnInput,
    EntryWithdrawInput,
)
from registry.states import ENTRY

FIELDS = tuple(EntryInput().fields)
LISTS = frozenset({"keywords", "themes", "industries", "formats", "items"})
AGREEMENTS = {"agreement_forbids": "forbids", "agreement_silent": "silent"}


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.entry.{verb}"
    return command(
        name, may=MAY[name], on=CatalogueEntry, states=ENTRY, schema=schema, label=label, duties=duties
    )


@_command("draft", EntryInput, N_("Draft an entry"), duties=("C01",))
def draft(*, actor: Actor, now: datetime, **values: Any) -> CatalogueEntry:
    """An agency begins an entry of its catalogue."""
    agency = accounts.organisation(actor.organisation_id)
    fresh = CatalogueEntry(id=new_id(), agency_id=agency.id, jurisdiction=agency.jurisdiction, version=1)
    write(fresh, values, agency.name)
    fresh.match_key = f"{queries.match_name(agency.name, fresh.title)}|1"
    fresh.terms = terms_of(fresh.id, values)
    return fresh


@_command("amend", EntryInput, N_("Edit"))
def amend(entry: CatalogueEntry, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The agency changes a draft or a returned entry; what is left out is emptied."""
    rewrite(entry, values)


@_command("assign", AssignInput, N_("Assign to an agency"))
def assign(entry: CatalogueEntry, *, actor: Actor, now: datetime, agency_id: uuid.UUID) -> None:
    """The authority gives an imported draft to the agency whose data it is."""
    agency = accounts.organisation(agency_id)
    if "agency" not in agency.roles or agency.jurisdiction not in actor.jurisdictions:
        raise InvalidInput({"agency_id": [Text(N_("Choose an agency of this place."))]})
    entry.agency_id = agency.id
    rewrite(entry, _fields(entry) | {"provider": entry.provider or agency.name})


@_command("assess", AssessmentsInput, N_("Attach the assessments"), duties=("C09",))
def assess(
    entry: CatalogueEntry,
    *,
    actor: Actor,
    now: datetime,
    secrecy_risk: File,
    personal_information: File,
    consent_of: str,
    consented_on: date,
) -> None:
    """The agency attaches both assessments and the consent of its head."""
    entry.assessments = {
        "secrecy_risk": keep(secrecy_risk, "secrecy_risk", {"pdf"}),
        "personal_information": keep(personal_information, "personal_information", {"pdf"}),
        "consent_of": consent_of,
        "consented_on": consented_on.isoformat(),
    }


@_command("submit", label=N_("Hand in for review"), duties=("C01",))
def submit(entry: CatalogueEntry, *, actor: Actor, now: datetime) -> None:
    """The agency hands the entry to the authority for review."""
    may_be_handed_in(entry)
    entry.submitted_by_id = actor.user_id
    entry.comments = {}


@_command("return_", EntryReturnInput, N_("Return with comments"), duties=("C02",))
def return_(
    entry: CatalogueEntry,
    *,
    actor: Actor,
    now: datetime,
    reasons: str,
    comments: list[dict[str, str]] | None = None,
) -> None:
    """The authority returns the entry: what has to be changed, by field."""
    entry.comments = {row["field"]: row["comment"] for row in comments or () if row["comment"]} | {
        "": reasons
    }
    entry.version += 1


@_command("publish", label=N_("Publish"), duties=("C02", "C04"))
def publish(entry: CatalogueEntry, *, actor: Actor, now: datetime) -> None:
    """The authority approves the entry and publishes it."""
    _reviewed_above(entry, actor)
    entry.public_since = now


@_command("note_change", ChangeInput, N_("Note a change of law or duties"), duties=("C06",))
def note_change(entry: CatalogueEntry, *, actor: Actor, now: datetime, what: str) -> None:
    """Law or duties changed: the agency has to bring the entry up to date."""
    entry.comments = {"": what}


@_command("revise", EntryInput, N_("Propose an update"), duties=("C06",))
def revise(entry: CatalogueEntry, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The agency hands in an updated text of a published entry; the published one stands until it is reviewed."""
    rules = due.profile(entry)
    fields = {name: values.get(name) for name in FIELDS} | {"published_on": entry.published_on}
    law.entry_is_complete(fields, rules)
    attributes_are_lawful(fields, rules)
    entry.proposed = dict(EntryInput().dump(values))
    entry.submitted_by_id = actor.user_id


@_command("update", label=N_("Publish the update"), duties=("C07",))
def update(entry: CatalogueEntry, *, actor: Actor, now: datetime) -> None:
    """The authority approves the proposed update; the entry says the new text from now on."""
    _reviewed_above(entry, actor)
    rewrite(entry, dict(EntryInput().load(entry.proposed)))
    entry.proposed, entry.comments = {}, {}
    entry.version += 1


@_command("decline", EntryWithdrawInput, N_("Decline the update"), duties=("C07",))
def decline(entry: CatalogueEntry, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority declines the proposed update with reasons; the published text stands."""
    entry.proposed, entry.comments = {}, {"": reasons}


@_command("withdraw", EntryWithdrawInput, N_("Withdraw"), duties=("C04",))
def withdraw(entry: CatalogueEntry, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The entry leaves the public catalogue, with reasons."""
    entry.comments = {"": reasons}


def _reviewed_above(entry: CatalogueEntry, actor: Actor) -> None:
    same = queries.is_same_place(actor, entry.jurisdiction)
    review.county_catalogue_is_reviewed_above(same, due.profile(entry))


def may_be_handed_in(entry: CatalogueEntry) -> None:
    """Everything the rules ask before an entry is handed in; raises RuleBroken."""
    rules, fields = due.profile(entry), _fields(entry)
    law.entry_is_complete(fields, rules)
    attributes_are_lawful(fields, rules)
    review.prior_assessments_are_made(entry.assessments or {}, rules)


def attributes_are_lawful(fields: dict[str, Any], rules: Profile) -> None:
    """Grade, sharing and opening fit each other and what the data items show; raises RuleBroken."""
    grade, ground, removed = fields["national_grade"], fields["opening_ground"], fields["ground_removed_by"]
    if fields["resource_code"]:
        law.resource_code_is_standard(fields["resource_code"], fields["database_level"])
    law.grade_limits_attributes(
        grade, opening=fields["opening_attribute"], sharing=fields["sharing_attribute"]
    )
    law.sharing_attribute_is_grounded(fields, rules)
    names = [str(item["name"]) for item in fields["items"] or ()]
    law.opening_attribute_is_lawful(
        fields["opening_attribute"],
        rules,
        personal=personal.personal_items([fields["title"], *names]),
        trade_secret=ground == "trade_secret",
        state_secret=ground == "state_secret",
        agreement=AGREEMENTS.get(ground or ""),
        treated=removed == "treatment",
        consented=removed == "consent",
    )
    personal.biometrics_are_grounded(names, fields["collection_basis"])


def _fields(entry: CatalogueEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in (*FIELDS, "published_on")}


def write(entry: CatalogueEntry, values: dict[str, Any], agency_name: str) -> None:
    """Set every field of the entry, and what follows from them: the gaps and the text the search reads."""
    for name in FIELDS:
        value = values.get(name)
        setattr(entry, name, [] if value is None and name in LISTS else value)
    entry.missing = list(law.missing_fields(_fields(entry), due.profile(entry)))
    entry.words = queries.searchable(_fields(entry), agency_name)


def rewrite(entry: CatalogueEntry, values: dict[str, Any]) -> None:
    """Set every field of an entry that is stored already, and its terms anew."""
    write(entry, values, accounts.organisation(entry.agency_id).name if entry.agency_id else "")
    db.session.execute(delete(EntryTerm).where(EntryTerm.entry_id == entry.id))
    db.session.add_all(terms_of(entry.id, values))


def terms_of(entry_id: uuid.UUID, values: dict[str, Any]) -> list[EntryTerm]:
    """The rows by which themes, formats and industries are counted."""
    return [EntryTerm(entry_id=entry_id, kind=kind, code=code) for kind, code in term_codes(values)]


def term_codes(values: dict[str, Any]) -> list[tuple[str, str]]:
    """(kind, code) of every theme, format and industry, each once."""
    kinds = {"theme": "themes", "format": "formats", "industry": "industries"}
    return [(kind, code) for kind, field in kinds.items() for code in dict.fromkeys(values.get(field) or ())]
