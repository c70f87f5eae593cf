"""The awkward cells in one table: which step is possible in which situation of a right, and why not. Pure data.

The table of states says what can follow a state. A right in force may, besides, be suspended in part, under notice, in
rectification, about to be given up: here stands what that means for each step. A cell that is not named is open.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kernel.duty import Refused, duty
from kernel.words import N_, Text

SITUATIONS = {
    "suspended": N_("The right is suspended."),
    "partly_suspended": N_("The right is suspended in part."),
    "termination_announced": N_("Its termination is announced."),
    "reduction_announced": N_("Its reduction is announced."),
    "rectification_open": N_("Something has still to be mended."),
    "change_pending": N_("Another change is under way."),
    "surrender_asked": N_("The holder has given it up; the authority has not accepted yet."),
    "above_suspended": N_("The right above is suspended."),
    "above_announced": N_("The termination of the right above is announced."),
    "source_closed": N_("Something it rests on may not be opened any more."),
    "licence_missing": N_("The holder has no licence in force."),
}
# Moments of a change: it is proposed, approved, and signed; what stands against one stands against the others too.
MOMENTS = ("propose", "approve", "sign")
CHANGES = ("amendment", "renewal", "novation", "reduction")
OTHERS = (
    "announce_reduction", "impose_reduction", "suspend", "restrict", "order_rectification", "lift",
    "announce_termination", "terminate", "ask_surrender", "surrender", "expire",
)  # fmt: skip
STEPS = (*(f"{moment}_{kind}" for kind in CHANGES for moment in MOMENTS), *OTHERS)

FIRST_DECIDE = N_("A termination is announced. It is decided first; what were agreed now might be void tomorrow.")
FIRST_REDUCE = N_("A reduction is announced. It is decided first, so that each text has one predecessor.")
FIRST_LIFT = N_("A right that rests is not prolonged or passed on. The suspension is lifted first.")
FIRST_MEND = N_("What has to be mended is mended by who holds the right, and closed, before that.")
ONE_BY_ONE = N_("Another change is under way. It is signed or withdrawn first, so that each text has one predecessor.")
GIVEN_UP = N_("The holder has given the right up. That is decided or taken back first.")
ABOVE_RESTS = N_("The right above rests; nothing under it is widened, prolonged or passed on.")
ABOVE_ENDS = N_("The right above may end. Nothing under it is prolonged or passed on before that is decided.")
CLOSED = N_("Data that may not be opened any more are taken out of the right first; they are never authorised anew.")
NO_LICENCE = N_("Without a licence in force nothing is widened or prolonged.")
OPEN_ITEMS = N_("Items are open. Each is reported as mended and closed by somebody else first.")
NO_ESCAPE = N_("A termination is announced; the right cannot be given up to escape the decision.")
WITHDRAW = N_("A change is under way. Withdraw it before you give the right up.")

# situation → reason, for all three moments of a change of that kind
_OF_KIND: dict[str, dict[str, str]] = {
    "amendment": {
        "termination_announced": FIRST_DECIDE, "reduction_announced": FIRST_REDUCE, "surrender_asked": GIVEN_UP,
        "above_suspended": ABOVE_RESTS, "licence_missing": NO_LICENCE,
    },
    "renewal": {
        "suspended": FIRST_LIFT, "partly_suspended": FIRST_LIFT, "termination_announced": FIRST_DECIDE,
        "reduction_announced": FIRST_REDUCE, "rectification_open": FIRST_MEND, "surrender_asked": GIVEN_UP,
        "above_suspended": ABOVE_RESTS, "above_announced": ABOVE_ENDS, "source_closed": CLOSED,
        "licence_missing": NO_LICENCE,
    },
    "novation": {
        "suspended": FIRST_LIFT, "partly_suspended": FIRST_LIFT, "termination_announced": FIRST_DECIDE,
        "reduction_announced": FIRST_REDUCE, "rectification_open": FIRST_MEND, "surrender_asked": GIVEN_UP,
        "above_suspended": ABOVE_RESTS, "above_announced": ABOVE_ENDS, "source_closed": CLOSED,
    },
    "reduction": {"reduction_announced": FIRST_REDUCE, "surrender_asked": GIVEN_UP},
}  # fmt: skip
_OF_STEP: dict[str, dict[str, str]] = {
    **{f"propose_{kind}": {"change_pending": ONE_BY_ONE} for kind in CHANGES},
    "announce_reduction": {
        "termination_announced": FIRST_DECIDE, "reduction_announced": FIRST_REDUCE, "change_pending": ONE_BY_ONE,
    },
    "impose_reduction": {"termination_announced": FIRST_DECIDE},
    "lift": {
        "rectification_open": OPEN_ITEMS,
        "source_closed": N_("The source is still closed."),
        "licence_missing": N_("The licence is still missing."),
        "above_suspended": N_("The right above still rests."),
    },
    "ask_surrender": {"termination_announced": NO_ESCAPE, "change_pending": WITHDRAW, "surrender_asked": GIVEN_UP},
    "surrender": {"termination_announced": NO_ESCAPE},
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell: in this situation this step is open, or refused with a reason."""

    step: str
    situation: str
    reason: str

    @property
    def open(self) -> bool:
        """Whether the step can be taken."""
        return not self.reason


def cell(step: str, situation: str) -> Cell:
    """The cell of a step in a situation. KeyError for a step or situation the table does not know."""
    if step not in STEPS or situation not in SITUATIONS:
        raise KeyError((step, situation))
    _, _, kind = step.partition("_")
    own = _OF_STEP.get(step, {}).get(situation, "")
    return Cell(step, situation, own or _OF_KIND.get(kind, {}).get(situation, ""))


def cells() -> Iterator[Cell]:
    """Every cell, step by step."""
    return (cell(step, situation) for step in STEPS for situation in SITUATIONS)


@duty("U03", "U04", basis="27号; YN L120; YN L180")
def step_fits_the_situation(step: str, situations: Collection[str]) -> None:
    """A step in the life of a right is taken only where no situation it is in stands against it."""
    for situation in SITUATIONS:
        if situation in situations and (reason := cell(step, situation).reason):
            raise Refused(reason)


def reasons(step: str, situations: Collection[str]) -> list[Text]:
    """Everything that stands against a step, for the page that offers it."""
    return [Text(cell(step, one).reason) for one in SITUATIONS if one in situations and cell(step, one).reason]
