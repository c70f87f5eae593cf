"""What stands around the catalogue of the demonstration: databases, sources, a round, projects, aggregation, archive."""

from typing import Any

from kernel import clock
from kernel.command import execute
from kernel.fields import File
from registry.commands import (
    adjustment,
    aggregation,
    archive_package,
    comparison,
    database,
    grading_rule,
    holding,
    lead_source,
    local_catalogue,
    lookup,
    overlap,
    project,
    reconciliation,
)
from registry.queries import rounds
from supervision.cli.demonstration.people import PLACE, City
from supervision.cli.demonstration.times import Calendar

WATER, AIR = "河道水位站实时水位", "空气质量指数日报"
# database: kind, code, title, lead agency, entries
DATABASES = [
    ("theme", "ecology", "生态环保主题库", "agency3", ("空气质量监测站逐小时浓度", AIR)),
    ("base", "legal_persons", "法人基础库", "agency2", ("企业登记基本信息", "经营异常名录")),
    ("theme", "emergency", "应急主题库", "agency9", (WATER, "水库蓄水量", "水雨情预报")),
]
SOURCES = [("水位", "agency9", "《中华人民共和国水文条例》第七条"), ("登记状态", "agency2", "《市场主体登记管理条例》第五条")]
# title, system, agency, entry that catalogues it
HOLDINGS = [
    ("自动站观测库", "气象综合业务平台", "agency0", "自动气象站逐小时雨量"),
    ("雷达基数据", "气象综合业务平台", "agency0", None),
    ("公交调度日志", "公交智能调度系统", "agency1", None),
    ("企业档案影像", "市场主体登记系统", "agency2", "企业登记基本信息"),
]


def stand_around(city: City, times: Calendar) -> None:
    """One instance of each subject, made by those whose work it is."""
    with times.at(-90):
        made = _databases(city)
        _sources(city)
        _holdings(city)
    _aggregations(city, times, made)
    _projects(city, times)
    _round(city, times)
    with times.ago(6):
        _overlaps(city)
        _looked_up_and_archived(city)


def _entry(city: City, title: str) -> Any:
    return city.made["entries"][title]


def _databases(city: City) -> dict[str, Any]:
    made = {}
    for kind, code, title, home, entries in DATABASES:
        facts = {"jurisdiction": PLACE, "kind": kind, "code": code, "title": title, "basis": "WZ10"}
        facts["agency_id"] = city.id_of(home)
        found = execute(database.establish, actor=city.act("decider"), data=facts)
        for name in entries:
            chosen = {"entry_id": str(_entry(city, name).id)}
            execute(database.enlist, actor=city.act(f"{home}_apply"), subject_id=found.id, data=chosen)
        execute(database.compile_, actor=city.act(f"{home}_apply"), subject_id=found.id)
        made[title] = found
    execute(local_catalogue.compile_, actor=city.act("reviewer"), data={"jurisdiction": PLACE})
    return made


def _sources(city: City) -> None:
    for item, home, basis in SOURCES:
        facts = {"jurisdiction": PLACE, "item": item, "agency_id": city.id_of(home), "basis": basis}
        execute(lead_source.name, actor=city.act("decider"), data=facts)
    rule = {"jurisdiction": PLACE, "title": "衡州市三级数据管理规则", "level": "3", "basis": "衡数发〔2026〕1号"}
    allowed = {"openings": ["conditional", "none"], "sharings": ["conditional", "none"]}
    execute(grading_rule.adopt, actor=city.act("decider"), data=rule | allowed)


def _holdings(city: City) -> None:
    for title, system, home, name in HOLDINGS:
        actor = city.act(f"{home}_apply")
        found = execute(holding.record, actor=actor, data={"title": title, "system": system, "data_form": "table"})
        if name:
            chosen = {"entry_id": str(_entry(city, name).id)}
            execute(holding.catalogue, actor=actor, subject_id=found.id, data=chosen)


