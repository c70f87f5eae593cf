"""Sessions, tries and keys for programs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries
from accounts.commands import attempt, membership, session, token
from accounts.models import Attempt, Person, Session
from accounts.vocabulary import (
    REGISTRATIONS_PER_ADDRESS,
    THROTTLE_WINDOW,
    TRIES_PER_ACCOUNT,
    TRIES_PER_ADDRESS,
)
from kernel import audit, clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, TooMany, WrongState
from tests.factories.accounts import a_member, a_person, acting, an_actor, an_organisation

pytestmark = pytest.mark.usefixtures("app")
MORNING = "2026-11-23T09:00+08:00"


def begun(who: Person, **facts: str) -> Session:
    return execute(session.begin, actor=SYSTEM, data={"person_id": str(who.id)} | facts)


class TestBegin:
    def test_gives_a_token_that_is_nowhere_kept(self) -> None:
        who = a_person()
        row = begun(who, agent="Browser " * 99, address="192.0.2.1")
        assert len(row.secret) >= 40 and row.secret not in row.token_hash and len(row.agent) == 300
        found = queries.session_by_token(row.secret, clock.now())
        assert found is not None and found.id == row.id
        (event,) = audit.events_of(row)
        assert row.secret.encode() not in event.body

    def test_gives_a_new_token_each_time(self) -> None:
        who = a_person()
        assert begun(who).secret != begun(who).secret

    def test_acts_for_the_organisation_used_last_else_the_first_active_one(self) -> None:
        who, first, second = a_person(), an_organisation(), an_organisation()
        assert begun(who).organisation_id is None
        a_member(first, person=who)
        a_member(second, person=who)
        row = begun(who)
        assert row.organisation_id == first.id
        execute(
            session.act_for, actor=acting(who), subject_id=row.id, data={"organisation_id": str(second.id)}
        )
        assert begun(who).organisation_id == second.id

    def test_is_for_the_sign_in_page_alone(self) -> None:
        who = a_person()
        with pytest.raises(NotAllowed):
            execute(session.begin, actor=acting(who), data={"person_id": str(who.id)})


class TestProlong:
    def test_moves_the_idle_limit_but_not_the_longest_term(self) -> None:
        with clock.frozen(MORNING):
            who = a_person()
            row = begun(who)
            secret = row.secret
        with clock.frozen("2026-11-23T10:30+08:00"):
            execute(session.prolong, actor=acting(who), subject_id=row.id)
        with clock.frozen("2026-11-23T12:29+08:00"):
            assert queries.session_by_token(secret, clock.now()) is not None
        with clock.frozen("2026-11-23T12:30+08:00"):
            assert queries.session_by_token(secret, clock.now()) is None

    def test_does_not_outlive_the_working_day(self) -> None:
        with clock.frozen(MORNING):
            who = a_person()
            row = begun(who)
            secret = row.secret
        with clock.frozen("2026-11-23T20:59+08:00"):
            execute(session.prolong, actor=acting(who), subject_id=row.id)
            assert queries.session_by_token(secret, clock.now()) is not None
        with clock.frozen("2026-11-23T21:00+08:00"):
            assert queries.session_by_token(secret, clock.now()) is None


class TestActFor:
    def test_is_for_members_only(self) -> None:
        who = a_person()
        row = begun(who)
        with pytest.raises(InvalidInput):
            data = {"organisation_id": str(an_organisation().id)}
            execute(session.act_for, actor=acting(who), subject_id=row.id, data=data)

    def test_is_for_ones_own_sessions(self) -> None:
        row = begun(a_person())
        with pytest.raises(NotFound):
            execute(session.act_for, actor=acting(a_person()), subject_id=row.id, data={})


class TestEnd:
    def test_kills_the_token_wherever_it_was_copied(self) -> None:
        who = a_person()
        row = begun(who)
        secret = row.secret
        execute(session.end, actor=acting(who), subject_id=row.id)
        assert queries.session_by_token(secret, clock.now()) is None
        with pytest.raises(WrongState):
            execute(session.end, actor=acting(who), subject_id=row.id)

    def test_is_for_ones_own_sessions(self) -> None:
        row = begun(a_person())
        with pytest.raises(NotFound):
            execute(session.end, actor=acting(a_person()), subject_id=row.id)


class TestMake:
    def tries(
        self, number: int, email: str = "a@example.org", address: str = "192.0.2.1", kind: str = "sign_in"
    ) -> None:
        for _ in range(number):
            execute(attempt.make, actor=SYSTEM, data={"kind": kind, "email": email, "address": address})

    def test_counts_per_account_and_stops(self) -> None:
        self.tries(TRIES_PER_ACCOUNT)
        with pytest.raises(TooMany):
            self.tries(1, email="A@example.org", address="192.0.2.2")
        self.tries(1, email="b@example.org")

    def test_counts_per_address_and_stops(self) -> None:
        for number in range(TRIES_PER_ADDRESS):
            self.tries(1, email=f"{number}@example.org")
        with pytest.raises(TooMany):
            self.tries(1, email="new@example.org")
        self.tries(1, email="new@example.org", address="192.0.2.9")

    def test_forgets_after_the_window(self) -> None:
        with clock.frozen(MORNING):
            self.tries(TRIES_PER_ACCOUNT)
            later = clock.now() + THROTTLE_WINDOW
        with clock.frozen(later):
            self.tries(1)

    def test_does_not_let_strangers_keep_the_owner_out(self) -> None:
        who = a_person("a@example.org")
        self.tries(1, address="192.0.2.77")
        tried = db.session.scalars(select(Attempt)).one()
        begun(who, attempt_id=str(tried.id), address="192.0.2.77")
        assert tried.state == "succeeded"
        self.tries(TRIES_PER_ACCOUNT, address="198.51.100.1")
        with pytest.raises(TooMany):
            self.tries(1, address="198.51.100.2")
        self.tries(1, address="192.0.2.77")

    def test_counts_registrations_by_address(self) -> None:
        for number in range(REGISTRATIONS_PER_ADDRESS):
            self.tries(1, email=f"{number}@example.org", kind="register")
        with pytest.raises(TooMany):
            self.tries(1, email="x@example.org", kind="register")

    def test_keeps_no_address_of_mail(self) -> None:
        self.tries(1)
        row = db.session.scalars(select(Attempt)).one()
        assert "@" not in row.account and b"a@example.org" not in audit.events_of(row)[0].body


class TestIssue:
    FACTS = {"name": "Nightly fetch", "scope": "act", "expires_on": "2026-12-31"}

    def test_gives_a_key_that_acts_with_the_mandates_of_its_person(self) -> None:
        with clock.frozen(MORNING):
            actor = an_actor("buyer")
            made = execute(token.issue, actor=actor, data=self.FACTS)
            assert made.secret.startswith("shu_") and made.secret.startswith(made.prefix)
            assert queries.actor_of_token(made.secret, clock.now()) == actor
            assert made.secret.encode() not in audit.events_of(made)[0].body

    def test_gives_a_reading_key_no_mandates(self) -> None:
        with clock.frozen(MORNING):
            actor = an_actor("buyer")
            made = execute(token.issue, actor=actor, data=self.FACTS | {"scope": "read"})
            found = queries.actor_of_token(made.secret, clock.now())
            assert found is not None and found.roles == actor.roles and found.mandates == frozenset()

    def test_refuses_an_end_that_is_too_far(self) -> None:
        with clock.frozen(MORNING), pytest.raises(InvalidInput):
            execute(token.issue, actor=an_actor("buyer"), data=self.FACTS | {"expires_on": "2027-12-31"})

    def test_needs_an_organisation_to_act_for(self) -> None:
        with pytest.raises(NotAllowed):
            execute(token.issue, actor=acting(a_person()), data=self.FACTS)

    def test_gives_a_key_that_ends_with_its_last_day_and_with_the_membership(self) -> None:
        with clock.frozen(MORNING):
            organisation = an_organisation("buyer")
            who = a_member(organisation)
            secret = execute(token.issue, actor=acting(who, organisation), data=self.FACTS).secret
            assert queries.actor_of_token("shu_unknown", clock.now()) is None
            last = clock.now() + timedelta(days=38)
            assert queries.actor_of_token(secret, last) is not None
            assert queries.actor_of_token(secret, last + timedelta(days=1)) is None
            a_member(organisation)
            joined = queries.memberships_of(who.id)[0]
            execute(membership.end, actor=SYSTEM, subject_id=joined.id)
            assert queries.actor_of_token(secret, clock.now()) is None


class TestRevoke:
    def test_makes_the_key_useless(self) -> None:
        with clock.frozen(MORNING):
            actor = an_actor("buyer")
            made = execute(token.issue, actor=actor, data=TestIssue.FACTS)
            secret = made.secret
            execute(token.revoke, actor=actor, subject_id=made.id)
            assert queries.actor_of_token(secret, clock.now()) is None

    def test_is_for_its_person_and_those_who_manage_members(self) -> None:
        with clock.frozen(MORNING):
            organisation = an_organisation("buyer")
            helper = acting(a_member(organisation, mandates=["apply"]), organisation)
            made = execute(token.issue, actor=helper, data=TestIssue.FACTS)
            for stranger in (
                an_actor("buyer"),
                acting(a_member(organisation, mandates=["apply"]), organisation),
            ):
                with pytest.raises(NotFound):
                    execute(token.revoke, actor=stranger, subject_id=made.id)
            chief = acting(a_member(organisation), organisation)
            execute(token.revoke, actor=chief, subject_id=made.id)
            assert made.state == "revoked"
