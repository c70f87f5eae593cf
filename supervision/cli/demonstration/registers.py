"""Resources, registrations and licences of the demonstration."""

import hashlib
from typing import Any

from kernel.command import execute
from registry import queries
from registry.commands import assessment, dossier, licence, registration, resource
from supervision.cli.demonstration import papers
from supervision.cli.demonstration.people import City
from supervision.cli.demonstration.times import Calendar

# key, title, holder, entries it is made of, scenario
RESOURCES = [
    ("weather", "衡州市气象观测数据资源", "agency0", ("自动气象站逐小时雨量", "自动气象站逐小时气温", "自动气象站逐小时风速风向"), "防汛调度、农业保险、物流运输"),
    ("transit", "衡州市公共交通运行数据资源", "agency1", ("公交线路与站点", "公交刷卡客流统计", "公共停车场分布"), "客流分析、商业选址、出行服务"),
    ("enterprises", "衡州市企业登记数据资源", "agency2", ("企业登记基本信息", "经营异常名录", "个体工商户登记统计"), "信贷风控、招商服务"),
    ("farming", "衡州市农业生产数据资源", "agency7", ("主要农产品产地批发价格", "农作物播种面积", "病虫害发生预报"), "农业保险、产销对接"),
]  # fmt: skip
LICENSED = [
    ("operator", "first_level", "气象、交通、市场主体领域公共数据的治理与一级开发"),
    ("second_operator", "first_level", "交通领域公共数据的治理与一级开发"),
    ("developer", "second_level", "气象、交通数据要素的二级开发"),
    ("second_developer", "second_level", "农业气象数据要素的二级开发"),
]
SCORED = {
    "scores": [
        {"criterion": "purpose", "points": 88},
        {"criterion": "technical_condition", "points": 85},
        {"criterion": "processing_ability", "points": 82},
        {"criterion": "security_management", "points": 90},
    ],
    "opinion": "目的正当，技术和处理能力具备，安全管理制度健全。",
}
# kind of paper: its title and who issued it
PAPERS = {
    "business_licence": ("营业执照", "衡州市市场监督管理局"),
    "technical_ability": ("技术条件证明", "本单位"),
    "processing_ability": ("数据处理能力证明", "本单位"),
    "security_system": ("安全管理制度汇编", "本单位"),
    "security_officer": ("数据安全负责人任命文件", "本单位"),
    "graded_protection": ("网络安全等级保护备案证明", "衡州市公安局"),
    "cryptography_assessment": ("商用密码应用安全性评估报告", "衡州市密码测评中心"),
    "credit_statement": ("信用报告", "衡州市公共信用信息中心"),
}
ENDING = ("graded_protection", "cryptography_assessment")


def register_resources(city: City, times: Calendar) -> None:
    """Each resource is described by its agency and registered: handed in, accepted, announced, coded."""
    made = city.made["resources"] = {}
    for number, (key, title, home, entries, scenario) in enumerate(RESOURCES):
        with times.at(-170 + number):
            made[key] = execute(
                resource.describe,
                actor=city.act(f"{home}_apply"),
                data=described(city, title, entries, scenario),
            )
            found = hand_in(city, f"{home}_apply", made[key])
        with times.at(-168 + number):
            execute(registration.accept, actor=city.act("clerk"), subject_id=found.id)
        with times.at(-155 + number):
            execute(registration.announce, actor=city.act("registrar"), subject_id=found.id)
        with times.at((found.notice_until - times.quarter_start).days + 1):
            execute(registration.code, actor=city.act("registrar"), subject_id=found.id)


