"""The law of signing: in turn, by somebody with a mandate on that day."""

from collections.abc import Sequence

from kernel.duty import Refused, duty
from kernel.words import N_, Text


@duty("U02", basis="YN L120; DG28–29")
def signed_in_turn(order: Sequence[str], signed: Sequence[str], party: str) -> None:
    """Where a text names an order of signing, nobody signs before those who come before; `order`: the parties in it."""
    if party not in order:
        return
    if any(one not in signed for one in order[: order.index(party)]):
        raise Refused(N_("It is not your turn yet: the other party signs this text before you."))


@duty("Z01", basis="DG28–29")
def signature_is_reliable(intact: bool) -> None:
    """A signature binds like one by hand only where signer and text can be proven by it: it is checked at once."""
    if not intact:
        raise Refused(N_("The signature does not pass the check made right after it. Nothing was signed."))


@duty("Z02", basis="DG26–27; DG30")
def archive_is_complete(missing: Sequence[Text]) -> None:
    """What is archived can prove itself: text, signed files, evidence, and the proofs of the log for each of them."""
    if missing:
        raise Refused(N_("The archive would lack {missing}. The log seals new acts within a minute; try again then."),
                      missing=list(missing))  # fmt: skip
