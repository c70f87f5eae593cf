"""What the law says about development rights, agreements and data elements. Plain values in, a refusal out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.vocabulary import CRITERIA_WORDS, SHARE_ROLES, SHARE_WORDS, Level, Share
from kernel.duty import Refused, duty
from kernel.words import N_, Text

OPENABLE = frozenset({"open", "conditional"})
WHOLE_BP = 10_000
# Which roles of organisations can take part in the income in which role; the treasury acts through the authority too.
_ROLES_OF = {
    Share.OPERATOR: {"operator"},
    Share.DEVELOPER: {"developer"},
    Share.AGENCY: {"agency"},
    Share.TREASURY: {"government", "authority"},
}


@dataclass(frozen=True)
class Bounds:
    """What a right covers: ids of resources or elements, purpose classes, territory codes, first and last day."""

    sources: frozenset[str]
    purposes: frozenset[str]
    territory: frozenset[str]
    starts_on: date
    ends_on: date


@duty("F02", basis="WZ35")
def data_may_be_opened(attributes: Mapping[str, str | None]) -> None:
    """Data that may not be opened is never authorised. `attributes`: opening attribute by title of the resource."""
    closed = [title for title, attribute in attributes.items() if attribute not in OPENABLE]
    if closed:
        said = N_(
            "These may not be opened and can therefore not be developed: {titles}. Take them out of the list."
        )
        raise Refused(said, titles=closed)


@duty("R01", basis="YN L118; 26号")
def resources_are_registered(unregistered: Sequence[str]) -> None:
    """Only registered resources come under a development right. `unregistered`: titles of those that are not."""
    if unregistered:
        said = N_(
            "These resources are not registered, or no longer: {titles}. Their holder has to register them."
        )
        raise Refused(said, titles=list(unregistered))


@duty("L01", basis="WZ35–36")
def elements_are_available(missing: Sequence[str]) -> None:
    """Second-level development rests on delivered elements. `missing`: titles of those not available now."""
    if missing:
        said = N_("These data elements are not available now: {titles}. Choose others or ask their operator.")
        raise Refused(said, titles=list(missing))


@duty("P01", basis="WZ35; WZ36; YN L120")
def applicant_is_qualified(level: Level, licensed: bool) -> None:
    """Only who holds a licence for that level, in force today, is granted a right."""
    if not licensed:
        said = N_("There is no licence in force for {level} development. Apply for the licence first.")
        raise Refused(said, level=_level(level))


@duty("U02", basis="27号")
def term_is_lawful(starts_on: date, ends_on: date, longest_end: date) -> None:
    """A right runs no longer than the longest term of the rules. `longest_end`: the last day that term allows."""
    if ends_on <= starts_on:
        raise Refused(
            N_("The end ({end}) must be later than the beginning ({start})."), end=ends_on, start=starts_on
        )
    if ends_on > longest_end:
        said = N_("The term may reach until {longest} at most, not {end}. Choose an earlier end.")
        raise Refused(said, longest=longest_end, end=ends_on)


@duty("L04", basis="WZ35–36")
def right_does_not_exceed_its_source(
    right: Bounds, source: Bounds, above: Mapping[str, Collection[str]]
) -> None:
    """A second-level right stays within the first-level right in sources, purposes, territory and time.

    `source.sources` are the elements available under the first-level right; `above`: each territory code with itself
    and every jurisdiction above it.
    """
    if not right.sources <= source.sources:
        raise Refused(
            N_("Some data elements do not come from the first-level right named. Choose elements of it.")
        )
    if beyond := sorted(right.purposes - source.purposes):
        words = [Text(purpose.replace("_", " ").capitalize()) for purpose in beyond]
        raise Refused(N_("The first-level right does not cover these purposes: {purposes}."), purposes=words)
    outside = sorted(code for code in right.territory if not source.territory & set(above.get(code, ())))
    if outside:
        raise Refused(N_("The first-level right does not reach to: {territory}."), territory=outside)
    if right.starts_on < source.starts_on or right.ends_on > source.ends_on:
        said = N_(
            "The first-level right runs from {start} to {end}; a right under it must lie within these days."
        )
        raise Refused(said, start=source.starts_on, end=source.ends_on)


@duty("L04", basis="27号; WZ35–36")
def parent_is_live(live: bool, why: Text | None) -> None:
    """A second-level right needs a first-level right that is in force on that day."""
    if not live:
        raise Refused(N_("The first-level right cannot carry a further right now: {why}"), why=why)


@duty("P04", basis="27号; DG9")
def holder_is_not_also_second_level(barred: bool, related: bool) -> None:
    """The holder of the first-level right, or a body tied to it by control, does not develop the same scope further.

    `barred`: whether the rules bar it (op.no_redevelopment); `related`: whether the applicant is such a body.
    """
    if barred and related:
        said = N_(
            "The holder of the first-level right, or a body tied to it by control, may not be the developer."
        )
        raise Refused(said)


@duty("F03", basis="WZ35")
def income_is_shared_whole(
    level: Level, shares: Sequence[Mapping[str, Any]], fixed: Mapping[str, str]
) -> None:
    """The shares add up to the whole, each party once in each role, and the named parties are the ones of the right.

    `shares`: {party, role, share_bp}; `fixed`: role → the organisation that alone can have it (holder, operator).
    """
    total = sum(share["share_bp"] for share in shares)
    if total != WHOLE_BP:
        said = N_("The shares add up to {total} basis points; they must be exactly {whole}.")
        raise Refused(said, total=total, whole=WHOLE_BP)
    if wrong := [share["role"] for share in shares if share["role"] not in SHARE_ROLES[level]]:
        raise Refused(
            N_("This role takes no part in the income at this level: {roles}."), roles=_roles(wrong)
        )
    pairs = [(share["party"], share["role"]) for share in shares]
    if len(set(pairs)) != len(pairs):
        raise Refused(N_("A party is named twice in the same role. Put its shares together."))
    if other := [
        share["role"] for share in shares if fixed.get(share["role"], share["party"]) != share["party"]
    ]:
        raise Refused(
            N_("Another body than that of the right is named in the role: {roles}."), roles=_roles(other)
        )


@duty("F03", basis="WZ35")
def parties_have_their_role(
    shares: Sequence[Mapping[str, Any]], roles: Mapping[str, Collection[str]]
) -> None:
    """Whoever takes part as agency or treasury is one. `roles`: the roles of each party's organisation."""
    wrong = [
        share["role"] for share in shares if not _ROLES_OF[Share(share["role"])] & set(roles[share["party"]])
    ]
    if wrong:
        raise Refused(
            N_("The body named does not have the role in which it would take part: {roles}."),
            roles=_roles(wrong),
        )


