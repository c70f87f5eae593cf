"""Service providers: reviewed, bound by two agreements, without power, and gone with everything revoked."""

import io
import uuid
from datetime import date, timedelta
from types import SimpleNamespace as Row

import pytest

from accounts import queries as accounts
from accounts.commands import mandate as mandates
from accounts.models import Membership
from contracts import queries, reactions
from contracts.commands import agreement, provider
from contracts.models import Outsourcing
from contracts.permissions import provider_itself, reviewer_of_exit
from contracts.reactions.provider import outsourcing_that_ends
from contracts.rules import provider as law
from kernel import clock, documents, due
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from tests.factories.accounts import PASSWORD, a_code, a_member, acting, an_actor, an_organisation, sign_in

pytestmark = pytest.mark.usefixtures("app")
PDF = File("plan.pdf", b"%PDF-1.7\nA plan.\n%%EOF\n")
ME, OTHER = uuid.uuid4(), uuid.uuid4()


class Sides:
    """A body with two officers, and a provider."""

    def __init__(self, place="990100", roles=("agency",)):
        self.body = an_organisation(*roles, jurisdiction=place)
        self.officer, self.second = (acting(a_member(self.body), self.body) for _ in range(2))
        self.firm = an_organisation("operator", jurisdiction=place)
        self.provider = acting(a_member(self.firm), self.firm)

    def words(self, **facts):
        return {
            "provider_uscc": self.firm.uscc,
            "title": "政务数据平台运维",
            "tasks": "平台运行维护与数据清洗。",
            "data_scope": "平台全部库表。",
            "standards": "按运维规范执行。",
            "measures": "堡垒机、全程录屏。",
            "breach": "违约金二十万元并赔偿损失。",
            "starts_on": clock.today().isoformat(),
            "ends_on": (clock.today() + timedelta(days=365)).isoformat(),
            **facts,
        }


def described(sides, **facts):
    return execute(provider.describe, actor=sides.officer, data=sides.words(**facts))


def reviewed(sides, passed="yes", **facts):
    found = described(sides, **facts)
    data = {"passed": passed, "findings": "资质齐全。", "report": PDF}
    return execute(provider.review, actor=sides.second, subject_id=found.id, data=data)


def concluded(sides, **facts):
    return execute(provider.conclude, actor=sides.officer, subject_id=reviewed(sides, **facts).id)


def sign(text, signer):
    kept = queries.document_of(text)
    data = {"document_sha256": kept.sha256, "password": PASSWORD}
    return execute(agreement.sign, actor=signer, subject_id=text.id, data=data)


def in_force(sides, **facts):
    found = concluded(sides, **facts)
    for text in queries.agreements_of_outsourcing(found.id):
        sign(text, sides.officer)
        sign(text, sides.provider)
    return found


def worker(sides, mandates=()):
    """Somebody of the provider with an account in the body."""
    person = a_member(sides.body, mandates=mandates)
    return db.session.query(Membership).filter_by(person_id=person.id, organisation_id=sides.body.id).one()


def assigned(sides, found, mandates=()):
    membership = worker(sides, mandates)
    data = {"membership_id": str(membership.id), "post": "数据库运维"}
    execute(provider.assign, actor=sides.officer, subject_id=found.id, data=data)
    return membership


def exiting(sides, found):
    return execute(provider.end, actor=sides.officer, subject_id=found.id, data={"reason": "合同到期。"})


def deleted(sides, found):
    execute(provider.revoke_access, actor=sides.officer, subject_id=found.id)
    data = {"method": "overwriting", "media": "备份磁盘两块。", "proof": PDF}
    return execute(provider.prove_deletion, actor=sides.provider, subject_id=found.id, data=data)


class TestOutsourcingDescribe:
    def test_writes_down_what_is_given_to_whom(self):
        sides = Sides()
        found = described(sides, plan=PDF)
        assert (found.state, found.provider_id, found.plan["sha256"]) == ("described", sides.firm.id, PDF.sha256)

    def test_is_for_bodies_that_manage_data(self):
        sides = Sides()
        with pytest.raises(NotAllowed):
            execute(provider.describe, actor=sides.provider, data=sides.words())

    def test_refuses_an_unknown_or_managing_provider_and_a_term_upside_down(self):
        sides = Sides()
        with pytest.raises(InvalidInput):
            described(sides, provider_uscc=a_code())
        with pytest.raises(RuleBroken):
            described(sides, provider_uscc=an_organisation("agency").uscc)
        with pytest.raises(RuleBroken):
            described(sides, ends_on="2020-01-01")


