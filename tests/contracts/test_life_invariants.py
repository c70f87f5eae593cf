"""What holds in whatever order things happen: a right never exceeds its source, and shares stay whole."""

from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from contracts import commands, queries
from contracts.queries.checks import above
from contracts.queries.rights import source_ids
from contracts.queries.sources import facts_of
from kernel import clock
from kernel.command import execute
from kernel.db import db
from kernel.errors import DomainError
from registry.commands import catalogue
from tests.conftest import empty
from tests.factories import contracts as made
from tests.factories import life
from tests.factories.life import run
from tests.factories.registry import ENTRY

PURPOSES = ["public_governance", "public_welfare", "industry_development", "sector_development"]
ALIVE = ("in_force", "suspended")
purposes = st.lists(st.sampled_from(PURPOSES), min_size=1, max_size=4, unique=True)
days = st.integers(min_value=-200, max_value=1800)


class Rights(RuleBasedStateMachine):
    """A first-level right on two resources, a second-level right on one element, and everybody who acts on them."""

    @initialize()
    def begin(self) -> None:
        db.session.remove()
        empty()  # each of these lives begins in an empty house
        self.who = made.parties()
        self.resources = [made.a_source(self.who), made.a_source(self.who)]
        self.first = made.a_right(self.who, sources=[str(one.id) for one in self.resources], **made.a_term(80))
        element = made.an_element(self.who, self.first, resources=[str(self.resources[0].id)])
        self.developer = made.a_developer(self.who)
        self.second = made.a_second_right(self.who, self.developer, element, **made.a_term(60))
        self.ended: dict[str, str] = {}

    def tried(self, act) -> None:
        """Whatever the product refuses changes nothing; what it does has to leave the invariants whole."""
        try:
            act()
        except DomainError:
            db.session.rollback()

    def holder(self, right):
        return self.who.operator if right is self.first else self.developer

    def right(self, second: bool):
        right = self.second if second else self.first
        db.session.refresh(right)
        return right

    @rule(second=st.booleans(), wanted=purposes)
    def amend(self, second, wanted) -> None:
        right = self.right(second)
        holder = self.holder(right)
        self.tried(lambda: life.agreed(life.an_amendment(holder, right, purposes=wanted), self.who.deputy, holder))

    @rule(second=st.booleans(), kept=purposes, by=days, shorten=st.booleans())
    def reduce(self, second, kept, by, shorten) -> None:
        right = self.right(second)
        holder = self.holder(right)
        terms = {"ends_on": str(right.ends_on - timedelta(days=abs(by)))} if shorten else {"purposes": kept}
        self.tried(lambda: life.agreed(life.a_reduction(holder, right, **terms), self.who.deputy, holder))

    @rule(kept=purposes, source=st.booleans())
    def order_less(self, kept, source) -> None:
        right = self.right(False)
        terms = {"sources": [str(self.resources[0].id)]} if source else {"purposes": kept}

        def act() -> None:
            change = life.an_announced_reduction(self.who.authority, right, **terms)
            run(commands.change.reply, self.who.operator, change, reply="知悉。")
            run(commands.change.impose, self.who.deputy, change, **life.WHY)

        self.tried(act)

    @rule(second=st.booleans(), by=days)
    def renew(self, second, by) -> None:
        right = self.right(second)
        holder = self.holder(right)

        def act() -> None:
            until = right.ends_on + timedelta(days=by)
            life.agreed(life.a_renewal(holder, right, until), self.who.deputy, holder)

        self.tried(act)

    @rule(second=st.booleans(), lift=st.booleans())
    def rest(self, second, lift) -> None:
        right = self.right(second)
        if lift:
            self.tried(lambda: run(commands.right.lift, self.who.authority, right, reason="已整改。"))
        else:
            self.tried(lambda: run(commands.right.suspend, self.who.authority, right, **life.WHY))

    @rule(back=st.booleans())
    def change_attribute(self, back) -> None:
        entry = facts_of([self.resources[1]])[0].entries[0]
        words = ENTRY if back else {**ENTRY, "opening_attribute": "none", "opening_basis": "数据安全法"}

        def act() -> None:
            execute(catalogue.revise, actor=self.who.agency, subject_id=entry.id, data=words)
            execute(catalogue.update, actor=self.who.deputy, subject_id=entry.id)

        self.tried(act)

    @invariant()
    def second_lies_within_first(self) -> None:
        if not hasattr(self, "second"):
            return
        first, second = self.right(False), self.right(True)
        if second.state in ALIVE:
            assert first.state in ALIVE
            assert set(second.purposes) <= set(first.purposes)
            assert all(set(first.territory) & line for line in above(second.territory).values())
            assert second.starts_on >= first.starts_on and second.ends_on <= first.ends_on
            made_under = {one.id for one in life.elements_of(first)}
            covered = set(source_ids(first.id))
            assert set(source_ids(second.id)) <= made_under
            assert all({row.id for row in queries.lineage_of(one)} <= covered for one in source_ids(second.id))

    @invariant()
    def no_longer_than_the_longest_term(self) -> None:
        for right in (self.first, self.second) if hasattr(self, "second") else ():
            longest = date(right.starts_on.year + 5, right.starts_on.month, min(right.starts_on.day, 28))
            assert right.ends_on <= longest + timedelta(days=3)

    @invariant()
    def shares_stay_whole(self) -> None:
        for right in (self.first, self.second) if hasattr(self, "second") else ():
            assert sum(one["share_bp"] for one in right.income_shares) == 10_000
            assert len({(one["party"], one["role"]) for one in right.income_shares}) == len(right.income_shares)

    @invariant()
    def what_rests_above_rests_below(self) -> None:
        if hasattr(self, "second") and self.first.state == "suspended":
            assert not queries.right_is_live(self.second.id, clock.today())[0]

    @invariant()
    def what_has_ended_stays_ended(self) -> None:
        for right in (self.first, self.second) if hasattr(self, "second") else ():
            before = self.ended.setdefault(right.number, right.state) if right.state not in ALIVE else None
            assert before in (None, right.state)


class TestSecondLevelNeverExceedsItsSource:
    def test_under_any_order_of_events(self, app) -> None:
        chosen = settings(
            max_examples=8, stateful_step_count=7, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        run_state_machine_as_test(Rights, settings=chosen)
