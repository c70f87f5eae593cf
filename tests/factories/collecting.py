"""Databases, rounds, projects, sources, aggregation, grading rules and archives for tests, made by the real commands."""

from typing import Any

from kernel import due
from kernel.actor import Actor
from kernel.command import execute
from kernel.fields import File
from registry import reactions  # noqa: F401  names of entries are kept, rounds begin their parts
from registry.commands import (
    adjustment,
    aggregation,
    archive_package,
    comparison,
    database,
    entry_text,
    grading_rule,
    holding,
    lead_source,
    local_catalogue,
    lookup,
    overlap,
    project,
    reconciliation,
)
from registry.models import CatalogueEntry
from registry.queries import sources
from tests.factories.accounts import PLACE

AGAIN = {"manner": "collected_again", "reason": "因业务系统独立运行，暂不能通过共享取得。"}
PROJECT = {
    "title": "智慧水务平台",
    "kind": "new_system",
    "summary": "建设全市水务监测平台。",
    "budget_minor": "3200000.00",
}


def explained(entry: CatalogueEntry, agency: Actor) -> CatalogueEntry:
    """The entry with every likeness to other agencies' entries explained, so that it can be handed in."""
    rules = due.profile(entry)
    for row in sources.to_be_explained(entry, entry_text.fields_of(entry), rules):
        data = {"entry_id": str(entry.id), "other_id": str(row.entry.id), **AGAIN}
        execute(overlap.explain, actor=agency, data=data)
    return entry


def a_database(authority: Actor, lead: Actor, **facts: Any) -> Any:
    """A theme database led by an agency."""
    data = {
        "jurisdiction": PLACE,
        "kind": "theme",
        "code": "ecology",
        "title": "生态环保主题库",
        "agency_id": str(lead.organisation_id),
        "basis": "WZ10",
    }
    return execute(database.establish, actor=authority, data=data | facts)


def enlisted(found: Any, entry: CatalogueEntry, lead: Actor, items: list[str] | None = None) -> Any:
    """The database with an entry in it."""
    data = {"entry_id": str(entry.id), "items": items or []}
    return execute(database.enlist, actor=lead, subject_id=found.id, data=data)


def a_local_catalogue(authority: Actor, jurisdiction: str) -> Any:
    """The catalogue of a place, compiled."""
    return execute(local_catalogue.compile_, actor=authority, data={"jurisdiction": jurisdiction})


def a_round(authority: Actor, jurisdiction: str = PLACE) -> Any:
    """A round of adjustment, opened."""
    data = {"jurisdiction": jurisdiction, "title": "2026 年度目录调整"}
    return execute(adjustment.open_, actor=authority, data=data)


def a_project(unit: Actor, **facts: Any) -> Any:
    """A project, described by its unit."""
    return execute(project.draft, actor=unit, data=PROJECT | facts)


def a_holding(agency: Actor, **facts: Any) -> Any:
    """A row of the list of data resources."""
    data = {"title": "水位监测记录", "system": "水务监测平台", "items": ["站号", "水位"]}
    return execute(holding.record, actor=agency, data=data | facts)


def catalogued(found: Any, entry: CatalogueEntry, agency: Actor) -> Any:
    """The row with the entry that catalogues it."""
    data = {"entry_id": str(entry.id)}
    return execute(holding.catalogue, actor=agency, subject_id=found.id, data=data)


def an_aggregation(entry: CatalogueEntry, agency: Actor, found: Any = None, **facts: Any) -> Any:
    """A recorded aggregation, to a database where one is given."""
    data = {"entry_id": str(entry.id), "manner": "physical", "rows": 120}
    if found is not None:
        data["database_id"] = str(found.id)
    return execute(aggregation.record, actor=agency, data=data | facts)


def a_reconciliation(entry: CatalogueEntry, agency: Actor, **facts: Any) -> Any:
    """The copy of `an_aggregation` held against the agency's own data, by default as many rows."""
    data = {"entry_id": str(entry.id), "rows": 120}
    return execute(reconciliation.record, actor=agency, data=data | facts)


def a_lead_source(authority: Actor, agency: Actor, item: str = "水位", **facts: Any) -> Any:
    """A decision on the source of a data item."""
    data = {
        "jurisdiction": PLACE,
        "item": item,
        "agency_id": str(agency.organisation_id),
        "basis": "《水法》第十六条",
    }
    return execute(lead_source.name, actor=authority, data=data | facts)


def an_overlap(entry: CatalogueEntry, other: CatalogueEntry, agency: Actor, **facts: Any) -> Any:
    """An explained likeness."""
    data = {"entry_id": str(entry.id), "other_id": str(other.id), **AGAIN}
    return execute(overlap.explain, actor=agency, data=data | facts)


def a_comparison(actor: Actor, first: CatalogueEntry, second: CatalogueEntry, **facts: Any) -> Any:
    """Two sources compared: two records in both, one of them different; one only in the first."""
    data = {
        "item": "水位",
        "key": "站号",
        "first_entry_id": str(first.id),
        "first_file": File("a.csv", "站号,水位\n1,3.1\n2,4.0\n3,2.2\n".encode()),
        "second_entry_id": str(second.id),
        "second_file": File("b.csv", "站号,水位\n1,3.1\n2,4.5\n".encode()),
    }
    return execute(comparison.compare, actor=actor, data=data | facts)


def a_grading_rule(authority: Actor, jurisdiction: str = PLACE, **facts: Any) -> Any:
    """A rule of a place: data of level 3 are neither opened nor shared without conditions."""
    data = {
        "jurisdiction": jurisdiction,
        "title": "三级数据管理规则",
        "level": "3",
        "openings": ["conditional", "none"],
        "sharings": ["conditional", "none"],
        "basis": "衡数发〔2026〕1号",
    }
    return execute(grading_rule.adopt, actor=authority, data=data | facts)


def an_archive_package(case: Any, actor: Actor) -> Any:
    """A case packed for the archive."""
    data = {"case_type": case.__tablename__, "case_id": str(case.id)}
    return execute(archive_package.export, actor=actor, data=data)


def a_lookup(agency: Actor, **facts: Any) -> Any:
    """Something looked up in place of a paper."""
    data = {
        "kind": "organisation",
        "asked": "91530100MA0000001X",
        "case_number": "衡办 12",
        "purpose": "补贴",
    }
    return execute(lookup.look_up, actor=agency, data=data | facts)
