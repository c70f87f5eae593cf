"""The commands on licences."""

from datetime import timedelta

import pytest

from kernel import clock, documents, due
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries, reactions
from registry.commands import licence
from tests.factories.accounts import a_member, acting, an_actor, an_organisation
from tests.factories.registry import (
    LICENCE,
    PDF,
    SCORES,
    a_licence,
    a_licence_application,
    an_assessed_licence,
    an_authority,
    colleague,
)

pytestmark = pytest.mark.usefixtures("app")
ADVERSE = {"reasons": "发生数据泄露。", "basis": "YN L180"}


def submitted(operator, **facts):
    found = a_licence_application(operator, **facts)
    return execute(licence.submit, actor=operator, subject_id=found.id)


def time_passes():
    """What the scheduler does with the sweep of the registry."""
    for command, subject_id in list(reactions.what_time_does(clock.today())):
        execute(command, actor=SYSTEM, subject_id=subject_id)


def later(days):
    return clock.frozen(clock.now() + timedelta(days=days))


class TestDraft:
    def test_keeps_statements_and_papers(self):
        found = a_licence_application()
        assert found.state == "draft"
        assert found.dossier["purpose"] == LICENCE["purpose"]
        assert set(found.files) == {"technical_condition", "processing_ability", "security_management"}

    def test_takes_another_place(self):
        assert a_licence_application(jurisdiction="530000").jurisdiction == "530000"
        with pytest.raises(InvalidInput):
            a_licence_application(jurisdiction="nowhere")

    def test_is_not_for_agencies(self):
        with pytest.raises(NotAllowed):
            a_licence_application(an_actor("agency"))


class TestAmend:
    def test_keeps_papers_that_are_not_replaced(self):
        operator = an_actor("operator")
        found = a_licence_application(operator)
        data = {**LICENCE, "scope": "交通", "technical_condition_file": PDF}
        execute(licence.amend, actor=operator, subject_id=found.id, data=data)
        assert found.scope == "交通" and len(found.files) == 3


class TestSubmit:
    def test_hands_it_to_the_authority(self):
        found = submitted(an_actor("operator"))
        assert found.state == "submitted"
        assert [row.name for row in due.running_of(found)] == ["licence_acceptance"]

    def test_names_the_proof_that_is_missing(self):
        with pytest.raises(RuleBroken) as refused:
            submitted(an_actor("operator"), security_management_file=None)
        assert refused.value.ids == ("P01",) and "Security management" in str(refused.value)

    def test_refuses_a_second_licence_before_the_first_nears_its_end(self):
        operator = an_actor("operator")
        first = a_licence(operator)
        with pytest.raises(RuleBroken) as refused:
            submitted(operator)
        assert refused.value.duty == "registry.one_licence_at_a_time"
        with later((first.valid_until - clock.today()).days - 10):
            assert submitted(operator).state == "submitted"


class TestReturn:
    def test_tells_what_the_dossier_lacks(self):
        operator = an_actor("operator")
        found = submitted(operator)
        data = {"supplement": "请补充等保测评报告。"}
        execute(licence.return_, actor=an_authority(), subject_id=found.id, data=data)
        assert (found.state, found.supplement) == ("returned", data["supplement"])
        assert execute(licence.submit, actor=operator, subject_id=found.id).state == "submitted"


class TestAccept:
    def test_begins_the_assessment(self):
        found = submitted(an_actor("operator"))
        execute(licence.accept, actor=an_authority(), subject_id=found.id)
        assert found.state == "under_assessment"
        assert [row.name for row in due.running_of(found)] == ["assessment"]

    def test_is_not_for_the_person_who_applied(self):
        firm = an_organisation("operator")
        person = a_member(firm)
        authority = an_organisation("authority")
        a_member(authority, person=person)
        found = submitted(acting(person, firm))
        with pytest.raises(NotAllowed):
            execute(licence.accept, actor=acting(person, authority), subject_id=found.id)


