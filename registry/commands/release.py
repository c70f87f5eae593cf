"""Open data files: prepared, reviewed by somebody else, released."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from kernel.actor import Actor
from kernel.command import Command, command
from kernel.config import settings
from kernel.errors import InvalidInput, NotFound
from kernel.fields import File, Nothing
from kernel.words import N_, Text
from registry import queries
from registry.commands.files import keep
from registry.gateway import read_rows
from registry.models import CatalogueEntry, Release
from registry.permissions import MAY
from registry.rules import release as law
from registry.schemas.release import ReasonsInput, ReleaseInput, ReviewInput
from registry.states import RELEASE
from registry.vocabulary.steps import RELEASE_FORMATS, RELEASE_ROWS


def _command(
    verb: str, schema: type[Schema] = Nothing, label: str = "", duties: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.release.{verb}"
    return command(name, may=MAY[name], on=Release, states=RELEASE, schema=schema, label=label, duties=duties)


@_command("prepare", ReleaseInput, N_("Prepare a file for opening"), duties=("O03",))
def prepare(
    *, actor: Actor, now: datetime, entry_id: uuid.UUID, title: str, edition: date, file: File, treatment: str
) -> Release:
    """An agency prepares a file of one of its entries for opening."""
    entry = _own_entry(actor, entry_id)
    law.only_open_data_are_released(entry.state, entry.opening_attribute)
    law.treatment_is_recorded(treatment)
    facts = keep(file, "file", RELEASE_FORMATS)
    return Release(
        entry_id=entry.id,
        agency_id=entry.agency_id,
        jurisdiction=entry.jurisdiction,
        title=title,
        edition=edition,
        file_name=facts["name"],
        storage_key=facts["storage_key"],
        media_type=facts["media_type"],
        format=facts["kind"],
        sha256=facts["sha256"],
        size=facts["size"],
        rows=_records(file),
        treatment=treatment,
        prepared_by_id=actor.user_id,
    )


def _own_entry(actor: Actor, entry_id: uuid.UUID) -> CatalogueEntry:
    try:
        entry = queries.entry(entry_id)
    except NotFound:
        entry = None
    if entry is None or entry.agency_id != actor.organisation_id:
        raise InvalidInput({"entry_id": [Text(N_("Choose an entry of your own catalogue."))]})
    return entry


def _records(file: File) -> int | None:
    """How many records the file holds; None where it is no list of records."""
    try:
        found = read_rows(
            file.name, file.content, byte_limit=settings().max_upload_bytes, row_limit=RELEASE_ROWS
        )
    except InvalidInput:
        return None
    return len(found.rows)


@_command("review", ReviewInput, N_("Review"), duties=("O14",))
def review(release: Release, *, actor: Actor, now: datetime, review: str, no_secrets: bool) -> None:
    """Somebody other than the preparer reviews the file, secrecy included."""
    release.review, release.reviewed_at = review, now
    release.reviewed_by_id, release.reviewed_by = actor.user_id, actor.name
    law.review_is_recorded(review, str(release.prepared_by_id), str(actor.user_id))


@_command("reject", ReasonsInput, N_("Reject"))
def reject(release: Release, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The review finds that the file must not be opened as it is."""
    release.reasons, release.reviewed_at = reasons, now
    release.reviewed_by_id, release.reviewed_by = actor.user_id, actor.name


@_command("release", label=N_("Release"), duties=("O04",))
def release(release: Release, *, actor: Actor, now: datetime) -> None:
    """The reviewed file is opened to everybody."""
    _may_be_open(release)
    release.released_at = now


@_command("suspend", ReasonsInput, N_("Suspend"), duties=("O10",))
def suspend(release: Release, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The file cannot be fetched from now on, until it is resumed."""
    release.reasons = reasons


@_command("resume", label=N_("Open again"), duties=("O10",))
def resume(release: Release, *, actor: Actor, now: datetime) -> None:
    """The risk is gone: the file can be fetched again."""
    _may_be_open(release)
    release.reasons = None


@_command("withdraw", ReasonsInput, N_("Withdraw"), duties=("O10",))
def withdraw(release: Release, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The file is taken back for good."""
    release.reasons = reasons


def _may_be_open(release: Release) -> None:
    entry = queries.entry(release.entry_id)
    law.only_open_data_are_released(entry.state, entry.opening_attribute)
    law.review_is_recorded(release.review, str(release.prepared_by_id), str(release.reviewed_by_id))
