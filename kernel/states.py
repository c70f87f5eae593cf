"""State machines as data: a table of (command, from, to)."""

from kernel.errors import WrongState
from kernel.words import N_, Text


class StateMachine:
    """What can happen to a subject.

    Each row is `(verb, {states it may start from}, state it leads to)`; `{None}` starts from nothing (the command
    creates the subject), a target of None leaves the state as it is.
    """

    def __init__(self, *rows: tuple[str, set[str | None], str | None]) -> None:
        self.transitions = {verb: (frozenset(sources), target) for verb, sources, target in rows}
        if len(self.transitions) != len(rows):
            raise ValueError("a verb stands twice in the table")

    @property
    def states(self) -> set[str]:
        """Every state a subject can be in."""
        named = {target for _, target in self.transitions.values() if target}
        return named | {state for sources, _ in self.transitions.values() for state in sources if state}

    def next(self, state: str | None, verb: str) -> str | None:
        """The state after `verb`, or WrongState with what would be possible."""
        sources, target = self.transitions.get(verb, (frozenset(), None))
        if state not in sources:
            raise WrongState(
                Text(N_("In the state “{state}” this step is not possible."), state=Text(state_word(state)))
            )
        return target or state

    def allowed(self, state: str | None) -> list[str]:
        """The verbs that may follow, in the order of the table."""
        return [verb for verb, (sources, _) in self.transitions.items() if state in sources]


def state_word(state: str | None) -> str:
    """The message id under which a state is translated: 'under_review' is 'Under review'."""
    return (state or "new").replace("_", " ").capitalize()
