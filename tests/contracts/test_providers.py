"""Service providers: reviewed, bound by two agreements, without power, and gone with everything revoked."""

import io
from types import SimpleNamespace as Row

import pytest

from accounts import queries as accounts
from contracts import queries, reactions
from contracts.commands import provider
from contracts.models import Outsourcing
from contracts.permissions import provider_itself, reviewer_of_exit
from kernel import clock, documents
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from tests.contracts.provider_steps import (
    PDF,
    Sides,
    assigned,
    concluded,
    deleted,
    described,
    exiting,
    in_force,
    reviewed,
    sign,
)
from tests.factories.accounts import a_code, an_actor, an_organisation, sign_in

pytestmark = pytest.mark.usefixtures("app")


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
