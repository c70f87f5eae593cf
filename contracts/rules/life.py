"""What the law says about changing, renewing, passing on, reducing, mending and leaving. Plain values in."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from contracts.rules import Bounds
from kernel.duty import Refused, duty
from kernel.words import N_


@duty("U04", basis="27号; YN L120")
def change_changes_something(terms: Mapping[str, Any]) -> None:
    """A change says what becomes different."""
    if not terms:
        raise Refused(N_("Nothing would be different. Say what changes."))


@duty("U04", basis="27号")
def renewal_is_in_its_window(today: date, opens_on: date, ends_on: date) -> None:
    """A renewal is asked for in the last days of the term, as many as the rules leave for it."""
    if not opens_on <= today <= ends_on:
        said = N_("A renewal can be asked for from {opens} to {end}, the last day of the term.")
        raise Refused(said, opens=opens_on, end=ends_on)


@duty("U04", basis="27号")
def renewal_prolongs(ends_on: date, present: date) -> None:
    """A renewal reaches beyond the present term."""
    if ends_on <= present:
        raise Refused(N_("The right runs until {present} already. Name a later day."), present=present)


@duty("U04", basis="27号")
def renewal_shows_performance(statement: str, overdue: Sequence[str]) -> None:
    """Who asks for more time shows what was done in the time that was given. `overdue`: obligations past their day."""
    if not statement.strip():
        raise Refused(N_("Say what was achieved under the right: elements, products, uses, reports."))
    if overdue:
        said = N_("These obligations are overdue: {titles}. Fulfil them before the right is renewed.")
        raise Refused(said, titles=list(overdue))


@duty("U04", "L04", basis="27号; YN L120")
def reduction_only_takes_away(new: Bounds, old: Bounds, today: date) -> None:
    """A reduction leaves less in some respect and more in none, leaves something, and does not reach back."""
    more = not (
        new.sources <= old.sources and new.purposes <= old.purposes and new.territory <= old.territory
    )
    if more or new.ends_on > old.ends_on or new.starts_on != old.starts_on:
        raise Refused(N_("A reduction only takes away. What is added is agreed as an amendment."))
    if new.ends_on < min(today, old.ends_on):
        raise Refused(N_("A right is not shortened to a day that has passed. Name today or a later day."))
    if not (new.sources and new.purposes and new.territory):
        raise Refused(
            N_("Nothing would be left of the right. Then it is terminated or given up, not reduced.")
        )


@duty("U04", "L04", basis="WZ35–36; 27号")
def change_keeps_the_right_whole(sources: int, purposes: int, territory: int) -> None:
    """After every change something is left in each respect: what, what for, and where."""
    if not (sources and purposes and territory):
        raise Refused(N_("A right needs at least one source, one purpose and one territory."))


@duty("U04", "P01", basis="27号; WZ35–36")
def new_holder_is_another(old: uuid.UUID, new: uuid.UUID) -> None:
    """A right passes to somebody else than who holds it."""
    if old == new:
        raise Refused(N_("The right is held by this organisation already."))


@duty("U04", basis="27号; 民法典第555条")
def new_holder_has_consented(consented: bool) -> None:
    """A right passes on only with the consent of who takes it over; the authority agrees by its approval."""
    if not consented:
        raise Refused(N_("The organisation that takes the right over has not consented yet."))


@duty("U03", basis="YN L180")
def another_person_closes(reported_by: uuid.UUID | None, closed_by: uuid.UUID | None) -> None:
    """What was reported as mended is closed by somebody else than who reported it."""
    if reported_by is not None and reported_by == closed_by:
        raise Refused(N_("Who reported an item as mended does not close it. Another person looks at it."))


@duty("U03", basis="YN L180")
def items_are_closed(titles: Sequence[str]) -> None:
    """A suspension is lifted when every item to be mended is closed, one by one. `titles`: those that are not."""
    if titles:
        raise Refused(N_("These items are not closed yet: {titles}."), titles=list(titles))


@duty("U03", basis="YN L180; WZ46")
def part_is_named(scope: str, named: Collection[str], known: Collection[str]) -> None:
    """A suspension in part names what it concerns, and only what belongs to the right."""
    if scope != "new_sales" and not named:
        raise Refused(N_("Name the resources or products that are suspended."))
    if set(named) - set(known):
        raise Refused(N_("Something named does not belong to this right. Choose from the list."))


@duty("U03", basis="YN L180")
def rests_no_longer(rests: bool) -> None:
    """What rests because the authority suspended part of a right comes back when that is lifted, not before."""
    if rests:
        raise Refused(
            N_(
                "The authority suspended the part of the right it belongs to. It comes back when that is lifted."
            )
        )


@duty("U03", basis="YN L180")
def sales_may_begin(stopped: bool) -> None:
    """While new sales are suspended nothing is newly offered or ordered; running uses go on."""
    if stopped:
        raise Refused(N_("The authority has suspended new sales under the right. Running uses go on."))


@duty("U04", basis="YN L120; YN L180")
def exit_names_what_was_done(manner: str, has_proof: bool) -> None:
    """Data are returned or irreversibly destroyed, with proof."""
    if not manner or not has_proof:
        raise Refused(N_("Say how the data were returned or destroyed, and hand in the proof."))


@duty("U04", basis="YN L120")
def another_officer_confirms(handed_in_by: uuid.UUID | None, confirmed_by: uuid.UUID | None) -> None:
    """The return or destruction is confirmed by somebody else than who reported it."""
    if handed_in_by is not None and handed_in_by == confirmed_by:
        raise Refused(N_("Who handed in the proof does not confirm it. Another person does."))


@duty("U04", basis="27号; YN L120")
def account_is_even(open_minor: int, note: str) -> None:
    """An exit is closed when nothing is owed any more, or when it is written down how the rest is settled."""
    if open_minor and not note.strip():
        raise Refused(N_("There are claims that are not settled. Write down how they are settled."))