class TestOutsourcingAmend:
    def test_changes_it_before_the_review(self):
        sides = Sides()
        found = described(sides, plan=PDF)
        execute(provider.amend, actor=sides.second, subject_id=found.id, data=sides.words(title="平台升级"))
        assert (found.title, found.plan["name"]) == ("平台升级", "plan.pdf")


class TestOutsourcingReview:
    def test_is_for_another_person_than_the_describer(self):
        sides = Sides()
        found = described(sides)
        with pytest.raises(NotAllowed):
            execute(provider.review, actor=sides.officer, subject_id=found.id, data={"passed": "yes", "findings": "x"})
        assert reviewed(sides).state == "reviewed"

    def test_may_end_it(self):
        assert reviewed(Sides(), passed="no").state == "rejected"


class TestOutsourcingConclude:
    def test_draws_up_both_agreements(self):
        sides = Sides()
        found = concluded(sides)
        texts = queries.agreements_of_outsourcing(found.id)
        assert [row.kind for row in texts] == ["outsourcing_service", "outsourcing_security"]
        assert documents.content(queries.document_of(texts[1])).startswith(b"%PDF-")

    def test_needs_the_review_where_the_rules_ask_for_it(self):
        sides = Sides()
        found = described(sides)
        with pytest.raises(RuleBroken) as refused:
            execute(provider.conclude, actor=sides.officer, subject_id=found.id)
        assert refused.value.duty == "contracts.provider_was_reviewed"

    @pytest.mark.parametrize(
        ("place", "facts", "duty", "kinds"),
        [
            ("510100", {}, "provider_has_a_plan", None),
            ("510100", {"plan": PDF}, None, ["outsourcing_service", "outsourcing_security"]),
            ("530000", {"standards": ""}, "work_has_standards", None),
            ("530000", {}, None, ["outsourcing_service", "outsourcing_security"]),
            ("441900", {}, None, ["outsourcing_service"]),
        ],
    )
    def test_asks_what_each_place_asks(self, place, facts, duty, kinds):
        sides = Sides(place)
        found = described(sides, **facts)
        if duty:
            with pytest.raises(RuleBroken) as refused:
                execute(provider.conclude, actor=sides.officer, subject_id=found.id)
            assert refused.value.duty == f"contracts.{duty}"
        else:
            execute(provider.conclude, actor=sides.officer, subject_id=found.id)
            assert [row.kind for row in queries.agreements_of_outsourcing(found.id)] == kinds


class TestOutsourcingComeIntoForce:
    def test_follows_the_last_signature(self):
        sides = Sides()
        found = concluded(sides)
        service, security = queries.agreements_of_outsourcing(found.id)
        sign(service, sides.officer)
        sign(service, sides.provider)
        assert found.state == "awaiting_signature"
        sign(security, sides.provider)
        sign(security, sides.officer)
        assert found.state == "in_force"
        with pytest.raises(NotAllowed):
            execute(provider.come_into_force, actor=sides.officer, subject_id=found.id)


class TestOutsourcingWithdraw:
    def test_lets_its_texts_lapse(self):
        sides = Sides()
        found = concluded(sides)
        execute(provider.withdraw, actor=sides.officer, subject_id=found.id)
        assert found.state == "withdrawn"
        assert {row.state for row in queries.agreements_of_outsourcing(found.id)} == {"lapsed"}


class TestOutsourcingAssign:
    def test_notes_the_provider_s_people(self):
        sides = Sides()
        found = in_force(sides)
        membership = assigned(sides, found)
        assert [row["membership_id"] for row in found.people] == [str(membership.id)]
        with pytest.raises(Conflict):
            execute(provider.assign, actor=sides.officer, subject_id=found.id, data={"membership_id": str(membership.id), "post": "x"})

    def test_refuses_power_and_own_access(self):
        sides = Sides()
        found = in_force(sides)
        for held in (("decide",), ("apply",)):
            with pytest.raises(RuleBroken) as refused:
                assigned(sides, found, held)
            assert refused.value.duty == "contracts.provider_has_no_power"
        stranger = a_member(sides.firm)
        other = db.session.query(Membership).filter_by(person_id=stranger.id).one()
        with pytest.raises(InvalidInput):
            execute(provider.assign, actor=sides.officer, subject_id=found.id, data={"membership_id": str(other.id), "post": "x"})

    def test_refuses_a_mandate_that_comes_later(self):
        sides = Sides("640300")
        found = in_force(sides)
        membership = assigned(sides, found, ("apply",))
        facts = {"membership_id": str(membership.id), "starts_on": clock.today().isoformat()}
        facts |= {"ends_on": (clock.today() + timedelta(days=30)).isoformat()}
        with pytest.raises(RuleBroken):
            execute(mandates.grant, actor=sides.officer, data=facts | {"kind": "decide"})
        execute(mandates.grant, actor=sides.officer, data=facts | {"kind": "be_served"})


