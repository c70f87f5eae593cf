"""The pages of operators: register, dossier, application, assessment, and what follows on a licence."""

from datetime import timedelta

import pytest

from accounts import queries as accounts
from kernel import clock
from kernel.command import execute
from kernel.db import db
from registry import queries
from registry.commands import licence, notice, recheck, succession
from registry.models import Assessment, Dossier, Licence, LicenceObjection
from tests.factories.accounts import an_actor, organisation_of
from tests.factories.registry import (
    LICENCE,
    PDF,
    SCORES,
    a_dossier,
    a_licence,
    a_naming,
    an_accepted_licence,
    an_assessed_licence,
    an_authority,
    colleague,
    heard,
    impartial,
)
from tests.registry.oversight_steps import FOUND, a_recheck, a_succession, announced, barred
from tests.registry.views_steps import enter, paper, read

pytestmark = pytest.mark.usefixtures("app")
WHY = {"reasons": "经查属实。", "basis": "YN L180"}
URGENT = WHY | {"urgent": True}


def code_of(found):
    return accounts.organisation(found.organisation_id).uscc


class TestRegister:
    def test_lists_operators_for_everybody_in_every_form(self, client):
        found = a_licence()
        assert found.number in read(client, "/operators").text
        assert found.number in client.get("/operators?format=csv").data.decode("utf-8-sig")
        rows = client.get("/operators?format=json").json["items"]
        assert [(row["number"], row["uscc"]) for row in rows] == [(found.number, code_of(found))]
        assert client.get(f"/operators?q={code_of(found)}&format=json").json["total"] == 1

    def test_shows_any_day(self, client):
        found = a_licence()
        before = (clock.today() - timedelta(days=1)).isoformat()
        assert client.get(f"/operators?format=json&on={before}").json["items"] == []
        with clock.frozen(clock.now() + timedelta(days=3)):
            execute(licence.suspend, actor=an_authority(), subject_id=found.id, data=URGENT)
        today = client.get(f"/operators?format=json&on={clock.today().isoformat()}").json
        assert [row["state"] for row in today["items"]] == ["in_force"]
        after = (clock.today() + timedelta(days=3)).isoformat()
        assert [row["state"] for row in client.get(f"/operators?format=json&on={after}").json["items"]] == ["suspended"]
        assert len(db.session.scalars(queries.operators(state="suspended", on=clock.today())).all()) == 0
        assert client.get("/operators?on=soon").status_code == 422
        read(client, f"/operators?on={after}")
        assert client.get(f"/operators?format=csv&on={after}").status_code == 200

    def test_has_a_page_for_each_code(self, client):
        found = a_licence()
        for code in (code_of(found), found.number):
            assert found.scope in read(client, f"/operators/{code}").text
        assert client.get(f"/operators/{code_of(found)}?format=json").json["licences"][0]["number"] == found.number
        read(client, "/operators/nobody", 404)
        read(client, f"/operators/{organisation_of(an_actor('operator')).uscc}", 404)

    def test_leads_from_the_old_code_to_the_new(self, client):
        old, new, authority = an_actor("operator"), an_actor("operator"), an_authority()
        a_licence(old, authority)
        asked = a_succession(new, old)
        execute(succession.approve, actor=authority, subject_id=asked.id, data=WHY)
        page = read(client, f"/operators/{organisation_of(old).uscc}").text
        assert organisation_of(new).uscc in page
        shown = client.get(f"/operators/{organisation_of(old).uscc}?format=json").json
        assert shown["succeeded_by"]["uscc"] == organisation_of(new).uscc
        read(client, f"/operators/{organisation_of(new).uscc}")
        read(client, f"/successions/{asked.id}")

    def test_says_who_is_barred(self, client):
        operator, authority = an_actor("operator"), an_authority()
        a_licence(operator, authority)
        found = barred(authority, operator.organisation_id)
        name = organisation_of(operator).name
        assert name in read(client, "/operators/debarred").text
        assert client.get("/operators/debarred?format=json").json["items"][0]["organisation_name"] == name
        assert name in client.get("/operators/debarred?format=csv").data.decode("utf-8-sig")
        assert client.get("/operators?format=json").json["items"][0]["barred"] is True
        read(client, f"/debarments/{found.id}")
        read(client, f"/operators/{organisation_of(operator).uscc}")


