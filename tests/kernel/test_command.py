"""The eight steps, each shown by what happens and by what does not."""

import pytest
from sqlalchemy import func, select

from kernel import clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.audit import AuditEvent
from kernel.command import REACTIONS, after, available, command, execute, may_create
from kernel.db import db
from kernel.due import DueDate
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from tests.kernel import toys
from tests.kernel.toys import ANN, BEN, EVE, ToyPermit


def permit(**changes):
    return execute(toys.draft, actor=ANN, data={"title": "Well", "years": 3} | changes)


def handed_in(**changes):
    return execute(toys.hand_in, actor=ANN, subject_id=permit(**changes).id)


def events():
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.at, AuditEvent.id)).all()


class TestExecute:
    def test_creates_changes_and_records_each_step(self, app):
        made = handed_in()
        assert made.state == "under_review"
        assert [(e.command, e.from_state, e.to_state) for e in events()] == [
            ("toy.permit.draft", None, "draft"),
            ("toy.permit.hand_in", "draft", "under_review"),
        ]
        assert events()[1].duties == ["tests.term_is_short"]
        assert events()[0].actor_name == "Ann" and events()[0].facts["profile_version"] == "2020-01-01"

    def test_keeps_secrets_out_of_the_event(self, app):
        permit(secret="hush", fee="12.50")
        assert events()[0].data == {"title": "Well", "years": 3, "fee": "12.50"}

    def test_keeps_only_the_facts_of_a_file(self, app):
        made = execute(toys.attach, actor=ANN, subject_id=permit().id, data={"paper": File("a.pdf", b"abc")})
        assert made.title == "Well (a.pdf)" and made.state == "draft"
        assert events()[1].data["paper"]["size"] == 3

    def test_finds_no_subject_where_there_is_none(self, app):
        with pytest.raises(NotFound):
            execute(toys.hand_in, actor=ANN, subject_id=ANN.user_id)
        with pytest.raises(NotFound):
            execute(toys.hand_in, actor=ANN)
        with pytest.raises(NotFound):
            execute(toys.draft, actor=ANN, subject_id=permit().id, data={"title": "x", "years": 1})

    def test_says_not_allowed_to_those_who_may_see_and_not_found_to_the_others(self, app):
        made = permit()
        with pytest.raises(NotAllowed):
            execute(toys.hand_in, actor=BEN, subject_id=made.id)
        with pytest.raises(NotFound):
            execute(toys.hand_in, actor=EVE, subject_id=made.id)
        with pytest.raises(NotAllowed):
            execute(toys.draft, actor=ANONYMOUS, data={})

    def test_asks_for_permission_before_it_looks_at_the_input(self, app):
        with pytest.raises(NotAllowed):
            execute(toys.draft, actor=EVE, data={"nonsense": 1})

    def test_happens_once(self, app):
        made = handed_in()
        with pytest.raises(WrongState) as refusal:
            execute(toys.hand_in, actor=ANN, subject_id=made.id)
        assert "Under review" in str(refusal.value)
        assert len(events()) == 2

    def test_names_every_field_that_is_wrong_and_writes_nothing(self, app):
        with pytest.raises(InvalidInput) as refusal:
            permit(title=" ", years="many", colour="red")
        assert set(refusal.value.messages) == {"title", "years", "colour"}
        assert db.session.scalar(select(func.count(ToyPermit.id))) == 0 and events() == []

    def test_names_the_duty_that_forbids_it_and_writes_nothing(self, app):
        made = permit(years=9)
        with pytest.raises(RuleBroken) as refusal:
            execute(toys.hand_in, actor=ANN, subject_id=made.id)
        assert (refusal.value.duty, refusal.value.ids, refusal.value.basis) == (
            "tests.term_is_short",
            ("T01",),
            "Toy rules 3",
        )
        assert str(refusal.value) == "At most 5 years."
        assert db.session.get(ToyPermit, made.id).state == "draft" and len(events()) == 1

    def test_lets_the_handler_choose_among_the_states_of_the_table(self, app):
        made = execute(toys.decide, actor=BEN, subject_id=handed_in().id, data={"outcome": "granted"})
        assert made.state == "granted" and events()[-1].to_state == "granted"
        with pytest.raises(ValueError):
            execute(toys.decide, actor=BEN, subject_id=handed_in().id, data={"outcome": "elsewhere"})

    def test_keeps_no_request_key_that_would_break_the_lines_of_the_log(self, app):
        execute(toys.draft, actor=ANN, data={"title": "A", "years": 1}, request_key="k\n1")
        assert db.session.scalars(select(AuditEvent)).one().request_key is None

    def test_returns_what_the_first_run_made_for_the_same_request_key(self, app):
        first = execute(toys.draft, actor=ANN, data={"title": "A", "years": 1}, request_key="k1")
        again = execute(toys.draft, actor=ANN, data={"title": "A", "years": 1}, request_key="k1")
        assert first.id == again.id and len(events()) == 1
        with pytest.raises(Conflict):
            execute(toys.draft, actor=SYSTEM, data={"title": "B", "years": 1}, request_key="k1")


    def test_says_that_the_same_thing_exists_already(self, app, monkeypatch):
        made = permit()

        def again(*, actor, now, **_):
            """The same row once more, as another process would write it."""
            db.session.expunge_all()
            return ToyPermit(id=made.id, title="x", years=1, owner_id=actor.organisation_id, jurisdiction="000000")

        monkeypatch.setitem(toys.draft.__dict__, "handler", again)
        with pytest.raises(Conflict):
            permit()
        assert len(events()) == 1


