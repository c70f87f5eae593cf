"""A right that is suspended in part, mended item by item, given up, and left: with everything that hangs on it."""

import uuid
from datetime import timedelta

import pytest

from contracts import commands, queries, reactions
from contracts.models import DevelopmentRight
from contracts.queries.rights import obligations_of
from kernel import clock, documents, due
from kernel.actor import SYSTEM, Actor
from kernel.audit import AuditEvent
from kernel.command import execute
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, RuleBroken, WrongState
from tests.factories import contracts as made
from tests.factories import life
from tests.factories.accounts import an_actor
from tests.factories.life import run


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


def states(*rows) -> list[str]:
    """Their states as they stand in the database."""
    for one in rows:
        db.session.refresh(one)
    return [one.state for one in rows]


def restricted(who: made.Parties, held: DevelopmentRight, scope: str, *ids) -> DevelopmentRight:
    """The right suspended in part."""
    named = [str(one) for one in ids]
    return run(commands.right_life.restrict, who.authority, held, scope=scope, scope_ids=named, **life.WHY)


class TestRestrict:
    def test_of_a_resource_stops_what_was_made_from_it_and_nothing_else(self, who) -> None:
        rain, wind = made.a_source(who), made.a_source(who)
        held = made.a_right(who, sources=[str(rain.id), str(wind.id)])
        wet = made.an_element(who, held, resources=[str(rain.id)])
        dry = made.an_element(who, held, resources=[str(wind.id)], title="风")
        on_wet = made.a_second_right(who, made.a_developer(who), wet)
        on_dry = made.a_second_right(who, made.a_developer(who), dry)
        restricted(who, held, "resources", rain.id)
        assert states(held, wet, dry, on_wet, on_dry) == [
            "in_force", "suspended", "available", "suspended", "in_force",
        ]  # fmt: skip
        assert queries.right_is_live(held.id, clock.today())[0]
        run(commands.right_life.relax, who.authority, held, **life.WHY)
        assert states(wet, on_wet) == ["available", "in_force"] and held.restricted == []

    def test_keeps_the_operator_from_bringing_it_back_by_itself(self, who, held) -> None:
        element = made.an_element(who, held)
        restricted(who, held, "resources", queries.sources_of_right(held)[0].id)
        with pytest.raises(RuleBroken) as caught:
            run(commands.element.resume, who.operator, element, reason="请恢复。")
        assert caught.value.duty == "contracts.rests_no_longer"

    def test_names_what_belongs_to_the_right(self, who, held) -> None:
        for scope, ids in (("resources", []), ("resources", [held.id]), ("products", [held.id])):
            with pytest.raises(RuleBroken) as caught:
                restricted(who, held, scope, *ids)
            assert caught.value.duty == "contracts.part_is_named"

    def test_of_new_sales_leaves_everything_as_it_is(self, who, family) -> None:
        first, second, _developer = family
        restricted(who, first, "new_sales")
        assert states(first, second) == ["in_force", "in_force"]
        assert queries.sales_are_stopped(first.id) and queries.sales_are_stopped(second.id)
        run(commands.right_life.relax, who.authority, first, **life.WHY)
        assert not queries.sales_are_stopped(second.id)

    def test_is_the_authority_s_and_told_by_letter(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right_life.restrict, who.operator, held, scope="new_sales", **life.WHY)
        restricted(who, held, "new_sales")
        assert [one.kind for one in documents.documents_of(held)] == ["right_decision"]

    def test_is_not_lifted_with_the_suspension_of_the_whole(self, who, held) -> None:
        restricted(who, held, "new_sales")
        run(commands.right.suspend, who.authority, held, **life.WHY)
        run(commands.right.lift, who.authority, held, reason="已整改。")
        assert states(held) == ["in_force"] and queries.sales_are_stopped(held.id)


class TestRelax:
    def test_needs_something_that_rests(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right_life.relax, who.authority, held, **life.WHY)

    def test_leaves_what_its_operator_stopped(self, who, held) -> None:
        element = made.an_element(who, held)
        run(commands.element.suspend, who.operator, element, reason="质量问题。")
        restricted(who, held, "resources", queries.sources_of_right(held)[0].id)
        run(commands.right_life.relax, who.authority, held, **life.WHY)
        assert states(element) == ["suspended"]