def _aggregations(city: City, times: Calendar, made: dict[str, Any]) -> None:
    """Some are fresh, some older than their frequency says."""
    for place, (_, _, title, home, entries) in enumerate(DATABASES):
        for number, name in enumerate(entries):
            with times.ago(0 if place else 20 + number):
                data: dict[str, Any] = {"entry_id": str(_entry(city, name).id), "database_id": str(made[title].id)}
                data |= {"manner": "physical", "rows": 12000 + 370 * number}
                execute(aggregation.record, actor=city.act(f"{home}_apply"), data=data)
            with times.ago(number):
                data = {"entry_id": data["entry_id"], "rows": data["rows"] + 15 * (number % 2)}
                execute(reconciliation.record, actor=city.act(f"{home}_apply"), data=data)


def _projects(city: City, times: Calendar) -> None:
    facts = {"kind": "new_system", "summary": "建设全市气象灾害监测预警平台。", "budget_minor": "4800000.00"}
    with times.ago(40):
        unit = city.act("agency0_apply")
        found = execute(project.draft, actor=unit, data=facts | {"title": "气象灾害监测预警平台"})
        row = {"title": "灾害预警信号", "system": "监测预警平台", "project_id": str(found.id)}
        listed = execute(holding.record, actor=unit, data=row)
        chosen = {"entry_id": str(_entry(city, "灾害性天气预警信号").id)}
        execute(holding.catalogue, actor=unit, subject_id=listed.id, data=chosen)
        execute(project.submit, actor=unit, subject_id=found.id)
    with times.ago(35):
        same = {"reasons": "目录已报送，符合立项条件。"}
        execute(project.approve, actor=city.act("decider"), subject_id=found.id, data=same)
    with times.ago(4):
        execute(project.request_acceptance, actor=city.act("agency0_apply"), subject_id=found.id)
        second = facts | {"title": "公交运行监测系统升级", "kind": "upgrade", "budget_minor": "1200000.00"}
        waiting = execute(project.draft, actor=city.act("agency1_apply"), data=second)
        execute(project.submit, actor=city.act("agency1_apply"), subject_id=waiting.id)


def _round(city: City, times: Calendar) -> None:
    with times.ago(8):
        data = {"jurisdiction": PLACE, "title": f"{clock.today().year} 年度目录调整", "focus": "重点核对更新频率和开放属性。"}
        opened = execute(adjustment.open_, actor=city.act("decider"), data=data)
    with times.ago(3):
        homes = {str(city.organisations[f"agency{number}"].id): f"agency{number}_apply" for number in (1, 2, 3)}
        for part in rounds.parts_of_round(opened.id):
            if (who := homes.get(str(part.agency_id))) is not None:
                execute(adjustment.confirm, actor=city.act(who), subject_id=part.id, data={"everything": True})


def _overlaps(city: City) -> None:
    water, air = _entry(city, WATER), _entry(city, AIR)
    facts = {"entry_id": str(air.id), "other_id": str(water.id), "manner": "by_sharing"}
    execute(overlap.explain, actor=city.act("agency3_apply"), data=facts | {"reason": "水位由水文部门共享取得。"})
    files = ("站号,水位\nS1,3.12\nS2,2.80\nS3,4.01\n", "站号,水位\nS1,3.12\nS2,2.85\n")
    data: dict[str, Any] = {"item": "水位", "key": "站号"}
    for name, entry, rows in zip(("first", "second"), (water, air), files, strict=True):
        data |= {f"{name}_entry_id": str(entry.id), f"{name}_file": File("水位.csv", rows.encode())}
    execute(comparison.compare, actor=city.act("reviewer"), data=data)


def _looked_up_and_archived(city: City) -> None:
    asked = {"kind": "organisation", "asked": city.organisations["operator"].uscc, "case_number": "衡市监审〔2026〕118号"}
    execute(lookup.look_up, actor=city.act("agency2_apply"), data=asked | {"purpose": "核验申请人主体信息，免于提交营业执照。"})
    finished = _entry(city, "历史台风路径")
    case = {"case_type": finished.__tablename__, "case_id": str(finished.id)}
    packed = execute(archive_package.export, actor=city.act("agency0_apply"), data=case)
    given = {"archive": "衡州市档案馆", "receipt": "衡档收〔2026〕27号"}
    given["handed_over_on"] = clock.today().isoformat()
    execute(archive_package.hand_over, actor=city.act("agency0_apply"), subject_id=packed.id, data=given)