class TestAssess:
    def test_gathers_points_and_opinions_of_several(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        expert = an_actor("expert")
        execute(licence.assess, actor=expert, subject_id=found.id, data=SCORES | {"opinion": "可。"})
        assert found.state == "assessed"
        assert [row["name"] for row in found.assessments] == [authority.name, expert.name]
        assert found.assessments[0]["scores"] == SCORES
        assert [row.name for row in due.running_of(found)] == ["licence_decision"]

    def test_counts_nobody_twice(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        with pytest.raises(NotAllowed):
            execute(licence.assess, actor=authority, subject_id=found.id, data=SCORES | {"opinion": "可。"})

    @pytest.mark.parametrize("wrong", [{"purpose": 101}, {"purpose": -1}, {"opinion": " "}])
    def test_refuses_points_beyond_the_scale(self, wrong):
        found = an_assessed_licence()
        with pytest.raises(InvalidInput):
            data = SCORES | {"opinion": "可。"} | wrong
            execute(licence.assess, actor=an_actor("expert"), subject_id=found.id, data=data)


class TestGrant:
    def test_puts_the_licence_in_force_with_a_certificate(self):
        found = a_licence()
        certificate = documents.current("licence_certificate", found)
        assert found.state == "in_force" and found.number.startswith("ZG-990100-")
        assert certificate.public and documents.content(certificate).startswith(b"%PDF-")
        assert found.valid_until == found.valid_from.replace(year=found.valid_from.year + 3)
        assert queries.licence(found.id, ANONYMOUS).id == found.id

    def test_is_for_another_person_than_the_assessor(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        assert "grant" not in [row.verb for row in available(found, authority)]
        with pytest.raises(NotAllowed):
            execute(licence.grant, actor=authority, subject_id=found.id, data={"reasons": "合格。"})
        data = {"reasons": "合格。"}
        assert (
            execute(licence.grant, actor=colleague(authority), subject_id=found.id, data=data).state
            == "in_force"
        )

    @pytest.mark.parametrize(("days", "duty"), [(-1, "licence_term"), (5000, "licence_term")])
    def test_refuses_an_unlawful_term(self, days, duty):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        last = (clock.today() + timedelta(days=days)).isoformat()
        with pytest.raises(RuleBroken) as refused:
            data = {"reasons": "合格。", "valid_until": last}
            execute(licence.grant, actor=colleague(authority), subject_id=found.id, data=data)
        assert refused.value.duty == f"registry.{duty}"

    def test_takes_a_shorter_term(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        last = clock.today() + timedelta(days=100)
        data = {"reasons": "合格。", "valid_until": last.isoformat()}
        execute(licence.grant, actor=colleague(authority), subject_id=found.id, data=data)
        assert queries.licence_in_force(found.organisation_id, "first_level", last, "990100")
        assert (
            queries.licence_in_force(found.organisation_id, "first_level", last + timedelta(days=1)) is None
        )
        assert queries.licence_in_force(found.organisation_id, "second_level", last) is None


class TestRefuse:
    def test_gives_reasons_and_the_rule(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        execute(licence.refuse, actor=colleague(authority), subject_id=found.id, data=ADVERSE)
        assert (found.state, found.basis) == ("refused", "YN L180")

    def test_needs_the_rule(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        with pytest.raises(InvalidInput):
            execute(licence.refuse, actor=colleague(authority), subject_id=found.id, data={"reasons": "x"})


class TestSuspend:
    def test_takes_its_force_at_once(self):
        found = a_licence()
        execute(licence.suspend, actor=an_authority(), subject_id=found.id, data=ADVERSE)
        assert found.state == "suspended"
        assert queries.licence_in_force(found.organisation_id, "first_level", clock.today()) is None

    def test_is_for_the_authority_of_the_place(self):
        found = a_licence()
        with pytest.raises(NotAllowed):
            execute(licence.suspend, actor=an_authority("530000"), subject_id=found.id, data=ADVERSE)


class TestLift:
    def test_gives_its_force_back(self):
        found = a_licence()
        execute(licence.suspend, actor=an_authority(), subject_id=found.id, data=ADVERSE)
        execute(licence.lift, actor=an_authority(), subject_id=found.id, data={"reasons": "已整改。"})
        assert found.state == "in_force"


class TestRevoke:
    def test_ends_licence_and_certificate(self):
        found = a_licence()
        execute(licence.revoke, actor=an_authority(), subject_id=found.id, data=ADVERSE)
        assert found.state == "revoked"
        assert [row.state for row in documents.documents_of(found)] == ["revoked"]
        with pytest.raises(WrongState):
            execute(licence.revoke, actor=an_authority(), subject_id=found.id, data=ADVERSE)

    def test_minds_no_certificate_that_has_ended_already(self):
        found = a_licence()
        documents.revoke(documents.current("licence_certificate", found), now=clock.now(), reason="x")
        db.session.commit()
        assert (
            execute(licence.revoke, actor=an_authority(), subject_id=found.id, data=ADVERSE).state
            == "revoked"
        )


class TestExpire:
    def test_follows_the_last_day(self):
        found = a_licence()
        with pytest.raises(RuleBroken):
            execute(licence.expire, actor=SYSTEM, subject_id=found.id)
        with later((found.valid_until - clock.today()).days + 1):
            time_passes()
        assert found.state == "expired"


class TestSight:
    def test_hides_an_application_from_competitors(self):
        found = submitted(an_actor("operator"))
        with pytest.raises(NotFound):
            queries.licence(found.id, an_actor("operator"))
        assert queries.licence(found.id, an_actor("expert")).id == found.id

    def test_lists_granted_licences_for_all(self):
        found = a_licence()
        submitted(an_actor("operator"))
        assert [row.id for row in db.session.scalars(queries.operators())] == [found.id]
        assert db.session.scalars(queries.operators(q=found.number, level="second_level")).all() == []