@duty("F03", basis="WZ35")
def funding_is_provided_for(level: Level, mode: str | None, allowed: Sequence[str]) -> None:
    """First-level development is paid in one of the ways the rules name: purchase, or a share of the income."""
    if level is Level.FIRST and mode is None:
        raise Refused(N_("Say how the cost of first-level development is met."))
    if mode is not None and allowed and mode not in allowed:
        raise Refused(N_("The rules of this jurisdiction do not provide for this way of meeting the cost."))


@duty("F05", basis="CD36")
def development_mode_is_provided_for(mode: str | None, allowed: Sequence[str]) -> None:
    """Where the rules name the manners of bringing in developers, the decision chooses one of them."""
    if allowed and mode not in allowed:
        raise Refused(
            N_("Choose the manner of bringing in the developer: the rules of this jurisdiction name them.")
        )


@duty("U05", basis="YN L120")
def shared_data_has_consent(needed: bool, shared: Sequence[str], consent: str) -> None:
    """Data obtained by sharing enters operation only with the consent of the unit that provided it."""
    if needed and shared and not consent.strip():
        said = N_(
            "Some resources contain data obtained by sharing. Give the consent of the providing unit: "
            "its name, number and date."
        )
        raise Refused(said)


@duty("L02", "P02", basis="WZ36")
def assessment_covers_the_criteria(scored: Sequence[str], criteria: Sequence[str]) -> None:
    """Each assessor scores every criterion of the rules, once, and no other."""
    if missing := [_criterion(name) for name in criteria if name not in scored]:
        raise Refused(N_("The assessment is incomplete: {missing}."), missing=missing)
    if len(scored) != len(criteria):
        raise Refused(N_("Score each criterion of the rules once, and no other."))


