"""Plans and selections: who sees what of them, what stands in them, who is tied to whom."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from accounts import queries as accounts
from accounts.models import Organisation
from contracts.models import Bid, BidAssessment, ImplementationPlan, Selection, SelectionObjection
from contracts.queries.applications import READERS
from jurisdictions.profile import Profile
from jurisdictions.tree import UnknownJurisdiction, jurisdiction
from kernel import due
from kernel.actor import Actor
from kernel.db import db
from kernel.permissions import visible, visible_to

PUBLISHED = ("taking_bids", "opened", "scored", "result_announced", "awarded", "failed")
LEGIBLE = ("opened", "excluded", "won", "lost")
RANKED = ("opened", "won", "lost")


@visible(ImplementationPlan)
def _visible_plans(actor: Actor) -> ColumnElement[bool]:
    """The body its own; the managing bodies of the place once it was handed in."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        conditions.append(ImplementationPlan.body_id == actor.organisation_id)
    if actor.roles & READERS:
        here = ImplementationPlan.jurisdiction.in_(actor.jurisdictions)
        conditions.append(and_(here, ImplementationPlan.submitted_at.is_not(None)))
    return or_(*conditions)


@visible(Selection)
def _visible_selections(actor: Actor) -> ColumnElement[bool]:
    """Notices to everybody are for everybody; those of an invited tender for the invited; the rest for the body."""
    out = and_(Selection.announced_at.is_not(None), Selection.state.in_(PUBLISHED))
    conditions = [and_(out, Selection.method != "invited_tender")]
    if actor.organisation_id:
        conditions += [
            Selection.body_id == actor.organisation_id,
            and_(out, Selection.id.in_(_invited_to(actor.organisation_id))),
            Selection.id.in_(_named_for(actor)),
        ]
    if actor.roles & READERS:
        conditions.append(and_(out, Selection.jurisdiction.in_(actor.jurisdictions)))
    return or_(*conditions)


def _invited_to(organisation_id: uuid.UUID) -> list[uuid.UUID]:
    query = select(Selection.id, Selection.invited_ids).where(Selection.method == "invited_tender")
    return [row.id for row in db.session.execute(query) if str(organisation_id) in row.invited_ids]


def _named_for(actor: Actor) -> Select[Any]:
    mine = and_(BidAssessment.assessor_id == actor.user_id, BidAssessment.state != "recused")
    return select(BidAssessment.selection_id).where(mine)


@visible(Bid)
def _visible_bids(actor: Actor) -> ColumnElement[bool]:
    """Before it is opened a bid is there for its bidder alone: neither its words, nor that it exists."""
    if not actor.is_signed_in:
        return false()
    conditions: list[ColumnElement[bool]] = [Bid.bidder_id == actor.organisation_id]
    legible = and_(
        Bid.state.in_(LEGIBLE), Bid.opened_at.is_not(None), Bid.selection_id.not_in(_kept_out_of(actor))
    )
    conditions.append(and_(legible, Bid.selection_id.in_(_named_for(actor))))
    if actor.organisation_id:
        conditions.append(and_(legible, Bid.body_id == actor.organisation_id))
    if actor.roles & READERS:
        conditions.append(and_(legible, Bid.jurisdiction.in_(actor.jurisdictions)))
    return or_(*conditions)


def _kept_out_of(actor: Actor) -> Select[Any]:
    """The selections whose assessment the actor, as a person, was released from."""
    mine = and_(BidAssessment.assessor_id == actor.user_id, BidAssessment.state == "recused")
    return select(BidAssessment.selection_id).where(mine)


@visible(BidAssessment)
def _visible_bid_assessments(actor: Actor) -> ColumnElement[bool]:
    """The member's own; for the body and those who oversee the place who the members are, not for recused people."""
    if not actor.is_signed_in:
        return false()
    conditions = [BidAssessment.assessor_id == actor.user_id]
    if actor.organisation_id:
        own = BidAssessment.body_id == actor.organisation_id
        here = BidAssessment.jurisdiction.in_(actor.jurisdictions) if actor.roles & READERS else false()
        conditions.append(and_(or_(own, here), BidAssessment.selection_id.not_in(_kept_out_of(actor))))
    return or_(*conditions)


@visible(SelectionObjection)
def _visible_objections(actor: Actor) -> ColumnElement[bool]:
    """Whoever objected, the body, and those who oversee the place."""
    conditions: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id:
        own = (SelectionObjection.organisation_id, SelectionObjection.body_id)
        conditions += [column == actor.organisation_id for column in own]
    if actor.roles & READERS:
        conditions.append(SelectionObjection.jurisdiction.in_(actor.jurisdictions))
    return or_(*conditions)


def _found(model: Any, actor: Actor, state: str, q: str) -> Select[Any]:
    query = select(model).where(visible_to(actor, model))
    if state:
        query = query.where(model.state == state)
    for word in q.split()[:8]:
        query = query.where(model.title.icontains(word, autoescape=True))
    return query.order_by(model.created_at.desc(), model.id)


def plans(actor: Actor, *, state: str = "", q: str = "") -> Select[ImplementationPlan]:
    """The plans an actor may see, the newest first."""
    return _found(ImplementationPlan, actor, state, q)


