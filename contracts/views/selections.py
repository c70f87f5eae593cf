"""Selections as pages: the public notices, one selection, bids, the committee."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request

from accounts.queries import names_of
from contracts import queries
from contracts.commands import bid as bids
from contracts.commands import committee
from contracts.commands import selection as commands
from contracts.models import Bid, BidAssessment, ImplementationPlan, Selection, SelectionObjection
from contracts.queries import selections as found_by
from contracts.queries.applications import READERS
from contracts.states import SELECTION
from contracts.views.door import filters, handed_out, in_words, link, pages
from contracts.vocabulary.selection import CRITERIA, METHODS
from kernel import clock, due
from kernel.actor import Actor
from kernel.clock import LEGAL_ZONE
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, NotSignedIn
from kernel.pages import current_actor, form_page, page_of, paged
from kernel.permissions import visible_to
from kernel.states import state_word
from kernel.storage import store
from kernel.words import N_
from registry.vocabulary.papers import CONFLICTS
from registry.vocabulary.steps import CRITERIA as CRITERIA_WORDS


@page_of(Selection)
def selection_address(found: Selection) -> str:
    """The page of a selection."""
    return f"/selections/{found.id}"


@page_of(Bid)
def bid_address(bid: Bid) -> str:
    """The page of a bid."""
    return f"/bids/{bid.id}"


@page_of(BidAssessment)
def member_address(member: BidAssessment) -> str:
    """The page of a member's assessment."""
    return f"/committee/{member.id}"


@page_of(SelectionObjection)
def objection_address(objection: SelectionObjection) -> str:
    """An objection is read and answered on the page of its selection."""
    return f"/selections/{objection.selection_id}"


@pages.get("/selections")
def selections() -> Any:
    """The notices of selections: open to everybody, but for invited tenders."""
    chosen = filters("state", "method", "q")
    page = paged(found_by.selections(current_actor(), **chosen))
    return render_template(
        "contracts/selections.html",
        page=page,
        names=names_of([row.body_id for row in page.items]),
        chosen=chosen,
        methods=METHODS,
        states=[(state, state_word(state)) for state in sorted(SELECTION.states)],
    )


@pages.get("/selections/<uuid:row_id>")
def selection(row_id: UUID) -> Any:
    """One selection: the notice; for those inside also bids, committee, ranking and objections."""
    actor = current_actor()
    found = queries.seen(actor, Selection, row_id)
    bids_seen = _rows(Bid, found.id, actor)
    plan = found_by.plan(found.plan_id)
    parties = [row.bidder_id for row in bids_seen] + [UUID(row["bidder_id"]) for row in found.ranking]
    return render_template(
        "contracts/selection.html",
        found=found,
        names=names_of([found.body_id, *parties, *(UUID(one) for one in found.invited_ids)]),
        plan=plan,
        plan_link=link(plan),
        methods=METHODS,
        bids=bids_seen,
        members=_rows(BidAssessment, found.id, actor),
        objections=_rows(SelectionObjection, found.id, actor),
        chosen=found_by.bid(found.chosen_bid_id) if found.result_from else None,
        inside=_is_inside(actor, found),
        may_bid=found.state == "taking_bids"
        and clock.now() < found.bids_until
        and bids.hand_in.permits(actor, None),
        may_object=found.state == "result_announced" and committee.lodge.permits(actor, None),
        clocks_running=due.running_of(found),
    )


def _rows(model: Any, selection_id: UUID, actor: Actor) -> list[Any]:
    query = db.select(model).where(model.selection_id == selection_id, visible_to(actor, model))
    return list(db.session.scalars(query.order_by(model.created_at, model.id)))


def _is_inside(actor: Actor, found: Selection) -> bool:
    if actor.organisation_id == found.body_id:
        return True
    return bool(actor.roles & READERS) and found.jurisdiction in actor.jurisdictions


@pages.route("/selections/new", methods=["GET", "POST"])
def new_selection() -> Any:
    """The notice for a decided plan."""
    actor = current_actor()
    if not commands.prepare.permits(actor, None):
        raise NotAllowed() if actor.is_signed_in else NotSignedIn()
    plan = queries.seen(actor, ImplementationPlan, _id(request.values.get("plan_id", "")))
    if not commands.prepare.permits(actor, plan):
        raise NotAllowed()
    proposed = {
        "plan_id": plan.id,
        "title": plan.title,
        "conditions": plan.contents.get("operator_conditions", ""),
        "notice": plan.contents.get("products", ""),
        "criteria": [{"name": in_words(CRITERIA_WORDS.get(name, name)), "weight": weight} for name, weight in CRITERIA],
        "last_time": commands.CLOSING.strftime("%H:%M"),
    }
    return _form(commands.prepare, None, plan, proposed)