@duty("L02", "P02", basis="WZ36")
def assessment_is_passed(points: Sequence[int], needed_percent: int) -> None:
    """A right is granted only where the assessment reaches the score of the rules. `points`: all, 0 to 100 each."""
    if sum(points) < needed_percent * len(points):
        said = N_("The assessment reaches {reached} points on average; {needed} are needed.")
        raise Refused(said, reached=sum(points) // max(len(points), 1), needed=needed_percent)


@duty("F04", "L04", basis="YN L119; WZ35–36")
def lineage_stays_within_the_right(resources: Collection[str], covered: Collection[str]) -> None:
    """An element is made only from resources its right covers."""
    if set(resources) - set(covered):
        raise Refused(
            N_("The element is made from resources the right does not cover. Name only those of the right.")
        )


@duty("F01", basis="WZ35")
def file_has_the_fields(found: Sequence[str], described: Sequence[str], rows: int) -> None:
    """An element is standardised and machine-readable: the file has exactly the fields described, and rows."""
    if missing := [name for name in described if name not in found]:
        raise Refused(N_("The file lacks these fields: {fields}."), fields=missing)
    if unknown := [name for name in found if name not in described]:
        raise Refused(N_("The file has fields that are not described: {fields}."), fields=unknown)
    if rows < 1:
        raise Refused(N_("The file has no rows."))


@duty("F01", basis="WZ35")
def element_is_complete(has_file: bool, treatment: str) -> None:
    """What is delivered has a file and a record of its treatment."""
    if not has_file:
        raise Refused(N_("Attach the file before you deliver the element."))
    if not treatment.strip():
        raise Refused(N_("Record how the data were treated before you deliver the element."))


@duty("L04", "X03", basis="WZ35–36; WZ46; YN L168–172")
def access_rests_on_a_live_right(live: bool, why: Text | None) -> None:
    """Nobody obtains an element without a right that is live at that moment."""
    if not live:
        raise Refused(N_("There is no access now: {why}"), why=why)


@duty("L04", basis="WZ35–36")
def element_is_not_relied_upon(titles: Sequence[str]) -> None:
    """An element is not withdrawn while second-level rights rest on it."""
    if titles:
        said = N_("Second-level rights rest on this element: {titles}. Suspend it, or wait until they end.")
        raise Refused(said, titles=list(titles))


@duty("U03", basis="YN L180; WZ46")
def cause_is_gone(reasons: Sequence[Text]) -> None:
    """A suspension is lifted only when what it rests on has been mended."""
    if reasons:
        raise Refused(N_("The suspension cannot be lifted yet: {reasons}"), reasons=list(reasons))


@duty("U03", basis="YN L180")
def reply_window_has_passed(today: date, reply_due: date, replied: bool) -> None:
    """A termination is decided after the holder's reply, or once the time for it has passed."""
    if not replied and today <= reply_due:
        said = N_("The holder may still reply until {day}. Decide after that day, or after the reply.")
        raise Refused(said, day=reply_due)


def _criterion(name: str) -> Text:
    return Text(CRITERIA_WORDS.get(name, name))


def _level(level: Level) -> Text:
    return Text(N_("First-level")) if level is Level.FIRST else Text(N_("Second-level"))


def _roles(roles: Sequence[str]) -> list[Text]:
    return [Text(SHARE_WORDS[Share(role)]) for role in roles]
