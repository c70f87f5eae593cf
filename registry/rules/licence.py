"""The law of operators' licences."""

from datetime import date, timedelta

from jurisdictions.profile import Profile
from kernel.calendar import term_end
from kernel.duty import Refused, duty
from kernel.words import N_


@duty("P03", basis="WZ35; WZ36; YN L120")
def licence_term(starts_on: date, asked: date | None, profile: Profile) -> date:
    """The last day of a licence: the day asked for, never beyond the longest term of the rules."""
    last = term_end(starts_on, profile.period("licence.validity_years"))
    if asked is None:
        return last
    if asked < starts_on:
        raise Refused(N_("The last day lies before the first."))
    if asked > last:
        raise Refused(N_("A licence lasts at most until {last}."), last=last)
    return asked


@duty("P03", basis="WZ35; WZ36; YN L120")
def one_licence_at_a_time(
    number: str | None, valid_until: date | None, today: date, profile: Profile
) -> None:
    """An organisation holds one licence of a level in a place; a further one is for the end of the present one.

    `number`, `valid_until`: the licence in force, if there is one.
    """
    if number is None or valid_until is None:
        return
    opens = valid_until - timedelta(days=profile.number("licence.renew_window_days"))
    if today < opens:
        raise Refused(
            N_("The licence {number} is in force; a further one can be applied for from {day} on."),
            number=number,
            day=opens,
        )


@duty("P03", basis="WZ35; WZ36; YN L120")
def expiry_is_reached(valid_until: date | None, today: date) -> None:
    """A licence or registration expires after its last day, not before."""
    if valid_until is None or today <= valid_until:
        raise Refused(N_("The last day of validity has not passed."))
