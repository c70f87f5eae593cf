"""The duties an application is measured by, with the facts of the day: when it is handed in and when it is decided."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from accounts.queries import controls
from contracts import rules
from contracts.models import Application, DevelopmentRight
from contracts.queries.live import right_is_live
from contracts.queries.preparing import overlaps_of
from contracts.queries.rights import bounds_of, right
from contracts.queries.selections import may_be_applied_for, plan, selection
from contracts.queries.sources import elements_by_id, resources
from contracts.rules import Bounds
from contracts.rules import decision as way
from contracts.rules import selection as law
from contracts.rules.clauses import clauses_are_complete
from contracts.rules.dossier import applicant_is_not_barred, dossier_is_valid
from contracts.vocabulary import Level
from jurisdictions.tree import UnknownJurisdiction, ancestors
from kernel import due
from kernel.calendar import term_end
from kernel.errors import InvalidInput
from kernel.words import N_, Text
from registry.queries import debarment_of, licence_in_force, papers_invalid
from registry.vocabulary.papers import PAPERS


def check_application(
    asked: Application, sources: Sequence[uuid.UUID], on: date, ends_on: date | None = None
) -> None:
    """Refuse what the rules do not allow; `ends_on` replaces the end that was asked for."""
    profile, ends_on = due.profile(asked), ends_on or asked.ends_on
    level = Level(asked.level)
    longest = term_end(asked.starts_on, profile.period("op.max_term_years"))
    rules.term_is_lawful(asked.starts_on, ends_on, longest)
    rules.applicant_is_qualified(level, bool(licence_in_force(asked.applicant_id, asked.level, on)))
    barred = debarment_of(asked.applicant_id, on)
    applicant_is_not_barred(barred.ends_on if barred else None)
    over = papers_invalid(asked.applicant_id, profile.list("licence.documents"), on)
    dossier_is_valid([Text(PAPERS[kind]) for kind in over], on)
    _check_beside(asked, sources, ends_on)
    if level is Level.FIRST:
        _check_way(asked, sources)
        check_resources(sources, on)
        rules.funding_is_provided_for(level, asked.funding_mode, profile.list("revenue.first_level_funding"))
        needed = profile.flag("op.shared_data_consent")
        rules.shared_data_has_consent(needed, asked.shared_source_ids, asked.provider_consent)
        return
    _check_under_parent(asked, sources, on, ends_on)


def _check_beside(asked: Application, sources: Sequence[uuid.UUID], ends_on: date) -> None:
    """Nothing stands beside it that is the same, or that is exclusive."""
    beside = overlaps_of(asked, sources, ends_on)
    way.nothing_is_asked_twice([row.heading for row in beside if row.twice])
    way.exclusive_rights_do_not_clash([row.heading for row in beside if row.exclusive])


def _check_way(asked: Application, sources: Sequence[uuid.UUID]) -> None:
    """How the applicant came to apply: by a right that is applied for, or selected, and then within the award."""
    found = selection(asked.selection_id) if asked.selection_id else None
    law.operator_came_by_a_lawful_way(may_be_applied_for(due.profile(asked)), found is not None)
    planned = plan(found.plan_id) if found else None
    if planned is not None:
        ids = [str(source_id) for source_id in sources]
        law.award_is_not_exceeded(ids, planned.resource_ids, asked.purposes, planned.purposes)


def check_resources(sources: Sequence[uuid.UUID], on: date) -> None:
    """The resources may be opened and are registered on that day."""
    found = resources(sources)
    rules.data_may_be_opened({facts.title: facts.opening for facts in found})
    rules.resources_are_registered([facts.title for facts in found if not facts.is_registered(on)])


def check_elements(sources: Sequence[uuid.UUID]) -> None:
    """The elements are available."""
    rules.elements_are_available([row.title for row in elements_by_id(sources) if row.state != "available"])


def _check_under_parent(asked: Application, sources: Sequence[uuid.UUID], on: date, ends_on: date) -> None:
    parent = right(asked.parent_right_id) if asked.parent_right_id else None
    if parent is None:
        raise InvalidInput({"parent_right_id": [N_("There is no such first-level right.")]})
    check_elements(sources)
    rules.parent_is_live(*right_is_live(parent.id, on))
    wanted = Bounds(
        sources=frozenset(str(source_id) for source_id in sources),
        purposes=frozenset(asked.purposes),
        territory=frozenset(asked.territory),
        starts_on=asked.starts_on,
        ends_on=ends_on,
    )
    rules.right_does_not_exceed_its_source(wanted, bounds_of(parent), above(asked.territory))
    barred = due.profile(asked).flag("op.no_redevelopment")
    rules.holder_is_not_also_second_level(barred, controls(asked.applicant_id, parent.holder_id))


def check_signing(held: DevelopmentRight, sources: Sequence[uuid.UUID], on: date) -> None:
    """What must hold on the day of a signature: the sources, and the right above."""
    if held.level == Level.FIRST:
        check_resources(sources, on)
        return
    check_elements(sources)
    rules.parent_is_live(*right_is_live(held.parent_id or held.id, on))


def above(codes: Sequence[str]) -> dict[str, set[str]]:
    """Each territory code with itself and every jurisdiction above it; an unknown one with nothing."""
    found: dict[str, set[str]] = {}
    for code in codes:
        try:
            found[code] = {code, *(place.code for place in ancestors(code))}
        except UnknownJurisdiction:
            found[code] = set()
    return found


def check_clauses(kind: str, about: Any, covered: Collection[str]) -> None:
    """A first-level agreement carries every mandatory clause of the rules of its jurisdiction."""
    if kind == "first_level_agreement":
        clauses_are_complete(covered, due.profile(about).list("op.agreement_clauses"))
