"""The work of harvesting: one delivery a page, so that a restart goes on where it was; then the import takes over."""

import base64
import hashlib
import json
import uuid
from datetime import datetime
from typing import Any

from kernel import clock, sealing
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import after, execute
from kernel.config import settings
from kernel.db import db
from kernel.errors import DomainError, InvalidInput
from kernel.fetching import Fetched, FetchFailed, fetch
from kernel.fields import File
from kernel.outbox import delivers, enqueue, every
from kernel.storage import store
from kernel.words import N_, Text, translate
from registry.commands import catalogue, harvest, harvest_run, imports
from registry.gateway.harvest import accept_of, first_address, read_page
from registry.models import CatalogueImport
from registry.models.harvest import HarvestRun, HarvestSource
from registry.queries import harvest as known
from registry.vocabulary.harvest import OWN_NAME, PAGE_BYTES, PAGES, RETRY, SECONDS
from registry.vocabulary.sentences import plain

STEP, ASSEMBLE = "registry.harvest.page", "registry.harvest.examine"
FOLDER = "harvest"
_ENDLESS = N_("The catalogue leads on from page to page without an end; it is not read further.")
_TWICE = N_("A record of this name came already in this reading.")
_ONLY_HERE = N_("The next page stands at another machine; it is not read.")
_NOTHING = N_("The catalogue holds no records.")
_GONE = N_("The record has been missing at its source “{source}” since {day}.")


@after("registry.harvest_source.rehearse")
@after("registry.harvest_source.read")
def begin(source: HarvestSource, event: AuditEvent) -> None:
    """A reading begins with its first page."""
    rehearsal = event.command.endswith("rehearse")
    started_by = str(event.user_id) if event.user_id else None
    data = {"source_id": str(source.id), "is_rehearsal": rehearsal, "started_by_id": started_by}
    execute(harvest_run.begin, actor=SYSTEM, data=data)


@after("registry.harvest_run.begin")
@after("registry.harvest_run.take")
@after("registry.harvest_run.stumble")
def go_on(run: HarvestRun, event: AuditEvent) -> None:
    """The next page is a delivery of its own; after a failure it waits, longer each time."""
    standing = {"run": str(run.id), "pages": len(run.pages), "failures": run.failures}
    if run.state == "fetching":
        later = clock.now() + RETRY * 2**run.failures if run.failures else None
        enqueue(STEP, standing, str(event.id), at=later)
    elif run.state == "examining":
        enqueue(ASSEMBLE, standing, str(event.id))


@delivers(STEP)
def read_one_page(payload: dict[str, Any], _key: str) -> None:
    """Read the next page, unless it was read already or the reading was stopped."""
    run = known.run_with_source(uuid.UUID(payload["run"]))
    standing = (run.state, len(run.pages), run.failures) if run else None
    if run is None or standing != ("fetching", payload["pages"], payload["failures"]):
        return
    try:
        key, following = _page(run)
    except FetchFailed as error:
        execute(harvest_run.stumble, actor=SYSTEM, subject_id=run.id, data={"why": plain(error.message)})
    except DomainError as error:
        _fail(run, error)
    else:
        data = {"storage_key": key, "following": following}
        execute(harvest_run.take, actor=SYSTEM, subject_id=run.id, data=data)


def _fail(run: HarvestRun, error: DomainError) -> None:
    said = error.message
    if isinstance(error, InvalidInput):
        said = next((text for found in error.messages.values() for text in found), said)
    why = plain(said if isinstance(said, Text) else Text(str(said)))
    execute(harvest_run.fail, actor=SYSTEM, subject_id=run.id, data={"why": why})


def _page(run: HarvestRun) -> tuple[str, str | None]:
    """Where the rows of the next page are stored, and the address behind it."""
    source = run.source
    address = run.following or first_address(source.kind, source.address)
    if len(run.pages) >= PAGES:
        raise InvalidInput({"address": [Text(_ENDLESS)]})
    most = settings().max_upload_bytes if source.kind == "file" else PAGE_BYTES
    got = fetch(
        address, headers=credentials(source), accept=accept_of(source.kind), most_bytes=most, seconds=SECONDS
    )
    db.session.rollback()  # nothing was held open while the other side was waited for
    if source.kind == "file":
        return store().keep(FOLDER, got.content, _ending(got)), None
    page = read_page(source.kind, got.content, got.media_type, got.address)
    if page.following and _machine(page.following) not in (_machine(got.address), _machine(source.address)):
        raise InvalidInput({"address": [Text(_ONLY_HERE)]})
    rows = json.dumps(page.rows, ensure_ascii=False).encode()
    return store().keep(FOLDER, rows, "json"), page.following


def _machine(address: str) -> str:
    return "/".join(address.split("/")[:3]).lower()


def _ending(got: Fetched) -> str:
    """What kind of file it is, by its name, its type or its first bytes."""
    name = got.address.partition("?")[0].rpartition(".")[2].lower()
    if name in ("csv", "json", "xlsx"):
        return name
    if "spreadsheetml" in got.media_type or got.content[:2] == b"PK":
        return "xlsx"
    return "json" if "json" in got.media_type or got.content.lstrip()[:1] in (b"[", b"{") else "csv"


