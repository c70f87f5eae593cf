"""Where an item comes from first, and entries that say the same."""

import pytest

from jurisdictions.tree import profile_of
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry.commands import (
    catalogue,
    lead_source,
    overlap,
)
from registry.models import EntryName
from registry.queries import sources
from tests.factories.accounts import an_actor
from tests.factories.collecting import (
    AGAIN,
    a_lead_source,
    an_overlap,
)
from tests.factories.registry import (
    ENTRY,
    a_draft,
    a_published_entry,
    an_agency,
    an_authority,
)
from tests.registry.sources_steps import LEVELS, WHY, hand_in, ready

pytestmark = pytest.mark.usefixtures("app")


class TestLeadSourceName:
    def test_bars_other_agencies_from_collecting_the_item(self):
        water, other, authority = an_agency(), an_agency(), an_authority()
        a_lead_source(authority, water)
        entry = ready(other, title="防汛值班", items=[{"name": "水位"}, {"name": "值班员"}])
        with pytest.raises(RuleBroken) as refused:
            hand_in(entry, other)
        assert refused.value.ids == ("A01",) and "水位" in str(refused.value.message)
        source = a_published_entry(water, authority, **LEVELS)
        an_overlap(entry, source, other, manner="by_sharing", reason="")
        assert hand_in(entry, other).state == "submitted"

    def test_lets_the_source_itself_and_identifiers_pass(self):
        water, other, authority = an_agency(), an_agency(), an_authority()
        a_lead_source(authority, water)
        assert hand_in(ready(water, **LEVELS), water).state == "submitted"
        keyed = ready(other, title="防汛值班", items=[{"name": "水位", "key": True}, {"name": "值班员"}])
        assert hand_in(keyed, other).state == "submitted"

    def test_stands_once_for_an_item(self):
        authority, water = an_authority(), an_agency()
        a_lead_source(authority, water)
        with pytest.raises(RuleBroken):
            a_lead_source(authority, an_agency(), item="水 位")

    def test_is_for_the_authority_of_the_place(self):
        water = an_agency()
        with pytest.raises(NotAllowed):
            a_lead_source(water, water)
        with pytest.raises(InvalidInput):
            a_lead_source(an_authority("640300"), water)
        with pytest.raises(InvalidInput) as refused:
            a_lead_source(an_authority(), an_actor("buyer"))
        assert "agency_id" in refused.value.messages
        with pytest.raises(InvalidInput) as refused:
            a_lead_source(an_authority(), water, item="——")
        assert "item" in refused.value.messages


class TestLeadSourceEnd:
    def test_makes_room_for_another(self):
        authority, water, other = an_authority(), an_agency(), an_agency()
        found = a_lead_source(authority, water)
        execute(lead_source.end, actor=authority, subject_id=found.id, data=WHY)
        assert found.state == "ended"
        assert a_lead_source(authority, other).agency_id == other.organisation_id

    def test_gives_reasons(self):
        authority = an_authority()
        found = a_lead_source(authority, an_agency())
        with pytest.raises(InvalidInput):
            execute(lead_source.end, actor=authority, subject_id=found.id, data={"reasons": " "})
        with pytest.raises(NotAllowed):
            execute(lead_source.end, actor=an_agency(), subject_id=found.id, data=WHY)


