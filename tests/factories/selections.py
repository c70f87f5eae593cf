"""Plans, selections and bids for tests: each reaches its state by the real commands."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from contracts import reactions  # noqa: F401  seals, ranking and applications follow by reactions
from contracts.commands import bid as bids
from contracts.commands import committee
from contracts.commands import implementation as plans
from contracts.commands import selection as selections
from contracts.models import Bid, BidAssessment, ImplementationPlan, Selection
from contracts.queries import selections as queries
from contracts.vocabulary.selection import PARTS
from kernel import clock
from kernel.actor import Actor
from kernel.command import execute
from tests.factories.accounts import PLACE, an_actor
from tests.factories.contracts import Parties, a_source, parties_of
from tests.factories.registry import colleague
from tests.kept import kept

CRITERIA = [{"name": "能力", "weight": 60}, {"name": "安全", "weight": 40}]
WORDS = {
    "plan": "形成要素并按月更新。",
    "ability": "团队二十人。",
    "security": "三级等保。",
    "offer": "公益产品全部免费；收益分成七成。",
}


@dataclass
class Contest:
    """Who takes part in a selection: the body with two more people, three operators, two assessors."""

    who: Parties
    body: Actor
    second: Actor
    third: Actor
    firms: list[Actor] = field(default_factory=list)
    experts: list[Actor] = field(default_factory=list)
    place: str = PLACE



@kept
def a_contest(place: str = PLACE) -> Contest:
    """The people, and three operators, the first of them licensed."""
    who = parties_of(place)
    body = who.authority
    firms = [who.operator, *(an_actor("operator", jurisdiction=place) for _ in range(2))]
    experts = [an_actor("expert", jurisdiction=place) for _ in range(2)]
    return Contest(who, body, colleague(body), colleague(body), firms, experts, place)


def plan_facts(contest: Contest, **facts: Any) -> dict[str, Any]:
    """What a plan says."""
    resource = facts.pop("resource", None) or a_source(contest.who)
    given = {
        "title": "气象公共数据授权运营实施方案",
        "mode": "by_field",
        "coverage": "气象",
        "resources": [str(resource.id)],
        "purposes": ["public_governance", "industry_development"],
        "term_years": 3,
        "funding_mode": "share_of_income",
        "method": "public_tender",
        "contents": [{"part": part, "text": f"关于{part}的内容。"} for part in PARTS],
    }
    return given | facts


def a_plan(contest: Contest, **facts: Any) -> ImplementationPlan:
    """A drafted plan."""
    return execute(plans.draft, actor=contest.body, data=plan_facts(contest, **facts))


def minutes(**facts: Any) -> dict[str, Any]:
    """An approval by the leadership, yesterday."""
    day = (clock.today() - timedelta(days=1)).isoformat()
    return {"approved": "yes", "meeting": "市政府常务会议", "decided_on": day, "number": "〔2026〕12号"} | facts


@kept
def a_decided_plan(contest: Contest, **facts: Any) -> ImplementationPlan:
    """A plan that was decided collectively."""
    plan = a_plan(contest, **facts)
    execute(plans.submit, actor=contest.body, subject_id=plan.id)
    return execute(plans.record_decision, actor=contest.second, subject_id=plan.id, data=minutes())


def a_selection(contest: Contest, plan: ImplementationPlan | None = None, **facts: Any) -> Selection:
    """A prepared selection; bids are due in thirty days."""
    plan = plan or a_decided_plan(contest, **facts.pop("planned", {}))
    given = {
        "plan_id": str(plan.id),
        "title": "气象公共数据运营机构选择公告",
        "notice": "面向社会选择气象领域运营机构。",
        "conditions": "具备数据治理能力，近三年无数据安全事件。",
        "criteria": CRITERIA,
        "last_day": (clock.today() + timedelta(days=30)).isoformat(),
    }
    return execute(selections.prepare, actor=contest.body, data=given | facts)


@kept
def announced(contest: Contest, **facts: Any) -> Selection:
    """A selection whose notice went out."""
    found = a_selection(contest, **facts)
    return execute(selections.announce, actor=contest.second, subject_id=found.id)


def a_bid(firm: Actor, found: Selection, **facts: Any) -> Bid:
    """A sealed bid."""
    return execute(bids.hand_in, actor=firm, data={**WORDS, "selection_id": str(found.id), **facts})


@kept
def with_bids(contest: Contest, **facts: Any) -> Selection:
    """A selection with a sealed bid of each operator."""
    found = announced(contest, **facts)
    for firm in contest.firms:
        a_bid(firm, found)
    return found


def bids_due(found: Selection) -> Any:
    """The clock just after the last moment for bids."""
    return clock.frozen(found.bids_until + timedelta(minutes=1))


def opened(contest: Contest, found: Selection) -> Selection:
    """The bids opened by two people."""
    for person in (contest.body, contest.second):
        execute(selections.open_, actor=person, subject_id=found.id)
    return found


def a_member(contest: Contest, found: Selection, person: Actor) -> BidAssessment:
    """A named member who declared to be impartial."""
    data = {"selection_id": str(found.id), "assessor": f"{person.user_id}:{person.organisation_id}"}
    member = execute(committee.name_assessor, actor=contest.body, data=data)
    return execute(committee.declare, actor=person, subject_id=member.id, data={"impartial": "yes"})


def points_for(found: Selection, *points: int) -> list[dict[str, Any]]:
    """The same points by every criterion, for each opened bid in the order they came."""
    rows = queries.bids_in(found.id, "opened")
    return [
        {"bid_id": str(row.id), "criterion": one["name"], "points": given}
        for row, given in zip(rows, points, strict=True)
        for one in found.criteria
    ]


def scored(contest: Contest, found: Selection, *points: int) -> Selection:
    """The bids scored by both assessors: the ranking is made."""
    members = [a_member(contest, found, person) for person in contest.experts]
    for person, member in zip(contest.experts, members, strict=True):
        data = {"scores": points_for(found, *points), "opinion": "已逐项评审。"}
        execute(committee.score, actor=person, subject_id=member.id, data=data)
    return found


def result_of(contest: Contest, found: Selection) -> Selection:
    """The best bid announced as the candidate."""
    data = {"bid_id": found.ranking[0]["bid_id"], "reasons": "综合得分最高。"}
    return execute(selections.announce_result, actor=contest.second, subject_id=found.id, data=data)


def awarded(contest: Contest, found: Selection) -> Selection:
    """The selection awarded after its notice: the clock is moved for it."""
    with bids_due(found):
        result_of(contest, scored(contest, opened(contest, found), 90, 80, 70))
    with clock.frozen(found.bids_until + timedelta(days=10)):
        execute(selections.award, actor=contest.third, subject_id=found.id)
    return found
