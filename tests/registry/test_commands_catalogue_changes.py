"""Changes of a published entry, more time for them, its history and its end."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from kernel import clock, due, search
from kernel.command import execute
from kernel.errors import NotAllowed, RuleBroken
from registry import queries
from registry.commands import catalogue, changes
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_published_entry,
    an_agency,
    an_authority,
)
from tests.registry.catalogue_steps import values

pytestmark = pytest.mark.usefixtures("app")


def with_a_change(agency):
    entry = a_published_entry(agency)
    execute(
        changes.note_change,
        actor=an_authority(),
        subject_id=entry.id,
        data={"what": "职责调整。", "kind": "duties"},
    )
    return entry


class TestNoteChange:
    def test_starts_the_clock_of_the_agency(self):
        entry = a_published_entry()
        execute(changes.note_change, actor=an_authority(), subject_id=entry.id, data={"what": "职责调整。"})
        assert [clock.name for clock in due.running_of(entry)] == ["update"]


class TestRevise:
    def test_leaves_the_published_text_until_it_is_reviewed(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data=values(title="气象站逐时雨量"))
        assert entry.title == ENTRY["title"]
        assert entry.proposed["title"] == "气象站逐时雨量"
        assert [clock.name for clock in due.running_of(entry)] == ["review_of_update"]

    def test_refuses_an_incomplete_text(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        with pytest.raises(RuleBroken):
            execute(catalogue.revise, actor=agency, subject_id=entry.id, data={"title": "新"})


class TestUpdate:
    def test_puts_the_proposed_text_in_place(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data=values(title="气象站逐时雨量"))
        execute(catalogue.update, actor=an_authority(), subject_id=entry.id)
        assert (entry.title, entry.version, entry.proposed) == ("气象站逐时雨量", 2, {})
        assert search.find(agency, ["entry"], "逐时").total == 1

    def test_needs_a_proposal(self):
        entry = a_published_entry()
        with pytest.raises(NotAllowed):
            execute(catalogue.update, actor=an_authority(), subject_id=entry.id)


class TestDecline:
    def test_leaves_the_published_text_with_reasons(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data=values(title="气象站逐时雨量"))
        execute(catalogue.decline, actor=an_authority(), subject_id=entry.id, data={"reasons": "口径未变。"})
        assert (entry.title, entry.proposed, entry.comments) == (ENTRY["title"], {}, {"": "口径未变。"})


class TestWithdraw:
    def test_takes_it_out_of_the_public_catalogue(self):
        entry = a_published_entry()
        execute(catalogue.withdraw, actor=an_authority(), subject_id=entry.id, data={"reasons": "机构撤销。"})
        assert entry.state == "withdrawn"


class TestAskExtension:
    def test_is_asked_once_by_the_agency(self):
        agency = an_agency()
        entry = with_a_change(agency)
        execute(changes.ask_extension, actor=agency, subject_id=entry.id, data={"reasons": "系统改造。"})
        assert entry.change["extension"]["reasons"] == "系统改造。"
        with pytest.raises(NotAllowed):
            execute(changes.ask_extension, actor=agency, subject_id=entry.id, data={"reasons": "再来。"})

    def test_needs_a_change(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        with pytest.raises(NotAllowed):
            execute(changes.ask_extension, actor=agency, subject_id=entry.id, data={"reasons": "x"})

    def test_comes_before_the_time_is_over(self):
        agency = an_agency()
        entry = with_a_change(agency)
        late = due.running_of(entry)[0].due_on + timedelta(days=1)
        moment = datetime.combine(late, time(4), UTC)
        with clock.frozen(moment), pytest.raises(RuleBroken) as refused:
            execute(changes.ask_extension, actor=agency, subject_id=entry.id, data={"reasons": "x"})
        assert refused.value.ids == ("C06",)


class TestConsentExtension:
    def test_lets_the_clock_run_longer_and_says_why(self):
        agency, authority = an_agency(), an_authority()
        entry = with_a_change(agency)
        before = due.running_of(entry)[0].due_on
        execute(changes.ask_extension, actor=agency, subject_id=entry.id, data={"reasons": "系统改造。"})
        with pytest.raises(NotAllowed):
            execute(changes.consent_extension, actor=agency, subject_id=entry.id, data={"reasons": "x"})
        execute(changes.consent_extension, actor=authority, subject_id=entry.id, data={"reasons": "同意。"})
        row = due.running_of(entry)[0]
        assert row.due_on == due.calendar().due(before, due.profile(entry).period(changes.EXTENSION)).on
        assert row.why["extended_from"] == before.isoformat()
        assert entry.change["extension"]["until"] == row.due_on.isoformat()


class TestRefuseExtension:
    def test_leaves_the_clock_as_it_is(self):
        agency, authority = an_agency(), an_authority()
        entry = with_a_change(agency)
        before = due.running_of(entry)[0].due_on
        execute(changes.ask_extension, actor=agency, subject_id=entry.id, data={"reasons": "系统改造。"})
        execute(
            changes.refuse_extension, actor=authority, subject_id=entry.id, data={"reasons": "时间足够。"}
        )
        assert due.running_of(entry)[0].due_on == before
        assert entry.change["extension"]["answer"] == "refused"
        with pytest.raises(NotAllowed):
            execute(changes.consent_extension, actor=authority, subject_id=entry.id, data={"reasons": "x"})


class TestHistory:
    def test_tells_every_step_with_old_and_new(self):
        agency, authority = an_agency(), an_authority()
        entry = a_published_entry(agency, authority)
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data=values(title="逐时雨量"))
        execute(catalogue.update, actor=authority, subject_id=entry.id)
        last = queries.steps_of(entry)[-1]
        assert (last.verb, last.changed) == ("update", {"title": (ENTRY["title"], "逐时雨量")})

    def test_joins_the_edits_of_one_sitting(self):
        agency = an_agency()
        entry = a_draft(agency)
        for title in ("甲", "乙", ENTRY["title"]):
            execute(
                catalogue.amend, actor=agency, subject_id=entry.id, data=values(title=title, abstract=title)
            )
        steps = queries.steps_of(entry)
        assert [step.verb for step in steps] == ["draft", "amend"]
        assert steps[1].changed == {"abstract": (ENTRY["abstract"], ENTRY["title"])}

    def test_tells_the_public_only_what_was_public(self):
        agency, authority = an_agency(), an_authority()
        entry = a_published_entry(agency, authority)
        proposal = values(title="逐时雨量", contact_name="张科长")
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data=proposal)
        execute(catalogue.update, actor=authority, subject_id=entry.id)
        steps = queries.steps_of(entry, public_only=True)
        assert [step.verb for step in steps] == ["publish", "update"]
        assert set(steps[1].changed) == {"title"} and steps[1].who == ""

    def test_gives_the_entry_of_any_day(self):
        agency, authority = an_agency(), an_authority()
        with clock.frozen("2026-03-02T09:00+08:00"):
            entry = a_published_entry(agency, authority)
        with clock.frozen("2026-05-06T09:00+08:00"):
            execute(
                catalogue.revise,
                actor=agency,
                subject_id=entry.id,
                data=values(title="逐时雨量", updated_on="2026-05-01"),
            )
            execute(catalogue.update, actor=authority, subject_id=entry.id)
        before, after = (queries.entry_on(entry, date(2026, 5, day)) for day in (5, 6))
        assert (before.fields["title"], before.fields["updated_on"], before.state) == (
            ENTRY["title"],
            None,
            "published",
        )
        assert after.fields["title"] == "逐时雨量"
        assert queries.entry_on(entry, date(2026, 3, 1)).state is None
