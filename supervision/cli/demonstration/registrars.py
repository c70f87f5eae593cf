"""The registrar of the demonstration: named, filed, working by published rules, talked to once."""

from datetime import timedelta

from kernel.command import execute
from registry.commands import registrar, registrar_measure
from supervision.cli.demonstration import papers
from supervision.cli.demonstration.people import City
from supervision.cli.demonstration.times import Calendar


def name_registrar(city: City, times: Calendar) -> None:
    """The authority names the registration centre for five years, files it, and consents to its rules."""
    with times.at(-180):
        first = times.quarter_start - timedelta(days=180)
        named = execute(
            registrar.name,
            actor=city.act("decider"),
            data={
                "organisation_id": city.id_of("registrar"),
                "naming_number": "衡数发〔2026〕3号",
                "qualified_from": first.isoformat(),
                "qualified_until": (first + timedelta(days=5 * 365)).isoformat(),
            },
        )
    with times.at(-178):
        filing = {
            "filed_with": "衡山省数据局",
            "filing_number": "衡省数备〔2026〕11号",
            "filed_on": (first + timedelta(days=2)).isoformat(),
        }
        execute(registrar.file, actor=city.act("decider"), subject_id=named.id, data=filing)
        rules = execute(
            registrar.propose,
            actor=city.act("registrar"),
            data={
                "title": "衡州市公共数据登记中心登记业务规则（试行）",
                "file": papers.paper("登记业务规则（试行）", "登记的受理、形式审核、公示、异议处理、赋码等按本规则办理。"),
            },
        )
    with times.at(-176):
        execute(registrar.consent, actor=city.act("decider"), subject_id=rules.id)
    city.made["registrar"] = named


def talk_to_registrar(city: City, times: Calendar) -> None:
    """Supervision of the registrar: guidance on the spot, with its outcome."""
    with times.at(-20):
        talk = execute(
            registrar_measure.record,
            actor=city.act("reviewer"),
            data={
                "registrar_id": str(city.made["registrar"].id),
                "kind": "guidance",
                "fault": "dereliction",
                "facts": "抽查发现部分登记受理临近期限才办理。",
                "basis": "YN L173",
            },
        )
    with times.at(-15):
        outcome = {"outcome": "登记中心已增派人员并调整受理排班，经复查符合要求。"}
        execute(registrar_measure.conclude, actor=city.act("reviewer"), subject_id=talk.id, data=outcome)
