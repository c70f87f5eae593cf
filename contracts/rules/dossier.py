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
