"""The duties an application for a licence is measured by, with the facts of the day."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from kernel import clock, due
from kernel.actor import Actor
from registry import queries
from registry.models import Licence, Notice, Paper
from registry.rules import assessment as fairness
from registry.rules import dossier as papers_law
from registry.rules import licence as law
from registry.rules import oversight


def application_is_lawful(licence: Licence, papers: Mapping[str, Paper], today: date) -> None:
    """Complete, with valid papers, by somebody who may apply: refused where a rule says no."""
    profile = due.profile(licence)
    papers_law.statements_are_complete(licence.statements, profile.list("assessment.criteria"))
    papers_law.papers_are_there(papers, profile.list("licence.documents"))
    papers_law.papers_are_valid(_terms(papers), today)
    applicant_may_hold_one(licence, today)


def _terms(papers: Mapping[str, Paper]) -> dict[str, tuple[date, date | None]]:
    return {kind: (row.valid_from, row.valid_until) for kind, row in papers.items()}


def applicant_may_hold_one(licence: Licence, today: date) -> None:
    """Not barred, with a clean record, and without a licence that is not near its end."""
    profile = due.profile(licence)
    barred = queries.debarment_of(licence.organisation_id, today)
    oversight.applicant_is_not_debarred(barred.ends_on if barred else None)
    if not profile.silent("licence.clean_record_years"):
        years = profile.number("licence.clean_record_years")
        first = oversight.record_begins(today, years)
        oversight.record_is_clean(queries.troubles_since(licence.organisation_id, first), years)
    other = queries.licence_in_force(licence.organisation_id, licence.level, today, licence.jurisdiction)
    law.one_licence_at_a_time(
        other.number if other else None, other.valid_until if other else None, today, profile
    )


def licence_may_be_granted(licence: Licence, today: date, *, decided: bool = False) -> None:
    """Assessed and passed, with papers that still hold; `decided`: and the notice is over without an objection."""
    profile = due.profile(licence)
    scored, pending = queries.assessed_by(licence.id)
    fairness.assessment_is_complete(scored, pending, profile.number("assessment.assessors"))
    points = [number for given in queries.points_of(licence.id).values() for number in given]
    fairness.assessment_is_passed(points, profile.number("assessment.pass_percent"))
    kinds = {row["kind"] for row in licence.papers}
    current = queries.papers_of(licence.organisation_id)
    papers_law.papers_are_valid(_terms({kind: row for kind, row in current.items() if kind in kinds}), today)
    applicant_may_hold_one(licence, today)
    if decided:
        needed = not profile.silent("licence.public_notice_wd")
        oversight.licence_notice_is_over(licence.notice_until, today, needed)
        objections = [row.state for row in queries.objections_to(licence.id)]
        oversight.objections_are_answered(objections.count("lodged"), objections.count("upheld"))


def decider_is_impartial(licence: Licence, actor: Actor) -> None:
    """Who decides has no tie to the organisation the licence is about."""
    fairness.nothing_ties_to_the_applicant(queries.tie(actor.user_id, actor.organisation_id, licence, control=False))


def heard_on(act: str, organisation_id: uuid.UUID, licence_id: uuid.UUID | None, actor: Actor, now: datetime) -> Notice:
    """The notice of an adverse act, once the organisation was heard on it and somebody else decides."""
    notice = queries.open_notice(act, organisation_id, licence_id)
    oversight.notice_was_given(notice is not None)
    assert notice is not None  # noqa: S101  the duty above has refused
    oversight.reply_window_has_passed(clock.legal_day(now), notice.reply_due, notice.reply_at is not None)
    oversight.another_decides(notice.given_by_id, actor.user_id)
    return notice


def starts_on(licence: Licence, today: date) -> date:
    """The first day: today, or the day after the licence that is renewed has ended."""
    before: Any = queries.licence(licence.renews_id) if licence.renews_id else None
    if before is None or before.state not in ("in_force", "suspended") or before.valid_until < today:
        return today
    last: date = before.valid_until
    return last + timedelta(days=1)
