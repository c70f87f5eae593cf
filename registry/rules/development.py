"""What may enter a right of development at all: the first line that is never crossed."""

from kernel.duty import Refused, duty
from kernel.words import N_


@duty("F02", basis="WZ35; GB/T 43697-2024")
def may_be_developed(opening_attribute: str | None, national_grade: str | None) -> None:
    """Data that may not be opened, whose opening is not decided, and core data never enter a right of development.

    Takes the codes of OPENING_ATTRIBUTES and NATIONAL_GRADES; called at application, decision, signing, listing,
    order and delivery alike.
    """
    if national_grade == "core":
        raise Refused(N_("Core data can never be authorised for development."))
    if opening_attribute == "none":
        raise Refused(N_("Data that are not open can never be authorised for development."))
    if opening_attribute not in ("open", "conditional"):
        raise Refused(
            N_(
                "Whether these data may be opened is not decided; until then they cannot be authorised for development."
            )
        )