class TestClocks:
    def test_start_and_stop_by_the_table(self, app):
        with clock.frozen("2026-04-28T09:00+08:00"):
            made = handed_in()
            row = db.session.scalars(select(DueDate)).one()
            assert (row.due_on.isoformat(), row.waits_for, row.state) == ("2026-05-06", "office", "running")
            assert row.why["basis"] == "Toy rules 7" and row.organisation_id == ANN.organisation_id
        with clock.frozen("2026-05-07T09:00+08:00"):
            execute(toys.decide, actor=BEN, subject_id=made.id, data={"outcome": "refused"})
        assert db.session.scalars(select(DueDate)).one().state == "met_late"


class TestReactions:
    def test_run_in_the_same_transaction_and_know_their_cause(self, app, monkeypatch):
        monkeypatch.setitem(REACTIONS, "toy.permit.decide", [])

        @after("toy.permit.decide")
        def close_it(subject, _event):
            execute(toys.close, actor=SYSTEM, subject_id=subject.id)

        made = execute(toys.decide, actor=BEN, subject_id=handed_in().id, data={"outcome": "granted"})
        decided, closed = events()[-2:]
        assert made.state == "closed" and closed.caused_by_id == decided.id

    def test_undo_the_command_when_they_fail(self, app, monkeypatch):
        def fail(_subject, _event):
            raise ZeroDivisionError

        made = handed_in()
        monkeypatch.setitem(REACTIONS, "toy.permit.decide", [fail])
        with pytest.raises(ZeroDivisionError):
            execute(toys.decide, actor=BEN, subject_id=made.id, data={"outcome": "granted"})
        assert db.session.get(ToyPermit, made.id).state == "under_review" and len(events()) == 2


class TestAvailable:
    def test_names_what_this_actor_may_do_now(self, app):
        made = permit()
        assert [c.verb for c in available(made, ANN)] == ["hand_in", "attach"]
        assert available(made, EVE) == []
        assert (
            may_create(toys.draft, ANN)
            and not may_create(toys.draft, EVE)
            and not may_create(toys.hand_in, ANN)
        )


class TestRegistering:
    def test_refuses_a_command_without_permission_docstring_or_transition(self, app):
        def documented(*, actor, now):
            """It does something."""

        def silent(*, actor, now):
            pass

        wrong = [
            ("toy.permit.close2", [], documented),
            ("toy.permit.draft", [toys.owner], documented),
            ("toy.permit.fly", [toys.owner], documented),
            ("toy.other.close", [toys.owner], silent),
        ]
        for name, may, handler in wrong:
            with pytest.raises(ValueError):
                command(name, may=may, on=ToyPermit, states=toys.STATES)(handler)
