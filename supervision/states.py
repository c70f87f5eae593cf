"""What can happen to a running clock, to the calendar and to the daily run."""

from kernel.states import StateMachine

CLOCK = StateMachine(
    ("warn", {"running"}, None),
    ("miss", {"running"}, "missed"),
)
CALENDAR = StateMachine(("load", {None}, None))
TICK = StateMachine(("run", {None}, None))
