"""Catalogue entries: drafted and handed in by an agency, reviewed and published by the authority."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.db import new_id
from kernel.errors import InvalidInput
from kernel.fields import File, Nothing
from kernel.words import N_, Text
from registry import queries
from registry.commands import collecting
from registry.commands import entry_text as text
from registry.commands.files import keep
from registry.models import CatalogueEntry, EntryTerm
from registry.permissions import MAY
from registry.rules import attributes, review
from registry.schemas.catalogue import (
    AmendInput,
    AssessmentsInput,
    AssignInput,
    EntryInput,
    EntryReturnInput,
    EntryWithdrawInput,
    TakeOverInput,
)
from registry.schemas.periods import out_of_order
from registry.states import ENTRY
from registry.vocabulary.entry_fields import FORM_FIELDS


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
    text.write(fresh, values)
    fresh.match_key = f"{queries.match_name(agency.name, fresh.title)}|1"
    fresh.terms = [
        EntryTerm(entry_id=fresh.id, kind=kind, code=code) for kind, code in text.term_codes(values)
    ]
    return fresh


@_command("amend", AmendInput, N_("Edit"))
def amend(
    entry: CatalogueEntry, *, actor: Actor, now: datetime, revision: int | None = None, **values: Any
) -> None:
    """The agency changes a draft or a returned entry; what is left out is emptied."""
    text.same_revision(entry, revision)
    text.rewrite(entry, values)


@_command("take_over", TakeOverInput)
def take_over(
    entry: CatalogueEntry, *, actor: Actor, now: datetime, values: dict[str, Any], source_hash: str
) -> None:
    """What a newer file of the source says differently goes into the draft; what people wrote elsewhere in it stays."""
    fields = text.fields_of(entry) | dict(EntryInput(partial=True).load(values))
    if wrong := out_of_order(fields):
        raise InvalidInput(wrong)
    text.rewrite(entry, fields)
    entry.source_hash = source_hash


@_command("assign", AssignInput, N_("Assign to an agency"))
def assign(entry: CatalogueEntry, *, actor: Actor, now: datetime, agency_id: uuid.UUID) -> None:
    """The authority gives an imported draft to the agency whose data it is."""
    agency = accounts.organisation(agency_id)
    if "agency" not in agency.roles or agency.jurisdiction not in actor.jurisdictions:
        raise InvalidInput({"agency_id": [Text(N_("Choose an agency of this place."))]})
    entry.agency_id = agency.id
    entry.revision += 1
    text.rewrite(entry, text.fields_of(entry) | {"provider": entry.provider or agency.name})


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
    text.may_be_handed_in(entry)
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
    by_field = text.comment_texts(comments or ())
    earlier, changed = queries.first_return(entry.id)
    attributes.comments_are_made_at_once(by_field, earlier, changed)
    entry.comments = by_field | {"": reasons}
    entry.version += 1


@_command("publish", label=N_("Publish"), duties=("C02", "C04"))
def publish(entry: CatalogueEntry, *, actor: Actor, now: datetime) -> None:
    """The authority approves the entry and publishes it."""
    _reviewed_above(entry, actor)
    entry.public_since = entry.public_changed_at = now


@_command("revise", AmendInput, N_("Propose an update"), duties=("C06",))
def revise(
    entry: CatalogueEntry, *, actor: Actor, now: datetime, revision: int | None = None, **values: Any
) -> None:
    """The agency hands in an updated text of a published entry; the published one stands until it is reviewed."""
    text.same_revision(entry, revision)
    fields = {name: values.get(name) for name in FORM_FIELDS} | {"published_on": entry.published_on}
    text.text_is_lawful(fields, due.profile(entry))
    collecting.may_be_collected(entry, fields, due.profile(entry))
    text.loosening_is_recorded(entry, fields)
    entry.proposed = dict(EntryInput().dump(values))
    entry.revision += 1
    entry.submitted_by_id = actor.user_id


@_command("update", label=N_("Publish the update"), duties=("C07",))
def update(entry: CatalogueEntry, *, actor: Actor, now: datetime) -> None:
    """The authority approves the proposed update; the entry says the new text from now on."""
    _reviewed_above(entry, actor)
    text.rewrite(entry, dict(EntryInput().load(entry.proposed)))
    entry.proposed, entry.comments, entry.change = {}, {}, {}
    entry.version += 1
    entry.public_changed_at = now


@_command("decline", EntryWithdrawInput, N_("Decline the update"), duties=("C07",))
def decline(entry: CatalogueEntry, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority declines the proposed update with reasons; the published text stands."""
    entry.proposed, entry.comments = {}, {"": reasons}


@_command("withdraw", EntryWithdrawInput, N_("Withdraw"), duties=("C04",))
def withdraw(entry: CatalogueEntry, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The entry leaves the public catalogue, with reasons."""
    entry.comments = {"": reasons}
    entry.public_changed_at = now


def _reviewed_above(entry: CatalogueEntry, actor: Actor) -> None:
    same = queries.is_same_place(actor, entry.jurisdiction)
    review.county_catalogue_is_reviewed_above(same, due.profile(entry))
