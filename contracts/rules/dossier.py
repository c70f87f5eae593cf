"""The law of what an application for a right rests on: the applicant's dossier."""

from collections.abc import Sequence
from datetime import date

from kernel.duty import Refused, duty
from kernel.words import N_, Text


@duty("P01", "L01", basis="WZ35; WZ36; YN L120")
def dossier_is_valid(over: Sequence[Text], on: date) -> None:
    """No paper the licence rests on is over when a right is applied for or granted; `over`: those that are."""
    if over:
        raise Refused(
            N_("These papers of the applicant's dossier are not valid on {day}: {papers}. Newer versions are needed."),
            day=on,
            papers=list(over),
        )


@duty("P03", "L01", basis="WZ35; WZ36; YN L120")
def applicant_is_not_barred(until: date | None) -> None:
    """Who is barred from licences, or is controlled by somebody who is, applies for no right either."""
    if until is not None:
        raise Refused(N_("The applicant, or one that controls it, is barred until {day}."), day=until)