class TestOverlapExplain:
    def alike(self):
        """An agency whose draft says what another agency has published."""
        agency, authority = an_agency(), an_authority()
        other = a_published_entry(an_agency(), authority, **LEVELS)
        return agency, ready(agency, **LEVELS), other

    def test_is_asked_for_before_the_entry_is_handed_in(self):
        agency, entry, other = self.alike()
        with pytest.raises(RuleBroken) as refused:
            hand_in(entry, agency)
        assert refused.value.ids == ("A02",) and other.title in str(refused.value.message)
        an_overlap(entry, other, agency)
        assert hand_in(entry, agency).state == "submitted"

    def test_needs_a_reason_where_the_data_are_collected_again(self):
        agency, entry, other = self.alike()
        with pytest.raises(InvalidInput) as refused:
            an_overlap(entry, other, agency, reason="不便")
        assert "reason" in refused.value.messages

    def test_is_about_an_entry_of_ones_own_and_one_of_another(self):
        agency, entry, other = self.alike()
        with pytest.raises(InvalidInput):
            an_overlap(other, entry, agency)
        with pytest.raises(InvalidInput):
            an_overlap(entry, entry, agency)
        with pytest.raises(NotAllowed):
            an_overlap(entry, other, an_authority())

    def test_is_not_asked_where_the_other_is_not_shared(self):
        agency, authority = an_agency(), an_authority()
        not_shared = {"sharing_attribute": "none", "sharing_basis": "《水法》第十六条"}
        a_published_entry(an_agency(), authority, **LEVELS, **not_shared)
        assert hand_in(ready(agency, **LEVELS), agency).state == "submitted"

    def test_is_not_asked_of_the_same_agency(self):
        agency = an_agency()
        a_published_entry(agency, an_authority(), **LEVELS)
        assert hand_in(ready(agency, **LEVELS), agency).state == "submitted"

    def test_is_asked_again_when_an_update_repeats_others(self):
        agency, authority = an_agency(), an_authority()
        mine = a_published_entry(agency, authority, title="值班表", items=[{"name": "班次"}])
        a_published_entry(an_agency(), authority, **LEVELS)
        with pytest.raises(RuleBroken):
            execute(catalogue.revise, actor=agency, subject_id=mine.id, data={**ENTRY, **LEVELS})


class TestSimilarEntries:
    def test_offers_what_is_alike_the_most_alike_first(self):
        authority, agency = an_authority(), an_agency()
        same = a_published_entry(agency, authority, **LEVELS)
        near = a_published_entry(agency, authority, title="水库调度", items=[{"name": "水位"}, {"name": "流量"}])
        a_published_entry(agency, authority, title="公交站点", items=[{"name": "走向"}])
        rows = sources.similar_entries("河道水位表", LEVELS["items"], None, profile_of("990100"))
        assert [(row.entry.id, row.again) for row in rows] == [(same.id, True), (near.id, False)]

    def test_forgets_what_is_withdrawn(self):
        authority, agency = an_authority(), an_agency()
        entry = a_published_entry(agency, authority, **LEVELS)
        assert db.session.query(EntryName).count() == 3
        execute(catalogue.withdraw, actor=authority, subject_id=entry.id, data=WHY)
        assert db.session.query(EntryName).count() == 0

    def test_lists_items_that_several_agencies_hold(self):
        authority = an_authority()
        for _ in range(2):
            a_published_entry(an_agency(), authority, **LEVELS)
        rows = db.session.execute(sources.contested_items(["990100"], "水")).all()
        assert [tuple(row) for row in rows] == [("水位", 2, 2)]
        assert len(sources.holders_of_item(authority, "水位", ["990100"])) == 2


class TestOverlapAmend:
    def test_answers_the_question_of_the_authority(self):
        agency, authority = an_agency(), an_authority()
        found = an_overlap(a_draft(agency, **LEVELS), a_published_entry(**LEVELS), agency)
        execute(overlap.question, actor=authority, subject_id=found.id, data={"question": "为何不能共享？"})
        data = {**AGAIN, "reason": "共享接口时延过高，不能满足防汛要求。"}
        execute(overlap.amend, actor=agency, subject_id=found.id, data=data)
        assert (found.state, found.question, found.reason) == ("explained", None, data["reason"])
        with pytest.raises(NotFound):
            execute(overlap.amend, actor=an_agency(), subject_id=found.id, data=data)


class TestOverlapQuestion:
    def test_holds_the_entry_back(self):
        agency, authority = an_agency(), an_authority()
        entry, other = ready(agency, **LEVELS), a_published_entry(**LEVELS)
        found = an_overlap(entry, other, agency)
        execute(overlap.question, actor=authority, subject_id=found.id, data={"question": "为何不能共享？"})
        with pytest.raises(RuleBroken) as refused:
            hand_in(entry, agency)
        assert refused.value.ids == ("A02",)
        with pytest.raises(WrongState):
            execute(overlap.accept, actor=authority, subject_id=found.id)


class TestOverlapAccept:
    def test_lets_it_stand(self):
        agency, authority = an_agency(), an_authority()
        found = an_overlap(a_draft(agency, **LEVELS), a_published_entry(**LEVELS), agency)
        with pytest.raises(NotAllowed):
            execute(overlap.accept, actor=agency, subject_id=found.id)
        assert execute(overlap.accept, actor=authority, subject_id=found.id).state == "accepted"
