"""How operators are found and applications prepared: plans, sealed bids, questions to agencies, a clock that stands still."""

from datetime import timedelta
from typing import Any

from contracts import queries
from contracts.commands import application, bid, committee, consultation, implementation, selection
from contracts.queries import selections
from kernel import due
from kernel.command import execute
from supervision.cli.demonstration import papers, rights
from supervision.cli.demonstration.people import City
from supervision.cli.demonstration.times import Calendar
from supervision.commands import clocks

BIDDERS = ("operator", "second_operator", "third_operator")
CRITERIA = (("技术条件", 30), ("处理加工能力", 30), ("安全管理", 25), ("服务方案与收益安排", 15))
POINTS = {"operator": 88, "second_operator": 91, "third_operator": 79}
# key: title, mode, coverage, resources, method
PLANS = {
    "outings": ("衡州市防汛出行场景公共数据授权运营实施方案", "by_scenario", "防汛出行", ("weather", "transit"), "public_tender"),
    "markets": ("衡州市市场主体领域公共数据授权运营实施方案", "by_field", "市场主体", ("enterprises",), "public_tender"),
    "transit": ("衡州市公共交通领域公共数据授权运营实施方案", "by_field", "公共交通", ("transit",), "negotiation"),
}  # fmt: skip
CONTENTS = {
    "necessity": "相关部门和企业对数据需求集中，现有供给分散；统一运营可减少重复治理，预计三年惠及用户百万人次。",
    "mode": "按本方案载明的领域或者场景授权，不作整体授权，不设独占。",
    "resource_list": "以随附资源清单为限，均已完成登记；清单变更的，重新履行决策程序。",
    "products": "面向公共治理、公益事业提供免费数据服务，面向行业发展提供指数、核验和预测类产品。",
    "operator_conditions": "具备数据治理、加工和安全保障能力，近三年无数据安全事件；以公平竞争方式确定。",
    "term": "三年。期满前六十日可以依规申请续期，累计不超过五年。",
    "safeguards": "依托市级公共数据平台加工，原始数据不出域；三级等保，全程留痕；不涉及个人信息。",
    "cost_and_price": "投入由运营机构承担；公益用途免费，行业用途在最高准许收入内定价，收益按约定分配。",
    "supervision_and_exit": "按年评估并公开结果；出现重大安全事件或者评估不合格的，依约退出并销毁数据。",
}
OFFERS = {
    "plan": "六个月内完成要素化治理，之后按月更新；首年交付产品六项，其中公益产品三项。",
    "ability": "数据治理团队三十人，自有加工平台，已服务政务项目九个。",
    "security": "等级保护三级，商用密码评估通过；专人专机，全程留痕。",
    "offer": "公益产品全部免费；行业产品收入的三成用于数据治理和上缴。",
}


def select_operators(city: City, times: Calendar) -> None:
    """One plan waits for its collective decision, one selection takes bids, one is being assessed."""
    _assess_bids(city, times)
    _take_bids(city, times)
    with times.ago(3):
        _plan(city, "transit")


def _plan(city: City, key: str) -> Any:
    title, mode, coverage, resources, method = PLANS[key]
    facts = {
        "title": title,
        "mode": mode,
        "coverage": coverage,
        "resources": [str(city.made["resources"][name].id) for name in resources],
        "purposes": rights.PURPOSES,
        "term_years": 3,
        "funding_mode": "share_of_income",
        "method": method,
        "contents": [{"part": part, "text": text} for part, text in CONTENTS.items()],
    }
    made = execute(implementation.draft, actor=city.act("reviewer"), data=facts)
    return execute(implementation.submit, actor=city.act("reviewer"), subject_id=made.id)


def _decide(city: City, times: Calendar, plan: Any, number: str, days: int) -> None:
    facts = {
        "approved": "yes",
        "meeting": "衡州市数据局党组会议",
        "decided_on": (times.today - timedelta(days=days)).isoformat(),
        "number": number,
        "note": "原则同意，按程序组织实施。",
        "minutes": papers.paper("会议纪要", f"{number}：审议通过{plan.title}。"),
    }
    execute(implementation.record_decision, actor=city.act("decider"), subject_id=plan.id, data=facts)


def _announce(city: City, times: Calendar, plan: Any, last: int) -> Any:
    """The notice of a selection; bids are due so many days after today."""
    facts = {
        "plan_id": str(plan.id),
        "title": plan.title.removesuffix("实施方案") + "机构选择公告",
        "notice": f"面向社会公开选择{plan.coverage}公共数据的运营机构一家，授权期限三年，数据范围见实施方案。",
        "conditions": "依法设立的法人；具备数据治理和安全保障能力；近三年无数据安全事件和严重失信记录。",
        "criteria": [{"name": name, "weight": weight} for name, weight in CRITERIA],
        "last_day": (times.today + timedelta(days=last)).isoformat(),
    }
    found = execute(selection.prepare, actor=city.act("reviewer"), data=facts)
    return execute(selection.announce, actor=city.act("decider"), subject_id=found.id)


