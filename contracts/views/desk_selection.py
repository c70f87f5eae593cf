"""What plans and selections put on the desk."""

from contracts.models import BidAssessment, ImplementationPlan, Selection
from contracts.queries import selections as found_by
from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from kernel.pages import DeskRow, DeskSection, address_of, desk_section
from kernel.words import N_, Text

SHOWN = 10


@desk_section(22)
def plans_and_selections(actor: Actor) -> DeskSection | None:
    """For implementing bodies: plans that are not decided, selections under way."""
    if not actor.roles & {"agency", "authority"} or actor.organisation_id is None:
        return None
    plans = found_by.plans(actor).where(
        ImplementationPlan.body_id == actor.organisation_id,
        ImplementationPlan.state.not_in(("withdrawn", "decided")),
    )
    under_way = found_by.selections(actor).where(
        Selection.body_id == actor.organisation_id, Selection.state.not_in(("awarded", "failed"))
    )
    rows = [
        DeskRow(row.title, address_of(row), "", row.state) for row in db.session.scalars(plans.limit(SHOWN))
    ]
    rows += [
        DeskRow(
            row.title, address_of(row), "", row.state, row.result_until or clock.legal_day(row.bids_until)
        )
        for row in db.session.scalars(under_way.limit(SHOWN))
    ]
    if not rows and "authority" not in actor.roles:
        return None
    return DeskSection(
        Text(N_("Plans and selections")),
        rows,
        more="/plans",
        empty=Text(N_("No plan and no selection is under way.")),
        action=(Text(N_("New plan")), "/plans/new"),
    )


@desk_section(23)
def committees(actor: Actor) -> DeskSection | None:
    """For members of a committee: bids to score."""
    mine = found_by.bid_assessments(actor).where(
        BidAssessment.assessor_id == actor.user_id, BidAssessment.state.in_(("named", "declared"))
    )
    rows = [
        DeskRow(row.subject_name, address_of(row), "", row.state)
        for row in db.session.scalars(mine.limit(SHOWN))
    ]
    return DeskSection(Text(N_("Bids to assess")), rows) if rows else None


@desk_section(32)
def open_notices(actor: Actor) -> DeskSection | None:
    """For operators: notices that take bids."""
    if "operator" not in actor.roles:
        return None
    taking = found_by.selections(actor).where(
        Selection.state == "taking_bids", Selection.bids_until > clock.now()
    )
    rows = [
        DeskRow(row.title, address_of(row), "", row.state, clock.legal_day(row.bids_until))
        for row in db.session.scalars(taking.limit(SHOWN))
    ]
    return DeskSection(Text(N_("Selections that take bids")), rows, more="/selections") if rows else None
