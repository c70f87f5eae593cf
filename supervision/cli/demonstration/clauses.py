"""What is written and what is permitted: a second version of clauses, and data that are opened on conditions."""

from datetime import timedelta
from typing import Any

from contracts import queries
from contracts.commands import access, template
from contracts.rules.clauses import delivered, rows_of
from kernel.command import execute
from supervision.cli.demonstration import papers, rights
from supervision.cli.demonstration.people import City
from supervision.cli.demonstration.times import Calendar

SECURITY, OPEN_USE = "second_level_security", "open_use_agreement"
# entry, agency, applicant, purpose, what the data are for
WANTED = {
    "passengers": ("公交刷卡客流统计", "agency1", "university", "academic_research",
                   "研究极端天气对公共交通客流的影响，成果公开发表。"),
    "landslides": ("地质灾害隐患点", "agency8", "charity", "public_safety", "编制社区防灾手册，汛期前组织志愿者踏勘。"),
    "lightning": ("雷电监测记录", "agency0", "buyer", "credit_and_risk", "核定雷击损失理赔，改进财产保险风险定价。"),
}  # fmt: skip


def write_clauses(city: City, times: Calendar) -> None:
    """The authority adds a limit to the security agreement of second level; those drawn up from now on have it."""
    limit = {
        "zh": "乙方使用人工智能模型加工数据要素的，不得以其训练对外提供服务的模型，并应当留存模型和数据来源记录。",
        "en": "Where Party B works on data elements with models, it trains no model offered to others on them and keeps records.",
    }
    with times.at(-62):
        written = _with(SECURITY, "limits_of_use", limit)
        facts = {"kind": SECURITY, "note": "增加使用人工智能模型加工数据要素的限制。", "clauses": written}
        made = execute(template.draft, actor=city.act("reviewer"), data=facts)
    with times.at(-60):
        execute(template.publish, actor=city.act("decider"), subject_id=made.id)


def _with(kind: str, key: str, added: dict[str, str]) -> list[dict[str, Any]]:
    """The delivered clauses of a kind, one of them with a line more in both languages."""
    rows = rows_of(delivered(kind))
    for row in rows:
        if row["key"] == key:
            row |= {language: f"{row[language].rstrip()}\n{line}" for language, line in added.items()}
    return rows


def open_on_conditions(city: City, times: Calendar) -> None:
    """One access is signed and used, one waits for a signature, one for the answer of the agency."""
    with times.ago(45):
        passengers = _apply(city, times, "passengers")
    with times.ago(30):
        _admit(city, times, "passengers", passengers)
    with times.ago(28):
        for found in queries.agreements_about("access", passengers.id):
            rights.sign(city, found, "university")
            if found.signed_by_a:
                rights.sign(city, found, "agency1_apply")
    with times.ago(27):
        execute(access.fetch, actor=city.act("university"), subject_id=passengers.id)
    with times.ago(12):
        landslides = _apply(city, times, "landslides")
    with times.ago(5):
        _admit(city, times, "landslides", landslides)
    with times.ago(2):
        _apply(city, times, "lightning")
        _draft_for_review(city)


def _apply(city: City, times: Calendar, key: str) -> Any:
    title, _agency, who, purpose, text = WANTED[key]
    data = {
        "entry_id": str(city.made["entries"][title].id),
        "purpose": purpose,
        "purpose_text": text,
        "ability": "自有机房通过等级保护三级测评，配备专职安全员，近三年无数据安全事件。",
        "measures": "专网专机存放，按人授权，逐次留痕，用毕销毁。",
        "wanted_until": (times.today + timedelta(days=300)).isoformat(),
    }
    return execute(access.apply, actor=city.act(who), data=data)


def _admit(city: City, times: Calendar, key: str, asked: Any) -> None:
    _title, agency, *_rest = WANTED[key]
    file = papers.traffic(times.day(0), times.day(30)) if key == "passengers" else papers.landslides()
    data = {"file": file, "ends_on": (times.today + timedelta(days=180)).isoformat()}
    execute(access.admit, actor=city.act(f"{agency}_apply"), subject_id=asked.id, data=data)


def _draft_for_review(city: City) -> None:
    """A version that a second person of the authority has still to publish."""
    notice = {
        "zh": "乙方公开发布利用数据形成的成果的，应当提前五个工作日告知甲方。",
        "en": "Before Party B publishes results made from the data it tells Party A five working days ahead.",
    }
    written = _with(OPEN_USE, "duties_of_party_b", notice)
    facts = {"kind": OPEN_USE, "note": "增加成果发布前告知甲方的约定，请分管领导审定。", "clauses": written}
    execute(template.draft, actor=city.act("reviewer"), data=facts)
