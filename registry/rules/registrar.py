"""The law of registrars: who may be one, under which rules it works, and how it is called to account."""

from collections.abc import Collection
from datetime import date

from jurisdictions.profile import Profile
from kernel.duty import Refused, duty
from kernel.words import N_
from registry.vocabulary.registrars import ADVERSE, MILD

NAMING = "发改数据规〔2025〕26号; YN L115-116"
SUPERVISION = "YN L173-178; 行政处罚法第44–45、64条"


@duty("R04", basis=NAMING)
def registrar_may_be_named(
    roles: Collection[str], legal_form: str, in_office: bool, profile: Profile
) -> None:
    """A registrar is an organisation of the kind the rules name, with that role, and is named once."""
    forms = profile.list("reg.registrar_forms")
    if "registrar" not in roles:
        raise Refused(N_("Give the organisation the role of a registrar first."))
    if forms and legal_form not in forms:
        raise Refused(N_("A registrar is a public institution set up or designated for it."))
    if in_office:
        raise Refused(N_("This organisation is named already; change its filing instead."))


@duty("R04", basis=NAMING)
def qualification_runs(first: date, last: date, today: date) -> None:
    """A qualification ends after it began, and not in the past."""
    if last < first or last < today:
        raise Refused(N_("The last day of the qualification lies before its first day, or has passed."))


@duty("R04", basis=NAMING)
def filing_follows_naming(filed_on: date, first: date, today: date) -> None:
    """A filing with the level above is noted when it was made, not before the naming."""
    if filed_on > today or filed_on < first:
        raise Refused(N_("The day of filing lies between the first day of the qualification and today."))


@duty("R05", basis=SUPERVISION)
def measure_is_of_its_kind(kind: str, adverse: bool) -> None:
    """Talks and guidance are recorded at once; what takes the qualification needs notice, reply and decision."""
    if kind not in (ADVERSE if adverse else MILD):
        raise Refused(
            N_(
                "A suspension or cancellation is announced first; an interview or guidance is recorded at once."
            )
        )


@duty("R05", basis=SUPERVISION)
def registrar_is_heard(reply_due: date | None, replied: bool, today: date) -> None:
    """Nobody is suspended or cancelled before it replied or its days to reply have passed since the service."""
    if reply_due is None:
        raise Refused(N_("Record first when and how the notice was served."))
    if not replied and today <= reply_due:
        raise Refused(
            N_("The registrar may still reply until {day}. Decide after that day, or after the reply."),
            day=reply_due,
        )


@duty("R05", basis=SUPERVISION)
def service_is_proven(served_on: date, announced_on: date, today: date) -> None:
    """A notice is served on or after the day it was given, and not in the future."""
    if served_on < announced_on or served_on > today:
        raise Refused(N_("The day of service lies between the day of the notice and today."))


@duty("R05", basis=SUPERVISION)
def another_decides_on_registrar(taken_by: object, decides: object) -> None:
    """Who gave the notice does not decide on it."""
    if taken_by is not None and taken_by == decides:
        raise Refused(N_("You gave the notice; somebody else has to decide."))


@duty("R04", "R05", basis=NAMING)
def case_needs_another_registrar(in_office: bool) -> None:
    """A case is taken from its registrar only where that one may not act."""
    if in_office:
        raise Refused(N_("The registrar of this case is in office; it stays there."))
