"""First- and second-level rights of the demonstration, their agreements, and the data elements between them."""

from datetime import timedelta
from typing import Any

from contracts import queries
from contracts.commands import agreement, application, decision, element
from contracts.queries.rights import source_ids
from kernel import clock
from kernel.command import execute
from supervision.cli.demonstration import papers
from supervision.cli.demonstration.people import PASSWORD, PLACE, City
from supervision.cli.demonstration.times import Calendar
from supervision.commands import printing
from supervision.queries import right_of_application

CRITERIA = ("purpose", "technical_condition", "processing_ability", "security_management")
PURPOSES = ["public_governance", "public_welfare", "industry_development", "sector_development"]
# key, applicant, resource, agency that shares the income, title
FIRST = [
    ("weather", "operator", "weather", "agency0", "衡州市气象观测数据一级开发"),
    ("transit", "second_operator", "transit", "agency1", "衡州市公共交通数据一级开发"),
    ("enterprises", "operator", "enterprises", "agency2", "衡州市企业登记数据一级开发"),
]
# key, developer, element, operator, agency, title
SECOND = [
    ("rain_index", "developer", "rain", "operator", "agency0", "降雨指数产品二级开发"),
    ("farm_weather", "second_developer", "temperature", "operator", "agency0", "农事气象服务二级开发"),
    ("footfall", "developer", "passengers", "second_operator", "agency1", "商圈客流产品二级开发"),
]
NUMBER, TEXT, DAY = "decimal", "text", "date"
# key, right, title, abstract, fields (name, title, type), maker of the file
ELEMENTS: list[tuple[str, str, str, str, list[tuple[str, str, str]], Any]] = [
    ("rain", "weather", "逐日雨量要素", "六个国家级自动站的逐日雨量，统一时区、剔除缺测。",
     [("station", "站点", TEXT), ("day", "日期", DAY), ("rain", "雨量毫米", NUMBER)], papers.rain),
    ("temperature", "weather", "逐日气温要素", "六个国家级自动站的逐日平均气温。",
     [("station", "站点", TEXT), ("day", "日期", DAY), ("mean", "平均气温", NUMBER)], papers.temperature),
    ("passengers", "transit", "公交线路日客流要素", "六条骨干线路的日客流量，按线路汇总，不含刷卡明细。",
     [("route", "线路", TEXT), ("day", "日期", DAY), ("count", "客流量", NUMBER)], papers.traffic),
]  # fmt: skip


def grant_first_level(city: City, times: Calendar) -> None:
    """Operators apply on registered resources; the authority assesses, decides and signs with them."""
    rights = city.made["rights"] = {}
    for number, (key, who, source, agency, title) in enumerate(FIRST):
        shares = [(who, "operator", 7000), (agency, "agency", 2000), ("authority", "treasury", 1000)]
        asked = {
            "level": "first_level",
            "title": title,
            "sources": [str(city.made["resources"][source].id)],
            "funding_mode": "share_of_income",
            "purposes": PURPOSES,
        }
        rights[key] = _granted(city, times, -118 + 3 * number, who, asked, shares, years=3)


def grant_second_level(city: City, times: Calendar) -> None:
    """Developers apply on data elements; two agreements each, on security and on income."""
    rights = city.made["rights"]
    for number, (key, who, source, operator, agency, title) in enumerate(SECOND):
        shares = [
            (who, "developer", 6000),
            (operator, "operator", 2500),
            (agency, "agency", 1000),
            ("authority", "treasury", 500),
        ]
        found = city.made["elements"][source]
        asked = {
            "level": "second_level",
            "title": title,
            "parent_right_id": str(found.right_id),
            "sources": [str(found.id)],
            "purposes": PURPOSES,
        }
        rights[key] = _granted(city, times, -74 + 3 * number, who, asked, shares, years=2)


def _granted(
    city: City, times: Calendar, start: int, who: str, asked: dict[str, Any], shares: list[Any], years: int
) -> Any:
    with times.at(start):
        found = apply(city, who, asked, years)
    with times.at(start + 2):
        execute(application.accept, actor=city.act("reviewer"), subject_id=found.id)
    with times.at(start + 16):
        assess(city, found)
    with times.at(start + 22):
        parties = [{"party": city.id_of(party), "role": role, "share_bp": bp} for party, role, bp in shares]
        reasons = {
            "reasons": "目的正当、方案可行，能力与安全条件具备，准予授权。",
            "basis": "WZ35; WZ36; YN L120",
            "library_conditions": ["yearly_security_assessment", "emergency_drill"],
        }
        execute(
            decision.grant,
            actor=city.act("decider"),
            subject_id=found.id,
            data=reasons | {"income_shares": parties},
        )
        right = right_of_application(found.id)
    with times.at(start + 25):
        sign_all(city, right, who)
    return right


def apply(city: City, who: str, asked: dict[str, Any], years: int) -> Any:
    """An application with its plan, handed in."""
    first = clock.today() + timedelta(days=30)
    words = {
        "purpose_text": "为防灾减灾、公共出行、农业生产等公共治理和公益事业提供服务，并支持保险、物流、零售等行业开发利用。",
        "plan": "分三期完成治理、要素化和服务化；按月更新，文件与接口两种方式提供。",
        "ability": "自有治理平台与专职团队，已服务多个政务项目。",
        "security": "等级保护三级，商用密码评估通过，数据不出域，全程留痕。",
        "territory": [PLACE],
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=365 * years)).isoformat(),
    }
    drafted = execute(application.draft, actor=city.act(who), data=words | asked)
    return execute(application.submit, actor=city.act(who), subject_id=drafted.id)


def assess(city: City, found: Any) -> None:
    """The reviewer's scores by criterion."""
    scores = [{"criterion": name, "points": 86} for name in CRITERIA]
    data = {"scores": scores, "opinion": "符合授权条件，建议准予。"}
    execute(application.assess, actor=city.act("reviewer"), subject_id=found.id, data=data)


def sign_all(city: City, right: Any, who: str) -> None:
    """Both sides sign every agreement of the right."""
    for found in queries.agreements_about("right", right.id):
        sign(city, found, who)
        if found.signed_by_a:
            sign(city, found, "decider")


def sign(city: City, found: Any, who: str) -> None:
    """One person signs, confirming with the password and the fingerprint of what was read; no runner prints here."""
    document = queries.document_of(found)
    printing.print_waiting(document)
    confirmed = {"password": PASSWORD, "document_sha256": document.sha256, "capacity": "授权代表"}
    execute(agreement.sign, actor=city.act(who), subject_id=found.id, data=confirmed)


def deliver_elements(city: City, times: Calendar) -> None:
    """Operators make elements from the resources of their rights."""
    made = city.made["elements"] = {}
    for number, (key, right_key, title, abstract, fields, make) in enumerate(ELEMENTS):
        right = city.made["rights"][right_key]
        who = next(row[1] for row in FIRST if row[0] == right_key)
        with times.at(-84 + number):
            facts = {
                "right_id": str(right.id),
                "title": title,
                "abstract": abstract,
                "columns": [{"name": label, "title": name, "type": kind} for name, label, kind in fields],
                "resources": [str(source) for source in source_ids(right.id)],
                "treatment": "已去重、统一口径与时区；不含个人信息和涉密内容。",
            }
            drafted = execute(element.draft, actor=city.act(who), data=facts)
            file = {"file": make(times.day(-180), times.day(-85)), "edition": times.day(-85).isoformat()}
            execute(element.attach, actor=city.act(who), subject_id=drafted.id, data=file)
            made[key] = execute(element.deliver, actor=city.act(who), subject_id=drafted.id)
