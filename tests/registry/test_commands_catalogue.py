"""The commands on catalogue entries."""

import pytest

from kernel import audit, due
from kernel.command import available, execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries
from registry.commands import catalogue
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_published_entry,
    a_submitted_entry,
    an_agency,
    an_authority,
    assessed,
)

pytestmark = pytest.mark.usefixtures("app")


def values(**facts):
    return {name: value for name, value in ({**ENTRY, **facts}).items() if value is not None}


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
        counted = queries.facets(agency, "", {}, ["theme"])["theme"]
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


class TestNoteChange:
    def test_starts_the_clock_of_the_agency(self):
        entry = a_published_entry()
        execute(catalogue.note_change, actor=an_authority(), subject_id=entry.id, data={"what": "职责调整。"})
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
        assert queries.search_entries(agency, "逐时", {}) is not None

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
