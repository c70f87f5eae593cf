"""Rights: how they come into force, rest, are restored and end, with everything that hangs on them."""

import uuid
from datetime import timedelta

import pytest

from contracts import commands, queries, reactions
from contracts.models import DevelopmentRight
from kernel import audit, clock, due
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
from kernel.errors import NotAllowed, NotFound, RuleBroken, WrongState
from registry.commands import catalogue, licence
from registry.commands import registration_life as registrations
from registry.queries import registration_in_force
from tests.contracts.rights_steps import WHY, live, run, states
from tests.factories import contracts as made
from tests.factories.accounts import an_actor
from tests.factories.registry import ENTRY, a_licence


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def held(who) -> DevelopmentRight:
    """A first-level right in force."""
    return made.a_right(who)


@pytest.fixture
def family(who, held) -> tuple[DevelopmentRight, DevelopmentRight, Actor]:
    """A first-level right, a second-level right under it, and its developer."""
    developer = made.a_developer(who)
    return held, made.a_second_right(who, developer, made.an_element(who, held)), developer


class TestEstablish:
    def test_is_made_from_a_grant_alone(self, who, held) -> None:
        with pytest.raises(NotFound):
            execute(commands.right.establish, actor=SYSTEM, data={"decision_id": str(uuid.uuid4())})
        with pytest.raises(NotAllowed):
            execute(
                commands.right.establish, actor=who.authority, data={"decision_id": str(held.decision_id)}
            )

    def test_waits_for_signatures_by_a_day(self, who) -> None:
        held = made.an_awaiting_right(who)
        assert [(row.name, row.organisation_id) for row in due.running_of(held)] == [
            ("signature", held.holder_id)
        ]
        assert held.number.startswith("YK-990100-")
        assert not live(held)


