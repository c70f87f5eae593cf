"""The law of supervision. Pure functions: facts in, answer or refusal out."""

from datetime import date

from kernel.duty import Refused, duty
from kernel.words import N_


@duty("X02", basis="WZ45; DG50; LS33-34; CD46; YN L155")
def clock_may_warn(working_days_left: int, warn_from: int) -> bool:
    """A clock warns whoever is waited for before its last day, early enough to act."""
    return 0 <= working_days_left <= warn_from


@duty("X11", basis="DG52; YN L150-154")
def deadline_is_missed(due_on: date, today: date) -> None:
    """A deadline counts as missed only when its last day has ended."""
    if today <= due_on:
        raise Refused(N_("The last day is {due_on}; it has not ended yet."), due_on=due_on)
