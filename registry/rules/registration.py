"""The law of registration: formal review, public notice, objections, code, validity."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from jurisdictions.profile import Profile
from kernel.calendar import term_end
from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.vocabulary.steps import MATERIALS

MEASURES = "发改数据规〔2025〕26号; YN L115-117"
# Papers by kind of registration; what is stated in words is asked for beside them.
PAPERS: Mapping[str, tuple[str, ...]] = {
    "first": ("commitment_letter",),
    "change": ("commitment_letter", "evidence"),
    "correction": ("evidence",),
    "cancellation": ("evidence",),
    "renewal": ("commitment_letter",),
}
# Decided within the days of reg.correction_decide_wd and reg.cancel_wd, which leave no room for a notice.
WITHOUT_NOTICE = frozenset({"correction", "cancellation"})


@duty("R01", "R02", basis="发改数据规〔2025〕26号; YN L117-119")
def registration_is_known_here(kind: str, profile: Profile) -> None:
    """The jurisdiction registers resources, and knows this kind of registration."""
    if not profile.flag("registration.resources"):
        raise Refused(N_("Resources are not registered in this jurisdiction."))
    if kind not in profile.list("reg.types"):
        raise Refused(N_("This kind of registration is not known in this jurisdiction."))


@duty("R01", basis="发改数据规〔2025〕26号; YN L118")
def resource_is_from_published_entries(entry_states: Collection[str]) -> None:
    """A resource rests on published entries of the catalogue."""
    if not entry_states or set(entry_states) != {"published"}:
        raise Refused(N_("A resource is made of published catalogue entries; publish the others first."))


@duty("R01", "R03", basis=MEASURES)
def kind_fits(kind: str, registered: bool, previous_state: str | None) -> None:
    """A first registration is for what is not registered; every other kind concerns a registration in force."""
    if kind == "first":
        if registered:
            raise Refused(N_("This is registered already; apply for a change, correction or renewal."))
        return
    if previous_state != "in_force":
        raise Refused(N_("A registration of this kind concerns a registration in force; choose it."))


@duty("R01", "R03", basis=MEASURES)
def nothing_else_pending(pending: bool) -> None:
    """One registration at a time runs for a resource or product."""
    if pending:
        raise Refused(N_("Another registration of the same resource or product is still under way."))


@duty("R03", basis=MEASURES)
def deposit_is_made(object_type: str, kind: str, deposit_sha256: str | None, profile: Profile) -> None:
    """Where the rule asks for it, the evidence deposit of the data precedes a first registration."""
    if (
        object_type == "resource"
        and kind == "first"
        and profile.flag("reg.deposit_required")
        and not deposit_sha256
    ):
        raise Refused(N_("Deposit the evidence of the data first and enter its hash with the resource."))


@duty("R03", basis=MEASURES)
def materials_are_complete(
    kind: str, files: Collection[str], statements: Mapping[str, Any], basis: str = ""
) -> None:
    """Everything the kind of registration asks for is there: papers, main content, risk assessment, changes.

    Who asks for the correction of another's registration hands in the consent where that is its `basis`, else evidence.
    """
    papers = ("consent",) if basis == "written_consent" else PAPERS[kind]
    missing = [Text(MATERIALS[paper]) for paper in papers if paper not in files]
    if not statements.get("summary"):
        missing.append(Text(N_("Main content of the registration")))
    if kind in ("first", "change", "renewal") and not statements.get("risk_assessment"):
        missing.append(Text(N_("Data security risk assessment")))
    if kind in ("change", "correction") and not statements.get("changes"):
        missing.append(Text(N_("What is to be changed")))
    if missing:
        raise Refused(N_("Still missing: {fields}."), fields=missing)


@duty("R03", basis=MEASURES)
def correction_has_its_basis(basis: str, profile: Profile) -> None:
    """Another than the registrant asks for a correction with its written consent, or with evidence that it is wrong."""
    if basis not in profile.list("reg.correction_basis"):
        raise Refused(N_("Say whether the registrant consents in writing or evidence shows that the entry is wrong."))


@duty("R03", basis=MEASURES)
def cancellation_has_its_ground(kind: str, ground: str, profile: Profile) -> None:
    """A registration is cancelled on one of the grounds that the rules name."""
    if kind == "cancellation" and ground not in profile.list("reg.cancel_grounds"):
        raise Refused(N_("Say on which ground the registration is to be cancelled."))


@duty("R03", basis=MEASURES)
def commitment_and_preview_are_confirmed(commitment: bool, preview: bool) -> None:
    """The registrant answers for the truth, and has seen what becomes public."""
    if not commitment or not preview:
        raise Refused(N_("Confirm the commitment and what becomes public."))


@duty("R03", "R04", basis=MEASURES)
def registrar_is_named(registrar: object | None) -> None:
    """A registrar of the place answers for the registration."""
    if registrar is None:
        raise Refused(N_("No registrar is named for this place yet; please tell the authority."))


@duty("R03", basis=MEASURES)
def one_supplement_notice(notices: int) -> None:
    """What is missing is asked for once and all at once."""
    if notices > 0:
        raise Refused(N_("One supplement notice was sent already; accept the registration and decide on it."))


@duty("R03", basis=MEASURES)
def notice_is_needed(kind: str) -> None:
    """A correction or cancellation is decided without a public notice."""
    if kind in WITHOUT_NOTICE:
        raise Refused(N_("This kind of registration is decided without a public notice."))


@duty("R03", basis=MEASURES)
def notice_has_run(kind: str, notice_until: date | None, today: date) -> None:
    """No code before the last day of the public notice has passed."""
    if kind in WITHOUT_NOTICE:
        return
    if notice_until is None:
        raise Refused(N_("The public notice has not been held yet."))
    if today <= notice_until:
        raise Refused(
            N_("The public notice runs until {last}; the code can be given after that day."),
            last=notice_until,
        )


@duty("R03", basis=MEASURES)
def objections_are_settled(states: Sequence[str]) -> None:
    """No code while an objection is open, and none where one was upheld."""
    if "lodged" in states:
        raise Refused(N_("An objection is still open; answer it first."))
    if "upheld" in states:
        raise Refused(N_("An objection was upheld; the registration can only be refused."))


@duty("R03", basis=MEASURES)
def objection_is_in_time(state: str, notice_until: date | None, today: date) -> None:
    """Objections are taken from the first to the last day of the public notice, both included."""
    if state != "public_notice" or notice_until is None or today > notice_until:
        raise Refused(
            N_(
                "There is no public notice running for this registration; objections are taken during the notice."
            )
        )


@duty("R03", basis=MEASURES)
def renewal_is_in_window(kind: str, valid_until: date | None, today: date, profile: Profile) -> None:
    """A renewal is applied for within the days before expiry that the rule names."""
    if kind != "renewal" or valid_until is None or profile.silent("reg.renew_window_days"):
        return
    opens = valid_until - timedelta(days=profile.number("reg.renew_window_days"))
    if today < opens:
        raise Refused(N_("A renewal can be applied for from {day} on."), day=opens)
    if today > valid_until:
        raise Refused(N_("The registration has expired; apply for a first registration."))


@duty("R03", basis=MEASURES)
def validity(kind: str, coded_on: date, previous_until: date | None, profile: Profile) -> tuple[date, date]:
    """The first and last day of a registration.

    A first one runs from its code; a renewal from the day after the old one's end; a change or correction keeps the
    old end; a cancellation ends with the day it is coded.
    """
    day_before = profile.text("reg.validity_last_day") == "day_before"
    if kind == "cancellation":
        return coded_on, coded_on
    if kind in ("change", "correction") and previous_until is not None:
        return coded_on, previous_until
    if kind == "renewal" and previous_until is not None:
        last = term_end(previous_until, profile.period("reg.renewal_max_years"))
        return previous_until + timedelta(days=1), last
    return coded_on, term_end(coded_on, profile.period("reg.validity_years"), day_before=day_before)


@duty("R03", basis=MEASURES)
def bounded(term_until: date, authorised_until: date | None, profile: Profile) -> tuple[date, bool]:
    """The last day of a registration, and whether the authorisation, which it never outlives, made it earlier."""
    bounds = authorised_until is not None and profile.flag("reg.bounded_by_agreement")
    if authorised_until is None or not bounds or term_until <= authorised_until:
        return term_until, False
    return authorised_until, True


def reminders_due(valid_until: date, today: date, reminded: Collection[int], profile: Profile) -> int | None:
    """Of how many days before the end the registrant is to be reminded now; None where no reminder is due."""
    left = (valid_until - today).days
    due = [days for days in profile.numbers("reg.renewal_reminders_days") if 0 <= left <= days]
    nearest = min(due, default=None)
    return nearest if nearest is not None and nearest not in reminded else None
