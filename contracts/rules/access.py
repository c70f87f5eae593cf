"""Data that are opened on conditions: for whom, after which signatures, for how long."""

from datetime import date

from kernel.duty import Refused, duty
from kernel.words import N_


@duty("O05", basis="WZ32; DG31; YN L109")
def data_are_open_on_conditions(entry_state: str, opening_attribute: str | None) -> None:
    """Who wants data opened on conditions applies for them; what is open to all or to nobody is not applied for."""
    if entry_state != "published" or opening_attribute not in ("conditional", "open"):
        raise Refused(N_("These data are not opened. Ask the agency, or look for other data."))
    if opening_attribute == "open":
        raise Refused(N_("These data are open to everybody. Fetch them on the page of open data."))


@duty("O05", basis="YN L109")
def ability_is_shown(needed: bool, ability: str) -> None:
    """Where the rules ask for it, the applicant shows that it can store, process and protect the data."""
    if needed and not ability.strip():
        raise Refused(N_("Show that you can store, process and protect the data: systems, people, certificates."))


@duty("O07", basis="WZ32; YN L109")
def access_is_bound(agreement: bool, commitment: bool) -> None:
    """Nobody has access before open-use agreement and security commitment are both signed and in force."""
    if not agreement:
        raise Refused(N_("The open-use agreement is not in force: a signature is missing, or it has ended."))
    if not commitment:
        raise Refused(N_("The security commitment is not signed, or it has ended."))


@duty("O07", basis="WZ32; YN L109")
def access_has_an_end(today: date, ends_on: date) -> None:
    """Access is granted for a term that lies ahead."""
    if ends_on <= today:
        raise Refused(N_("The last day of access ({day}) must lie ahead."), day=ends_on)