class TestApplications:
    def test_hide_statements_and_papers_from_the_public(self, client):
        found = a_licence()
        text = read(client, f"/licences/{found.id}").text
        assert LICENCE["scope"] in text and LICENCE["technical_condition"] not in text
        assert client.get(f"/licences/{found.id}/papers/business_licence").status_code == 404

    def test_hide_the_points_from_the_applicant(self, client):
        operator = an_actor("operator")
        found = an_assessed_licence(operator)
        text = read(enter(client, operator), f"/licences/{found.id}").text
        assert LICENCE["technical_condition"] in text and "符合条件。" not in text
        assert client.get(f"/licences/{found.id}/papers/business_licence").status_code == 200

    def test_are_prefilled_with_the_last_one(self, client):
        operator = an_actor("operator")
        enter(client, operator)
        read(client, "/licences/new")
        assert client.post("/licences/new", data=LICENCE).status_code == 302
        found = db.session.query(Licence).one()
        read(client, f"/licences/{found.id}")
        read(client, f"/licences/{found.id}/edit")
        read(client, "/licences")
        assert LICENCE["technical_condition"] in read(client, "/licences/new").text
        assert client.post(f"/licences/{found.id}/edit", data={"level": "first_level"}).status_code == 422

    def test_show_everything_to_the_authority(self, client):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        text = read(enter(client, colleague(authority)), f"/licences/{found.id}").text
        assert "符合条件。" in text
        read(client, f"/do/registry.licence.announce/{found.id}")
        read(client, f"/do/registry.assessment.name_assessor?licence_id={found.id}")
        read(client, f"/do/registry.notice.give?licence_id={found.id}")

    def test_offer_the_renewal_in_its_window(self, client):
        operator = an_actor("operator")
        found = a_licence(operator)
        enter(client, operator)
        assert "renews=" not in read(client, f"/licences/{found.id}").text
        found.valid_until = clock.today() + timedelta(days=30)
        db.session.commit()
        assert "renews=" in str(read(client, f"/licences/{found.id}"))
        assert str(found.id) in str(read(client, f"/licences/new?renews={found.id}"))

    def test_can_be_objected_to_while_they_are_announced(self, client):
        found = announced(an_authority())
        read(client, f"/licences/{found.id}")
        read(client, f"/licences/{found.id}/object")
        data = {"licence_id": str(found.id), "name": "李某某", "contact": "1", "grounds": "能力不实。"}
        assert client.post(f"/licences/{found.id}/object", data=data).status_code == 302
        raised = db.session.query(LicenceObjection).one()
        assert "李某某" not in read(client, f"/licence-objections/{raised.receipt}").text
        read(client, "/licence-objections", 302)
        read(client, "/licence-objections/ZY-0", 404)
        enter(client, an_authority())
        assert "李某某" in read(client, f"/licence-objections/{raised.receipt}").text
        read(client, "/licence-objections")
        read(client, f"/licences/{found.id}")


class TestDossiers:
    def test_are_filled_by_their_organisation(self, client):
        operator = an_actor("operator")
        enter(client, operator)
        read(client, "/dossiers")
        read(client, "/dossiers/papers/new?kind=business_licence")
        data = {"kind": "business_licence", "issuer": "市监局", "valid_from": "2026-01-01", "valid_until": clock.today().isoformat(), "file": paper()}
        assert client.post("/dossiers/papers/new", data=data).status_code == 302
        found = db.session.query(Dossier).one()
        read(client, "/dossiers")
        read(client, f"/dossiers/{found.id}")
        held = queries.papers_of(operator.organisation_id)["business_licence"]
        assert client.get(f"/dossiers/{found.id}/papers/{held.id}").status_code == 200
        read(client, "/desk")
        wrong = data | {"file": paper(), "valid_until": "2025-01-01"}
        assert client.post("/dossiers/papers/new", data=wrong).status_code == 422

    def test_are_closed_to_others(self, client):
        found = a_dossier(an_actor("operator"), ("business_licence",))
        read(client, "/dossiers", 302)
        enter(client, an_actor("operator"))
        assert client.get(f"/dossiers/{found.id}").status_code == 404
        enter(client, an_authority())
        read(client, f"/dossiers/{found.id}")


