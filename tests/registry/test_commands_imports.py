"""The commands on imported catalogues."""

import pytest

from accounts.models import Organisation
from kernel import search
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, WrongState
from kernel.fields import File
from registry.commands import catalogue, imports
from registry.models import CatalogueEntry, ImportRow
from tests.factories.accounts import an_actor, an_organisation, organisation_of
from tests.factories.registry import ENTRY, an_agency, an_authority
from tests.registry.imports_steps import ROWS, a_file, carried_out, examined, rows_of

pytestmark = pytest.mark.usefixtures("app")


class TestExamine:
    def test_reports_every_row_and_enters_nothing(self):
        found = examined()
        assert found.counts == {
            "rows": 4,
            "taken": 2,
            "mended": 1,
            "changed": 0,
            "refused": 1,
            "repeated": 0,
            "draft": 3,
        }
        assert [row.outcome for row in rows_of(found)] == ["taken", "mended", "refused", "taken"]
        assert db.session.query(CatalogueEntry).count() == 0

    def test_says_field_and_rule_of_a_refusal(self):
        refused = rows_of(examined())[2].problems[-1]
        assert (refused["field"], refused["rule"]) == ("title", "no_entry")

    def test_leaves_a_row_without_an_agency_to_the_authority(self):
        row = rows_of(examined())[3]
        assert "provider" in row.missing
        assert row.problems[-1]["rule"] == "no_agency"

    def test_says_what_was_mended_and_what_is_missing(self):
        second = rows_of(examined())[1]
        assert any(part["field"] == "opening_attribute" for part in second.mendings)
        assert "sharing_attribute" in second.missing and second.is_incomplete

    def test_sums_up_the_reasons(self):
        reasons = examined().reasons
        assert {reason["what"] for reason in reasons} >= {"mended", "refused", "missing"}
        assert all(reason["number"] >= 1 for reason in reasons)

    def test_joins_rows_that_are_the_same(self):
        found = examined(rows=[ROWS[0], ROWS[0]])
        assert [row.outcome for row in rows_of(found)] == ["taken", "repeated"]

    def test_keeps_two_entries_of_one_name(self):
        found = examined(rows=[ROWS[1], ROWS[1] | {"更新周期": "每月"}])
        assert [row.outcome for row in rows_of(found)] == ["mended", "mended"]

    def test_gives_an_agency_all_rows(self):
        agency = an_agency()
        found = examined(agency, [{"资源名称": "无主数据"}])
        assert found.agency_id == agency.organisation_id
        assert found.counts["refused"] == 0

    def test_takes_the_agency_that_is_chosen(self):
        agency = an_organisation("agency")
        found = examined(an_authority(), [{"资源名称": "无主数据"}], agency_id=str(agency.id))
        assert rows_of(found)[0].agency_name == agency.name

    def test_refuses_a_place_one_does_not_answer_for(self):
        with pytest.raises(InvalidInput):
            examined(jurisdiction="530000")

    @pytest.mark.parametrize("place", ["000000", None])
    def test_refuses_an_unknown_place(self, place):
        data = {"file": a_file()} | ({"jurisdiction": place} if place else {})
        with pytest.raises(InvalidInput):
            execute(imports.examine, actor=SYSTEM, data=data)

    def test_takes_the_own_place_of_an_authority(self):
        found = execute(imports.examine, actor=an_authority(), data={"file": a_file()})
        assert found.jurisdiction == "990100"

    def test_refuses_what_is_no_catalogue(self):
        with pytest.raises(InvalidInput) as refused:
            execute(imports.examine, actor=an_authority(), data={"file": File("a.json", b"%PDF-1.7 x")})
        assert "file" in refused.value.messages

    def test_is_not_for_buyers(self):
        with pytest.raises(NotAllowed):
            examined(an_actor("buyer"))


