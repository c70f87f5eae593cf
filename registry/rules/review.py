"""The law of handing in and reviewing a catalogue."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jurisdictions.profile import Profile
from kernel.duty import Refused, duty
from kernel.words import N_


@duty("C09", basis="YN L44")
def prior_assessments_are_made(assessments: Mapping[str, Any], profile: Profile) -> None:
    """Both assessments and the consent of the agency's head stand before the entry is handed in, where the rule asks.

    `assessments`: secrecy_risk and personal_information (facts of a file each), consent_of (name of the head).
    """
    if not profile.flag("catalogue.prior_assessments"):
        return
    if not all(assessments.get(part) for part in ("secrecy_risk", "personal_information", "consent_of")):
        raise Refused(
            N_(
                "Before the entry is handed in, attach the secrecy-risk assessment and the impact assessment on "
                "personal information, and name the head who consented."
            )
        )


@duty("C08", basis="WZ12")
def county_catalogue_is_reviewed_above(same_place: bool, profile: Profile) -> None:
    """A county's catalogue is approved by the level above it, where the rule says so.

    `same_place`: the body that decides belongs to the very place whose catalogue it is.
    """
    if same_place and profile.level == "county" and profile.flag("catalogue.reviewed_above"):
        raise Refused(N_("The catalogue of a county is reviewed by the authority of the level above."))


@duty("C06", basis="YN L47; 国务院令第809号")
def extension_is_asked_in_time(today: date, ends: date | None, is_known: bool) -> None:
    """More time for an update is asked for before its time is over, and only where the rules know an extension.

    `ends`: the last day of the running clock, None where none runs; `is_known`: the rules of the place give a period.
    """
    if not is_known:
        raise Refused(N_("The rules of this place know no extension of the update."))
    if ends is None or today > ends:
        raise Refused(N_("More time is asked for while the time of the update still runs."))
