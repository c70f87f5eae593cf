"""What the tests of plans and selections share."""

import pytest

from kernel.command import execute
from kernel.errors import RuleBroken
from kernel.fields import File

PDF = File("方案.pdf", b"%PDF-1.7\nx\n%%EOF\n")


def run(command, actor, row, **data):
    """Run a command on a row."""
    return execute(command, actor=actor, subject_id=row.id, data=data)


def refused_by(duty, command, actor, row, **data) -> None:
    """The command is refused by that duty."""
    with pytest.raises(RuleBroken) as caught:
        run(command, actor, row, **data)
    assert caught.value.duty == f"contracts.{duty}"
