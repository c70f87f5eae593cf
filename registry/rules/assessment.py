"""The law of assessment: impartial assessors, each criterion, enough of them, enough points."""

from collections.abc import Collection, Sequence

from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.vocabulary.papers import CONFLICTS
from registry.vocabulary.steps import CRITERIA

BASIS = "WZ36"


@duty("P02", basis=BASIS)
def nothing_ties_to_the_applicant(conflict: str | None) -> None:
    """Who belongs to the applicant, is under one control with it or took part in the application does not judge it."""
    if conflict is not None:
        raise Refused(
            N_("This person must not take part in the case: {ground}. Name somebody else."),
            ground=Text(CONFLICTS.get(conflict, conflict)),
        )


@duty("P02", basis=BASIS)
def each_assesses_once(assessor: str, named: Collection[str]) -> None:
    """Nobody assesses the same application twice."""
    if assessor in named:
        raise Refused(N_("This person was named for this application already; name somebody else."))


@duty("P02", basis=BASIS)
def assessment_covers_the_criteria(scored: Sequence[str], criteria: Sequence[str]) -> None:
    """Each criterion of the rules has its points, once, and nothing else has."""
    if sorted(scored) != sorted(criteria):
        words = [Text(CRITERIA.get(name, name)) for name in criteria]
        raise Refused(N_("Give points for each of these, once: {criteria}."), criteria=words)


@duty("P02", basis=BASIS)
def assessment_is_complete(scored: int, pending: int, needed: int) -> None:
    """Before the decision as many assessors as the rules ask for have scored, and none is still awaited."""
    if pending:
        raise Refused(N_("Assessors who were named have not scored yet: {number}."), number=pending)
    if scored < needed:
        raise Refused(N_("The rules ask for {needed} assessors; {scored} have scored."), needed=needed, scored=scored)


@duty("P02", basis=BASIS)
def assessment_is_passed(points: Sequence[int], needed_percent: int) -> None:
    """A licence is granted when the mean of all points reaches what the rules ask for."""
    if not points or sum(points) < needed_percent * len(points):
        raise Refused(N_("The assessment has not reached the {needed} points it needs."), needed=needed_percent)
