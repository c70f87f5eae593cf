"""What follows from what happened: a loaded year makes provisional deadlines firm; a new day has its run."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kernel import clock, due, outbox
from kernel.command import after
from supervision import commands, queries, rules
from supervision.commands import operating


@after("supervision.calendar.load")
def make_deadlines_firm(_year: Any, event: Any) -> None:
    """Every open deadline that reached into the unknown year is computed again."""
    due.recompute_provisional(event.at)


@outbox.every(600)
def run_once_a_day(now: datetime) -> None:
    """The runner does what time itself has to do once every legal day, soon after midnight."""
    last = queries.last_tick()
    if last is None or last.day < clock.legal_day(now):
        commands.tick(now)


@after("accounts.mandate.grant")
def keep_managing_and_operating_apart(granted: Any, event: Any) -> None:
    """A mandate to decide is refused to somebody of the team that operates the data of that very body."""
    if granted.kind != "decide":
        return
    today = clock.legal_day(event.at)
    for team in queries.teams_for(granted.organisation_id):
        deciding = queries.members_who_decide(team.operator_id, granted.organisation_id, today)
        rules.operators_do_not_decide(deciding.values())


@after("accounts.membership.accept")
@after("accounts.membership.admit")
def keep_deciders_out_of_teams(joined: Any, event: Any) -> None:
    """Nobody who may decide for a body joins the team that operates its data."""
    today = clock.legal_day(event.at)
    for team in queries.teams_of(joined.organisation_id):
        deciding = queries.members_who_decide(team.operator_id, team.agency_id, today)
        rules.operators_do_not_decide(deciding.values())


@due.sweep
def mandates_that_end(today: date) -> Iterator[tuple[Any, ...]]:
    """Mandates of operating bodies whose last day has passed."""
    for mandate_id in queries.mandates_over(today):
        yield operating.expire, mandate_id
