"""What the tests of licences share."""

from datetime import timedelta

from kernel import clock
from kernel.command import execute
from registry.commands import licence
from tests.factories.registry import (
    a_licence_application,
)

ADVERSE = {"reasons": "发生数据泄露。", "basis": "YN L180"}


def submitted(operator, **facts):
    found = a_licence_application(operator, **facts)
    return execute(licence.submit, actor=operator, subject_id=found.id)


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))
