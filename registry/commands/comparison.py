"""Comparison of a data item over the files of several sources; the source department confirms what it found."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from marshmallow import Schema

from kernel import audit
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.config import settings
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.permissions import may_see
from kernel.words import N_, Text
from registry.gateway import read_rows
from registry.models import CatalogueEntry, Comparison
from registry.permissions import MAY
from registry.queries import sources
from registry.rules.collection import differences_are_explained, several_sources_are_compared
from registry.schemas.collection import ComparisonConfirmInput, ComparisonInput
from registry.states import COMPARISON
from registry.vocabulary.steps import IMPORT_ROWS

SOURCES = ("first", "second", "third")


def _command(verb: str, schema: type[Schema], label: str) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.comparison.{verb}"
    return command(
        name, may=MAY[name], on=Comparison, states=COMPARISON, schema=schema, label=label, duties=("A10",)
    )


@_command("compare", ComparisonInput, N_("Compare sources"))
def compare(*, actor: Actor, now: datetime, item: str, key: str, **files: Any) -> Comparison:
    """Two or three sources hand in their files; the item is compared record by record, and only counts are kept."""
    entries, given = _sources(actor, files)
    several_sources_are_compared([str(row.id) for row in entries], [file.sha256 for file in given])
    read = [_values(file, name, key, item) for name, file in zip(SOURCES, given, strict=False)]
    lead = sources.lead_source_of(item, entries[0].jurisdiction)
    responsible = lead.agency_id if lead else entries[0].agency_id
    facts = [
        {
            "entry_id": str(entry.id),
            "title": entry.title,
            "agency_id": str(entry.agency_id),
            "rows": len(values),
            "sha256": file.sha256,
        }
        for entry, values, file in zip(entries, read, given, strict=True)
    ]
    counts = compared(read)
    audit.note(item=item, sources=facts, counts=counts)
    return Comparison(
        jurisdiction=entries[0].jurisdiction,
        agency_id=responsible,
        organisation_id=actor.organisation_id,
        item=item,
        key=key,
        sources=facts,
        counts=counts,
    )


def _sources(actor: Actor, given: Mapping[str, Any]) -> tuple[list[CatalogueEntry], list[File]]:
    entries, files = [], []
    for name in SOURCES:
        entry_id, file = given.get(f"{name}_entry_id"), given.get(f"{name}_file")
        if entry_id is None and file is None:
            continue
        entry = db.session.get(CatalogueEntry, entry_id) if entry_id else None
        if entry is None or entry.agency_id is None or not may_see(actor, entry):
            raise InvalidInput({f"{name}_entry_id": [Text(N_("Choose the entry of this source."))]})
        if file is None:
            raise InvalidInput({f"{name}_file": [Text(N_("Hand in the file of this source."))]})
        entries.append(entry)
        files.append(file)
    return entries, files


def _values(file: File, name: str, key: str, item: str) -> dict[str, str]:
    """Key → value of the item, from a file of one source. Raises InvalidInput on its field."""
    field = f"{name}_file"
    try:
        found = read_rows(
            file.name, file.content, byte_limit=settings().max_upload_bytes, row_limit=IMPORT_ROWS
        )
    except InvalidInput as error:
        raise InvalidInput({field: error.messages.get("file", [])}) from error
    if lacking := [heading for heading in (key, item) if heading not in found.headings]:
        said = Text(N_("The file has no column {columns}."), columns=lacking)
        raise InvalidInput({field: [said]})
    rows = [row.values for row in found.rows if isinstance(row.values, dict)]
    return {
        str(row[key]).strip(): str(row.get(item) or "").strip()
        for row in rows
        if row.get(key) not in (None, "")
    }


def compared(sources: list[dict[str, str]]) -> dict[str, Any]:
    """How many records are in all sources, equal there, different there; and how many each source lacks."""
    keys = set().union(*sources)
    common = set(sources[0]).intersection(*sources[1:])
    different = sum(len({values[key] for values in sources}) > 1 for key in common)
    return {
        "keys": len(keys),
        "common": len(common),
        "equal": len(common) - different,
        "different": different,
        "missing": [len(keys - set(values)) for values in sources],
    }


@_command("confirm", ComparisonConfirmInput, N_("Confirm the finding"))
def confirm(
    comparison: Comparison,
    *,
    actor: Actor,
    now: datetime,
    finding: str,
    right_id: uuid.UUID | None = None,
) -> None:
    """The source department confirms which source is right, or how the differences are cleared."""
    if right_id is not None and str(right_id) not in {row["entry_id"] for row in comparison.sources}:
        raise InvalidInput({"right_id": [Text(N_("Choose one of the sources that were compared."))]})
    differences_are_explained(comparison.counts["different"], str(right_id) if right_id else None, finding)
    comparison.right_id, comparison.finding = right_id, finding
    comparison.confirmed_by = actor.name
