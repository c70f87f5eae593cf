"""The commands on assessments: impartial assessors, sealed points."""

import hashlib

import pytest

from accounts.commands import organisation as organisations
from kernel import audit
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries
from registry.commands import assessment, licence
from registry.schemas.assessment import AssessmentView
from tests.factories.accounts import a_member, acting, an_actor, an_organisation, organisation_of
from tests.factories.registry import (
    SCORES,
    a_licence_application,
    a_naming,
    an_accepted_licence,
    an_assessed_licence,
    an_authority,
    assessed_by,
    colleague,
    impartial,
    points,
)

pytestmark = pytest.mark.usefixtures("app")
TIED = {"impartial": "no", "conflict": "family", "explanation": "亲属任职。"}


def a_case(**facts):
    """An accepted application, its firm, and an authority with two people."""
    firm = an_organisation("operator")
    authority = an_authority()
    found = an_accepted_licence(acting(a_member(firm), firm), authority, **facts)
    return found, firm, authority


class TestAssessmentNameAssessor:
    def test_names_people_of_authority_and_experts(self):
        found, _firm, authority = a_case()
        for assessor in (colleague(authority), an_actor("expert")):
            given = a_naming(found, assessor, authority)
            assert (given.state, given.assessor_id) == ("named", assessor.user_id)
        assert len(found.assessor_ids) == 2

    def test_is_for_the_authority_of_the_place(self):
        found, _firm, authority = a_case()
        expert = an_actor("expert")
        with pytest.raises(NotAllowed):
            a_naming(found, expert, an_actor("expert"))
        with pytest.raises(NotFound):
            a_naming(found, expert, an_authority("530000"))

    def test_follows_acceptance(self):
        operator, authority = an_actor("operator"), an_authority()
        found = a_licence_application(operator)
        execute(licence.submit, actor=operator, subject_id=found.id)
        with pytest.raises(WrongState):
            a_naming(found, colleague(authority), authority)

    def test_refuses_who_cannot_decide_there(self):
        found, _firm, authority = a_case()
        body = organisation_of(authority)
        outsider = acting(a_member(body, mandates=("apply",)), body)
        for wrong in (outsider, an_actor("operator"), an_actor("expert", jurisdiction="530000")):
            with pytest.raises(InvalidInput):
                a_naming(found, wrong, authority)

    def test_names_nobody_twice(self):
        found, _firm, authority = a_case()
        chosen = colleague(authority)
        a_naming(found, chosen, authority)
        with pytest.raises(RuleBroken) as refused:
            a_naming(found, chosen, authority)
        assert refused.value.duty == "registry.each_assesses_once"

    def test_refuses_a_member_of_the_applicant_and_a_body_under_its_control(self):
        found, firm, authority = a_case()
        body = an_organisation("expert")
        member = a_member(body)
        a_member(firm, person=member)
        above = an_organisation("expert")
        controlled = {"name": firm.name, "controlled_by_uscc": above.uscc}
        execute(organisations.amend, actor=SYSTEM, subject_id=firm.id, data=controlled)
        for tied in (acting(member, body), acting(a_member(above), above)):
            with pytest.raises(RuleBroken) as refused:
                a_naming(found, tied, authority)
            assert refused.value.duty == "registry.nothing_ties_to_the_applicant"


class TestAssessmentDeclare:
    def test_opens_the_way_to_the_points(self):
        found, _firm, authority = a_case()
        expert = an_actor("expert")
        given = impartial(a_naming(found, expert, authority), expert)
        assert given.state == "declared" and given.declared_at is not None
        assert [row.verb for row in available(given, expert)] == ["score"]

    def test_takes_who_is_tied_out_of_the_case(self):
        found, _firm, authority = a_case()
        expert = an_actor("expert")
        given = a_naming(found, expert, authority)
        execute(assessment.declare, actor=expert, subject_id=given.id, data=TIED)
        assert (given.state, given.conflict) == ("recused", "family")
        with pytest.raises(NotFound):
            queries.licence(found.id, expert)
        with pytest.raises(WrongState):
            execute(assessment.score, actor=expert, subject_id=given.id, data=points())

    def test_hides_the_case_from_an_officer_of_the_authority_too(self):
        found, _firm, authority = a_case()
        officer = colleague(authority)
        given = a_naming(found, officer, authority)
        execute(assessment.declare, actor=officer, subject_id=given.id, data=TIED)
        with pytest.raises(NotFound):
            queries.licence(found.id, officer)
        assert queries.licence(found.id, authority).id == found.id
        with pytest.raises(NotFound):
            execute(licence.refuse, actor=officer, subject_id=found.id, data={})

    def test_asks_what_ties(self):
        found, _firm, authority = a_case()
        expert = an_actor("expert")
        given = a_naming(found, expert, authority)
        with pytest.raises(InvalidInput):
            execute(assessment.declare, actor=expert, subject_id=given.id, data={"impartial": "no"})
        with pytest.raises(NotAllowed):
            execute(assessment.declare, actor=authority, subject_id=given.id, data={"impartial": "yes"})

    def test_finds_a_tie_that_arose_since_the_naming(self):
        found, _firm, authority = a_case()
        body = an_organisation("expert")
        expert = acting(a_member(body), body)
        given = a_naming(found, expert, authority)
        found.applied_by_id = expert.user_id
        db.session.commit()
        execute(assessment.declare, actor=expert, subject_id=given.id, data={"impartial": "yes"})
        assert (given.state, given.conflict) == ("recused", "applied")


