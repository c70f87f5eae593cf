"""The law of what follows on a licence: notice before an adverse act, clean record, re-check, debarment, succession."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from jurisdictions.profile import Profile
from kernel.calendar import term_end
from kernel.duty import Refused, duty
from kernel.words import N_, Text

ADVERSE = "行政处罚法第44–45、64条; WZ46; YN L180"
LICENCE = "WZ35; WZ36; YN L120"


@duty("P02", basis=ADVERSE)
def notice_was_given(given: bool) -> None:
    """Nobody is refused, revoked or debarred without having been told and heard first."""
    if not given:
        raise Refused(N_("Give notice first: the organisation has to know what is intended and be able to reply."))


@duty("P02", basis=ADVERSE)
def reply_window_has_passed(today: date, reply_due: date, replied: bool) -> None:
    """An adverse act is decided after the reply, or once the time for it has passed."""
    if not replied and today <= reply_due:
        said = N_("The organisation may still reply until {day}. Decide after that day, or after the reply.")
        raise Refused(said, day=reply_due)


@duty("P02", basis=ADVERSE)
def another_decides(given_by: uuid.UUID | None, decides: uuid.UUID | None) -> None:
    """Who gave the notice does not decide on it."""
    if given_by is not None and given_by == decides:
        raise Refused(N_("You gave the notice; somebody else has to decide."))


@duty("P02", basis=LICENCE)
def licence_notice_is_over(notice_until: date | None, today: date, needed: bool) -> None:
    """Where the rules ask for a public notice, a licence is granted after it."""
    if not needed:
        return
    if notice_until is None:
        raise Refused(N_("The intended licence has to be announced to the public first."))
    if today <= notice_until:
        raise Refused(N_("The public notice runs until {day}; decide after that day."), day=notice_until)


@duty("P02", basis=LICENCE)
def objections_are_answered(open_: int, upheld: int) -> None:
    """A licence is granted when no objection is open and none was upheld."""
    if open_:
        raise Refused(N_("Objections wait for an answer: {number}."), number=open_)
    if upheld:
        raise Refused(N_("An objection was upheld; the licence cannot be granted."))


@duty("P02", basis=LICENCE)
def objection_comes_in_time(state: str, notice_until: date | None, today: date) -> None:
    """Anybody objects while the notice runs, its last day included."""
    if state != "public_notice" or notice_until is None or today > notice_until:
        raise Refused(N_("This licence is not open to objections now."))


@duty("P01", basis="浙江省公共数据授权运营管理办法（2023）; " + LICENCE)
def record_is_clean(troubles: Sequence[Text], years: int) -> None:
    """An applicant has had no licence revoked, no debarment and no failed re-check in the years the rules name."""
    if troubles:
        raise Refused(
            N_("Within the last {years} years: {troubles}. A licence needs a clean record."),
            years=years,
            troubles=list(troubles),
        )


def record_begins(today: date, years: int) -> date:
    """The first day of the years that count for a clean record."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


@duty("P03", basis=LICENCE)
def applicant_is_not_debarred(until: date | None) -> None:
    """Who is barred, or is controlled by somebody who is, applies for nothing until the last day has passed."""
    if until is not None:
        raise Refused(N_("The organisation, or one that controls it, is barred from applying until {day}."), day=until)


@duty("P03", basis=ADVERSE)
def debarment_is_lawful(starts_on: date, ends_on: date, profile: Profile) -> None:
    """A debarment has a last day, and not later than the longest the rules allow."""
    longest = term_end(starts_on, profile.period("licence.debarment_max_years"))
    if ends_on < starts_on:
        raise Refused(N_("The last day lies before the first."))
    if ends_on > longest:
        raise Refused(N_("A debarment lasts at most until {last}."), last=longest)


@duty("P03", basis=ADVERSE)
def debarment_is_over(ends_on: date, today: date) -> None:
    """A debarment ends after its last day by itself."""
    if today <= ends_on:
        raise Refused(N_("The debarment lasts until {day}."), day=ends_on)


@duty("P03", basis=LICENCE)
def nothing_checks_it_already(under_way: bool) -> None:
    """One re-check of a licence at a time."""
    if under_way:
        raise Refused(N_("A re-check of this licence is under way already."))


@duty("P03", basis="公司法; " + LICENCE)
def succession_is_possible(
    predecessor: uuid.UUID, successor: uuid.UUID, held: Collection[str], own: Collection[str]
) -> None:
    """Somebody else's licence passes over, where there is one, and the successor has none of its own in that place.

    `held`: level and place of the predecessor's licences in force; `own`: those of the successor.
    """
    if predecessor == successor:
        raise Refused(N_("An organisation does not succeed itself."))
    if not held:
        raise Refused(N_("That organisation holds no licence that could pass over."))
    if set(held) & set(own):
        raise Refused(N_("The successor holds a licence of the same level in the same place already."))