class TestRectificationOrder:
    def test_names_the_day_of_the_rules_and_goes_out_as_a_letter(self, who, held) -> None:
        item = life.an_item(who.authority, held)
        assert item.due_on == due.due_day(held, "supervision.rectification_wd", clock.today()).on
        assert [one.kind for one in documents.documents_of(item)] == ["rectification_order"]
        assert [row.name for row in due.running_of(item)] == ["rectification"]

    def test_comes_with_a_suspension_line_by_line(self, who, held) -> None:
        run(commands.right.suspend, who.authority, held, items="补齐日志\n\n更换密钥\n", **life.WHY)
        assert [one.what for one in queries.items_of(held.id)] == ["补齐日志", "更换密钥"]

    def test_is_for_the_authority_of_the_place(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            life.an_item(who.operator, held)
        with pytest.raises(NotFound):
            life.an_item(an_actor("authority", jurisdiction="640300"), held)


class TestRectificationReport:
    def test_is_the_holder_s(self, who, held) -> None:
        item = life.an_item(who.authority, held)
        with pytest.raises(NotAllowed):
            life.reported(item, who.authority)
        assert life.reported(item, who.operator).state == "reported"


class TestRectificationClose:
    def test_is_somebody_else_s_than_who_reported(self, who, held) -> None:
        item = life.reported(life.an_item(who.authority, held), who.operator)
        with pytest.raises(NotAllowed):
            run(commands.rectification.close, who.operator, item, answer="好。")
        run(commands.rectification.close, who.deputy, item, answer="核查属实。")
        assert (item.state, item.closed_by_id) == ("closed", who.deputy.user_id)

    def test_of_each_item_comes_before_the_lift(self, who, held) -> None:
        run(commands.right.suspend, who.authority, held, items="补齐日志\n更换密钥", **life.WHY)
        first, second = queries.items_of(held.id)
        life.mended(first, who.operator, who.authority)
        with pytest.raises(RuleBroken) as caught:
            run(commands.right.lift, who.authority, held, reason="已整改。")
        assert caught.value.duty == "contracts.items_are_closed"
        life.mended(second, who.operator, who.deputy)
        run(commands.right.lift, who.authority, held, reason="已整改。")
        assert states(held) == ["in_force"]


class TestRectificationSendBack:
    def test_starts_the_clock_again(self, who, held) -> None:
        item = life.reported(life.an_item(who.authority, held), who.operator)
        run(commands.rectification.send_back, who.deputy, item, answer="日志仍不完整。")
        assert (item.state, [row.name for row in due.running_of(item)]) == ("open", ["rectification"])


class TestRectificationMiss:
    def test_is_noted_after_the_day_and_can_still_be_mended(self, who, held) -> None:
        item = life.an_item(who.authority, held)
        with clock.frozen(clock.now() + timedelta(days=60)):
            life.follow_time()
            assert states(item) == ["overdue"]
            assert life.reported(item, who.operator).state == "reported"


class TestRectificationDrop:
    def test_comes_with_the_end_of_the_right(self, who, held) -> None:
        item = life.an_item(who.authority, held)
        run(commands.right_life.ask_surrender, who.operator, held, reason="业务调整。")
        run(commands.right_life.surrender, who.authority, held, **life.WHY)
        assert states(item) == ["dropped"]
        with pytest.raises(NotAllowed):
            run(commands.rectification.drop, who.authority, item)


class TestAskSurrender:
    def test_is_the_holder_s_and_is_taken_back_by_it(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right_life.ask_surrender, who.authority, held, reason="x")
        run(commands.right_life.ask_surrender, who.operator, held, reason="业务调整。")
        with pytest.raises(NotAllowed):
            run(commands.right_life.ask_surrender, who.operator, held, reason="再次。")
        run(commands.right_life.withdraw_surrender, who.operator, held)
        assert (held.surrender_at, states(held)) == (None, ["in_force"])

    def test_is_no_escape_from_a_termination(self, who, held) -> None:
        run(commands.right.announce_termination, who.authority, held, **life.WHY)
        with pytest.raises(RuleBroken) as caught:
            run(commands.right_life.ask_surrender, who.operator, held, reason="业务调整。")
        assert caught.value.duty == "contracts.step_fits_the_situation"


class TestWithdrawSurrender:
    def test_needs_one_that_was_asked_for(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right_life.withdraw_surrender, who.operator, held)


class TestSurrender:
    def test_ends_everything_under_the_right_and_begins_the_exit(self, who, family) -> None:
        first, second, _developer = family
        run(commands.right_life.ask_surrender, who.operator, first, reason="业务调整。")
        run(commands.right_life.surrender, who.authority, first, **life.WHY)
        assert states(first, second) == ["surrendered", "terminated"]
        assert {row.state for row in queries.agreements_about("right", first.id)} == {"terminated"}
        assert [left.state for left in queries.exits_of(first.id)] == ["open"]
        assert {row.state for row in obligations_of(first.id) if row.what != reactions.EXIT} == {"waived"}

    def test_needs_the_holder_to_ask(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            run(commands.right_life.surrender, who.authority, held, **life.WHY)


@pytest.fixture
def left(who, held):
    """The exit after a right was given up."""
    run(commands.right_life.ask_surrender, who.operator, held, reason="业务调整。")
    run(commands.right_life.surrender, who.authority, held, **life.WHY)
    return life.exit_of(held)


class TestExitBegin:
    def test_cuts_access_with_the_end_of_the_right(self, who, family) -> None:
        first, second, developer = family
        element = queries.sources_of_right(second)[0]
        run(commands.element.fetch, developer, element)
        run(commands.right_life.ask_surrender, who.operator, first, reason="业务调整。")
        run(commands.right_life.surrender, who.authority, first, **life.WHY)
        with pytest.raises((WrongState, NotAllowed, NotFound)):
            run(commands.element.fetch, developer, element)
        assert life.exit_of(second).holder_id == developer.organisation_id

    def test_is_only_for_a_right_that_has_ended(self, who, held) -> None:
        with pytest.raises(NotFound):
            execute(commands.leaving.begin, actor=SYSTEM, data={"right_id": str(held.id)})

    def test_runs_by_the_day_of_the_rules(self, left) -> None:
        assert [row.name for row in due.running_of(left)] == ["exit"]


class TestExitHandIn:
    def test_is_the_holder_s_with_its_proof(self, who, left) -> None:
        with pytest.raises(NotAllowed):
            life.handed_in(left, who.authority)
        assert life.handed_in(left, who.operator).proof["name"] == "销毁记录.pdf"


class TestExitSendBack:
    def test_lets_the_holder_hand_in_again(self, who, left) -> None:
        life.handed_in(left, who.operator)
        run(commands.leaving.send_back, who.authority, left, answer="缺少介质清单。")
        assert life.handed_in(left, who.operator).answer == ""


class TestExitOversee:
    def test_issues_the_certificate(self, who, left) -> None:
        life.handed_in(left, who.operator)
        with pytest.raises(NotAllowed):
            run(commands.leaving.oversee, who.operator, left, note="好。")
        run(commands.leaving.oversee, who.authority, left, note="现场核验。")
        assert [one.kind for one in documents.documents_of(left)] == ["deletion_certificate"]


class TestExitSettle:
    def test_draws_up_the_final_account(self, who, left) -> None:
        life.handed_in(left, who.operator)
        run(commands.leaving.oversee, who.authority, left, note="现场核验。")
        run(commands.leaving.settle, who.authority, left, note="")
        assert left.account["open_minor"] == 0
        assert documents.documents_of(left)[-1].kind == "exit_account"


class TestExitClose:
    def test_fulfils_what_was_owed(self, who, left) -> None:
        with pytest.raises(WrongState):
            run(commands.leaving.close, who.authority, left)
        life.left_for_good(left, who.operator, who.authority)
        owed = next(row for row in obligations_of(left.right_id) if row.what == reactions.EXIT)
        assert (left.state, owed.state) == ("closed", "fulfilled")


class TestElementHandOver:
    def test_is_the_product_s_alone(self, who, held) -> None:
        element = made.an_element(who, held)
        with pytest.raises(NotAllowed):
            run(commands.element.hand_over, who.operator, element, operator_id=str(held.holder_id))


class TestPlan:
    """What is shown before a step is what the step then does."""

    def done(self, before: set[uuid.UUID]) -> set[tuple[str, str]]:
        """The steps since, by their commands and subjects."""
        rows = db.session.scalars(db.select(AuditEvent).where(AuditEvent.id.not_in(before)))
        return {(row.command, str(row.subject_id)) for row in rows}

    def events(self) -> set[uuid.UUID]:
        """What was done so far."""
        return set(db.session.scalars(db.select(AuditEvent.id)))

    @pytest.mark.parametrize("step", ["suspend", "surrender"])
    def test_of_a_step_lists_every_step_it_brings_about(self, who, family, step) -> None:
        first, _second, _developer = family
        if step == "surrender":
            run(commands.right_life.ask_surrender, who.operator, first, reason="业务调整。")
        planned = queries.hit_by(first, f"contracts.right.{step}", {})
        shown = {(hit.step, str(hit.subject.id)) for hit in planned if hit.step}
        assert shown and all(hit.on == clock.today() for hit in planned if hit.step)
        before = self.events()
        command = commands.right.suspend if step == "suspend" else commands.right_life.surrender
        run(command, who.authority, first, **life.WHY)
        done = self.done(before)
        assert shown <= done
        cascade = {one for one in done if one[0].split(".")[1] in ("right", "element", "agreement")}
        assert cascade - shown == {(f"contracts.right.{step}", str(first.id))}
