"""Access at every single fetch: contract, payment, suspension, and what never leaves. The rest is the policy's."""

from collections.abc import Collection

from kernel.duty import Refused, duty
from kernel.words import N_, Text


@duty("T02", "X03", basis="WZ46; YN L123; YN L168–172")
def use_is_not_suspended(state: str, reasons: Collection[str]) -> None:
    """A suspension ends access with the next request. `reasons`: why, as message ids."""
    if state == "suspended":
        raise Refused(N_("Access is suspended. {why}"), why=[Text(reason) for reason in reasons])
    if state != "active":
        raise Refused(N_("The right of use has ended. Order anew to go on."))


@duty("T02", basis="YN L123")
def access_is_contracted(signed: bool, free: bool) -> None:
    """Nothing is handed over before everybody who has to sign has signed."""
    if not signed:
        said = (
            N_("The commitment to public-interest use is not in force.")
            if free
            else N_("The data provision contract is not in force: a signature is missing, or it has ended.")
        )
        raise Refused(said)


@duty("B02", "T02", basis="YN L121")
def access_is_paid(settled: bool) -> None:
    """A charged use begins when it is paid, and ends when the money is given back."""
    if not settled:
        raise Refused(N_("The bill of this order is not settled. Pay it; access follows at once."))


@duty("T05", basis="YN L101")
def raw_data_stay_inside(answers_questions: bool, asked: bool) -> None:
    """A verification answers a question; its data are usable but never leave."""
    if answers_questions and not asked:
        raise Refused(N_("This product answers questions; its data stay inside. Say what is to be verified."))
