"""Publicly funded projects with their gate, and the list of data resources: what their commands do and refuse."""

import pytest

from kernel import due
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry.commands import aggregation, holding, project
from registry.models import Aggregation
from registry.queries import projects
from tests.factories.accounts import a_member, acting, an_actor, organisation_of
from tests.factories.collecting import a_database, a_holding, a_project, an_aggregation, catalogued
from tests.factories.registry import a_draft, a_published_entry, a_submitted_entry, an_agency, an_authority

pytestmark = pytest.mark.usefixtures("app")
YES = {"reasons": "材料齐全，同意。"}
NO = {"reasons": "数据目录未编制。", "basis": "YN L50"}
FUNDS = {"purpose": "2026 年运行维护", "amount_minor": "200000.00"}


def submitted(unit, **facts):
    found = a_project(unit, **facts)
    return execute(project.submit, actor=unit, subject_id=found.id)


def approved(unit, authority):
    """A project of the demonstration city, approved, with one data set whose entry is handed in."""
    found = submitted(unit)
    row = a_holding(unit, project_id=str(found.id))
    catalogued(row, a_submitted_entry(unit), unit)
    return execute(project.approve, actor=authority, subject_id=found.id, data=YES)


def finished(unit, authority):
    """A project whose data are catalogued, shared and aggregated."""
    found = submitted(unit)
    entry = a_published_entry(unit, authority)
    catalogued(a_holding(unit, project_id=str(found.id)), entry, unit)
    execute(project.approve, actor=authority, subject_id=found.id, data=YES)
    an_aggregation(entry, unit, a_database(authority, unit))
    return execute(project.request_acceptance, actor=unit, subject_id=found.id)


class TestProjectDraft:
    def test_belongs_to_its_unit(self):
        unit = an_agency()
        found = a_project(unit)
        assert (found.state, found.agency_id, found.budget_minor) == ("draft", unit.organisation_id, 320000000)

    def test_needs_what_the_form_asks_for(self):
        with pytest.raises(InvalidInput) as refused:
            a_project(an_agency(), kind="castle", budget_minor="viel")
        assert {"kind", "budget_minor"} <= set(refused.value.messages)

    def test_is_for_agencies(self):
        with pytest.raises(NotAllowed):
            a_project(an_authority())


class TestProjectAmend:
    def test_changes_what_was_said(self):
        unit = an_agency()
        found = a_project(unit, number="2026-12")
        data = {"title": "二期", "kind": "upgrade", "summary": "扩容。", "budget_minor": "1.00"}
        execute(project.amend, actor=unit, subject_id=found.id, data=data)
        assert (found.title, found.number, found.budget_minor) == ("二期", None, 100)

    def test_is_unknown_to_others(self):
        found = a_project(an_agency())
        with pytest.raises(NotFound):
            execute(project.amend, actor=an_agency(), subject_id=found.id)


class TestProjectSubmit:
    def test_starts_the_clock_of_the_approver(self):
        found = submitted(an_agency())
        assert [(row.name, row.waits_for) for row in due.running_of(found)] == [("project_decision", "authority")]
        assert found.state == "submitted"


class TestProjectReturn:
    def test_says_what_is_missing(self):
        unit, authority = an_agency(), an_authority()
        found = submitted(unit)
        execute(project.return_, actor=authority, subject_id=found.id, data={"reasons": "请补充数据清单。"})
        assert found.state == "returned" and not due.running_of(found)
        execute(project.submit, actor=unit, subject_id=found.id)
        assert found.state == "submitted"


class TestProjectApprove:
    def test_waits_for_the_catalogue_of_its_data(self):
        unit, authority = an_agency(), an_authority()
        found = submitted(unit)
        with pytest.raises(RuleBroken) as refused:
            execute(project.approve, actor=authority, subject_id=found.id, data=YES)
        assert set(refused.value.ids) == {"C10", "C13"}
        row = a_holding(unit, project_id=str(found.id))
        catalogued(row, a_draft(unit), unit)
        with pytest.raises(RuleBroken) as refused:
            execute(project.approve, actor=authority, subject_id=found.id, data=YES)
        assert "WZ14" in str(refused.value.message)
        catalogued(row, a_submitted_entry(unit), unit)
        execute(project.approve, actor=authority, subject_id=found.id, data=YES)
        assert found.state == "approved" and found.gate["approval"]["met"]

    def test_is_decided_by_another_body_and_person(self):
        unit = an_agency()
        found = submitted(unit)
        both = an_actor("authority", "agency")
        own = submitted(both)
        with pytest.raises(NotAllowed):
            execute(project.approve, actor=both, subject_id=own.id, data=YES)
        with pytest.raises(NotFound):
            execute(project.approve, actor=an_authority("640300"), subject_id=found.id, data=YES)
        with pytest.raises(NotAllowed):
            execute(project.approve, actor=unit, subject_id=found.id, data=YES)

    def test_may_be_the_government_too(self):
        unit = an_agency(jurisdiction="510100")
        found = submitted(unit)
        government = an_actor("government", jurisdiction="510100")
        assert execute(project.approve, actor=government, subject_id=found.id, data=YES).state == "approved"


class TestProjectRefuse:
    def test_gives_reasons_and_the_rule(self):
        found = submitted(an_agency())
        authority = an_authority()
        with pytest.raises(InvalidInput):
            execute(project.refuse, actor=authority, subject_id=found.id, data=YES)
        execute(project.refuse, actor=authority, subject_id=found.id, data=NO)
        assert (found.state, found.basis) == ("refused", "YN L50")


