"""Resources: described, changed, registered, adjusted."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.errors import InvalidInput, NotAllowed, RuleBroken, WrongState
from registry import queries
from registry.commands import resource
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    RESOURCE,
    a_draft,
    a_published_entry,
    a_registered_resource,
    a_resource,
    an_agency,
)

pytestmark = pytest.mark.usefixtures("app")


class TestDescribe:
    def test_makes_a_resource_of_published_entries(self):
        found = a_resource()
        assert found.state == "described"
        assert [entry.state for entry in queries.entries_of_resource(found.id)] == ["published"]

    def test_refuses_entries_that_are_not_published_or_not_own(self):
        agency = an_agency()
        for entry in (a_draft(agency), a_published_entry()):
            with pytest.raises(InvalidInput):
                execute(resource.describe, actor=agency, data={**RESOURCE, "entry_ids": [str(entry.id)]})

    def test_refuses_core_data(self):
        with pytest.raises(RuleBroken) as refused:
            a_resource(national_grade="core")
        assert "G02" in refused.value.ids

    def test_is_not_for_buyers(self):
        with pytest.raises(NotAllowed):
            execute(resource.describe, actor=an_actor("buyer"), data={**RESOURCE, "entry_ids": []})


class TestAmendResource:
    def test_replaces_the_description_and_the_entries(self):
        agency = an_agency()
        found, other = a_resource(agency), a_published_entry(agency, title="站点名录")
        values = {**RESOURCE, "title": "新名称", "entry_ids": [str(other.id)]}
        execute(resource.amend, actor=agency, subject_id=found.id, data=values)
        assert found.title == "新名称"
        assert [entry.id for entry in queries.entries_of_resource(found.id)] == [other.id]

    def test_ends_with_the_registration(self):
        agency = an_agency()
        found = a_registered_resource(agency)
        with pytest.raises(WrongState):
            execute(resource.amend, actor=agency, subject_id=found.id, data={})


class TestRegister:
    def test_is_the_system_s_own(self):
        agency = an_agency()
        found = a_resource(agency)
        with pytest.raises(NotAllowed):
            execute(resource.register, actor=agency, subject_id=found.id, data={"code": "X"})

    def test_follows_the_code(self):
        found = a_registered_resource()
        assert found.state == "registered" and found.code.startswith("ZY-990100-")
        assert queries.resource_is_registered(found.id, clock.today())
        assert not queries.resource_is_registered(found.id, found.registered_until + timedelta(days=1))


class TestAdjust:
    def test_changes_what_a_registration_may_change(self):
        found = a_registered_resource()
        until = found.registered_until
        data = {"changes": {"volume": "130 万条", "national_grade": "core"}}
        execute(resource.adjust, actor=SYSTEM, subject_id=found.id, data=data)
        assert (found.volume, found.national_grade, found.registered_until) == ("130 万条", "general", until)

    def test_is_the_system_s_own(self):
        agency = an_agency()
        found = a_registered_resource(agency)
        with pytest.raises(NotAllowed):
            execute(resource.adjust, actor=agency, subject_id=found.id, data={"changes": {"volume": "x"}})