def selections(actor: Actor, *, state: str = "", method: str = "", q: str = "") -> Select[Selection]:
    """The selections an actor may see, the newest first."""
    query = _found(Selection, actor, state, q)
    return query.where(Selection.method == method) if method else query


def bids(actor: Actor) -> Select[Bid]:
    """The bids an actor may see, the newest first."""
    return select(Bid).where(visible_to(actor, Bid)).order_by(Bid.created_at.desc(), Bid.id)


def bid_assessments(actor: Actor) -> Select[BidAssessment]:
    """The assessments of bids an actor may see."""
    query = select(BidAssessment).where(visible_to(actor, BidAssessment))
    return query.order_by(BidAssessment.created_at.desc(), BidAssessment.id)


def selection_objections(actor: Actor) -> Select[SelectionObjection]:
    """The objections to results an actor may see."""
    query = select(SelectionObjection).where(visible_to(actor, SelectionObjection))
    return query.order_by(SelectionObjection.created_at.desc(), SelectionObjection.id)


def plan(plan_id: uuid.UUID) -> ImplementationPlan | None:
    """A plan by id."""
    return db.session.get(ImplementationPlan, plan_id)


def selection(selection_id: uuid.UUID) -> Selection | None:
    """A selection by id."""
    return db.session.get(Selection, selection_id)


def bid(bid_id: uuid.UUID | None) -> Bid | None:
    """A bid by id."""
    return db.session.get(Bid, bid_id) if bid_id else None


def selections_of(plan_id: uuid.UUID) -> list[Selection]:
    """The selections for a plan, the first first."""
    query = select(Selection).where(Selection.plan_id == plan_id).order_by(Selection.created_at, Selection.id)
    return list(db.session.scalars(query))


def bids_in(selection_id: uuid.UUID, *states: str) -> list[Bid]:
    """The bids of a selection in these states, in the order they came."""
    query = select(Bid).where(Bid.selection_id == selection_id, Bid.state.in_(states))
    return list(db.session.scalars(query.order_by(Bid.handed_in_at, Bid.id)))


def members_of(selection_id: uuid.UUID) -> list[BidAssessment]:
    """The committee, in the order of naming."""
    query = select(BidAssessment).where(BidAssessment.selection_id == selection_id)
    return list(db.session.scalars(query.order_by(BidAssessment.created_at, BidAssessment.id)))


def objections_to_result(selection_id: uuid.UUID) -> list[SelectionObjection]:
    """The objections to a result, the first first."""
    query = select(SelectionObjection).where(SelectionObjection.selection_id == selection_id)
    return list(db.session.scalars(query.order_by(SelectionObjection.created_at, SelectionObjection.id)))


def committee_stands(selection_id: uuid.UUID) -> tuple[int, int]:
    """How many members have scored, and how many are still awaited."""
    query = select(BidAssessment.state, func.count()).where(BidAssessment.selection_id == selection_id)
    counts = {state: number for state, number in db.session.execute(query.group_by(BidAssessment.state))}
    return counts.get("scored", 0), counts.get("named", 0) + counts.get("declared", 0)


def standing_bids(selection_id: uuid.UUID, bidder_id: uuid.UUID) -> int:
    """How many bids the bidder, and whoever is under one control with it, has in a selection."""
    found = bids_in(selection_id, "sealed")
    return sum(row.bidder_id == bidder_id or accounts.controls(row.bidder_id, bidder_id) for row in found)


def tie_to_bidders(
    person_id: uuid.UUID | None, body_id: uuid.UUID | None, found: Iterable[Bid]
) -> str | None:
    """What keeps a person, acting for a body, from assessing these bids: a key of CONFLICTS, or None."""
    homes = [row.organisation_id for row in accounts.memberships_of(person_id)] if person_id else []
    for row in found:
        if person_id is not None and person_id == row.handed_in_by_id:
            return "applied"
        if any(home != body_id and accounts.controls(home, row.bidder_id) for home in homes):
            return "member"
        if body_id is not None and accounts.controls(body_id, row.bidder_id):
            return "control"
    return None


def may_be_applied_for(rules: Profile) -> bool:
    """Whether the rules know a first-level right that is applied for, without a selection (WZ35; CD36)."""
    return rules.flag("development.first_level") or bool(rules.list("development.market_modes"))


def earliest_last_day(found: Selection | ImplementationPlan, on: date) -> Any:
    """The earliest last day for bids of a notice that goes out on a day; None where the rules are silent."""
    key = "selection.negotiation_days" if found.method == "negotiation" else "selection.bid_days"
    return due.due_day(found, key, on)


def firms_to_invite(place: str) -> list[tuple[str, str]]:
    """Operators in office that can be invited: those of the place, of what lies above and below it."""
    query = select(Organisation).where(Organisation.state == "active").order_by(Organisation.name)
    found = [
        row for row in db.session.scalars(query) if "operator" in row.roles and _near(row.jurisdiction, place)
    ]
    return [(str(row.id), f"{row.name} · {row.uscc or ''}") for row in found]


def _near(code: str, place: str) -> bool:
    try:
        jurisdiction(code)
    except UnknownJurisdiction:
        return False
    return place in accounts.authorities_above(code) or code in accounts.authorities_above(place)
