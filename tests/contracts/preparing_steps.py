"""What the tests of preparing a decision and of its remedies share."""

import pytest

from contracts.commands import decision as decisions
from contracts.commands import reconsideration as requests
from contracts.models import Application
from kernel.command import execute
from kernel.errors import RuleBroken
from tests.factories import contracts as made
from tests.factories.registry import colleague


def run(command, actor, row, **data):
    """Run a command on a row."""
    return execute(command, actor=actor, subject_id=row.id, data=data)


def refused_by(duty, step) -> None:
    """The step is refused by that duty."""
    with pytest.raises(RuleBroken) as caught:
        step()
    assert caught.value.duty == f"contracts.{duty}"


def handed_in(who, **facts) -> Application:
    """An application that was handed in."""
    return made.submitted(made.an_application(who, **facts), who.operator)


def an_assessed(who, **facts) -> Application:
    """An application that waits for its decision."""
    return made.assessed(handed_in(who, **facts), who.authority)


def refused(who, **facts) -> Application:
    """An application that was refused."""
    return run(decisions.refuse, who.deputy, an_assessed(who, **facts), reasons="能力不足。", basis="WZ36")


def a_request(who, asked):
    """A request for reconsideration."""
    data = {"application_id": str(asked.id), "grounds": "评估有误。"}
    return execute(requests.file, actor=who.operator, data=data)


def decided(who, found, outcome, **facts):
    """The decision on a request, by somebody new."""
    data = {"outcome": outcome, "reasons": "经复核。", "basis": "WZ36"} | facts
    return run(requests.decide, colleague(who.authority), found, **data)
