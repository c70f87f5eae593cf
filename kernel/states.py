"""State machines as data: a table of (command, from, to)."""

from collections.abc import Collection

from kernel.errors import WrongState
from kernel.words import N_, Text


class StateMachine:
    """What can happen to a subject.

    Each row is `(verb, {states it may start from}, state it leads to)`; `{None}` starts from nothing (the command
    creates the subject), a target of None leaves the state as it is, and a set of targets leaves the choice to the
    handler, which then sets `subject.state` to one of them.
    """

    def __init__(self, *rows: tuple[str, Collection[str | None], str | Collection[str] | None]) -> None:
        self.transitions = {verb: (frozenset(sources), _targets(target)) for verb, sources, target in rows}
        if len(self.transitions) != len(rows):
            raise ValueError("a verb stands twice in the table")

    @property
    def states(self) -> set[str]:
        """Every state a subject can be in."""
        named = {target for _, targets in self.transitions.values() for target in targets}
        return named | {state for froms, _ in self.transitions.values() for state in froms if state}

    def targets(self, state: str | None, verb: str) -> frozenset[str]:
        """The states `verb` may lead to (none: it stays), or WrongState."""
        sources, targets = self.transitions.get(verb, (frozenset(), frozenset()))
        if state not in sources:
            raise WrongState(
                Text(N_("In the state “{state}” this step is not possible."), state=Text(state_word(state)))
            )
        return targets

    def allowed(self, state: str | None) -> list[str]:
        """The verbs that may follow, in the order of the table."""
        return [verb for verb, (sources, _) in self.transitions.items() if state in sources]


def _targets(target: str | Collection[str] | None) -> frozenset[str]:
    return frozenset() if target is None else frozenset([target] if isinstance(target, str) else target)


def state_word(state: str | None) -> str:
    """The message id under which a state is translated: 'under_review' is 'Under review'."""
    return (state or "new").replace("_", " ").capitalize()
