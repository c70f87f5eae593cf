"""The commands on open data files."""

import pytest

from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from kernel.fields import File
from kernel.storage import store
from registry import queries
from registry.commands import catalogue, release
from tests.factories.registry import (
    CSV,
    a_prepared_release,
    a_published_entry,
    a_release,
    a_submitted_entry,
    an_agency,
    an_authority,
    colleague,
)

pytestmark = pytest.mark.usefixtures("app")
REVIEW = {"review": "不涉密。", "no_secrets": True}
REASONS = {"reasons": "发现安全风险。"}


def open_files():
    return [row.id for row in db.session.scalars(queries.released_files())]


class TestPrepare:
    def test_keeps_the_file_and_counts_its_records(self):
        found = a_prepared_release()
        assert (found.state, found.rows, found.format, found.file_name) == (
            "prepared",
            2,
            "csv",
            "stations.csv",
        )
        assert store().get(found.storage_key) == CSV.content

    def test_counts_nothing_where_there_are_no_records(self):
        found = a_prepared_release(file=File("note.json", b'"a sentence"'))
        assert found.rows is None

    def test_refuses_conditional_data(self):
        agency = an_agency()
        entry = a_published_entry(agency, opening_attribute="conditional", opening_conditions="实名")
        with pytest.raises(RuleBroken) as refused:
            a_prepared_release(agency, entry)
        assert "O04" in refused.value.ids

    def test_refuses_an_entry_that_is_not_published(self):
        agency = an_agency()
        with pytest.raises(RuleBroken):
            a_prepared_release(agency, a_submitted_entry(agency))

    def test_refuses_entries_of_others(self):
        entry = a_published_entry()
        with pytest.raises(InvalidInput):
            a_prepared_release(an_agency(), entry)
        with pytest.raises(InvalidInput):
            a_prepared_release(entry_id="00000000-0000-7000-8000-000000000000")

    def test_refuses_files_no_machine_reads(self):
        with pytest.raises(InvalidInput) as refused:
            a_prepared_release(file=File("scan.pdf", b"%PDF-1.7\n%%EOF"))
        assert "file" in refused.value.messages


class TestReview:
    def test_is_for_another_person(self):
        agency = an_agency()
        found = a_prepared_release(agency)
        with pytest.raises(NotAllowed):
            execute(release.review, actor=agency, subject_id=found.id, data=REVIEW)
        reviewer = colleague(agency)
        execute(release.review, actor=reviewer, subject_id=found.id, data=REVIEW)
        assert (found.state, found.reviewed_by) == ("reviewed", reviewer.name)

    def test_is_possible_for_the_authority(self):
        found = a_prepared_release()
        assert (
            execute(release.review, actor=an_authority(), subject_id=found.id, data=REVIEW).state
            == "reviewed"
        )

    def test_needs_the_statement_on_secrecy(self):
        found = a_prepared_release()
        with pytest.raises(InvalidInput):
            data = REVIEW | {"no_secrets": False}
            execute(release.review, actor=an_authority(), subject_id=found.id, data=data)

    def test_is_unknown_to_other_agencies(self):
        found = a_prepared_release()
        with pytest.raises(NotFound):
            execute(release.review, actor=an_agency(), subject_id=found.id, data=REVIEW)


class TestReject:
    def test_says_why(self):
        found = a_prepared_release()
        execute(release.reject, actor=an_authority(), subject_id=found.id, data=REASONS)
        assert (found.state, found.reasons) == ("rejected", REASONS["reasons"])


class TestRelease:
    def test_opens_the_file_to_everybody(self):
        found = a_release()
        assert found.state == "released" and open_files() == [found.id]
        assert queries.release(ANONYMOUS, found.id).id == found.id

    def test_needs_the_review(self):
        agency = an_agency()
        found = a_prepared_release(agency)
        with pytest.raises(Exception) as refused:
            execute(release.release, actor=agency, subject_id=found.id)
        assert refused.type.__name__ == "WrongState"

    def test_refuses_when_the_entry_is_gone(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        found = a_prepared_release(agency, entry)
        execute(release.review, actor=an_authority(), subject_id=found.id, data=REVIEW)
        execute(catalogue.withdraw, actor=agency, subject_id=entry.id, data=REASONS)
        with pytest.raises(RuleBroken):
            execute(release.release, actor=agency, subject_id=found.id)


class TestSuspend:
    def test_works_at_once(self):
        found = a_release()
        execute(release.suspend, actor=an_authority(), subject_id=found.id, data=REASONS)
        assert open_files() == []


class TestResume:
    def test_opens_it_again(self):
        agency = an_agency()
        found = a_release(agency)
        execute(release.suspend, actor=agency, subject_id=found.id, data=REASONS)
        execute(release.resume, actor=agency, subject_id=found.id)
        assert (found.reasons, open_files()) == (None, [found.id])


class TestWithdraw:
    def test_takes_it_back_for_good(self):
        agency = an_agency()
        found = a_release(agency)
        execute(release.withdraw, actor=agency, subject_id=found.id, data=REASONS)
        assert found.state == "withdrawn" and open_files() == []
