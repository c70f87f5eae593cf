"""What operators, their assessors and the authority find on their desk around licences."""

from typing import Any

from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from kernel.pages import DeskRow, DeskSection, address_of, current_locale, desk_section
from kernel.words import N_, Text, translate
from registry import queries
from registry.models import Assessment
from registry.views.oversight import KINDS, Kind
from registry.vocabulary.papers import PAPERS


@desk_section(22)
def open_cases(actor: Actor) -> list[DeskSection]:
    """What waits for the reader around licences: assessments, papers that end, notices, re-checks, successions."""
    found = [_assessments(actor), _papers(actor)]
    waiting = {
        "notices": ("given", "replied"),
        "rechecks": ("under_way", "rectification", "reported"),
        "successions": ("submitted",),
        "licence-objections": ("lodged",),
    }
    if {"authority", "operator", "developer"} & actor.roles:
        found += [_waiting(actor, KINDS[name], states) for name, states in waiting.items()]
    return [section for section in found if section is not None]


def _waiting(actor: Actor, kind: Kind, states: tuple[str, ...]) -> DeskSection | None:
    model: Any = kind.model
    rows = db.session.scalars(kind.rows(actor).where(model.state.in_(states)).limit(5)).all()
    if not rows:
        return None
    listed = [DeskRow(row.heading, address_of(row), Text(kind.about(row)), row.state) for row in rows]
    return DeskSection(Text(kind.title), listed, kind.list_at)


def _assessments(actor: Actor) -> DeskSection | None:
    mine = queries.assessments(actor, own=True).where(Assessment.state.in_(("named", "declared")))
    rows = db.session.scalars(mine.limit(5)).all()
    if not rows:
        return None
    listed = [DeskRow(row.subject_name, address_of(row), "", row.state) for row in rows]
    return DeskSection(Text(N_("Applications you were named to assess")), listed, "/assessments")


def _papers(actor: Actor) -> DeskSection | None:
    if not {"operator", "developer"} & actor.roles:
        return None
    rows = queries.papers_ending(actor, clock.today())
    if not rows:
        return None
    listed = [
        DeskRow(translate(PAPERS[row.kind], current_locale()), f"/dossiers/{row.dossier_id}", due_on=row.valid_until)
        for row in rows
    ]
    return DeskSection(Text(N_("Papers of your dossier that end soon")), listed, "/dossiers")
