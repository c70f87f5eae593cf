"""The law between the plan and the operator: contents and decision of the plan, fair competition, sealed bids."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from contracts.vocabulary.selection import APPLICATION, METHODS, PARTS
from kernel.duty import Refused, duty
from kernel.words import N_, Text

OPERATION = "27号; YN L120"
TENDER = "27号; 招标投标法"


@duty("U01", basis=OPERATION)
def plan_is_complete(written: Mapping[str, str], needed: Sequence[str]) -> None:
    """A plan says something on every part the rules name."""
    if missing := [Text(PARTS.get(part, part)) for part in needed if not written.get(part, "").strip()]:
        raise Refused(N_("The plan says nothing yet on: {missing}."), missing=missing)


@duty("U01", basis="27号")
def mode_is_provided_for(mode: str, modes: Sequence[str], coverage: str) -> None:
    """Data are authorised whole, by field or by scenario; the field or scenario is named."""
    if mode not in modes:
        raise Refused(N_("The rules of this jurisdiction do not know this mode of authorisation."))
    if mode != modes[0] and not coverage.strip():
        raise Refused(N_("Name the field or the scenario the authorisation is for."))


@duty("U01", "F01", basis="27号; WZ35")
def way_is_provided_for(method: str, methods: Sequence[str], may_be_applied_for: bool) -> None:
    """The operator is found by a fair competition the rules name, or applies where they know a right applied for."""
    known = [*methods, *([APPLICATION] if may_be_applied_for else [])]
    if method not in known:
        words = [Text(METHODS.get(name, name)) for name in known]
        raise Refused(
            N_("The rules of this jurisdiction know these ways to find the operator: {ways}."), ways=words
        )


@duty("F01", "F05", "U01", basis="27号; WZ35; CD36")
def operator_came_by_a_lawful_way(may_be_applied_for: bool, selected: bool) -> None:
    """Where the rules know no right that is applied for, the operator has been selected."""
    if not may_be_applied_for and not selected:
        said = N_(
            "Here a first-level right is not applied for: the implementing body selects the operator. "
            "Look at the notices of selections."
        )
        raise Refused(said)


@duty("U01", basis=OPERATION)
def award_is_not_exceeded(
    sources: Collection[str], planned: Collection[str], purposes: Collection[str], allowed: Collection[str]
) -> None:
    """Whoever was selected applies for what was put out to competition, and for nothing beyond."""
    if set(sources) - set(planned):
        raise Refused(
            N_("Some resources were not part of the selection. Take them out, or apply for them apart.")
        )
    if set(purposes) - set(allowed):
        raise Refused(N_("Some purposes were not part of the selection."))


@duty("U01", basis="27号（三重一大）")
def plan_is_decided_collectively(needed: bool, meeting: str, number: str) -> None:
    """The plan is decided by the body's collective leadership, in a meeting whose minutes have a number."""
    if needed and not (meeting.strip() and number.strip()):
        raise Refused(N_("Name the meeting that decided and the number of its minutes."))


@duty("U01", basis="27号（三重一大）")
def plan_stands(state: str) -> None:
    """Nothing is put out to competition before its plan was decided, or while it is being changed."""
    if state != "decided":
        raise Refused(N_("The plan has not been decided, or is being changed. Have it decided first."))


@duty("U01", basis="27号; 招标投标法第16、17条")
def enough_are_invited(method: str, invited: int, least: int) -> None:
    """An invited tender addresses at least as many able bodies as the rules say; the others address everybody."""
    if method == "invited_tender" and invited < least:
        raise Refused(N_("An invited tender goes to at least {least} bodies; {invited} are named."),
                      least=least, invited=invited)  # fmt: skip
    if method != "invited_tender" and invited:
        raise Refused(N_("Only an invited tender names who is invited; the others are open to everybody."))


@duty("U01", basis="27号; 招标投标法第24条")
def time_for_bids_is_enough(last: date, earliest: date) -> None:
    """Between the notice and the last day for bids lies at least the time of the rules. `earliest`: that time's end."""
    if last < earliest:
        raise Refused(
            N_("Bids can be due on {earliest} at the earliest, not on {last}."), earliest=earliest, last=last
        )


