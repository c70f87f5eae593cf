"""Re-checks of operators."""

from datetime import timedelta

import pytest

from kernel import clock, due
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from registry import queries
from registry.commands import recheck
from registry.models import Recheck
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    PDF,
    a_licence,
    an_accepted_licence,
    an_authority,
    colleague,
)
from tests.registry.oversight_steps import FOUND, a_recheck, later, time_passes

pytestmark = pytest.mark.usefixtures("app")


def with_findings(authority, operator):
    """A re-check that found something."""
    return execute(recheck.find, actor=authority, subject_id=a_recheck(authority, operator).id, data=FOUND)


class TestRecheckBegin:
    def test_happens_once_at_a_time(self):
        authority = an_authority()
        begun = a_recheck(authority)
        assert (begun.state, begun.kind) == ("under_way", "ordered")
        with pytest.raises(RuleBroken) as refused:
            execute(recheck.begin, actor=authority, data={"licence_id": str(begun.licence_id)})
        assert refused.value.duty == "registry.nothing_checks_it_already"

    def test_follows_the_calendar(self):
        found = a_licence()
        time_passes()
        assert db.session.query(Recheck).count() == 0
        with later(367):
            time_passes()
            time_passes()
        begun = db.session.query(Recheck).one()
        assert (begun.kind, begun.licence_id) == ("periodic", found.id)

    def test_is_for_the_authority_of_the_place_and_licences_that_were_granted(self):
        found = a_licence()
        with pytest.raises(NotFound):
            execute(recheck.begin, actor=an_authority("530000"), data={"licence_id": str(found.id)})
        asked = an_accepted_licence()
        with pytest.raises(NotFound):
            execute(recheck.begin, actor=an_authority(), data={"licence_id": str(asked.id)})


class TestRecheckClear:
    def test_ends_it(self):
        authority = an_authority()
        begun = a_recheck(authority)
        execute(recheck.clear, actor=authority, subject_id=begun.id, data={"looked_at": "全部。"})
        assert (begun.state, begun.ended_on) == ("passed", clock.today())


class TestRecheckFind:
    def test_starts_the_clock_of_the_operator(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        assert found.state == "rectification"
        clocks = due.running_of(found)
        assert [(row.name, row.organisation_id) for row in clocks] == [("rectification", operator.organisation_id)]

    def test_needs_a_finding(self):
        authority = an_authority()
        begun = a_recheck(authority)
        with pytest.raises(InvalidInput):
            execute(recheck.find, actor=authority, subject_id=begun.id, data={"looked_at": "x", "findings": []})


class TestRecheckReport:
    def test_is_the_operator_s(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        with pytest.raises(NotAllowed):
            execute(recheck.report, actor=authority, subject_id=found.id, data={"report": "x"})
        data = {"report": "已演练。", "evidence": PDF}
        execute(recheck.report, actor=operator, subject_id=found.id, data=data)
        assert found.state == "reported" and found.evidence["sha256"] == PDF.sha256


class TestRecheckReturn:
    def test_gives_it_back(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        execute(recheck.report, actor=operator, subject_id=found.id, data={"report": "x"})
        execute(recheck.return_, actor=authority, subject_id=found.id, data={"reasons": "无佐证。"})
        assert found.state == "rectification"
        assert [row.name for row in due.running_of(found)] == ["rectification"]


class TestRecheckClose:
    def test_is_for_another_officer_than_the_finder(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        execute(recheck.report, actor=operator, subject_id=found.id, data={"report": "已演练。"})
        with pytest.raises(NotAllowed):
            execute(recheck.close, actor=authority, subject_id=found.id, data={"outcome": "合格。"})
        execute(recheck.close, actor=colleague(authority), subject_id=found.id, data={"outcome": "合格。"})
        assert found.state == "closed"


class TestRecheckFail:
    def test_stands_in_the_record(self):
        operator, authority = an_actor("operator"), an_authority()
        found = with_findings(authority, operator)
        execute(recheck.fail, actor=colleague(authority), subject_id=found.id, data={"outcome": "未整改。"})
        assert found.state == "failed"
        first = clock.today() - timedelta(days=10)
        assert len(queries.troubles_since(found.organisation_id, first)) == 1
