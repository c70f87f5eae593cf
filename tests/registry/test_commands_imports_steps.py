"""Imports in steps: columns set otherwise, all or nothing, cancelled, gone on with after a fall."""

import pytest

from kernel import audit, outbox, search
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, WrongState
from registry import reactions
from registry.commands import catalogue, entry_text, import_rows, imports
from registry.models import CatalogueEntry
from tests.factories.accounts import an_organisation
from tests.factories.registry import ENTRY, an_agency, an_authority, assessed
from tests.registry.imports_steps import carried_out, examined, rows_of

pytestmark = pytest.mark.usefixtures("app")


def steps_made(found):
    """Every step of a long import, as the runner makes them."""
    while (step := imports.STEPS.get(found.state)) is not None:
        found = execute(step, actor=SYSTEM, subject_id=found.id)
    return found


@pytest.fixture
def short_steps(monkeypatch):
    """A file of more than two rows is long, a step has two rows."""
    monkeypatch.setattr(reactions.imports, "IMPORT_AT_ONCE", 2)
    monkeypatch.setattr(imports, "IMPORT_CHUNK", 2)
    monkeypatch.setattr(import_rows, "IMPORT_CHUNK", 2)


MANY = [{"资源名称": f"目录{number}", "提供单位": "市园林局", "更新周期": "每年"} for number in range(5)]


@pytest.mark.usefixtures("short_steps")
class TestRead:
    def test_reads_a_long_file_step_by_step(self):
        found = examined(rows=MANY)
        assert (found.state, found.position, found.total) == ("being_examined", 0, 5)
        execute(imports.read, actor=SYSTEM, subject_id=found.id)
        assert (found.state, found.position, found.counts["rows"]) == ("being_examined", 2, 2)
        assert steps_made(found).state == "examined"
        assert (found.counts["rows"], found.told["title"], found.agencies) == (5, 5, {"市园林局": 5})

    def test_is_carried_on_by_the_runner(self):
        found = examined(rows=MANY)
        while outbox.deliver_due():
            pass
        db.session.expire_all()
        assert (found.state, found.counts["rows"]) == ("examined", 5)

    def test_goes_on_after_a_restart_where_it_stood(self):
        twice = [MANY[0], *MANY[1:4], MANY[0] | {"更新周期": "每月"}]
        found = examined(rows=twice)
        execute(imports.read, actor=SYSTEM, subject_id=found.id)
        import_rows._readers.clear()
        import_rows._files.clear()
        steps_made(found)
        keys = [row.match_key.rpartition("|")[2] for row in rows_of(found)]
        assert keys == ["1", "1", "1", "1", "2"]

    def test_is_the_system_s_own(self):
        authority = an_authority()
        found = examined(authority, rows=MANY)
        with pytest.raises(NotAllowed):
            execute(imports.read, actor=authority, subject_id=found.id)


class TestRemap:
    def columns(self, **fields):
        return {"columns": [{"heading": heading, "field": field} for heading, field in fields.items()]}

    def test_reads_the_file_again_as_a_person_says(self):
        authority = an_authority()
        found = examined(authority, [{"名目": "公园名录", "资源名称": "错", "提供单位": "市园林局"}])
        chosen = self.columns(名目="title", 资源名称="", 提供单位="provider")
        execute(imports.remap, actor=authority, subject_id=found.id, data=chosen)
        assert [row.title for row in rows_of(found)] == ["公园名录"]
        assert (found.mapped_by, found.unknown, found.state) == ("chosen", ["资源名称"], "examined")

    def test_is_remembered_for_the_next_file_of_the_source(self):
        agency = an_agency()
        rows = [{"名目": "公园名录", "说明": "甲"}]
        found = examined(agency, rows)
        execute(
            imports.remap, actor=agency, subject_id=found.id, data=self.columns(名目="title", 说明="abstract")
        )
        execute(imports.carry_out, actor=agency, subject_id=found.id)
        again = examined(agency, [{"说明": "乙", "名目": "公园分布"}])
        assert (again.mapped_by, again.mapping) == ("remembered", {"名目": "title", "说明": "abstract"})
        assert examined(an_agency(), [{"名目": "公园名录", "说明": "甲"}]).mapped_by == "proposed"

    @pytest.mark.parametrize("fields", [{"提供单位": "provider"}, {"资源名称": "title", "没有": "abstract"}])
    def test_needs_a_name_and_columns_of_the_file(self, fields):
        authority = an_authority()
        found = examined(authority)
        with pytest.raises(InvalidInput) as refused:
            execute(imports.remap, actor=authority, subject_id=found.id, data=self.columns(**fields))
        assert "columns" in refused.value.messages


class TestWhole:
    def test_enters_nothing_where_one_row_can_not_be_taken(self):
        authority = an_authority()
        found = examined(authority)
        with pytest.raises(InvalidInput) as refused:
            execute(imports.carry_out, actor=authority, subject_id=found.id, data={"mode": "all_or_nothing"})
        assert "mode" in refused.value.messages
        assert db.session.query(CatalogueEntry).count() == 0

    def test_enters_a_file_without_refusals(self):
        authority = an_authority()
        found = examined(authority, MANY)
        execute(imports.carry_out, actor=authority, subject_id=found.id, data={"mode": "all_or_nothing"})
        assert db.session.query(CatalogueEntry).count() == 5