class TestAssessments:
    def test_go_from_the_declaration_to_the_points(self, client):
        authority = an_authority()
        found, expert = an_accepted_licence(authority=authority), an_actor("expert")
        given = a_naming(found, expert, authority)
        enter(client, expert)
        read(client, "/assessments")
        read(client, f"/assessments/{given.id}")
        assert LICENCE["technical_condition"] not in read(client, f"/licences/{found.id}").text
        assert client.get(f"/assessments/{given.id}/score").status_code == 403
        assert client.get(f"/licences/{found.id}/papers/business_licence").status_code == 404
        impartial(given, expert)
        assert LICENCE["technical_condition"] in read(client, f"/assessments/{given.id}/score").text
        assert client.get(f"/licences/{found.id}/papers/business_licence").status_code == 200
        sent = {"opinion": "可。"}
        for place, name in enumerate(SCORES):
            sent |= {f"scores-{place}-criterion": name, f"scores-{place}-points": "90"}
        assert client.post(f"/assessments/{given.id}/score", data={"opinion": "可。"}).status_code == 422
        assert client.post(f"/assessments/{given.id}/score", data=sent).status_code == 302
        assert db.session.query(Assessment).one().state == "scored"
        read(client, f"/assessments/{given.id}")

    def test_are_closed_to_strangers_and_to_who_keeps_out(self, client):
        authority = an_authority()
        found, expert = an_accepted_licence(authority=authority), an_actor("expert")
        given = a_naming(found, expert, authority)
        read(client, "/assessments", 302)
        enter(client, an_actor("expert"))
        assert client.get(f"/assessments/{given.id}").status_code == 404
        enter(client, authority)
        read(client, f"/assessments/{given.id}")
        assert client.get(f"/assessments/{given.id}/score").status_code == 403


class TestCases:
    def test_show_notice_and_reply_to_the_organisation(self, client):
        operator, authority = an_actor("operator"), an_authority()
        found = a_licence(operator, authority)
        given = heard("revoke", authority, found, days=0)
        enter(client, operator)
        read(client, "/notices")
        read(client, f"/notices/{given.id}")
        execute(notice.reply, actor=operator, subject_id=given.id, data={"reply": "已整改。"})
        assert "已整改。" in read(client, f"/notices/{given.id}").text
        enter(client, an_actor("operator"))
        assert client.get(f"/notices/{given.id}").status_code == 404

    def test_show_a_recheck_to_its_sides(self, client):
        operator, authority = an_actor("operator"), an_authority()
        found = a_recheck(authority, operator)
        execute(recheck.find, actor=authority, subject_id=found.id, data=FOUND)
        enter(client, operator)
        read(client, "/rechecks")
        assert "应急预案未演练。" in read(client, f"/rechecks/{found.id}").text
        read(client, f"/do/registry.recheck.report/{found.id}")
        assert client.get(f"/rechecks/{found.id}/evidence").status_code == 404
        execute(recheck.report, actor=operator, subject_id=found.id, data={"report": "已演练。", "evidence": PDF})
        assert client.get(f"/rechecks/{found.id}/evidence").status_code == 200
        read(client, f"/licences/{found.licence_id}")

    def test_show_a_succession_to_its_sides(self, client):
        old, new = an_actor("operator"), an_actor("operator")
        a_licence(old)
        asked = a_succession(new, old)
        enter(client, new)
        read(client, "/successions")
        read(client, f"/successions/{asked.id}")
        assert client.get(f"/successions/{asked.id}/evidence").status_code == 200
        read(client, "/do/registry.succession.apply")
        enter(client, an_actor("buyer"))
        assert client.get(f"/successions/{asked.id}").status_code == 404

    def test_are_lists_for_people_with_an_account(self, client):
        for address in ("/notices", "/rechecks", "/successions"):
            read(client, address, 302)
