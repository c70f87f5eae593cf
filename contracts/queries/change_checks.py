"""The duties a change is measured by: when it is proposed, when it is approved, and on the day of each signature."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.queries import controls
from contracts import rules
from contracts.models import DevelopmentRight, RightChange
from contracts.queries.changes import (
    UNDER_WAY,
    bounds_after,
    changes_of,
    is_first,
    items_of,
    renewal_opens,
    situations_of,
)
from contracts.queries.checks import above, check_elements, check_resources
from contracts.queries.live import right_is_live
from contracts.queries.rights import bounds_of, children_of, obligations_of, right
from contracts.rules import cells, life
from contracts.rules.dossier import applicant_is_not_barred
from contracts.vocabulary import Level
from kernel import due
from kernel.calendar import term_end
from kernel.words import Text
from registry.queries import debarment_of, licence_in_force


def check_change(
    moment: str,
    kind: str,
    held: DevelopmentRight,
    terms: Mapping[str, Any],
    on: date,
    this: RightChange | None = None,
) -> None:
    """Refuse a change that the table of cells or a duty stands against. `this`: the change itself, once it exists."""
    cells.step_fits_the_situation(f"{moment}_{kind}", _situations(held, on, this))
    life.change_changes_something(terms)
    _check_bounds(kind, held, terms, on)
    if kind == "novation":
        check_new_holder(held, uuid.UUID(terms["holder_id"]), on)
    if "income_shares" in terms:
        check_shares(held, terms["income_shares"], terms.get("holder_id", str(held.holder_id)))


def _situations(held: DevelopmentRight, on: date, this: RightChange | None) -> set[str]:
    """The situations of a right, where the change that is looked at is not in its own way."""
    others = [one for one in changes_of(held.id, UNDER_WAY) if this is None or one.id != this.id]
    situations = situations_of(held, on) - {"change_pending", "reduction_announced"}
    return situations | {
        "reduction_announced" if one.state == "announced" else "change_pending" for one in others
    }


def check_reduction(
    step: str, held: DevelopmentRight, terms: Mapping[str, Any], on: date, this: RightChange | None = None
) -> None:
    """A reduction that is ordered takes away only, and only where the table of cells leaves it open."""
    cells.step_fits_the_situation(step, _situations(held, on, this))
    life.change_changes_something(terms)
    _check_bounds("reduction", held, terms, on)


def _check_bounds(kind: str, held: DevelopmentRight, terms: Mapping[str, Any], on: date) -> None:
    new, old = bounds_after(held, terms), bounds_after(held, {})
    life.change_keeps_the_right_whole(len(new.sources), len(new.purposes), len(new.territory))
    longest = term_end(held.starts_on, due.profile(held).period("op.max_term_years"))
    rules.term_is_lawful(held.starts_on, new.ends_on, longest)
    if kind == "reduction":
        life.reduction_only_takes_away(new, old, on)
        return
    sources = [uuid.UUID(one) for one in new.sources]
    if is_first(held):
        check_resources(sources, on)
        return
    parent = right(held.parent_id) if held.parent_id else None
    if parent is not None:
        check_elements(sources)
        rules.right_does_not_exceed_its_source(new, bounds_of(parent), above(sorted(new.territory)))
        if kind != "amendment":
            rules.parent_is_live(*right_is_live(parent.id, on))


def check_renewal(
    held: DevelopmentRight, ends_on: date, performance: str, on: date, *, first_time: bool
) -> None:
    """A renewal is asked for in its window, prolongs, and shows what was done; overdue obligations stand against it."""
    if first_time:
        life.renewal_is_in_its_window(on, renewal_opens(held), held.ends_on)
    life.renewal_prolongs(ends_on, held.ends_on)
    owed = [row.what for row in obligations_of(held.id) if row.state == "overdue"]
    life.renewal_shows_performance(performance, owed)


def check_new_holder(held: DevelopmentRight, holder_id: uuid.UUID, on: date) -> None:
    """Who takes a right over is qualified as if it applied for it, and stands on one level only."""
    level = Level(held.level)
    life.new_holder_is_another(held.holder_id, holder_id)
    rules.applicant_is_qualified(level, bool(licence_in_force(holder_id, held.level, on)))
    barred = debarment_of(holder_id, on)
    applicant_is_not_barred(barred.ends_on if barred else None)
    flag = due.profile(held).flag("op.no_redevelopment")
    others = [one.holder_id for one in children_of(held.id)]
    if parent := right(held.parent_id) if held.parent_id else None:
        others.append(parent.holder_id)
    rules.holder_is_not_also_second_level(flag, any(controls(holder_id, other) for other in others))


def check_shares(held: DevelopmentRight, shares: list[dict[str, Any]], holder_id: str) -> None:
    """The shares stay whole, and the parties of the right keep their roles."""
    parent = right(held.parent_id) if held.parent_id else None
    fixed = {"operator": str(parent.holder_id) if parent else holder_id}
    if parent is not None:
        fixed["developer"] = holder_id
    rules.income_is_shared_whole(Level(held.level), shares, fixed)


def check_lift(held: DevelopmentRight) -> None:
    """A suspension is lifted only when every item to mend is closed."""
    open_ = items_of(held.id, ("open", "overdue", "reported"))
    life.items_are_closed([row.what for row in open_])


def check_step(step: str, held: DevelopmentRight, on: date) -> None:
    """Refuse a step that the table of cells stands against."""
    cells.step_fits_the_situation(step, situations_of(held, on))


def hindrances(step: str, held: DevelopmentRight, on: date) -> list[Text]:
    """What stands against a step today, for the page that offers it."""
    return cells.reasons(step, situations_of(held, on))


def shares_with_holder(
    held: DevelopmentRight, shares: list[dict[str, Any]], old: uuid.UUID, new: uuid.UUID, name: str
) -> list[dict[str, Any]]:
    """The shares with the new holder in the place of the old one, in the role of the holder at its level."""
    role = "operator" if is_first(held) else "developer"
    return renamed(shares, role, old, new, name)


def renamed(
    shares: list[dict[str, Any]], role: str, old: uuid.UUID, new: uuid.UUID, name: str
) -> list[dict[str, Any]]:
    """The shares of the old party in that role given to the new one; a share it had in that role already is added."""
    found: list[dict[str, Any]] = []
    for one in shares:
        mine = one["role"] == role and one["party"] == str(old)
        row = one | ({"party": str(new), "party_name": name} if mine else {})
        twin = next((x for x in found if (x["party"], x["role"]) == (row["party"], row["role"])), None)
        if twin is None:
            found.append(dict(row))
        else:
            twin["share_bp"] += row["share_bp"]
    return found
