"""The private rows between a plan and a right, for the world of `world`: an invited tender, a refused application."""

from typing import Any

from contracts.commands import committee, consultation, decision, reconsideration
from kernel.command import execute
from tests.factories import contracts as made
from tests.factories import selections as make
from tests.factories.accounts import PLACE, an_actor
from tests.factories.registry import an_agency, colleague


def rows(who: Any) -> list[Any]:
    """One row of each kind that only its parties and those who oversee the place may see."""
    return [*_of_a_tender(who), *_of_a_refusal(who)]


def _of_a_tender(who: Any) -> list[Any]:
    body = who.authority
    firms = [who.operator, an_actor("operator"), an_actor("operator")]
    contest = make.Contest(who, body, colleague(body), colleague(body), firms, [an_actor("expert"), an_actor("expert")])
    assert contest.place == PLACE
    plan = make.a_decided_plan(contest, method="invited_tender")
    found = make.announced(contest, plan=plan, invited=[str(firm.organisation_id) for firm in firms])
    bids = [make.a_bid(firm, found) for firm in firms]
    with make.bids_due(found):
        make.result_of(contest, make.scored(contest, make.opened(contest, found), 90, 80, 70))
        data = {"selection_id": str(found.id), "grounds": "评审未按公布标准。"}
        objection = execute(committee.lodge, actor=firms[1], data=data)
    return [plan, found, bids[0], make.queries.members_of(found.id)[0], objection]


def _of_a_refusal(who: Any) -> list[Any]:
    asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
    data = {"application_id": str(asked.id), "body": str(an_agency().organisation_id), "kind": "opinion", "question": "？"}
    question = execute(consultation.ask, actor=who.authority, data=data)
    execute(consultation.withdraw, actor=who.authority, subject_id=question.id)
    reasons = {"reasons": "能力不足。", "basis": "WZ36"}
    execute(decision.refuse, actor=who.deputy, subject_id=asked.id, data=reasons)
    told = {"application_id": str(asked.id), "grounds": "评估有误。"}
    return [question, execute(reconsideration.file, actor=who.operator, data=told)]