class TestComeIntoForce:
    def test_stops_the_clock_and_brings_obligations(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        held = made.granted(asked, who.deputy, made.first_shares(who), conditions="按季报告。")
        made.all_signed(held, who.operator, who.deputy)
        assert held.in_force_at is not None
        assert due.running_of(held) == []
        owed = queries.obligations_of(held.id)
        assert {row.what for row in owed} == {reactions.KEEP_CONDITIONS, reactions.RENEW_COMMITMENT}
        assert all(row.owner_id == held.holder_id for row in owed)

    def test_does_not_use_a_right_before_its_first_day(self, who) -> None:
        later = clock.today() + timedelta(days=30)
        facts = {"starts_on": later.isoformat(), "ends_on": (later + timedelta(days=300)).isoformat()}
        held = made.a_right(who, **facts)
        assert held.state == "in_force"
        found, why = queries.right_is_live(held.id, clock.today())
        assert not found and "runs from" in str(why)
        assert queries.right_is_live(held.id, later)[0]


class TestLapse:
    def test_ends_the_texts_with_the_right(self, who) -> None:
        held = made.an_awaiting_right(who)
        run(commands.right.lapse, who.authority, held, reason="乙方放弃。")
        agreements = queries.agreements_about("right", held.id)
        assert held.state == "lapsed"
        assert {row.state for row in agreements} == {"lapsed"}
        assert {queries.document_of(row).state for row in agreements} == {"revoked"}
        assert live(held) is False

    def test_comes_by_itself_when_nobody_signs(self, who) -> None:
        held = made.an_awaiting_right(who)
        with clock.frozen(clock.now() + timedelta(days=40)):
            assert made.follow_time() == 1
        assert states(held) == ["lapsed"]


class TestSuspend:
    def test_cascades_in_one_transaction_with_its_cause(self, who, family) -> None:
        first, second, _developer = family
        run(commands.right.suspend, who.authority, first, **WHY)
        assert states(first, second) == ["suspended", "suspended"]
        cause = next(e for e in audit.events_of(first) if e.command == "contracts.right.suspend")
        effect = next(e for e in audit.events_of(second) if e.command == "contracts.right.suspend")
        assert effect.caused_by_id == cause.id
        assert [(s.ground, s.cause_id) for s in queries.open_suspensions(second.id)] == [
            ("cascade", first.id)
        ]
        assert not live(second)

    def test_becomes_an_order_to_mend(self, who, held) -> None:
        run(commands.right.suspend, who.authority, held, **WHY)
        owed = [row for row in queries.obligations_of(held.id) if row.what == reactions.MEND]
        assert owed[0].due_on == due.due_day(held, "supervision.rectification_wd", clock.today()).on

    def test_takes_the_day_the_order_sets(self, who, held) -> None:
        day = clock.today() + timedelta(days=3)
        run(commands.right.suspend, who.authority, held, rectify_by=day.isoformat(), **WHY)
        assert day in [row.due_on for row in queries.obligations_of(held.id)]

    def test_is_a_person_s_order_whatever_is_sent(self, who, held) -> None:
        sent = {"ground": "cascade", "cause_id": str(uuid.uuid4())}
        run(commands.right.suspend, who.authority, held, **WHY, **sent)
        assert [(s.ground, s.cause_id) for s in queries.open_suspensions(held.id)] == [("order", None)]

    def test_counts_the_same_ground_once(self, who, held) -> None:
        for _ in range(2):
            run(commands.right.suspend, who.authority, held, **WHY)
        assert len(queries.open_suspensions(held.id)) == 1

    def test_is_for_the_authority_of_the_place(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right.suspend, who.operator, held, **WHY)
        with pytest.raises(NotFound):
            run(commands.right.suspend, an_actor("authority", jurisdiction="640300"), held, **WHY)

    def test_shows_beforehand_what_it_hits(self, who, family) -> None:
        first, second, _developer = family
        found = [(hit.kind, hit.subject.heading) for hit in queries.hit_by(first)]
        assert found == [("right", second.heading), ("element", "逐日雨量")]

    def test_asks_other_packages_what_else_it_hits(self, held, monkeypatch) -> None:
        asked: list[list[uuid.UUID]] = []
        monkeypatch.setattr("contracts.queries.plan._FINDERS", [])
        queries.also_hit(lambda ids: asked.append(ids) or [])
        assert queries.hit_by(held) == []
        assert asked == [[held.id]]


class TestLift:
    def test_restores_what_the_cascade_suspended_and_nothing_else(self, who, family) -> None:
        first, second, developer = family
        other = made.a_second_right(who, made.a_developer(who), queries.sources_of_right(second)[0])
        run(commands.right.suspend, who.authority, other, **WHY)
        run(commands.right.suspend, who.authority, first, **WHY)
        assert len(queries.open_suspensions(other.id)) == 2
        run(commands.right.lift, who.authority, first, reason="已整改。")
        assert states(first, second, other) == ["in_force", "in_force", "suspended"]
        assert [s.ground for s in queries.open_suspensions(other.id)] == ["order"]
        assert live(second) and not live(other)

    def test_refuses_while_the_right_above_rests(self, who, family) -> None:
        first, second, _developer = family
        run(commands.right.suspend, who.authority, first, **WHY)
        with pytest.raises(RuleBroken) as caught:
            run(commands.right.lift, who.authority, second, reason="已整改。")
        assert caught.value.duty == "contracts.cause_is_gone"

    def test_happens_only_to_what_rests(self, who, held) -> None:
        with pytest.raises(WrongState):
            run(commands.right.lift, who.authority, held, reason="已整改。")


class TestNewsFromTheRegistry:
    def test_a_closed_entry_stops_the_right_and_what_rests_on_it(self, who, family) -> None:
        first, second, _developer = family
        entry = queries.sources_of_right(first)[0].entries[0]
        execute(catalogue.withdraw, actor=who.agency, subject_id=entry.id, data={"reasons": "不再开放。"})
        assert states(first, second) == ["suspended", "suspended"]
        assert [s.ground for s in queries.open_suspensions(first.id)] == ["source"]
        with pytest.raises(RuleBroken):
            run(commands.right.lift, who.authority, first, reason="请恢复。")

    def test_an_entry_that_is_updated_to_not_open_stops_the_right(self, who, held) -> None:
        entry = queries.sources_of_right(held)[0].entries[0]
        closed = {**ENTRY, "opening_attribute": "none", "opening_basis": "数据安全法"}
        execute(catalogue.revise, actor=who.agency, subject_id=entry.id, data=closed)
        assert states(held) == ["in_force"]
        execute(catalogue.update, actor=who.deputy, subject_id=entry.id)
        assert states(held) == ["suspended"]
        assert "WZ35" in queries.open_suspensions(held.id)[0].basis

    def test_an_open_entry_changes_nothing(self, who, held) -> None:
        facts = queries.sources_of_right(held)[0]
        reactions.follow_entry(facts.entries[0], audit.events_of(held)[-1])
        reactions.follow_resource(facts, audit.events_of(held)[-1])
        assert states(held) == ["in_force"]

    def test_an_ended_registration_stops_the_right(self, who, held) -> None:
        found = registration_in_force(resource_id=queries.sources_of_right(held)[0].id)
        execute(registrations.cancel, actor=SYSTEM, subject_id=found.id, data={"reasons": "灭失。"})
        assert states(held) == ["suspended"]
        assert (
            "registration" in str(queries.right_is_live(held.id, clock.today())[1])
            or held.state == "suspended"
        )

    def test_a_registration_without_a_resource_changes_nothing(self, who, held) -> None:
        class Ended:
            resource_id = None

        reactions.follow_registration(Ended(), audit.events_of(held)[-1])
        assert states(held) == ["in_force"]

    def test_a_suspended_licence_stops_its_holder_s_rights_and_its_return_restores_them(
        self, who, family
    ) -> None:
        first, second, _developer = family
        found = queries.live.licence_in_force(first.holder_id, "first_level", clock.today())
        reasons = {"reasons": "整改。", "basis": "YN L180", "urgent": True}
        execute(licence.suspend, actor=who.authority, subject_id=found.id, data=reasons)
        assert states(first, second) == ["suspended", "suspended"]
        execute(licence.lift, actor=who.authority, subject_id=found.id, data={"reasons": "已整改。"})
        assert states(first, second) == ["in_force", "in_force"]

    def test_another_licence_in_force_keeps_the_right(self, who, held) -> None:
        found = queries.live.licence_in_force(held.holder_id, "first_level", clock.today())
        reactions.follow_licence(found, audit.events_of(held)[-1])
        assert states(held) == ["in_force"]

    def test_a_licence_of_the_other_level_restores_nothing(self, who, held) -> None:
        execute(
            commands.right.suspend, actor=SYSTEM, subject_id=held.id,
            data={**WHY, "ground": "licence", "cause_id": str(held.holder_id)},
        )  # fmt: skip
        a_licence(who.operator, who.authority, level="second_level")
        assert states(held) == ["suspended"]