class TestProjectRequestAcceptance:
    def test_follows_the_approval(self):
        unit, authority = an_agency(), an_authority()
        found = submitted(unit)
        with pytest.raises(WrongState):
            execute(project.request_acceptance, actor=unit, subject_id=found.id)
        found = approved(unit, authority)
        execute(project.request_acceptance, actor=unit, subject_id=found.id)
        assert found.state == "built" and due.running_of(found)


class TestProjectSendBack:
    def test_names_what_is_missing(self):
        unit, authority = an_agency(), an_authority()
        found = approved(unit, authority)
        execute(project.request_acceptance, actor=unit, subject_id=found.id)
        execute(project.send_back, actor=authority, subject_id=found.id, data={"reasons": "尚未归集。"})
        assert (found.state, found.reasons) == ("approved", "尚未归集。")


class TestProjectAccept:
    def test_waits_for_sharing_and_aggregation(self):
        unit, authority = an_agency(), an_authority()
        found = finished(unit, authority)
        log = db.session.scalars(db.select(Aggregation)).one()
        execute(aggregation.void, actor=unit, subject_id=log.id, data={"reasons": "误记"})
        with pytest.raises(RuleBroken):
            execute(project.accept, actor=authority, subject_id=found.id, data=YES)
        entry = projects.holdings_of_project(found.id)[0].entry
        an_aggregation(entry, unit, database_id=str(log.database_id))
        execute(project.accept, actor=authority, subject_id=found.id, data=YES)
        assert found.state == "accepted" and len(found.gate["acceptance"]["met"]) == 4


class TestProjectFund:
    def test_records_money_where_no_gate_bars_it(self):
        unit, authority = an_agency(), an_authority()
        found = approved(unit, authority)
        execute(project.fund, actor=authority, subject_id=found.id, data=FUNDS)
        assert [row["amount_minor"] for row in found.funds] == [20000000]

    def test_is_barred_in_lishui_while_the_catalogue_is_missing(self):
        place = "331100"
        unit, authority = an_agency(jurisdiction=place), an_authority(place)
        found = submitted(unit)
        entry = a_published_entry(unit, authority)
        row = catalogued(a_holding(unit, project_id=str(found.id)), entry, unit)
        for step in (project.approve, project.accept):
            execute(step, actor=authority, subject_id=found.id, data=YES)
            if step is project.approve:
                execute(project.request_acceptance, actor=unit, subject_id=found.id)
        execute(project.fund, actor=authority, subject_id=found.id, data=FUNDS)
        catalogued(row, a_draft(unit, title="另一目录"), unit)
        with pytest.raises(RuleBroken) as refused:
            execute(project.fund, actor=authority, subject_id=found.id, data=FUNDS)
        assert "LS29" in str(refused.value.message)


class TestHoldingRecord:
    def test_lists_data_that_are_not_catalogued_yet(self):
        agency = an_agency()
        found = a_holding(agency)
        assert found.state == "listed"
        rows = db.session.scalars(projects.holdings(agency, coverage="not_catalogued")).all()
        assert [row.id for row in rows] == [found.id]
        assert projects.coverage_by_agency(agency) == [(agency.organisation_name, 0, 0, 1)]

    def test_joins_no_project_of_others_or_finished(self):
        agency = an_agency()
        with pytest.raises(InvalidInput):
            a_holding(agency, project_id=str(a_project(an_agency()).id))
        found = submitted(agency)
        execute(project.refuse, actor=an_authority(), subject_id=found.id, data=NO)
        with pytest.raises(InvalidInput) as refused:
            a_holding(agency, project_id=str(found.id))
        assert "project_id" in refused.value.messages

    def test_is_for_agencies(self):
        with pytest.raises(NotAllowed):
            a_holding(an_authority())


class TestHoldingAmend:
    def test_changes_what_was_said(self):
        agency = an_agency()
        found = a_holding(agency, note="旧库")
        data = {"title": "水位日报", "system": "新平台"}
        execute(holding.amend, actor=agency, subject_id=found.id, data=data)
        assert (found.title, found.items, found.note) == ("水位日报", [], "")
        with pytest.raises(NotFound):
            execute(holding.amend, actor=an_agency(), subject_id=found.id, data=data)


class TestHoldingCatalogue:
    def test_names_the_entry_and_counts_as_catalogued_with_it(self):
        agency, authority = an_agency(), an_authority()
        found = catalogued(a_holding(agency), a_published_entry(agency, authority), agency)
        assert found.state == "catalogued"
        assert projects.coverage_by_agency(authority) == [(agency.organisation_name, 1, 0, 0)]

    def test_takes_no_entry_of_others(self):
        agency = an_agency()
        with pytest.raises(InvalidInput):
            catalogued(a_holding(agency), a_published_entry(), agency)


class TestHoldingRetire:
    def test_takes_it_off_the_list(self):
        agency = an_agency()
        found = a_holding(agency)
        execute(holding.retire, actor=agency, subject_id=found.id, data={"reasons": "系统已下线"})
        assert found.state == "retired" and projects.coverage_by_agency(agency) == []
        with pytest.raises(WrongState):
            execute(holding.retire, actor=agency, subject_id=found.id, data={"reasons": "系统已下线"})

    def test_shows_it_to_colleagues_only(self):
        agency = an_agency()
        found = a_holding(agency)
        colleague = acting(a_member(organisation_of(agency)), organisation_of(agency))
        assert projects.holding(colleague, found.id).id == found.id
        with pytest.raises(NotFound):
            projects.holding(an_agency(), found.id)
