"""What tests begin with comes back as it was made, and only where it would have been made the same."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel import clock, config
from kernel.command import execute
from kernel.db import db
from kernel.storage import store
from registry.commands import catalogue
from tests import kept
from tests.conftest import empty
from tests.factories import contracts as made
from tests.factories.accounts import a_person, an_actor
from tests.factories.registry import a_submitted_entry, an_authority

pytestmark = pytest.mark.usefixtures("app")


def rows():
    """Every row of every table."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)))) for table in db.metadata.sorted_tables
        }


def from_nothing():
    """The beginning of another test."""
    db.session.remove()
    empty()


@kept.kept
def published(entry, authority):
    """A factory that changes what it is given."""
    return execute(catalogue.publish, actor=authority, subject_id=entry.id)


class TestKept:
    def test_puts_back_every_row_and_file_and_what_was_returned(self):
        held = made.a_right(made.parties())
        first, number = rows(), held.number
        from_nothing()
        assert not any(rows().values())
        before = kept.counts["restored"]
        again = made.a_right(made.parties())
        assert kept.counts["restored"] == before + 2
        assert rows() == first and (again.id, again.number, again.state) == (held.id, number, "in_force")
        for document in made.queries.agreements_about("right", again.id):
            assert store().get(made.queries.document_of(document).storage_key)

    def test_can_be_gone_on_with(self):
        made.parties()
        from_nothing()
        who = made.parties()
        asked = made.submitted(made.an_application(who), who.operator)
        assert asked.state == "submitted" and asked.applicant_id == who.operator.organisation_id

    def test_shows_in_what_a_test_holds(self):
        for _ in range(2):
            authority, entry = an_authority(), a_submitted_entry()
            published(entry, authority)
            assert entry.state == "published"
            from_nothing()

    def test_puts_back_a_file_that_was_spoilt(self):
        held = made.a_right(made.parties())
        key = made.queries.document_of(made.queries.agreements_about("right", held.id)[0]).storage_key
        path = config.settings().data / "files" / key
        good = path.read_bytes()
        path.unlink()
        path.write_bytes(b"spoilt")
        from_nothing()
        made.a_right(made.parties())
        assert path.read_bytes() == good


class TestUnknown:
    """Where the outcome could be another, the commands run."""

    def test_after_another_write(self):
        first = an_actor()
        from_nothing()
        a_person()
        assert an_actor() != first

    def test_for_other_arguments(self):
        first = an_actor("operator")
        from_nothing()
        assert an_actor("buyer").roles != first.roles

    def test_at_another_time(self):
        first = an_actor()
        from_nothing()
        with clock.frozen(clock.now() + timedelta(days=40)):
            assert an_actor() != first

    def test_under_a_patch(self, monkeypatch):
        first = an_actor()
        from_nothing()
        monkeypatch.setattr(kept, "MOST", kept.MOST)
        assert an_actor() != first
        monkeypatch.undo()
        from_nothing()
        assert an_actor() == first

    def test_for_what_cannot_be_found_again(self):
        first = an_actor(mandates=iter(["apply"]))
        from_nothing()
        assert an_actor(mandates=iter(["apply"])) != first
