"""Plans, selections, consultations and reconsiderations in states that show their own pages."""

from datetime import timedelta
from typing import Any

from contracts.commands import consultation, decision, reconsideration
from contracts.commands import implementation as plans
from kernel import clock
from kernel.command import execute
from tests.factories import contracts, registry, selections
from tests.factories.accounts import an_actor


def leave_selections(made: Any, who: contracts.Parties) -> None:
    """A draft plan; selections in preparation, taking bids, being scored and ranked; a question; a request."""
    reviewer, decider = made.act("reviewer"), made.act("decider")
    firms = [who.operator, an_actor("operator"), an_actor("operator")]
    third = registry.colleague(decider)
    experts = [registry.colleague(decider), registry.colleague(decider)]
    contest = selections.Contest(who, reviewer, decider, third, firms, experts)
    selections.a_plan(contest)
    selections.a_selection(contest)
    selections.a_bid(who.operator, selections.announced(contest))
    with clock.frozen(clock.now() - timedelta(days=40)):
        last = {"last_day": (clock.today() + timedelta(days=25)).isoformat()}
        being_scored, ranked = selections.announced(contest, **last), selections.announced(contest, **last)
        for found in (being_scored, ranked):
            for firm in firms:
                selections.a_bid(firm, found, attachment=registry.PDF)
    selections.a_member(contest, selections.opened(contest, being_scored), decider)
    selections.scored(contest, selections.opened(contest, ranked), 90, 80, 70)
    decided = execute(plans.submit, actor=reviewer, subject_id=selections.a_plan(contest).id)
    told = selections.minutes(minutes=registry.PDF)
    execute(plans.record_decision, actor=decider, subject_id=decided.id, data=told)
    _around_a_decision(who)


def _around_a_decision(who: contracts.Parties) -> None:
    asked = contracts.submitted(contracts.an_application(who), who.operator)
    data = {"application_id": str(asked.id), "body": str(who.agency.organisation_id), "kind": "opinion"}
    execute(consultation.ask, actor=who.authority, data=data | {"question": "是否同意？"})
    refused = contracts.assessed(contracts.submitted(contracts.an_application(who), who.operator), who.authority)
    reasons = {"reasons": "能力不足。", "basis": "WZ36"}
    execute(decision.refuse, actor=who.deputy, subject_id=refused.id, data=reasons)
    told = {"application_id": str(refused.id), "grounds": "评估有误。", "attachment": registry.PDF}
    request = execute(reconsideration.file, actor=who.operator, data=told)
    someone = registry.colleague(who.authority)
    execute(reconsideration.admit, actor=someone, subject_id=request.id)
    outcome = {"outcome": "confirmed", "reasons": "经复核，原决定正确。", "basis": "WZ36"}
    execute(reconsideration.decide, actor=someone, subject_id=request.id, data=outcome)
