"""The chain of authority: from catalogue entries over resources and rights down to the right asked for."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.queries import names_of
from contracts.models import DataElement, DevelopmentRight
from contracts.queries.live import closed_because, right_is_live
from contracts.queries.rights import agreements_of, right, source_ids
from contracts.queries.sources import ResourceFacts, elements_by_id, resources
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.db import db
from kernel.documents import Document
from kernel.permissions import may_see
from registry.models import CatalogueEntry

Names = dict[uuid.UUID, str]


def chain_of(right_id: uuid.UUID, actor: Actor = SYSTEM) -> list[dict[str, Any]]:
    """The links from the entries down to the right, in order, each a dict:

    kind (catalogue_entry, resource, first_level, element, second_level), id, table (for its address), title, number,
    state, holder, start, end, documents [{title, number, href, state}], broken (Text why it does not hold today),
    visible (whether `actor` may open its page; documents he may not read are left out).
    """
    held, on = right(right_id), clock.today()
    if held is None:
        return []
    first = right(held.parent_id) if held.parent_id else held
    if first is None:
        return []
    found = resources(source_ids(first.id))
    entries = list({entry.id: entry for facts in found for entry in facts.entries}.values())
    names = names_of(
        [held.holder_id, first.holder_id, *(f.holder_id for f in found), *(e.agency_id for e in entries)]
    )
    steps = [_entry(entry, names) for entry in entries] + [_resource(facts, on, names) for facts in found]
    steps.append(_right(first, on, names, actor))
    if first.id != held.id:
        steps += [_element(row, actor) for row in elements_by_id(source_ids(held.id))]
        steps.append(_right(held, on, names, actor))
    return steps


def _step(kind: str, table: str, row: Any, **more: Any) -> dict[str, Any]:
    base = {
        "kind": kind,
        "id": row.id,
        "table": table,
        "title": row.title,
        "state": row.state,
        "documents": [],
    }
    return (
        base
        | {"number": None, "holder": None, "start": None, "end": None, "broken": None, "visible": True}
        | more
    )


def _entry(entry: CatalogueEntry, names: Names) -> dict[str, Any]:
    return _step(
        "catalogue_entry",
        "registry_entry",
        entry,
        holder=names.get(entry.agency_id) if entry.agency_id else None,
    )


def _resource(facts: ResourceFacts, on: date, names: Names) -> dict[str, Any]:
    return _step(
        "resource",
        "registry_resource",
        facts,
        number=facts.code,
        holder=names.get(facts.holder_id),
        end=facts.registered_until,
        broken=closed_because(facts, on),
    )


def _element(row: DataElement, actor: Actor) -> dict[str, Any]:
    return _step("element", "contracts_element", row, start=row.edition, visible=may_see(actor, row))


def _right(held: DevelopmentRight, on: date, names: Names, actor: Actor) -> dict[str, Any]:
    _live, why = right_is_live(held.id, on)
    return _step(
        held.level,
        "contracts_right",
        held,
        number=held.number,
        holder=names.get(held.holder_id),
        start=held.starts_on,
        end=held.ends_on,
        documents=_documents(held.id, actor),
        broken=why,
        visible=may_see(actor, held),
    )


def _documents(right_id: uuid.UUID, actor: Actor) -> list[dict[str, Any]]:
    agreements = [row for row in agreements_of(right_id) if may_see(actor, row)]
    numbers = dict(
        db.session.execute(
            select(Document.id, Document.number).where(
                Document.id.in_([row.document_id for row in agreements])
            )
        ).all()
    )
    return [
        {
            "title": row.title,
            "number": numbers.get(row.document_id, ""),
            "href": f"/agreements/{row.id}",
            "state": row.state,
        }
        for row in agreements
    ]
