"""What can happen to a running clock and to the calendar."""

from kernel.states import StateMachine

CLOCK = StateMachine(
    ("warn", {"running"}, None),
    ("miss", {"running"}, "missed"),
)
CALENDAR = StateMachine(("load", {None}, None))
