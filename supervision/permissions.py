"""Who may run which command of supervision."""

from kernel.permissions import Predicate, role, system

MAY: dict[str, list[Predicate]] = {
    "supervision.clock.warn": [system],
    "supervision.clock.miss": [system],
    "supervision.calendar.load": [role("authority", "decide"), system],
    "supervision.tick.run": [system],
}
