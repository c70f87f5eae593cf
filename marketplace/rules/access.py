"""Access at every single fetch: contract, payment, term, calls, suspension, and what never leaves."""

from collections.abc import Collection
from datetime import date

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


@duty("T02", basis="WZ36; YN L123")
def access_is_within_its_term(on: date, starts_on: date, ends_on: date) -> None:
    """Access begins and ends on its days, whether or not anybody marked its end."""
    if not starts_on <= on <= ends_on:
        said = N_("The right of use runs from {start} to {end}. Order anew to go on.")
        raise Refused(said, start=starts_on, end=ends_on)


@duty("T02", basis="YN L121; 65号")
def calls_remain(used: int, included: int | None) -> None:
    """Where calls are counted, no more are answered than were ordered."""
    if included is not None and used >= included:
        raise Refused(N_("All {included} calls of this order are used. Order more."), included=included)


@duty("T05", basis="YN L101")
def raw_data_stay_inside(answers_questions: bool, asked: bool) -> None:
    """A verification answers a question; its data are usable but never leave."""
    if answers_questions and not asked:
        raise Refused(N_("This product answers questions; its data stay inside. Say what is to be verified."))
