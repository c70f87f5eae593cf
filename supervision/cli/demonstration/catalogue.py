"""The catalogue of the demonstration: some two hundred entries, drafted, assessed, handed in and published; open files."""

from typing import Any

from kernel import clock
from kernel.command import execute
from registry.commands import catalogue, changes, release
from supervision.cli.demonstration import papers
from supervision.cli.demonstration.people import CATALOGUE, City
from supervision.cli.demonstration.times import Calendar

OPENING = {"o": "open", "c": "conditional", "n": "none"}
SHARING = {"u": "unconditional", "c": "conditional", "n": "none"}
GROUNDS = {
    "privacy": "《中华人民共和国个人信息保护法》第二十五条",
    "trade_secret": "《中华人民共和国反不正当竞争法》第十条",
    "state_secret": "《中华人民共和国保守国家秘密法》第十三条",
}
# Entries that stay on somebody's desk: drafts, handed in, returned.
UNFINISHED = 14


def compile_catalogue(city: City, times: Calendar) -> None:
    """Each agency compiles its entries, the authority publishes them; the last few are still on the way."""
    rows = [
        (number, agency, row) for number, agency in enumerate(CATALOGUE["agency"]) for row in agency["rows"]
    ]
    # One row of every agency in turn, so that what is unfinished is spread over the agencies.
    rows.sort(key=lambda found: found[1]["rows"].index(found[2]))
    for place, (number, agency, row) in enumerate(rows):
        finished = place < len(rows) - UNFINISHED
        with times.at(-200 + place // 20) if finished else times.ago(9 - place % 3):
            _entry(city, f"agency{number}", agency, row, stage="published" if finished else _stage(place))
    _follow_a_change(city, times)


def _follow_a_change(city: City, times: Calendar) -> None:
    """A change of duties that an entry has to follow; its agency has asked for more time."""
    entry = city.made["entries"]["自动气象站逐小时气温"]
    with times.ago(4):
        what = "观测站点调整划转，目录中的提供部门和更新频率需要相应调整。"
        data = {"what": what, "kind": "duties"}
        execute(changes.note_change, actor=city.act("reviewer"), subject_id=entry.id, data=data)
    with times.ago(2):
        reasons = {"reasons": "站点移交手续尚在办理，申请延长更新期限。"}
        execute(changes.ask_extension, actor=city.act("agency0_apply"), subject_id=entry.id, data=reasons)


def _stage(place: int) -> str:
    return ("submitted", "draft", "returned")[place % 3]


def _entry(city: City, home: str, agency: dict[str, Any], row: str, stage: str) -> None:
    actor = city.act(f"{home}_apply")
    entry = execute(catalogue.draft, actor=actor, data=facts_of(agency, row))
    city.made.setdefault("entries", {})[entry.title] = entry
    if stage == "draft":
        return
    consent = {
        "secrecy_risk": papers.paper(
            "保密风险评估表", "经评估，所列数据项不涉及国家秘密，或者已按规定列为不予开放。"
        ),
        "personal_information": papers.paper(
            "个人信息保护影响评估表", "经评估，个人信息处理目的、方式合法、正当、必要。"
        ),
        "consent_of": agency["name"] + "主要负责人",
        "consented_on": clock.today().isoformat(),
    }
    execute(catalogue.assess, actor=actor, subject_id=entry.id, data=consent)
    execute(catalogue.submit, actor=actor, subject_id=entry.id)
    if stage == "returned":
        comments = {
            "reasons": "更新频率与归集记录不一致，请核对后再报。",
            "comments": [{"field": "update_frequency", "comment": "请核对更新频率与实际归集是否一致。"}],
        }
        execute(catalogue.return_, actor=city.act("reviewer"), subject_id=entry.id, data=comments)
    elif stage == "published":
        execute(catalogue.publish, actor=city.act("reviewer"), subject_id=entry.id)


def facts_of(agency: dict[str, Any], row: str) -> dict[str, Any]:
    """What an agency says about one of its entries."""
    title, items, frequency, opening, sharing, level, *ground = row.split("|")
    names = items.split("、")
    facts = {
        "title": title,
        "abstract": f"{agency['name']}依职责形成的{title}，数据项包括{items}。",
        "keywords": [title[:12], *names[:2]],
        "themes": [agency["theme"]],
        "national_grade": "general",
        "local_level": level,
        "provider": agency["name"],
        "collector": agency["name"],
        "approver": agency["name"],
        "contact_phone": "0990-8000000",
        "data_form": "table",
        "formats": ["csv"],
        "items": [{"name": name} for name in names],
        "update_frequency": frequency,
        "sharing_attribute": SHARING[sharing],
        "sharing_content": "全部数据项",
        "sharing_scope": "各级公共管理和服务机构",
        "opening_attribute": OPENING[opening],
        "use_conditions": "注明数据来源和获取日期。",
    }
    if sharing != "u":
        facts["sharing_conditions"] = "用于依法履行职责，明确使用场景、范围和期限。"
        facts["sharing_basis"] = GROUNDS[ground[0]] if ground else "《政务数据共享条例》第十四条"
    if opening == "c":
        facts["opening_conditions"] = "申请人具备相应的数据存储、处理和安全保护能力，并签署安全承诺书。"
    if ground:
        facts["opening_ground"], facts["opening_basis"] = ground[0], GROUNDS[ground[0]]
    covers = agency.get("covers", {}).get(title, ())
    return facts | dict(zip(("covers_from", "covers_until"), covers, strict=False))


def release_open_data(city: City, times: Calendar) -> None:
    """Some open entries get a file that anybody may fetch; one is still waiting for its review."""
    last = times.quarter_end
    files = [
        ("自动气象站逐小时雨量", "agency0", papers.rain(times.day(0), last)),
        ("自动气象站逐小时气温", "agency0", papers.temperature(times.day(0), last)),
        ("个体工商户登记统计", "agency2", papers.enterprises()),
        ("公交线路与站点", "agency1", papers.traffic(times.day(60), last)),
    ]
    for number, (title, home, file) in enumerate(files):
        facts = {
            "entry_id": str(city.made["entries"][title].id),
            "title": file.name.removesuffix(".csv"),
            "edition": last.isoformat(),
            "file": file,
            "treatment": "已清洗、去重并统一格式；不含个人信息。",
        }
        with times.at(97):
            prepared = execute(release.prepare, actor=city.act(f"{home}_apply"), data=facts)
            if number == len(files) - 1:
                continue
            review = {
                "review": "经保密审查，不涉及国家秘密、商业秘密和个人隐私，可以开放。",
                "no_secrets": True,
            }
            execute(release.review, actor=city.act(f"{home}_review"), subject_id=prepared.id, data=review)
            execute(release.release, actor=city.act(f"{home}_apply"), subject_id=prepared.id)