@pages.route("/selections/<uuid:row_id>/edit", methods=["GET", "POST"])
def edit_selection(row_id: UUID) -> Any:
    """The notice before it goes out."""
    found = queries.seen(current_actor(), Selection, row_id)
    if not commands.amend.permits(current_actor(), found):
        raise NotAllowed()
    local = found.bids_until.astimezone(LEGAL_ZONE)
    values = {name: getattr(found, name) for name in ("title", "notice", "conditions", "criteria")}
    values |= {"invited": found.invited_ids, "last_day": local.date(), "last_time": local.strftime("%H:%M")}
    return _form(commands.amend, found, found, values)


def _form(command: Any, subject: Any, about: Any, values: dict[str, Any]) -> Any:
    return form_page(
        "contracts/selection_form.html",
        command,
        subject=subject,
        values=values if request.method == "GET" else None,
        then=lambda done: redirect(selection_address(done)),
        options={"invited": found_by.firms_to_invite(about.jurisdiction)}
        if about.method == "invited_tender"
        else {},
        skipped=() if about.method == "invited_tender" else ("invited",),
        earliest=found_by.earliest_last_day(about, clock.today()),
        back=None,
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None


@pages.route("/selections/<uuid:row_id>/bid", methods=["GET", "POST"])
def new_bid(row_id: UUID) -> Any:
    """The bid: encrypted the moment it is sent."""
    actor = current_actor()
    found = queries.seen(actor, Selection, row_id)
    if not bids.hand_in.permits(actor, None):
        raise NotAllowed() if actor.is_signed_in else NotSignedIn()
    return form_page(
        "contracts/selection_form.html",
        bids.hand_in,
        values={"selection_id": found.id} if request.method == "GET" else None,
        then=lambda done: redirect(bid_address(done)),
        options={},
        skipped=(),
        lead=N_(
            "It is encrypted as soon as you send it. Nobody can read it before two people open all bids together."
        ),
        back=found,
    )


@pages.route("/selections/<uuid:row_id>/result", methods=["GET", "POST"])
def new_result(row_id: UUID) -> Any:
    """The candidate, chosen from the ranking."""
    found = queries.seen(current_actor(), Selection, row_id)
    if not commands.announce_result.permits(current_actor(), found):
        raise NotAllowed()
    names = names_of([UUID(row["bidder_id"]) for row in found.ranking])
    ranked = [(row["bid_id"], names[UUID(row["bidder_id"])], shown(row["points"])) for row in found.ranking]
    return form_page(
        "contracts/selection_form.html",
        commands.announce_result,
        subject=found,
        values={"bid_id": ranked[0][0]} if ranked and request.method == "GET" else None,
        then=lambda done: redirect(selection_address(done)),
        options={"bid_id": ranked},
        skipped=(),
        back=found,
    )


def shown(points: int) -> str:
    """Hundredths of a point as people read them."""
    return f"{points // 100}.{points % 100:02d}"


@pages.get("/bids/<uuid:row_id>")
def bid(row_id: UUID) -> Any:
    """One bid: its receipt while it is sealed, its words afterwards."""
    found = queries.seen(current_actor(), Bid, row_id)
    return render_template(
        "contracts/bid.html",
        bid=found,
        selection=found_by.selection(found.selection_id),
        names=names_of([found.bidder_id]),
        mine=found.bidder_id == current_actor().organisation_id,
    )


@pages.get("/bids/<uuid:row_id>/file")
def bid_file(row_id: UUID) -> Any:
    """The file of an opened bid."""
    found = queries.seen(current_actor(), Bid, row_id)
    if not found.files:
        raise NotFound()
    return handed_out(
        store().get(found.files[0]["key"]), found.files[0]["name"], found.files[0]["media_type"]
    )


@pages.get("/committee/<uuid:row_id>")
def member(row_id: UUID) -> Any:
    """One member of a committee: what was declared; the points once the ranking is made."""
    found = queries.seen(current_actor(), BidAssessment, row_id)
    mine = found.assessor_id == current_actor().user_id
    return render_template(
        "contracts/committee.html",
        member=found,
        selection=found_by.selection(found.selection_id),
        bids=_rows(Bid, found.selection_id, current_actor()) if found.state != "recused" else [],
        conflicts=CONFLICTS,
        mine=mine,
        shows_points=found.state == "scored" and (mine or found.revealed_at is not None),
    )


@pages.route("/committee/<uuid:row_id>/score", methods=["GET", "POST"])
def score_bids(row_id: UUID) -> Any:
    """Points for each bid by each criterion."""
    found = queries.seen(current_actor(), BidAssessment, row_id)
    if found.state != "declared" or not committee.score.permits(current_actor(), found):
        raise NotAllowed()
    about = found_by.selection(found.selection_id)
    if about is None:
        raise NotFound()
    return form_page(
        "contracts/score_bids.html",
        committee.score,
        subject=found,
        values={} if request.method == "GET" else None,
        then=lambda done: redirect(member_address(done)),
        about=about,
        bids=found_by.bids_in(about.id, "opened"),
    )