class TestAssessmentScore:
    def test_seals_the_points_until_all_are_in(self):
        authority = an_authority("530000")
        found = an_accepted_licence(authority=authority, jurisdiction="530000")
        first = assessed_by(found, colleague(authority), authority)
        assert AssessmentView().dump(first)["scores"] is None
        event = audit.events_of(first)[-1]
        assert "85" not in str(event.data) and event.notes[-1]["seal"] == first.seal
        for _ in range(2):
            assessed_by(found, colleague(authority), authority)
        shown = AssessmentView().dump(first)
        assert shown["scores"] == dict.fromkeys(SCORES, 85) and first.revealed_at is not None
        opened = audit.events_of(found)[-1]
        kept = next(note for note in opened.notes if note["assessment"] == str(first.id))
        text = audit.canonical({"scores": kept["scores"], "opinion": kept["opinion"], "salt": kept["salt"]})
        assert hashlib.sha256(text).hexdigest() == first.seal

    @pytest.mark.parametrize("wrong", [{"opinion": " "}, {"scores": []}, {"scores": [{"criterion": "purpose", "points": 101}]}])
    def test_refuses_points_beyond_the_scale(self, wrong):
        found, _firm, authority = a_case()
        expert = an_actor("expert")
        given = impartial(a_naming(found, expert, authority), expert)
        with pytest.raises(InvalidInput):
            execute(assessment.score, actor=expert, subject_id=given.id, data=points() | wrong)

    def test_asks_for_each_criterion_once(self):
        found, _firm, authority = a_case()
        expert = an_actor("expert")
        given = impartial(a_naming(found, expert, authority), expert)
        for scores in (points()["scores"][:3], points()["scores"] + points()["scores"][:1]):
            with pytest.raises(RuleBroken) as refused:
                execute(assessment.score, actor=expert, subject_id=given.id, data={"scores": scores, "opinion": "可。"})
            assert refused.value.duty == "registry.assessment_covers_the_criteria"

    def test_comes_after_the_declaration(self):
        found, _firm, authority = a_case()
        expert = an_actor("expert")
        given = a_naming(found, expert, authority)
        with pytest.raises(WrongState):
            execute(assessment.score, actor=expert, subject_id=given.id, data=points())

    def test_is_closed_once_the_licence_is_announced(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        late = an_actor("expert")
        given = impartial(a_naming(found, late, authority), late)
        found.state = "public_notice"
        db.session.commit()
        with pytest.raises(WrongState):
            execute(assessment.score, actor=late, subject_id=given.id, data=points())


class TestAssessmentRecuse:
    def test_releases_an_assessor_and_waits_for_another(self):
        found, _firm, authority = a_case()
        idle, other = an_actor("expert"), an_actor("expert")
        given = a_naming(found, idle, authority)
        assessed_by(found, other, authority)
        assert found.state == "under_assessment"
        data = {"conflict": "other", "explanation": "长期不在岗。"}
        with pytest.raises(NotAllowed):
            execute(assessment.recuse, actor=idle, subject_id=given.id, data=data)
        execute(assessment.recuse, actor=authority, subject_id=given.id, data=data)
        assert (given.state, found.state) == ("recused", "assessed")

    def test_does_not_count_what_a_recused_assessor_scored(self):
        authority = an_authority()
        found = an_accepted_licence(authority=authority)
        expert = an_actor("expert")
        given = assessed_by(found, expert, authority)
        data = {"conflict": "interest", "explanation": "事后查明。"}
        execute(assessment.recuse, actor=authority, subject_id=given.id, data=data)
        assert queries.points_of(found.id) == {}
        with pytest.raises(RuleBroken) as refused:
            execute(licence.announce, actor=authority, subject_id=found.id)
        assert refused.value.duty == "registry.assessment_is_complete"
        assessed_by(found, an_actor("expert"), authority)
        assert execute(licence.announce, actor=authority, subject_id=found.id).state == "public_notice"

    def test_follows_by_itself_when_an_assessor_joins_the_applicant(self):
        found, firm, authority = a_case()
        body = an_organisation("expert")
        person = a_member(body)
        given = impartial(a_naming(found, acting(person, body), authority), acting(person, body))
        a_member(firm, person=person)
        assert (given.state, given.conflict) == ("recused", "member")

    def test_follows_by_itself_when_control_changes(self):
        found, firm, authority = a_case()
        body = an_organisation("expert")
        expert = acting(a_member(body), body)
        given = impartial(a_naming(found, expert, authority), expert)
        execute(organisations.amend, actor=SYSTEM, subject_id=firm.id, data={"name": "新名"})
        assert given.state == "declared"
        execute(organisations.amend, actor=SYSTEM, subject_id=firm.id, data={"name": "新名", "controlled_by_uscc": body.uscc})
        assert (given.state, given.conflict) == ("recused", "control")
