"""The commands on catalogue entries."""

import pytest

from kernel import audit, due, search
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries
from registry.commands import catalogue
from registry.commands.entry_text import TextConflict
from tests.factories.registry import (
    a_draft,
    a_published_entry,
    a_submitted_entry,
    an_agency,
    an_authority,
    assessed,
)
from tests.registry.catalogue_steps import values

pytestmark = pytest.mark.usefixtures("app")


class TestDraft:
    def test_begins_an_entry_of_the_agency(self):
        agency = an_agency()
        entry = a_draft(agency)
        assert (entry.state, entry.agency_id, entry.jurisdiction) == (
            "draft",
            agency.organisation_id,
            "990100",
        )
        assert entry.missing == []

    def test_says_what_is_missing(self):
        entry = execute(catalogue.draft, actor=an_agency(), data={"title": "名录"})
        assert {"data_form", "themes", "opening_attribute", "provider"} <= set(entry.missing)

    def test_takes_codes_and_their_words(self):
        entry = a_draft(formats=["CSV"], opening_attribute="有条件开放", opening_conditions="实名")
        assert (entry.formats, entry.opening_attribute) == (["csv"], "conditional")

    def test_needs_a_title(self):
        with pytest.raises(InvalidInput) as refused:
            execute(catalogue.draft, actor=an_agency(), data={"title": "  "})
        assert "title" in refused.value.messages

    def test_names_the_word_it_does_not_know(self):
        with pytest.raises(InvalidInput) as refused:
            a_draft(update_frequency="每两小时半")
        assert "update_frequency" in refused.value.messages

    def test_is_for_agencies(self):
        with pytest.raises(NotAllowed):
            a_draft(an_authority())


class TestAmend:
    def test_replaces_everything_that_is_said(self):
        agency = an_agency()
        entry = a_draft(agency)
        execute(
            catalogue.amend, actor=agency, subject_id=entry.id, data={"title": "新名称", "record_count": 0}
        )
        assert (entry.title, entry.abstract, entry.record_count, entry.themes) == ("新名称", None, 0, [])
        assert entry.missing

    def test_counts_its_terms_anew(self):
        agency = an_agency()
        entry = a_draft(agency)
        execute(
            catalogue.amend, actor=agency, subject_id=entry.id, data=values(themes=["transport", "weather"])
        )
        counted = search.find(agency, ["entry"]).facets["theme"]
        assert sorted(counted) == [("transport", 1), ("weather", 1)]

    def test_is_unknown_to_other_agencies(self):
        entry = a_draft()
        with pytest.raises(NotFound):
            execute(catalogue.amend, actor=an_agency(), subject_id=entry.id, data=values())

    def test_waits_while_the_authority_reviews(self):
        agency = an_agency()
        entry = a_submitted_entry(agency)
        with pytest.raises(WrongState):
            execute(catalogue.amend, actor=agency, subject_id=entry.id, data=values())


class TestAssess:
    def test_keeps_the_papers_and_the_consent(self):
        agency = an_agency()
        entry = assessed(a_draft(agency), agency)
        assert entry.assessments["consent_of"] == "局长"
        assert entry.assessments["secrecy_risk"]["name"] == "paper.pdf"
        assert entry.state == "draft"


class TestSubmit:
    def test_hands_it_to_the_authority_and_starts_its_clock(self):
        entry = a_submitted_entry()
        clocks = due.running_of(entry)
        assert entry.state == "submitted"
        assert [(clock.name, clock.waits_for) for clock in clocks] == [("review", "authority")]

    def test_names_the_missing_fields_and_the_rule(self):
        agency = an_agency()
        entry = assessed(a_draft(agency, provider=None, collector=None), agency)
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.submit, actor=agency, subject_id=entry.id)
        assert "C05" in refused.value.ids
        assert "providing department" in str(refused.value).lower()

    def test_waits_for_the_assessments(self):
        agency = an_agency()
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.submit, actor=agency, subject_id=a_draft(agency).id)
        assert refused.value.ids == ("C09",)

    def test_refuses_to_open_personal_information(self):
        agency = an_agency()
        entry = assessed(a_draft(agency, items=[{"name": "身份证号码"}, {"name": "手机号码"}]), agency)
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.submit, actor=agency, subject_id=entry.id)
        assert "O01" in refused.value.ids

    def test_takes_it_once_the_ground_is_removed(self):
        facts = {
            "items": [{"name": "身份证号码"}],
            "opening_ground": "privacy",
            "ground_removed_by": "treatment",
        }
        assert a_submitted_entry(**facts).state == "submitted"

    def test_refuses_a_wrong_code(self):
        agency = an_agency()
        entry = assessed(a_draft(agency, resource_code="A/1"), agency)
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.submit, actor=agency, subject_id=entry.id)
        assert "C01" in refused.value.ids

    def test_refuses_core_data_that_are_open(self):
        agency = an_agency()
        entry = assessed(a_draft(agency, national_grade="core"), agency)
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.submit, actor=agency, subject_id=entry.id)
        assert "G02" in refused.value.ids


class TestReturn:
    def test_tells_the_agency_what_to_change_and_starts_its_clock(self):
        agency, authority = an_agency(), an_authority()
        entry = a_submitted_entry(agency)
        comments = [{"field": "abstract", "comment": "请写明统计口径。"}]
        data = {"reasons": "摘要不完整。", "comments": comments}
        execute(catalogue.return_, actor=authority, subject_id=entry.id, data=data)
        assert entry.state == "returned"
        assert entry.comments == {"abstract": "请写明统计口径。", "": "摘要不完整。"}
        assert [clock.name for clock in due.running_of(entry)] == ["revision"]
        execute(catalogue.submit, actor=agency, subject_id=entry.id)
        assert (entry.state, entry.comments) == ("submitted", {})

    def test_needs_reasons(self):
        entry = a_submitted_entry()
        with pytest.raises(InvalidInput):
            execute(catalogue.return_, actor=an_authority(), subject_id=entry.id, data={})

    def test_is_for_the_authority_of_the_place(self):
        entry = a_submitted_entry()
        with pytest.raises(NotFound):
            execute(
                catalogue.return_, actor=an_authority("530000"), subject_id=entry.id, data={"reasons": "x"}
            )


