"""What development rights mean in the register: bounds, and who uses and operates what is registered."""

from datetime import timedelta

import pytest

from contracts import commands
from contracts.queries.registered import authorised_until
from contracts.queries.rights import source_ids
from kernel import audit, clock, documents
from kernel.command import execute
from kernel.db import db
from registry.queries import registration_in_force, rights_in
from supervision.commands import tick
from tests.factories import contracts as made
from tests.factories.registry import a_registration, coded, handed_in, in_notice

WHY = {"reason": "违约。", "basis": "YN L180"}


@pytest.fixture
def who(app):
    return made.parties()


def kinds_of(resource_id):
    return {(row.kind, row.organisation_id, row.state) for row in rights_in(resource_id, None)}


class TestRightInForce:
    def test_bounds_the_registration_and_enters_use_and_operation(self, who):
        resource = made.a_source(who)
        own = registration_in_force(resource_id=resource.id).valid_until
        held = made.a_right(who, resource)
        first = registration_in_force(resource_id=resource.id)
        db.session.refresh(resource)
        assert first.valid_until == resource.registered_until == held.ends_on < own
        assert (first.bounded_by, first.bound_number) == ("reg.bounded_by_agreement", held.number)
        assert held.number in documents.current("registration_confirmation", first).data["bound"]["zh"]
        assert kinds_of(resource.id) == {
            ("hold", who.agency.organisation_id, "in_force"),
            ("use", held.holder_id, "in_force"),
            ("operate", held.holder_id, "in_force"),
        }
        assert not audit.verify()["problems"]

    def test_of_a_developer_enters_use_alone(self, who):
        held = made.a_right(who)
        developer = made.a_developer(who)
        second = made.a_second_right(who, developer, made.an_element(who, held))
        resource_id = source_ids(held.id)[0]
        assert ("use", second.holder_id, "in_force") in kinds_of(resource_id)
        assert ("operate", second.holder_id, "in_force") not in kinds_of(resource_id)

    def test_bounds_a_change_that_is_coded_meanwhile(self, who):
        resource = made.a_source(who)
        held = made.a_right(who, resource)
        change = handed_in(a_registration(who.agency, resource, "change", new_volume="1"), who.agency)
        coded(in_notice(change, who.registrar), who.registrar)
        assert (change.valid_until, change.bound_number) == (held.ends_on, held.number)


class TestRightEnded:
    def test_by_termination_frees_the_registration(self, who):
        resource = made.a_source(who)
        own = registration_in_force(resource_id=resource.id).valid_until
        held = made.a_right(who, resource)
        execute(commands.right.announce_termination, actor=who.authority, subject_id=held.id, data=WHY)
        execute(commands.right.reply, actor=who.operator, subject_id=held.id, data={"reply": "认可。"})
        execute(commands.right.terminate, actor=who.deputy, subject_id=held.id, data=WHY)
        first = registration_in_force(resource_id=resource.id)
        assert (first.valid_until, first.bound_until, authorised_until(resource.id)) == (own, None, (None, ""))
        assert {state for kind, _, state in kinds_of(resource.id) if kind != "hold"} == {"ended"}

    def test_by_time_ends_the_registration_with_it(self, who):
        resource = made.a_source(who)
        held = made.a_right(who, resource)
        with clock.frozen(clock.now() + timedelta(days=(held.ends_on - clock.today()).days + 1)):
            tick(clock.now())
            assert registration_in_force(resource_id=resource.id) is None
        db.session.refresh(held)
        assert held.state == "expired" and authorised_until(resource.id)[0] == held.ends_on