def _bid(city: City, who: str, found: Any) -> None:
    file = papers.paper("投标文件附件", "治理方案、团队名单和业绩证明见正文。")
    data = OFFERS | {"selection_id": str(found.id), "attachment": file}
    execute(bid.hand_in, actor=city.act(who), data=data)


def _assess_bids(city: City, times: Calendar) -> None:
    """Three bids were opened by two people; one member of the committee has scored, the other has still to."""
    with times.ago(50):
        plan = _plan(city, "outings")
    with times.ago(48):
        _decide(city, times, plan, "衡数党纪〔2026〕18号", 49)
    with times.ago(45):
        found = _announce(city, times, plan, -16)
    for days, who in zip((24, 19, 17), BIDDERS, strict=True):
        with times.ago(days):
            _bid(city, who, found)
    with times.ago(15):
        for who in ("reviewer", "decider"):
            execute(selection.open_, actor=city.act(who), subject_id=found.id)
    members = {}
    with times.ago(14):
        for who in ("assessor", "second_assessor"):
            chosen = city.act(who)
            named = {"selection_id": str(found.id), "assessor": f"{chosen.user_id}:{chosen.organisation_id}"}
            members[who] = execute(committee.name_assessor, actor=city.act("decider"), data=named)
    with times.ago(13):
        for who, member in members.items():
            declared = {"impartial": "yes"}
            execute(committee.declare, actor=city.act(who), subject_id=member.id, data=declared)
    with times.ago(6):
        _score(city, found, "second_assessor", members["second_assessor"])


def _score(city: City, found: Any, who: str, member: Any) -> None:
    firms = {city.organisations[key].id: points for key, points in POINTS.items()}
    scores = [
        {"bid_id": str(row.id), "criterion": name, "points": firms[row.bidder_id]}
        for row in selections.bids_in(found.id, "opened")
        for name, _weight in CRITERIA
    ]
    data = {"scores": scores, "opinion": "三家均具备基本条件；第二家治理方案和安全措施更为具体。"}
    execute(committee.score, actor=city.act(who), subject_id=member.id, data=data)


def _take_bids(city: City, times: Calendar) -> None:
    """A notice that runs: who has handed in a bid is known to the bidder alone."""
    with times.ago(9):
        plan = _plan(city, "markets")
    with times.ago(7):
        _decide(city, times, plan, "衡数党纪〔2026〕25号", 8)
    with times.ago(4):
        found = _announce(city, times, plan, 24)
    with times.ago(1):
        _bid(city, "operator", found)


def prepare_decision(city: City, times: Calendar) -> None:
    """An application on which agencies are asked, and whose clock was stopped, lengthened and stopped again."""
    with times.ago(26):
        asked = {
            "level": "first_level",
            "title": "衡州市气象数据出行服务一级开发",
            "sources": [str(city.made["resources"]["weather"].id)],
            "funding_mode": "share_of_income",
            "purposes": rights.PURPOSES,
        }
        found = rights.apply(city, "second_operator", asked, years=3)
    with times.ago(24):
        execute(application.accept, actor=city.act("reviewer"), subject_id=found.id)
        first = _ask(city, found, "agency0", "该资源由你单位提供，是否同意交由第二家机构开发？")
    with times.ago(15):
        said = {"answer": "agrees_on_conditions", "text": "同意；须与第一家同等条件，并注明观测站点和时次。"}
        execute(consultation.answer, actor=city.act("agency0_apply"), subject_id=first.id, data=said)
    _stop_and_go(city, times, found)
    with times.ago(2):
        _ask(city, found, "agency1", "拟用于公交调度和出行提示，请就数据用途和接口安全提出意见。")


def _ask(city: City, found: Any, agency: str, question: str) -> Any:
    data = {"application_id": str(found.id), "body": city.id_of(agency), "kind": "opinion", "question": question}
    return execute(consultation.ask, actor=city.act("reviewer"), data=data)


def _stop_and_go(city: City, times: Calendar, found: Any) -> None:
    """The clock of the assessment: stopped for an expert review, lengthened by somebody else, stopped again."""
    clock_id = next(row.id for row in due.running_of(queries.application(found.id)) if row.name == "assessment")
    with times.ago(20):
        _pause(city, times, clock_id, "expert_review", "委托专家委员会评审接口安全方案。", 20)
    with times.ago(12):
        execute(clocks.resume, actor=city.act("reviewer"), subject_id=clock_id)
    with times.ago(9):
        wanted = {"days": 5, "reasons": "两家机构同一数据的收益安排需要比对测算。"}
        execute(clocks.ask_extension, actor=city.act("reviewer"), subject_id=clock_id, data=wanted)
    with times.ago(8):
        execute(clocks.approve_extension, actor=city.act("decider"), subject_id=clock_id)
    with times.ago(3):
        _pause(city, times, clock_id, "applicant", "申请人申请补充出行服务的安全评估材料。", 4)


def _pause(city: City, times: Calendar, clock_id: Any, cause: str, explanation: str, days: int) -> None:
    data = {
        "cause": cause,
        "explanation": explanation,
        "served_on": (times.today - timedelta(days=days)).isoformat(),
        "proof": "送达回证，申请人授权代表签收。",
    }
    execute(clocks.pause, actor=city.act("reviewer"), subject_id=clock_id, data=data)
