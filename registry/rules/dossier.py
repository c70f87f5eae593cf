"""The law of operators' dossiers: complete, and valid on the day an application rests on them."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.vocabulary.papers import PAPERS
from registry.vocabulary.steps import CRITERIA

BASIS = "WZ35; WZ36; YN L120"


@duty("P01", basis=BASIS)
def statements_are_complete(statements: Mapping[str, Any], criteria: Collection[str]) -> None:
    """The application says something on each criterion by which it will be assessed."""
    unsaid = [Text(CRITERIA.get(name, name)) for name in criteria if not statements.get(name)]
    if unsaid:
        raise Refused(N_("The application does not yet say: {fields}."), fields=unsaid)


@duty("P01", basis=BASIS)
def papers_are_there(kinds: Collection[str], needed: Collection[str]) -> None:
    """The dossier holds every paper the rules ask for."""
    missing = [Text(PAPERS.get(kind, kind)) for kind in needed if kind not in kinds]
    if missing:
        raise Refused(N_("Your dossier does not yet hold: {papers}. Add them to the dossier first."), papers=missing)


@duty("P01", basis=BASIS)
def papers_are_valid(papers: Mapping[str, tuple[date, date | None]], on: date) -> None:
    """No paper an application rests on is over, or has not begun; `papers`: kind to first and last day."""
    over = [
        Text(PAPERS.get(kind, kind))
        for kind, (first, last) in papers.items()
        if on < first or (last is not None and last < on)
    ]
    if over:
        raise Refused(
            N_("These papers are not valid on {day}: {papers}. Put newer versions into the dossier."),
            day=on,
            papers=over,
        )


@duty("P01", basis=BASIS)
def paper_may_be_added(valid_until: date | None, today: date) -> None:
    """A paper that is over already proves nothing and is not taken."""
    if valid_until is not None and valid_until < today:
        raise Refused(N_("This paper ended on {day}. Hand in a valid one."), day=valid_until)


@duty("P01", basis=BASIS)
def paper_ends_soon(valid_until: date | None, today: date, warn_days: int) -> bool:
    """Whether a paper has to be renewed: it ends within the days for which the rules warn, or is over."""
    return valid_until is not None and valid_until <= today + timedelta(days=warn_days)