class TestOutsourcingRecordTest:
    def test_starts_the_clock_of_the_next_one(self):
        sides = Sides("510100")
        found = execute(provider.conclude, actor=sides.officer, subject_id=described(sides, plan=PDF).id)
        for text in queries.agreements_of_outsourcing(found.id):
            sign(text, sides.officer)
            sign(text, sides.provider)
        assert [row.name for row in due.running_of(found)] == ["provider_test"]
        data = {"kind": "drill", "on": clock.today().isoformat(), "result": "合格。", "report": PDF}
        execute(provider.record_test, actor=sides.provider, subject_id=found.id, data=data)
        assert len(found.tests) == 1 and len(due.clocks_of(found)) == 2
        later = (clock.today() + timedelta(days=1)).isoformat()
        with pytest.raises(InvalidInput):
            execute(provider.record_test, actor=sides.provider, subject_id=found.id, data=data | {"on": later})


class TestOutsourcingEnd:
    def test_ends_the_agreements_and_starts_the_clock(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        assert found.state == "exiting"
        assert {row.state for row in queries.agreements_of_outsourcing(found.id)} == {"terminated"}
        assert [row.name for row in due.running_of(found)] == ["provider_exit"]

    def test_comes_with_the_last_day(self):
        found = in_force(Sides())
        assert list(outsourcing_that_ends(clock.today())) == []
        with clock.frozen(clock.now() + timedelta(days=366)):
            for command, subject_id, data in outsourcing_that_ends(clock.today()):
                execute(command, actor=SYSTEM, subject_id=subject_id, data=data)
        assert found.state == "exiting"


class TestOutsourcingRevokeAccess:
    def test_really_ends_the_accounts(self):
        sides = Sides()
        found = in_force(sides)
        membership = assigned(sides, found)
        person = accounts.person(membership.person_id)
        assert accounts.actor_for(person, sides.body, clock.today()).organisation_id == sides.body.id
        exiting(sides, found)
        execute(provider.revoke_access, actor=sides.officer, subject_id=found.id)
        assert membership.state == "ended" and found.people[0]["until"] == clock.today().isoformat()
        assert accounts.actor_for(person, sides.body, clock.today()).organisation_id is None


class TestOutsourcingProveDeletion:
    def test_follows_the_revocation(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        data = {"method": "destruction", "media": "磁盘。", "proof": PDF}
        with pytest.raises(RuleBroken):
            execute(provider.prove_deletion, actor=sides.provider, subject_id=found.id, data=data)
        assert deleted(sides, found).deletion["proof"]["sha256"] == PDF.sha256

    def test_knows_irreversible_ways_only(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        with pytest.raises(InvalidInput):
            execute(provider.prove_deletion, actor=sides.officer, subject_id=found.id, data={"method": "recycle_bin", "media": "x", "proof": PDF})


class TestOutsourcingOverseeDeletion:
    def test_is_for_another_officer_never_of_the_provider(self):
        sides = Sides()
        found = deleted(sides, exiting(sides, in_force(sides)))
        with pytest.raises(NotAllowed):
            execute(provider.oversee_deletion, actor=sides.provider, subject_id=found.id, data={"note": "x"})
        execute(provider.oversee_deletion, actor=sides.second, subject_id=found.id, data={"note": "现场监督。"})
        assert found.overseen["note"] == "现场监督。"

    def test_is_not_for_who_entered_it(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        execute(provider.revoke_access, actor=sides.officer, subject_id=found.id)
        assert "oversee_deletion" not in [row.verb for row in available(found, sides.second)]
        data = {"method": "overwriting", "media": "x", "proof": PDF}
        execute(provider.prove_deletion, actor=sides.officer, subject_id=found.id, data=data)
        with pytest.raises(NotAllowed):
            execute(provider.oversee_deletion, actor=sides.officer, subject_id=found.id, data={"note": "x"})


class TestOutsourcingClose:
    def test_needs_the_whole_checklist(self):
        sides = Sides()
        found = exiting(sides, in_force(sides))
        for step in (lambda: None, lambda: deleted(sides, found)):
            step()
            with pytest.raises(RuleBroken) as refused:
                execute(provider.close, actor=sides.officer, subject_id=found.id)
            assert refused.value.duty == "contracts.exit_is_complete"
        execute(provider.oversee_deletion, actor=sides.second, subject_id=found.id, data={"note": "x"})
        assert execute(provider.close, actor=sides.officer, subject_id=found.id).state == "closed"
        with pytest.raises(WrongState):
            execute(provider.close, actor=sides.officer, subject_id=found.id)


class TestSight:
    def test_is_for_the_two_sides_and_who_oversees(self):
        sides = Sides()
        found = described(sides)
        for actor in (sides.officer, sides.provider, an_actor("authority"), an_actor("auditor")):
            assert queries.seen(actor, Outsourcing, found.id).id == found.id
        for actor in (an_actor("agency"), an_actor("authority", jurisdiction="530000")):
            with pytest.raises(NotFound):
                queries.seen(actor, Outsourcing, found.id)
        name = sides.firm.name
        assert len(db.session.scalars(queries.outsourcings(sides.officer, q=name, state="described")).all()) == 1
        assert reactions.provider


class TestPages:
    def test_show_it_from_plan_to_exit(self, client):
        sides = Sides()
        sign_in(client, accounts.person(sides.officer.user_id))
        assert client.get("/outsourcings/new").status_code == 200
        data = sides.words() | {"plan": (io.BytesIO(PDF.content), "plan.pdf")}
        assert client.post("/outsourcings/new", data=data).status_code == 302
        drafted = db.session.query(Outsourcing).one()
        assert client.get(f"/outsourcings/{drafted.id}/edit").status_code == 200
        assert client.get(f"/outsourcings/{drafted.id}/files/plan").status_code == 200
        assert client.get(f"/outsourcings/{drafted.id}/files/review").status_code == 404
        found = in_force(sides)
        assigned(sides, found)
        record = {"kind": "drill", "on": clock.today().isoformat(), "result": "合格。", "report": PDF}
        execute(provider.record_test, actor=sides.officer, subject_id=found.id, data=record)
        assert client.get(f"/outsourcings/{found.id}/tests/1").status_code == 200
        assert client.get(f"/outsourcings/{found.id}/tests/2").status_code == 404
        deleted(sides, exiting(sides, found))
        for address in ("/outsourcings", f"/outsourcings/{found.id}", f"/outsourcings/{drafted.id}", "/desk", "/outsourcings?format=csv"):
            for language in ("zh", "en"):
                joined = f"{address}{'&' if '?' in address else '?'}lang={language}"
                assert client.get(joined).status_code == 200, address
        text = queries.agreements_of_outsourcing(found.id)[0]
        assert client.get(f"/agreements/{text.id}").status_code == 200


class TestPermissions:
    def test_keep_provider_and_overseer_apart(self):
        sides = Sides()
        row = Row(provider_id=sides.firm.id, body_id=sides.body.id, jurisdiction="990100")
        assert provider_itself(sides.provider, row) and not provider_itself(sides.officer, row)
        assert reviewer_of_exit(sides.officer, row) and not reviewer_of_exit(sides.provider, row)


def refused(duty, *facts):
    with pytest.raises(RuleBroken) as error:
        duty(*facts)
    return error.value


class TestProviderIsAnother:
    def test_and_of_the_operating_side(self):
        law.provider_is_another(ME, OTHER, "operating")
        assert refused(law.provider_is_another, ME, ME, "operating").ids == ("P05",)
        refused(law.provider_is_another, ME, OTHER, "managing")


class TestProviderWasReviewed:
    def test_where_asked(self):
        law.provider_was_reviewed(False, False)
        refused(law.provider_was_reviewed, True, False)


class TestProviderHasAPlan:
    def test_where_asked(self):
        law.provider_has_a_plan(False, False)
        refused(law.provider_has_a_plan, True, False)


class TestWorkHasStandards:
    def test_where_asked(self):
        law.work_has_standards(False, "", "")
        law.work_has_standards(True, "x", "y")
        refused(law.work_has_standards, True, "x", " ")


class TestProviderHasNoPower:
    def test_anywhere_and_no_access_where_barred(self):
        law.provider_has_no_power(["apply"], False)
        law.provider_has_no_power([], True)
        refused(law.provider_has_no_power, ["sign"], False)
        refused(law.provider_has_no_power, ["apply"], True)


class TestDeletionFollowsRevocation:
    def test_in_that_order(self):
        law.deletion_follows_revocation(True)
        refused(law.deletion_follows_revocation, False)


class TestAnotherOfficerOversees:
    def test_than_who_entered_it(self):
        law.another_officer_oversees(None, ME)
        law.another_officer_oversees(OTHER, ME)
        refused(law.another_officer_oversees, ME, ME)


class TestExitIsComplete:
    def test_with_everything_done(self):
        law.exit_is_complete(True, False, False)
        law.exit_is_complete(True, True, True)
        refused(law.exit_is_complete, False, False, False)
        refused(law.exit_is_complete, True, True, False)


class TestOutsourcingHasATerm:
    def test_that_is_not_upside_down(self):
        law.outsourcing_has_a_term(date(2026, 1, 1), date(2026, 1, 1))
        refused(law.outsourcing_has_a_term, date(2026, 1, 2), date(2026, 1, 1))