def described(city: City, title: str, entries: tuple[str, ...], scenario: str) -> dict[str, Any]:
    """What an agency says about a resource."""
    return {
        "title": title,
        "abstract": f"由{'、'.join(entries)}等目录条目组成，依职责持续归集更新。",
        "entry_ids": [str(city.made["entries"][name].id) for name in entries],
        "scenario": scenario,
        "source_legality": "依法定职责采集形成，来源合法，权属清晰。",
        "storage_location": "衡州市政务云公共数据区",
        "volume": "约 1200 万条",
        "update_frequency": "daily",
        "national_grade": "general",
        "deposit_sha256": hashlib.sha256(title.encode()).hexdigest(),
    }


def hand_in(city: City, who: str, found: Any) -> Any:
    """A first registration, drafted and handed in."""
    drafted = execute(
        registration.draft,
        actor=city.act(who),
        data={
            "kind": "first",
            "resource_id": str(found.id),
            "risk_assessment": "经评估，所涉数据不含国家秘密和个人隐私，安全风险可控。",
            "commitment_letter": papers.paper("登记承诺书", "本单位承诺登记材料真实、合法、有效。"),
            "evidence": papers.paper("数据资源存证证明", "存证主体、时间与哈希值见登记系统。"),
        },
    )
    confirmed = {"commitment": True, "public_preview_confirmed": True}
    return execute(registration.submit, actor=city.act(who), subject_id=drafted.id, data=confirmed)


def license_operators(city: City, times: Calendar) -> None:
    """Operators and developers apply with their dossier; one person assesses, another announces and grants."""
    for number, (who, level, scope) in enumerate(LICENSED):
        with times.at(-165 + number):
            found = apply_for_licence(city, who, level, scope)
        with times.at(-164 + number):
            execute(licence.accept, actor=city.act("reviewer"), subject_id=found.id)
            given = name_assessor(city, found, "reviewer")
        with times.at(-158 + number):
            declared = {"impartial": "yes"}
            execute(assessment.declare, actor=city.act("reviewer"), subject_id=given.id, data=declared)
            execute(assessment.score, actor=city.act("reviewer"), subject_id=given.id, data=SCORED)
        with times.at(-156 + number):
            execute(licence.announce, actor=city.act("decider"), subject_id=found.id)
        with times.at((found.notice_until - times.quarter_start).days + 1):
            reasons = {"reasons": "经评估符合条件，公示无异议，准予取得资格。"}
            execute(licence.grant, actor=city.act("decider"), subject_id=found.id, data=reasons)


def name_assessor(city: City, found: Any, who: str) -> Any:
    """Somebody of the authority named to assess."""
    chosen = city.act(who)
    named = {"licence_id": str(found.id), "assessor": f"{chosen.user_id}:{chosen.organisation_id}"}
    return execute(assessment.name_assessor, actor=city.act("decider"), data=named)


def fill_dossier(city: City, who: str) -> None:
    """Every paper the rules ask for, once for all applications of the organisation."""
    held = queries.papers_of(city.act(who).organisation_id)
    for kind, (title, issuer) in PAPERS.items():
        if kind not in held:
            facts = {
                "kind": kind,
                "number": f"HZ-{kind[:3].upper()}-2026",
                "issuer": issuer,
                "valid_from": "2025-06-01",
            }
            until = {"valid_until": "2031-05-31"} if kind in ENDING else {}
            data = facts | until | {"file": papers.paper(title, "详见附件材料。")}
            execute(dossier.add_paper, actor=city.act(who), data=data)


def apply_for_licence(city: City, who: str, level: str, scope: str) -> Any:
    """An application with its dossier, handed in."""
    fill_dossier(city, who)
    words = {
        "level": level,
        "scope": scope,
        "purpose": "面向公共治理和产业发展，提供标准化的数据要素、产品和服务。",
        "technical_condition": "自建三级等保平台，通过商用密码应用安全性评估。",
        "processing_ability": "数据治理与开发团队二十六人，具备持续交付能力。",
        "security_management": "设数据安全负责人和专门机构，近三年无安全事件。",
    }
    drafted = execute(licence.draft, actor=city.act(who), data=words)
    return execute(licence.submit, actor=city.act(who), subject_id=drafted.id)
