"""The pages from the plan to the right, as each role sees them."""

import io

import pytest

from accounts.queries import person
from contracts.queries import selections as found_by
from kernel.db import db
from tests.accounts.pages import check
from tests.factories import contracts as made
from tests.factories import selections as make
from tests.factories.accounts import sign_in
from tests.factories.registry import PDF, an_agency


@pytest.fixture
def contest(app) -> make.Contest:
    """A body with three people, three operators, two experts."""
    return make.a_contest()


@pytest.fixture
def browse(app):
    """A browser signed in as somebody: `browse(actor)`."""

    def signed_in(actor):
        client = app.test_client()
        sign_in(client, person(actor.user_id))
        return client

    return signed_in


class TestPlanPages:
    def test_lead_from_the_form_to_the_decision(self, contest, browse) -> None:
        client = browse(contest.body)
        check(client.get("/plans"))
        check(client.get("/plans/new"))
        facts = make.plan_facts(contest)
        typed = {name: value for name, value in facts.items() if name != "contents"}
        for number, row in enumerate(facts["contents"]):
            typed |= {f"contents-{number}-part": row["part"], f"contents-{number}-text": row["text"]}
        answer = client.post("/plans/new", data=typed)
        assert answer.status_code == 302, answer.text
        address = answer.headers["Location"]
        assert "气象" in check(client.get(address))
        check(client.get(f"{address}/edit"))
        plan = db.session.scalars(found_by.plans(contest.body)).one()
        assert plan.contents["necessity"] == "关于necessity的内容。"
        assert client.post(f"/do/contracts.plan.submit/{plan.id}").status_code == 302
        decision = make.minutes() | {"minutes": (io.BytesIO(PDF.content), "纪要.pdf")}
        second = browse(contest.second)
        assert second.post(f"/do/contracts.plan.record_decision/{plan.id}", data=decision).status_code == 302
        assert "12号" in check(second.get(address))
        assert second.get(f"{address}/minutes").data == PDF.content
        check(client.get(f"/selections/new?plan_id={plan.id}"))
        assert client.get("/plans?format=csv").status_code == 200

    def test_are_not_there_for_others(self, contest, browse) -> None:
        plan = make.a_plan(contest)
        client = browse(contest.firms[0])
        assert client.get(f"/plans/{plan.id}").status_code == 404
        assert client.get("/plans/new").status_code == 403


class TestSelectionPages:
    def test_show_the_notice_to_everybody_and_no_bid_to_anybody(self, contest, browse, client) -> None:
        found = make.with_bids(contest)
        assert found.title in check(client.get("/selections"))
        page = check(client.get(f"/selections/{found.id}"))
        inside = check(browse(contest.body).get(f"/selections/{found.id}"))
        bid = found_by.bids_in(found.id, "sealed")[0]
        for shown in (page, inside):
            assert bid.subject_name not in shown and str(bid.id) not in shown
        mine = browse(contest.firms[0])
        assert bid.seal in check(mine.get(f"/bids/{bid.id}"))
        check(mine.get(f"/selections/{found.id}/bid"))
        assert mine.post(f"/selections/{found.id}/bid", data=make.WORDS | {"selection_id": str(found.id)}).status_code == 409
        assert browse(contest.body).get(f"/bids/{bid.id}").status_code == 404
        assert browse(contest.firms[1]).get(f"/bids/{bid.id}").status_code == 404

    def test_lead_from_the_scores_to_the_result(self, contest, browse) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            make.opened(contest, found)
            body = browse(contest.body)
            check(body.get(f"/do/contracts.bid_assessment.name_assessor?selection_id={found.id}"))
            members = [make.a_member(contest, found, expert) for expert in contest.experts]
            for expert, member in zip(contest.experts, members, strict=True):
                scorer = browse(expert)
                check(scorer.get(f"/committee/{member.id}"))
                check(scorer.get(f"/committee/{member.id}/score"))
                typed = {"opinion": "评审。"}
                for number, row in enumerate(make.points_for(found, 90, 80, 70)):
                    typed |= {f"scores-{number}-{name}": value for name, value in row.items()}
                assert scorer.post(f"/committee/{member.id}/score", data=typed).status_code == 302
            second = browse(contest.second)
            check(second.get(f"/selections/{found.id}/result"))
            best = {"bid_id": found_by.selection(found.id).ranking[0]["bid_id"], "reasons": "得分最高。"}
            assert second.post(f"/selections/{found.id}/result", data=best).status_code == 302
            assert "90.00" in check(second.get(f"/selections/{found.id}"))
            check(browse(contest.firms[1]).get(f"/do/contracts.selection_objection.lodge?selection_id={found.id}"))


class TestConsultationPages:
    def test_ask_and_answer(self, contest, browse) -> None:
        who = contest.who
        asked = made.submitted(made.an_application(who), who.operator)
        agency = an_agency()
        client = browse(who.authority)
        check(client.get(f"/applications/{asked.id}/ask"))
        data = {"application_id": str(asked.id), "body": str(agency.organisation_id), "kind": "opinion", "question": "？"}
        answer = client.post(f"/applications/{asked.id}/ask", data=data)
        assert answer.status_code == 302, answer.text
        check(browse(agency).get(answer.headers["Location"]))
        check(browse(who.operator).get(f"/applications/{asked.id}"))


class TestSectionPages:
    def test_fill_in_an_application_step_by_step(self, contest, browse) -> None:
        client = browse(contest.who.operator)
        resource = made.a_source(contest.who)
        check(client.get("/applications/begin?level=first_level"))
        begun = {"level": "first_level", "title": "雨量要素", "sources": [str(resource.id)]}
        address = client.post("/applications/begin", data=begun).headers["Location"]
        assert "雨量要素" in check(client.get(address))
        for section in ("scope", "purpose", "plan", "ability", "security", "term", "funding", "files"):
            check(client.get(f"{address}/sections/{section}"))
        assert client.get(f"{address}/sections/else").status_code == 404
        typed = {"section": "purpose", "purpose_text": "防汛。"}
        assert client.post(f"{address}/sections/purpose", data=typed).status_code == 302
