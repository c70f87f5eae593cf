"""The table of awkward cells: each cell as it is written, tried through the commands where it refuses."""

from datetime import timedelta

import pytest

from contracts import commands
from contracts.models import DevelopmentRight
from contracts.queries.changes import situations_of
from contracts.rules import cells
from kernel import clock
from kernel.command import execute
from kernel.errors import RuleBroken
from registry.commands import catalogue, licence
from registry.queries import licence_in_force
from tests.factories import contracts as made
from tests.factories import life
from tests.factories.life import run


class TestStepFitsTheSituation:
    def test_refuses_exactly_what_the_table_refuses(self) -> None:
        for cell in cells.cells():
            if cell.open:
                cells.step_fits_the_situation(cell.step, {cell.situation})
            else:
                with pytest.raises(RuleBroken):
                    cells.step_fits_the_situation(cell.step, {cell.situation})

    def test_knows_every_step_and_situation_and_no_other(self) -> None:
        found = list(cells.cells())
        assert len(found) == len(cells.STEPS) * len(cells.SITUATIONS)
        for wrong in (("fly", "suspended"), ("lift", "asleep")):
            with pytest.raises(KeyError):
                cells.cell(*wrong)

    def test_never_stands_against_protecting_or_ending(self) -> None:
        for step in ("suspend", "restrict", "order_rectification", "terminate", "expire"):
            assert all(cells.cell(step, situation).open for situation in cells.SITUATIONS), step


WHY = life.WHY


def rests(who, held):
    run(commands.right.suspend, who.authority, held, **WHY)


def rests_in_part(who, held):
    run(commands.right_life.restrict, who.authority, held, scope="new_sales", **WHY)


def end_announced(who, held):
    run(commands.right.announce_termination, who.authority, held, **WHY)


def less_announced(who, held):
    life.an_announced_reduction(who.authority, held, purposes=["public_governance"])


def to_mend(who, held):
    life.an_item(who.authority, held)


def change_open(who, held):
    life.an_amendment(who.operator, held)


def given_up(who, held):
    run(commands.right_life.ask_surrender, who.operator, held, reason="业务调整。")


def closed(who, held):
    from contracts.queries import sources_of_right

    entry = sources_of_right(held)[0].entries[0]
    execute(catalogue.withdraw, actor=who.agency, subject_id=entry.id, data={"reasons": "不再开放。"})


def unlicensed(who, held):
    found = licence_in_force(held.holder_id, "first_level", clock.today())
    reasons = {"reasons": "整改。", "basis": "YN L180", "urgent": True}
    execute(licence.suspend, actor=who.authority, subject_id=found.id, data=reasons)


BRINGS = {
    "suspended": rests, "partly_suspended": rests_in_part, "termination_announced": end_announced,
    "reduction_announced": less_announced, "rectification_open": to_mend, "change_pending": change_open,
    "surrender_asked": given_up, "source_closed": closed, "licence_missing": unlicensed,
}  # fmt: skip
TRIES = {
    "propose_amendment": lambda who, held: life.an_amendment(who.operator, held),
    "propose_renewal": lambda who, held: life.a_renewal(who.operator, held, held.ends_on + timedelta(days=90)),
    "propose_reduction": lambda who, held: life.a_reduction(who.operator, held, purposes=["public_governance"]),
    "announce_reduction": lambda who, held: less_announced(who, held),
    "ask_surrender": lambda who, held: given_up(who, held),
    "lift": lambda who, held: run(commands.right.lift, who.authority, held, reason="已整改。"),
}


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def held(who) -> DevelopmentRight:
    """A first-level right in force, in its last days."""
    return made.a_right(who, **made.a_term(60))


REFUSED = [
    (step, one) for step in TRIES for one in BRINGS
    if not cells.cell(step, one).open and (step, one) not in (("lift", "change_pending"), ("ask_surrender", "surrender_asked"))
]  # fmt: skip
# An amendment asks for sources that may be opened: where one is closed a duty refuses it, not the table.
OPEN = [("propose_amendment", one) for one in BRINGS if cells.cell("propose_amendment", one).open and one != "source_closed"]
OPEN += [("propose_reduction", one) for one in BRINGS if cells.cell("propose_reduction", one).open]


class TestCells:
    @pytest.mark.parametrize("situation", sorted(BRINGS))
    def test_are_asked_about_the_situation_the_right_is_in(self, who, held, situation) -> None:
        assert situation not in situations_of(held, clock.today())
        BRINGS[situation](who, held)
        assert situation in situations_of(held, clock.today())

    @pytest.mark.parametrize(("step", "situation"), REFUSED)
    def test_refuse_through_the_command(self, who, held, step, situation) -> None:
        if step == "lift":
            rests(who, held)
        BRINGS[situation](who, held)
        with pytest.raises(RuleBroken):
            TRIES[step](who, held)

    @pytest.mark.parametrize(("step", "situation"), OPEN)
    def test_leave_open_what_they_do_not_name(self, who, held, step, situation) -> None:
        BRINGS[situation](who, held)
        assert TRIES[step](who, held).state == "proposed"

    def test_leave_a_closed_source_to_the_duty(self, who, held) -> None:
        assert cells.cell("propose_amendment", "source_closed").open
        BRINGS["source_closed"](who, held)
        with pytest.raises(RuleBroken) as refused:
            TRIES["propose_amendment"](who, held)
        assert refused.value.duty != "contracts.step_fits_the_situation"