@duty("U01", basis="招标投标法第19条")
def weights_are_whole(weights: Sequence[int]) -> None:
    """The criteria are announced with their weights, together one hundred."""
    if sum(weights) != 100:
        raise Refused(N_("The weights add up to {total}; they must be exactly 100."), total=sum(weights))


@duty("U01", basis="招标投标法第28条")
def bid_is_in_time(now: datetime, until: datetime) -> None:
    """A bid that comes after the last moment is not taken."""
    if now >= until:
        raise Refused(N_("The time for bids is over; later ones are not taken."))


@duty("U01", basis="招标投标法第17条")
def bidder_is_invited(method: str, invited: bool) -> None:
    """In an invited tender those alone bid who were invited."""
    if method == "invited_tender" and not invited:
        raise Refused(N_("Only those who were invited can bid here."))


@duty("U01", basis="招标投标法第33条")
def one_bid_each(standing: int) -> None:
    """An organisation has one bid in a selection; another one only after it has withdrawn the first."""
    if standing:
        raise Refused(
            N_("Your organisation, or one under the same control, has a bid in this selection already.")
        )


@duty("U01", "P04", basis="招标投标法实施条例第34条")
def bidder_is_not_tied_to_the_body(tied: bool) -> None:
    """Who is under one control with the implementing body does not bid in its selection."""
    if tied:
        raise Refused(N_("The bidder is under one control with the implementing body and cannot bid here."))


@duty("U01", basis="招标投标法第34、36条")
def bids_may_be_opened(now: datetime, until: datetime) -> None:
    """Bids stay sealed until the moment the notice names."""
    if now < until:
        raise Refused(N_("The bids stay sealed until the time for bids is over."))


@duty("U01", basis="招标投标法第28条")
def bids_are_enough(bids: int, least: int) -> None:
    """With fewer bids than the rules ask for there was no competition; the selection fails and begins anew."""
    if bids < least:
        raise Refused(N_("There are {bids} bids; at least {least} are needed. Let the selection fail and begin anew."),
                      bids=bids, least=least)  # fmt: skip


@duty("U01", basis="27号; 政府采购法第38条")
def everybody_was_negotiated_with(method: str, without: Sequence[str]) -> None:
    """In a negotiation each bidder that remains was heard, and the minutes say so. `without`: those without minutes."""
    if method == "negotiation" and without:
        raise Refused(N_("There are no minutes yet of the negotiation with: {names}."), names=list(without))


@duty("U01", basis=TENDER + "第40条")
def every_bid_is_scored(scored: Collection[tuple[str, str]], wanted: Collection[tuple[str, str]]) -> None:
    """Each member scores each bid by each criterion, once. Pairs (bid, criterion)."""
    if sorted(scored) != sorted(wanted):
        raise Refused(N_("Give points to every bid for every criterion, once each."))


@duty("U01", basis=TENDER + "第37条")
def committee_is_complete(scored: int, pending: int, needed: int) -> None:
    """The ranking is made when as many members as the rules ask for have scored, and none is awaited."""
    if pending:
        raise Refused(N_("Members who were named have not scored yet: {number}."), number=pending)
    if scored < needed:
        raise Refused(
            N_("The rules ask for {needed} members; {scored} have scored."), needed=needed, scored=scored
        )


@duty("U01", basis=TENDER + "第41条")
def best_bid_is_chosen(points: int, best: int) -> None:
    """The candidate is the bid with the most points, or one of several with as many."""
    if points < best:
        raise Refused(N_("Another bid has more points. Choose the best one."))


@duty("U01", basis="招标投标法实施条例第54条")
def result_notice_is_over(today: date, until: date, pending: int, upheld: int) -> None:
    """Awarded is after the notice of the result, when every objection was answered and none was right."""
    if today <= until:
        raise Refused(
            N_("The result stands open to objections until {day}. Award it after that day."), day=until
        )
    if pending:
        raise Refused(N_("Objections wait for an answer: {number}. Answer them first."), number=pending)
    if upheld:
        raise Refused(N_("An objection was upheld. Let the selection fail and begin anew."))


@duty("U01", basis="招标投标法实施条例第54条")
def objection_is_in_time(today: date, until: date | None) -> None:
    """Objections to a result are lodged while its notice runs."""
    if until is None or today > until:
        raise Refused(
            N_("The notice of the result is not running, or over: objections are lodged until its last day.")
        )
