"""The law of supervision. Pure functions: facts in, answer or refusal out."""

from collections.abc import Collection
from datetime import date

from kernel.duty import Refused, duty
from kernel.words import N_, Text
from supervision.vocabulary import TASKS


@duty("X02", basis="WZ45; DG50; LS33-34; CD46; YN L155")
def clock_may_warn(working_days_left: int, warn_from: int) -> bool:
    """A clock warns whoever is waited for before its last day, early enough to act."""
    return 0 <= working_days_left <= warn_from


@duty("X11", basis="DG52; YN L150-154")
def deadline_is_missed(due_on: date, today: date) -> None:
    """A deadline counts as missed only when its last day has ended."""
    if today <= due_on:
        raise Refused(N_("The last day is {due_on}; it has not ended yet."), due_on=due_on)


@duty("X02", basis="WZ45; DG50; LS33-34; CD46; YN L155")
def clock_may_escalate(working_days_left: int, escalate_from: int) -> bool:
    """A clock that is about to be missed is put before the superiors."""
    return 0 <= working_days_left <= escalate_from


@duty("X11", basis="行政许可法第45条; DG52; YN L150-154")
def stop_was_served(served_on: date, started_on: date, today: date) -> None:
    """A clock stands still only when whoever waits was told so: the day of service lies in the time of the clock."""
    if not started_on <= served_on <= today:
        raise Refused(
            N_("The notice was served between {first} and {last}, or the clock runs on."), first=started_on, last=today
        )


@duty("X11", basis="行政许可法第42条; DG52; YN L150-154")
def extension_is_within_the_ceiling(days: int, longest: int, earlier: int, times: int) -> None:
    """Time is lengthened by no more working days, and no more often, than the rules allow."""
    if days > longest:
        raise Refused(N_("The time can be lengthened by {longest} working days at most."), longest=longest)
    if earlier >= times:
        raise Refused(N_("This time was lengthened already; the rules allow it {times} times."), times=times)


@duty("X11", basis="DG52; YN L150-154")
def stop_is_over(stopped_for: int, longest: int) -> None:
    """A clock stands still no longer than the rules allow; then it goes on by itself. Working days."""
    if stopped_for < longest:
        raise Refused(N_("The clock may stand still for {longest} working days."), longest=longest)


@duty("P04", basis="DG9")
def teams_are_filed_here(asked_for: bool) -> None:
    """Operating teams are filed where the rules of the place ask for it."""
    if not asked_for:
        raise Refused(N_("The rules of this jurisdiction ask for no filing of operating teams."))


@duty("P04", "P06", basis="DG9")
def body_is_of_the_operating_side(side: str) -> None:
    """Managing and operating are kept apart: who operates is no body that manages public data."""
    if side != "operating":
        raise Refused(N_("A body that manages public data cannot operate them; name one of the operating side."))


@duty("P04", basis="DG9")
def nobody_is_kept_out(exclusive: bool, selection: str) -> None:
    """A team is chosen without discrimination, and gets no monopoly on the data of the field."""
    if exclusive:
        raise Refused(N_("A team cannot be given the data of a field for itself alone."))
    if not selection.strip():
        raise Refused(N_("Say how the team was chosen, and that others were not kept out."))


@duty("P04", basis="DG9")
def operators_do_not_decide(deciding: Collection[str]) -> None:
    """None of the people who operate holds a mandate to decide in the body whose data they operate."""
    if deciding:
        raise Refused(
            N_("These people operate the data of this body and may not decide for it: {names}."), names=list(deciding)
        )


@duty("P04", "P06", basis="DG9")
def tasks_can_be_operated(tasks: Collection[str], allowed: Collection[str]) -> None:
    """Only the tasks the rules name can be given to an operating body; managing stays with the authority."""
    wrong = [Text(TASKS.get(task, task)) for task in tasks if task not in allowed]
    if wrong:
        raise Refused(N_("Under these rules an operating body cannot be given: {tasks}."), tasks=wrong)
    if not tasks:
        raise Refused(N_("Name at least one task."))


@duty("P04", "P06", basis="DG9")
def work_has_a_term(starts_on: date, ends_on: date, today: date) -> None:
    """A team or mandate has a first and a last day, and the last is not over yet."""
    if ends_on < starts_on:
        raise Refused(N_("The last day lies before the first."))
    if ends_on < today:
        raise Refused(N_("The last day is over already."))


@duty("P06", basis="DG9")
def task_is_mandated(task: str, tasks: Collection[str], in_force: bool) -> None:
    """An operating body does what its mandate in force names, and nothing else."""
    if not in_force:
        raise Refused(N_("There is no mandate in force under which this could be done."))
    if task not in tasks:
        raise Refused(N_("The mandate does not cover this task: {task}."), task=Text(TASKS.get(task, task)))


@duty("P06", basis="DG9")
def mandate_is_over(ends_on: date, today: date) -> None:
    """A mandate expires after its last day."""
    if today <= ends_on:
        raise Refused(N_("The last day is {due_on}; it has not ended yet."), due_on=ends_on)
