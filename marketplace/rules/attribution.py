"""Attribution: what is made with the data names where they come from and when they were obtained."""

from kernel.duty import Refused, duty
from kernel.words import N_


@duty("N01", basis="WZ37; YN L129")
def result_names_its_source(named: bool, has_obtained: bool) -> None:
    """A published result names the source and the day the data were obtained, as each delivery's citation does."""
    if not has_obtained:
        raise Refused(
            N_("Nothing was obtained under this right of use yet, so nothing can have been made with it.")
        )
    if not named:
        raise Refused(
            N_("The result has to name the source and the day the data were obtained. Add them first.")
        )
