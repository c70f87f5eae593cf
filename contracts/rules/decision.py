"""The law of how a decision is prepared, taken and looked at again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from contracts.vocabulary.decision import Weight
from kernel.duty import Refused, duty
from kernel.words import N_, Text

BASIS = "WZ35; WZ36"


@duty("L01", "F01", basis=BASIS)
def application_is_complete(missing: Sequence[Text]) -> None:
    """An application is handed in and accepted with every section filled in. `missing`: those that are not."""
    if missing:
        raise Refused(N_("These sections are not complete: {missing}."), missing=list(missing))


@duty("L01", basis=BASIS)
def gaps_are_named_once(returned_before: bool, same_person: bool) -> None:
    """What is missing is said once and together; a second list takes another person than the first."""
    if returned_before and same_person:
        said = N_(
            "Everything missing was to be named the first time. Somebody else has to return it a second time."
        )
        raise Refused(said)


@duty("F01", "L01", basis=BASIS)
def nothing_is_asked_twice(titles: Sequence[str]) -> None:
    """Nobody applies twice at once for the same data, purpose and time. `titles`: the applications not decided yet."""
    if titles:
        said = N_(
            "For the same data, purpose and time there is already: {titles}. Change or withdraw one of them."
        )
        raise Refused(said, titles=list(titles))


@duty("F01", "L02", basis=BASIS)
def exclusive_rights_do_not_clash(titles: Sequence[str]) -> None:
    """No right is granted on data that another holds exclusively, and no exclusive one where others hold rights."""
    if titles:
        said = N_("Rights of others stand against it, because one of them is exclusive: {titles}.")
        raise Refused(said, titles=list(titles))


@duty("U05", basis="27号; YN L120")
def provider_has_consented(needed: bool, without: Sequence[str]) -> None:
    """Data obtained by sharing enter a right when their provider has consented. `without`: titles without consent."""
    if needed and without:
        said = N_("The unit that provided these data has not consented: {titles}. Ask it for its consent.")
        raise Refused(said, titles=list(without))


@duty("U05", basis="27号; YN L120")
def consent_is_documented(agrees: bool, number: str, on: date | None) -> None:
    """A consent names its document and day."""
    if agrees and (not number.strip() or on is None):
        raise Refused(N_("Name the number and the day of the document by which the consent is given."))


@duty("L02", basis=BASIS)
def consultations_are_over(waiting: Sequence[str]) -> None:
    """Nothing is decided while a body that was asked may still answer. `waiting`: names of these bodies."""
    if waiting:
        raise Refused(N_("These bodies were asked and may still answer: {names}."), names=list(waiting))


@duty("L02", "F01", basis=BASIS)
def weight_of_case(resources: int, exclusive: bool, important: bool, considerable_from: int) -> Weight:
    """A case is grave when the right is exclusive or the data important, considerable from a number of resources on."""
    if exclusive or important:
        return Weight.GRAVE
    return Weight.CONSIDERABLE if resources >= considerable_from else Weight.ORDINARY


@duty("L02", "F01", basis=BASIS)
def decision_is_prepared(needed: int, signed: int | None) -> None:
    """A case of weight is decided on a recommendation that enough people countersigned. `signed`: None without one."""
    if needed and signed is None:
        raise Refused(N_("A case of this weight needs a recommendation first, with {needed} countersignatures."),
                      needed=needed)  # fmt: skip
    if needed and (signed or 0) < needed:
        raise Refused(
            N_("The recommendation has {signed} of {needed} countersignatures."), signed=signed, needed=needed
        )


@duty("L02", "F01", basis=BASIS)
def each_source_is_decided(asked: Collection[str], decided: Mapping[str, tuple[str, str]]) -> None:
    """Where resources are decided one by one, each is, at least one is granted, and each refusal has its reasons.

    `decided`: (outcome, reasons) by id; empty where all are granted together.
    """
    if not decided:
        return
    if set(decided) != set(asked):
        raise Refused(N_("Decide on each of the resources applied for, and on no other."))
    if all(outcome == "refused" for outcome, _ in decided.values()):
        raise Refused(N_("Where nothing is granted, refuse the application as a whole."))
    if any(outcome == "refused" and not reasons.strip() for outcome, reasons in decided.values()):
        raise Refused(N_("Give the reasons for each resource that is refused."))


@duty("L02", basis="行政复议法第20条")
def request_is_in_time(filed_on: date, last: date | None) -> None:
    """A reconsideration is asked for within the time of the rules, counted from proof of service. None: no end yet."""
    if last is not None and filed_on > last:
        raise Refused(N_("The time to ask for reconsideration ended on {last}."), last=last)


@duty("L02", basis="行政复议法")
def another_looks_again(involved: Collection[str], who: str) -> None:
    """Whoever took part in the decision does not decide on its reconsideration."""
    if who in involved:
        raise Refused(N_("You took part in this decision; somebody else has to look at it again."))


@duty("L02", basis="行政复议法")
def one_request_at_a_time(open_requests: int) -> None:
    """A decision is looked at again once at a time."""
    if open_requests:
        raise Refused(N_("A reconsideration of this decision is under way already."))


@duty("L02", basis="行政诉讼法; 行政复议法")
def service_is_proven(served_on: date, decided_on: date, today: date) -> None:
    """A decision is served on or after its day, and not in the future."""
    if not decided_on <= served_on <= today:
        raise Refused(N_("The day of service lies between {first} and {last}."), first=decided_on, last=today)
