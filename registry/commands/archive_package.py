"""Archive packages: a finished case packed into one checkable file, and its hand-over to the archive."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from marshmallow import Schema

from accounts import queries as accounts
from kernel import audit, clock, documents, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.documents import Document
from kernel.errors import InvalidInput
from kernel.storage import store
from kernel.words import N_, Text
from registry.gateway.archives import packed
from registry.models import ArchivePackage
from registry.permissions import MAY
from registry.queries import keeping
from registry.rules import keeping as law
from registry.schemas.keeping import ArchiveInput, HandOverInput
from registry.states import ARCHIVE_PACKAGE
from registry.vocabulary.collecting import retention_of


def _command(verb: str, schema: type[Schema], label: str) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.archive_package.{verb}"
    return command(
        name,
        may=MAY[name],
        on=ArchivePackage,
        states=ARCHIVE_PACKAGE,
        schema=schema,
        label=label,
        duties=("A06",),
    )


@_command("export", ArchiveInput, N_("Pack a case for the archive"))
def export(*, actor: Actor, now: datetime, case_type: str, case_id: uuid.UUID) -> ArchivePackage:
    """A finished case is packed: record, events, documents, manifest with hashes."""
    case = keeping.case_of(actor, case_type, case_id)
    law.case_is_at_rest(len(due.running_of(case)))
    events, issued = audit.events_of(case), documents.documents_of(case)
    key = retention_of(case_type)
    until = law.kept_until(clock.legal_day(now), key, due.profile(case))
    facts = _facts(case, actor, now) | {"retention": key, "keep_until": until.isoformat()}
    readable = [row for row in issued if documents.readable_by(row, actor)]
    facts["documents_kept_elsewhere"] = [row.sha256 for row in issued if row not in readable]
    content, digest = packed(facts, _files(case, events, readable))
    audit.note(case=f"{case_type} {case_id}", sha256=digest, keep_until=until.isoformat())
    return ArchivePackage(
        case_type=case_type,
        case_id=case_id,
        organisation_id=actor.organisation_id,
        jurisdiction=case.jurisdiction,
        title=str(case.heading),
        retention=key,
        keep_until=until,
        events=len(events),
        documents=len(readable),
        file_name=f"archive-{case_type}-{case_id}.zip",
        storage_key=store().keep("archive", content, "zip"),
        size=len(content),
        sha256=digest,
        exported_at=now,
    )


def _facts(case: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "case": {
            "type": case.__tablename__,
            "id": str(case.id),
            "title": str(case.heading),
            "state": case.state,
            "jurisdiction": case.jurisdiction,
            "profile_version": case.profile_version,
        },
        "exported_at": now.isoformat(),
        "exported_by": f"{actor.name} · {accounts.organisation(actor.organisation_id).name}",
    }


def _files(case: Any, events: list[Any], issued: list[Document]) -> Iterator[tuple[str, bytes]]:
    columns = {column.name: getattr(case, column.key) for column in case.__table__.columns}
    yield "record.json", audit.canonical(columns)
    for number, event in enumerate(events, 1):
        yield f"events/{number:04d}-{event.command}.txt", event.body
    for row in issued:
        printed = row.number.replace("/", "-")
        yield f"documents/{printed}.pdf", store().get(row.storage_key)


@_command("hand_over", HandOverInput, N_("Record the hand-over to the archive"))
def hand_over(
    package: ArchivePackage,
    *,
    actor: Actor,
    now: datetime,
    archive: str,
    receipt: str,
    handed_over_on: date,
) -> None:
    """The package was given to the archive: which, when, under which receipt."""
    if not clock.legal_day(package.exported_at) <= handed_over_on <= clock.legal_day(now):
        said = Text(N_("The hand-over lies between the day the case was packed and today."))
        raise InvalidInput({"handed_over_on": [said]})
    package.archive, package.receipt, package.handed_over_on = archive, receipt, handed_over_on