def credentials(source: HarvestSource) -> dict[str, str]:
    """The header with the credentials of a source."""
    if source.credential == "none" or not source.secret:
        return {}
    secret = sealing.opened(source.secret)
    if source.credential == "basic":
        return {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    return {"Authorization": f"Bearer {secret}" if source.credential == "bearer" else secret}


@delivers(ASSEMBLE)
def examine(payload: dict[str, Any], _key: str) -> None:
    """Put the records of all pages into one import, which compares them with the catalogue."""
    run = known.run_with_source(uuid.UUID(payload["run"]))
    if run is None or run.state != "examining" or run.import_id is not None:
        return
    try:
        file, doubled = _assembled(run)
        data: dict[str, Any] = {"file": file, "jurisdiction": run.jurisdiction}
        if run.source.agency_id:
            data["agency_id"] = str(run.source.agency_id)
        found = execute(imports.examine, actor=SYSTEM, data=data, request_key=f"harvest {run.id}")
        facts = {"import_id": str(found.id), "doubled": doubled}
        execute(harvest_run.examine, actor=SYSTEM, subject_id=run.id, data=facts)
    except DomainError as error:
        _fail(run, error)


def _assembled(run: HarvestRun) -> tuple[File, list[dict[str, Any]]]:
    """All records as one file, and those that came twice."""
    name = f"harvest-{run.created_at:%Y%m%d-%H%M%S}"
    if run.source.kind == "file":
        key = run.pages[0]
        return File(f"{name}.{key.rpartition('.')[2]}", store().get(key)), []
    seen: set[str] = set()
    rows, doubled = [], []
    for key in run.pages:
        for row in json.loads(store().get(key)):
            own = str(
                row.get(OWN_NAME) or hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
            )
            if own in seen:
                why = plain(Text(_TWICE))
                doubled.append({"key": own, "title": str(row.get("title") or ""), "why": why})
            else:
                seen.add(own)
                rows.append(row)
    if not rows:
        raise InvalidInput({"address": [Text(_NOTHING)]})
    return File(f"{name}.json", json.dumps(rows, ensure_ascii=False).encode()), doubled


@after("registry.harvest_run.examine")
def look_at_the_import(run: HarvestRun, _event: AuditEvent) -> None:
    """A short import has been examined by now."""
    found = db.session.get(CatalogueImport, run.import_id)
    if found is not None:
        follow_the_import(found, _event)


@after("registry.import.read")
@after("registry.import.enter")
def follow_the_import(found: CatalogueImport, _event: AuditEvent) -> None:
    """Once the records were compared a rehearsal is reported, else they are entered; in the end it is completed."""
    run = known.run_of_import(found.id)
    if run is None:
        return
    if (found.state, run.state) == ("examined", "examining"):
        execute(
            harvest_run.report if run.is_rehearsal else harvest_run.enter, actor=SYSTEM, subject_id=run.id
        )
    elif (found.state, run.state) == ("carried_out", "entering"):
        execute(harvest_run.complete, actor=SYSTEM, subject_id=run.id)


@after("registry.harvest_run.enter")
def carry_out(run: HarvestRun, _event: AuditEvent) -> None:
    """Carry the import out: news become drafts, changes proposed updates."""
    data = {"mode": "best_effort"}
    execute(imports.carry_out, actor=SYSTEM, subject_id=run.import_id, data=data)


@after("registry.harvest_run.complete")
def withdraw_what_is_gone(run: HarvestRun, _event: AuditEvent) -> None:
    """Withdraw entries whose records have gone for longer than the grace, where the source is set so."""
    source = known.harvest_source(SYSTEM, run.source_id)
    if source.when_vanished != "withdraw":
        return
    for row in known.gone_for_good(source, clock.legal_day(clock.now())):
        said = Text(_GONE, source=source.title, day=row.missing_since)
        reasons = {"reasons": translate(said, "zh_CN")}
        execute(catalogue.withdraw, actor=SYSTEM, subject_id=row.entry_id, data=reasons)


@after("registry.import.cancel")
@after("registry.import.discard")
def stop_with_the_import(found: CatalogueImport, _event: AuditEvent) -> None:
    """Whoever stops the import stops the reading."""
    run = known.run_of_import(found.id)
    if run is not None:
        why = plain(Text(N_("Its import was stopped.")))
        execute(harvest_run.fail, actor=SYSTEM, subject_id=run.id, data={"why": why})


@after("registry.harvest_run.cancel")
def stop_the_import(run: HarvestRun, _event: AuditEvent) -> None:
    """Whoever stops the reading stops its import."""
    found = db.session.get(CatalogueImport, run.import_id) if run.import_id else None
    if found is not None and found.state in ("being_examined", "being_entered"):
        execute(imports.cancel, actor=SYSTEM, subject_id=found.id)
    elif found is not None and found.state == "examined":
        execute(imports.discard, actor=SYSTEM, subject_id=found.id)


@every(300)
def read_what_is_due(now: datetime) -> None:
    """Begin the reading of every source whose time has come."""
    for source_id in known.sources_due(now):
        execute(harvest.read, actor=SYSTEM, subject_id=source_id)
