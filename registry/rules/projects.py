"""The gate for publicly funded projects: no approval, acceptance or money before their data are catalogued."""

from collections.abc import Sequence
from dataclasses import dataclass

from jurisdictions.profile import Profile
from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.vocabulary.collecting import PROJECT_NEEDS, PROJECT_STEPS

_DONE = ("listed", "published", "shared", "aggregated")
# What a rule's words about the gate ask for: at which step, of every data set of the project.
GATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "catalogue_handed_in": ("approval", ("listed", "handed_in")),
    "update_and_share_and_aggregate_before_acceptance": ("acceptance", _DONE),
    "data_list_at_approval": ("approval", ("listed",)),
    "catalogue_and_aggregate_and_share_before_acceptance": ("acceptance", _DONE),
    "catalogue_and_aggregate_and_share_as_precondition_of_acceptance": ("acceptance", _DONE),
    "else_no_approval_or_acceptance_or_funds": ("funds", _DONE),
    "catalogue_before_the_application": ("approval", ("listed", "drafted")),
    "catalogue_in_the_system_for_acceptance": ("acceptance", ("listed", "published")),
    "else_no_approval_or_running_costs": ("funds", ("listed", "published")),
}
_REACHED = {
    "drafted": {"draft", "returned", "submitted", "published"},
    "handed_in": {"submitted", "published"},
    "published": {"published"},
}


@dataclass(frozen=True)
class DataSet:
    """One data set of a project: its entry's state (None: no entry), sharing attribute, whether it was aggregated."""

    title: str
    entry_state: str | None = None
    sharing: str | None = None
    aggregated: bool = False


@dataclass(frozen=True)
class Need:
    """What a step needs of a data set, and whether it is there."""

    step: str
    data_set: str
    need: str
    met: bool


def steps_of(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Step → needs, as the rule of the place has them; empty where it sets no gate."""
    found: dict[str, tuple[str, ...]] = {}
    for code in profile.list("catalogue.project_gate"):
        if code not in GATES:
            raise ValueError(f"catalogue.project_gate names “{code}”, which is no known gate")
        step, needs = GATES[code]
        found[step] = needs
    return found


@duty("C10", basis="WZ14; DG48; LS29; YN L50")
def gate_report(data_sets: Sequence[DataSet], profile: Profile) -> tuple[Need, ...]:
    """What every step asks of every data set of a project, and what is there: entry, sharing, aggregation."""
    return tuple(
        Need(step, row.title, need, _is_met(need, row))
        for step, needs in steps_of(profile).items()
        for row in data_sets
        for need in needs
    )


def _is_met(need: str, row: DataSet) -> bool:
    if need in _REACHED:
        return row.entry_state in _REACHED[need]
    if need == "shared":
        return row.entry_state == "published" and row.sharing is not None
    return need == "listed" or row.aggregated


@duty("C13", "C10", basis="DG48; LS29; YN L49-50; WZ14")
def project_gate_is_passed(step: str, data_sets: Sequence[DataSet], profile: Profile) -> None:
    """A step of a project is taken when its data are listed, catalogued, shared and aggregated as the rule asks."""
    if step not in steps_of(profile):
        return
    basis = profile.value("catalogue.project_gate").basis
    word = Text(PROJECT_STEPS[step])
    if not data_sets:
        raise Refused(
            N_("{step} is refused: the project names no data. Hand in its data list first ({basis})."),
            step=word,
            basis=basis,
        )
    lacking = [row for row in gate_report(data_sets, profile) if row.step == step and not row.met]
    if lacking:
        raise Refused(
            N_("{step} is refused until the gate is complete ({basis}). Lacking: {lacking}."),
            step=word,
            basis=basis,
            lacking=[
                Text(N_("{data} – {need}"), data=row.data_set, need=Text(PROJECT_NEEDS[row.need]))
                for row in lacking[:8]
            ],
        )