@pytest.mark.usefixtures("short_steps")
class TestCancel:
    def half(self, mode):
        authority = an_authority()
        found = steps_made(examined(authority, MANY))
        execute(imports.carry_out, actor=authority, subject_id=found.id, data={"mode": mode})
        execute(imports.enter, actor=SYSTEM, subject_id=found.id)
        assert (found.state, db.session.query(CatalogueEntry).count()) == ("being_entered", 2)
        return authority, found

    def test_leaves_what_was_entered(self):
        authority, found = self.half("best_effort")
        execute(imports.cancel, actor=authority, subject_id=found.id)
        assert (found.state, db.session.query(CatalogueEntry).count()) == ("cancelled", 2)
        while outbox.deliver_due():
            pass
        assert db.session.query(CatalogueEntry).count() == 2

    def test_leaves_nothing_of_a_file_that_goes_in_as_a_whole(self):
        authority, found = self.half("all_or_nothing")
        kept = db.session.query(CatalogueEntry).order_by(CatalogueEntry.title).first()
        agency = an_organisation("agency")
        execute(catalogue.assign, actor=authority, subject_id=kept.id, data={"agency_id": str(agency.id)})
        execute(imports.cancel, actor=authority, subject_id=found.id)
        assert [row.id for row in db.session.query(CatalogueEntry)] == [kept.id]
        assert search.find(authority, ["entry"]).total == 1

    def test_stops_the_reading(self):
        authority = an_authority()
        found = examined(authority, MANY)
        execute(imports.cancel, actor=authority, subject_id=found.id)
        with pytest.raises(WrongState):
            execute(imports.read, actor=SYSTEM, subject_id=found.id)


@pytest.mark.usefixtures("short_steps")
class TestSteps:
    def test_enter_a_long_file_and_keep_each_row_attributable(self):
        authority = an_authority()
        found = steps_made(examined(authority, MANY))
        execute(imports.carry_out, actor=authority, subject_id=found.id)
        steps_made(found)
        assert (found.state, db.session.query(CatalogueEntry).count()) == ("carried_out", 5)
        events = [event for event in audit.events_of(found) if event.command == "registry.import.enter"]
        assert [event.notes[0]["rows"] for event in events] == [[1, 2], [3, 4], [5, 5]]
        assert all(len(event.notes[0]["sha256"]) == 64 for event in events)
        assert {row.entry_id for row in rows_of(found)} == {
            row.id for row in db.session.query(CatalogueEntry)
        }

    def test_are_made_by_the_runner_and_not_twice(self):
        authority = an_authority()
        found = steps_made(examined(authority, MANY))
        execute(imports.carry_out, actor=authority, subject_id=found.id)
        execute(imports.enter, actor=SYSTEM, subject_id=found.id)
        while outbox.deliver_due():
            pass
        db.session.expire_all()
        assert (found.state, db.session.query(CatalogueEntry).count()) == ("carried_out", 5)


class TestNews:
    row = {"资源名称": "公园名录", "提供单位": "市园林局", "更新周期": "每年", "摘要": "全市公园。"}

    def test_of_a_row_go_into_the_draft_and_leave_what_people_wrote(self):
        agency = an_agency()
        carried_out(agency, [self.row])
        entry = db.session.query(CatalogueEntry).one()
        told = entry_text.told_by(entry) | {"use_conditions": "注明来源"}
        execute(catalogue.amend, actor=agency, subject_id=entry.id, data=told)
        again = carried_out(agency, [self.row | {"更新周期": "每月"}])
        assert (again.counts["changed"], db.session.query(CatalogueEntry).count()) == (1, 1)
        assert (entry.update_frequency, entry.use_conditions) == ("monthly", "注明来源")
        third = examined(agency, [self.row | {"更新周期": "每月"}])
        assert third.counts["repeated"] == 1

    def test_of_a_published_entry_are_a_proposed_update(self):
        agency, authority = an_agency(), an_authority()
        row = {**ENTRY, "provider": "衡州市气象局"}
        carried_out(agency, [row])
        entry = db.session.query(CatalogueEntry).one()
        execute(catalogue.submit, actor=agency, subject_id=assessed(entry, agency).id)
        execute(catalogue.publish, actor=authority, subject_id=entry.id)
        carried_out(agency, [row | {"update_frequency": "weekly"}])
        assert (entry.update_frequency, entry.proposed["update_frequency"]) == ("daily", "weekly")

    def test_that_can_not_be_taken_over_are_told_at_the_row(self):
        agency = an_agency()
        row = {**ENTRY, "provider": "衡州市气象局"}
        carried_out(agency, [row])
        entry = db.session.query(CatalogueEntry).one()
        execute(catalogue.submit, actor=agency, subject_id=assessed(entry, agency).id)
        again = carried_out(agency, [row | {"update_frequency": "weekly"}])
        assert rows_of(again)[0].problems[-1]["rule"] == "not_taken_over"
