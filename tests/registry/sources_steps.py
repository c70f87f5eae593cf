"""Steps that several tests of sources have in common."""

from kernel.command import execute
from registry.commands import (
    catalogue,
)
from tests.factories.registry import (
    a_draft,
    assessed,
)

WHY = {"reasons": "职责划转，重新确定。"}


LEVELS = {"title": "河道水位", "items": [{"name": "站号", "key": True}, {"name": "水位"}, {"name": "流量"}]}


def ready(agency, **facts):
    """A draft with its assessments: only the rules stand between it and the review."""
    return assessed(a_draft(agency, **facts), agency)


def hand_in(entry, agency):
    return execute(catalogue.submit, actor=agency, subject_id=entry.id)