class TestPublish:
    def test_opens_the_entry_to_everybody(self):
        entry = a_published_entry()
        assert entry.state == "published" and entry.public_since
        assert [event.command for event in audit.events_of(entry)][-1] == "registry.entry.publish"

    def test_is_not_for_the_agency(self):
        agency = an_agency()
        entry = a_submitted_entry(agency)
        with pytest.raises(NotAllowed):
            execute(catalogue.publish, actor=agency, subject_id=entry.id)
        assert "publish" not in [command.verb for command in available(entry, agency)]

    def test_happens_once(self):
        entry = a_published_entry()
        with pytest.raises(WrongState):
            execute(catalogue.publish, actor=an_authority(), subject_id=entry.id)

    def test_of_a_county_is_for_the_level_above(self):
        agency = an_agency(jurisdiction="990102")
        entry = a_submitted_entry(agency)
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.publish, actor=an_authority("990102"), subject_id=entry.id)
        assert refused.value.ids == ("C08",)
        assert (
            execute(catalogue.publish, actor=an_authority("990100"), subject_id=entry.id).state == "published"
        )


class TestTwoTabs:
    def test_the_second_tab_is_told_and_nothing_is_lost(self):
        agency = an_agency()
        entry = a_draft(agency)
        first = values(title="第一个窗口", revision=entry.revision)
        execute(catalogue.amend, actor=agency, subject_id=entry.id, data=first)
        with pytest.raises(TextConflict) as refused:
            execute(catalogue.amend, actor=agency, subject_id=entry.id, data=first | {"title": "第二个窗口"})
        assert (refused.value.status, refused.value.code) == (409, "text_conflict")
        assert queries.entry(entry.id).title == "第一个窗口"

    def test_the_same_text_again_is_no_new_revision(self):
        agency = an_agency()
        entry = a_draft(agency)
        execute(catalogue.amend, actor=agency, subject_id=entry.id, data=values(revision=1))
        assert entry.revision == 1

    def test_a_proposed_update_counts_as_well(self):
        agency = an_agency()
        entry = a_published_entry(agency)
        proposal = values(title="新", revision=entry.revision)
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data=proposal)
        with pytest.raises(TextConflict):
            execute(catalogue.revise, actor=agency, subject_id=entry.id, data=proposal)


class TestTakeOver:
    def test_takes_what_is_new_and_leaves_the_rest(self):
        agency = an_agency()
        entry = a_draft(agency, abstract="人写的摘要")
        news = {"values": {"update_frequency": "monthly"}, "source_hash": "f" * 64}
        execute(catalogue.take_over, actor=SYSTEM, subject_id=entry.id, data=news)
        assert (entry.update_frequency, entry.abstract, entry.source_hash) == (
            "monthly",
            "人写的摘要",
            "f" * 64,
        )

    def test_is_the_system_s_own(self):
        agency = an_agency()
        with pytest.raises(NotAllowed):
            execute(catalogue.take_over, actor=agency, subject_id=a_draft(agency).id, data={})


class TestReturnAgain:
    def test_brings_up_only_what_was_named_or_changed(self):
        agency, authority = an_agency(), an_authority()
        entry = a_submitted_entry(agency)
        first = {"reasons": "一次告知。", "comments": [{"field": "abstract", "comment": "请写明口径。"}]}
        execute(catalogue.return_, actor=authority, subject_id=entry.id, data=first)
        execute(catalogue.amend, actor=agency, subject_id=entry.id, data=values(collector="另一部门"))
        execute(catalogue.submit, actor=agency, subject_id=entry.id)
        late = {"reasons": "再次。", "comments": [{"field": "provider", "comment": "？"}]}
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.return_, actor=authority, subject_id=entry.id, data=late)
        assert refused.value.ids == ("C02",)
        again = {"reasons": "再次。", "comments": [{"field": "collector", "comment": "请写全称。"}]}
        assert (
            execute(catalogue.return_, actor=authority, subject_id=entry.id, data=again).state == "returned"
        )


class TestLoosening:
    def closed(self, agency):
        facts = {
            "opening_attribute": "none",
            "opening_ground": "trade_secret",
            "opening_basis": "《反不正当竞争法》第九条",
        }
        return a_published_entry(agency, **facts)

    def test_needs_the_record_of_a_treatment(self):
        agency = an_agency()
        entry = self.closed(agency)
        opened = values(opening_ground="trade_secret", ground_removed_by="treatment")
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.revise, actor=agency, subject_id=entry.id, data=opened)
        assert "O01" in refused.value.ids
        recorded = opened | {"removal_record": "2026-04-01 汇总到街道，记录编号 7"}
        execute(catalogue.revise, actor=agency, subject_id=entry.id, data=recorded)
        assert entry.proposed["opening_attribute"] == "open"


class TestMarkedItems:
    def test_bar_opening_like_words_that_show_it(self):
        agency = an_agency()
        entry = assessed(a_draft(agency, items=[{"name": "编号", "sensitivity": "personal"}]), agency)
        with pytest.raises(RuleBroken) as refused:
            execute(catalogue.submit, actor=agency, subject_id=entry.id)
        assert "O01" in refused.value.ids