class TestCarryOut:
    def test_enters_the_rows_as_drafts_of_proposed_agencies(self):
        found = carried_out(an_authority())
        entries = db.session.query(CatalogueEntry).order_by(CatalogueEntry.title).all()
        assert found.state == "carried_out"
        assert [(row.title, row.state, row.import_id) for row in entries] == [
            ("公交站点", "draft", found.id),
            ("公园名录", "draft", found.id),
            ("无主数据", "draft", found.id),
        ]
        proposed = db.session.query(Organisation).filter_by(state="proposed").all()
        assert {row.name for row in proposed} == {"市交通局", "市园林局"}

    def test_links_rows_and_entries(self):
        found = carried_out(an_authority())
        linked = [row.entry_id for row in rows_of(found)]
        assert linked[2] is None
        assert {one.id for one in db.session.query(CatalogueEntry)} == set(linked) - {None}

    def test_knows_the_agency_by_its_name(self):
        agency = an_organisation("agency", name="市交通局")
        carried_out(an_authority(), ROWS[:1])
        assert db.session.query(CatalogueEntry).one().agency_id == agency.id
        assert db.session.query(Organisation).filter_by(state="proposed").count() == 0

    def test_makes_entries_that_the_search_finds(self):
        authority = an_authority()
        carried_out(authority)
        found = search.find(authority, ["entry"], "公园").rows
        assert [row.title for row in found] == ["公园名录"]

    def test_leaves_what_is_there_already(self):
        authority = an_authority()
        carried_out(authority)
        again = carried_out(authority)
        assert again.counts["repeated"] == 3 and again.counts["taken"] == again.counts["mended"] == 0
        assert db.session.query(CatalogueEntry).count() == 3

    def test_knows_an_entry_by_its_address_when_it_was_renamed(self):
        authority = an_authority()
        carried_out(authority, ROWS[:1])
        again = examined(authority, [ROWS[0] | {"资源名称": "公共汽车站点"}])
        assert again.counts["changed"] == 1

    def test_sees_what_came_between_report_and_work(self):
        authority = an_authority()
        first, second = examined(authority, ROWS[:1]), examined(authority, ROWS[:1])
        execute(imports.carry_out, actor=authority, subject_id=first.id)
        done = execute(imports.carry_out, actor=authority, subject_id=second.id)
        assert (done.counts["taken"], done.counts["repeated"]) == (0, 1)
        assert db.session.query(CatalogueEntry).count() == 1

    def test_happens_once(self):
        authority = an_authority()
        found = carried_out(authority)
        with pytest.raises(WrongState):
            execute(imports.carry_out, actor=authority, subject_id=found.id)

    def test_is_unknown_to_other_agencies(self):
        found = examined(an_agency())
        with pytest.raises(NotFound):
            execute(imports.carry_out, actor=an_agency(), subject_id=found.id)


class TestEnter:
    def test_is_the_system_s_own(self):
        authority = an_authority()
        found = carried_out(authority)
        with pytest.raises(NotAllowed):
            execute(imports.enter, actor=authority, subject_id=found.id)


class TestDiscard:
    def test_puts_the_file_aside(self):
        authority = an_authority()
        found = examined(authority)
        execute(imports.discard, actor=authority, subject_id=found.id)
        assert found.state == "discarded"
        assert db.session.query(ImportRow).count() == 4
        with pytest.raises(WrongState):
            execute(imports.carry_out, actor=authority, subject_id=found.id)


class TestSubmitComplete:
    def a_complete_row(self, **facts):
        return {**ENTRY, **facts, "provider": "衡州市气象局"}

    def test_hands_in_what_is_complete_and_lawful(self):
        agency = an_actor("agency", organisation=an_organisation("agency", jurisdiction="330000"))
        personal = self.a_complete_row(title="人员名册", items=[{"name": "身份证号码"}])
        found = carried_out(agency, [self.a_complete_row(), personal, {"title": "不完整"}])
        execute(imports.submit_complete, actor=agency, subject_id=found.id)
        states = {row.title: row.state for row in db.session.query(CatalogueEntry)}
        assert states == {ENTRY["title"]: "submitted", "人员名册": "draft", "不完整": "draft"}

    def test_belongs_to_who_imported(self):
        agency = an_agency()
        found = carried_out(agency, [{"title": "不完整"}])
        assert organisation_of(agency).id == found.organisation_id
        with pytest.raises(NotFound):
            execute(imports.submit_complete, actor=an_agency(), subject_id=found.id)


class TestAssign:
    def test_gives_a_draft_to_the_agency_whose_data_it_is(self):
        authority, agency = an_authority(), an_organisation("agency")
        carried_out(authority, [{"资源名称": "无主数据", "更新周期": "每年"}])
        entry = db.session.query(CatalogueEntry).one()
        assert entry.agency_id is None
        execute(catalogue.assign, actor=authority, subject_id=entry.id, data={"agency_id": str(agency.id)})
        assert (entry.agency_id, entry.provider) == (agency.id, agency.name)
        assert "provider" not in entry.missing

    def test_refuses_what_is_no_agency_of_the_place(self):
        authority = an_authority()
        carried_out(authority, [{"资源名称": "无主数据"}])
        entry = db.session.query(CatalogueEntry).one()
        for other in (an_organisation("buyer"), an_organisation("agency", jurisdiction="530000")):
            with pytest.raises(InvalidInput):
                execute(
                    catalogue.assign, actor=authority, subject_id=entry.id, data={"agency_id": str(other.id)}
                )
