"""The law of opening files to the public."""

from kernel.duty import Refused, duty
from kernel.words import N_


@duty("O04", "O01", basis="WZ29; WZ32; DG31; DG32; LS20; CD31; YN L99; YN L108")
def only_open_data_are_released(entry_state: str, opening_attribute: str | None) -> None:
    """A file for everybody belongs to a published entry whose data are open without conditions."""
    if entry_state != "published":
        raise Refused(N_("The catalogue entry is not published; its data cannot be opened yet."))
    if opening_attribute != "open":
        raise Refused(N_("Only data that are open without conditions can be released to everybody."))


@duty("O03", basis="WZ31")
def treatment_is_recorded(treatment: str | None) -> None:
    """What was done to clean, mask, declassify and convert the data is on record before they are opened."""
    if not (treatment or "").strip():
        raise Refused(N_("Say how the data were treated before they are opened."))


@duty("O14", basis="WZ31; WZ40; DG32; DG44; LS24; CD40; YN L106; YN L138")
def review_is_recorded(review: str | None, prepared_by: str | None, reviewed_by: str | None) -> None:
    """Data are opened only after somebody other than the person who prepared them reviewed them, secrecy included."""
    if not (review or "").strip() or not reviewed_by:
        raise Refused(N_("The file has not been reviewed for secrecy yet."))
    if prepared_by == reviewed_by:
        raise Refused(N_("Somebody other than the person who prepared the file has to review it."))
