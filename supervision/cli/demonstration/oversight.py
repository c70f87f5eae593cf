"""What follows on licences, and who else works with the data: a re-check, a notice, a provider, a team, a mandate."""

from datetime import timedelta
from typing import Any

from contracts.commands import provider
from kernel.command import execute
from registry import queries
from registry.commands import notice, recheck
from supervision.cli.demonstration import papers
from supervision.cli.demonstration.people import City
from supervision.cli.demonstration.times import Calendar
from supervision.commands import operating


def oversee(city: City, times: Calendar) -> None:
    """One case of each kind, as far as it has come by today."""
    _recheck(city, times)
    _notice(city, times)
    _provider(city, times)
    _operating(city, times)


def _licence_of(city: City, who: str, times: Calendar) -> Any:
    return queries.licences_held(city.organisations[who].id, times.today)[0]


def _recheck(city: City, times: Calendar) -> None:
    held = _licence_of(city, "operator", times)
    with times.ago(16):
        found = execute(recheck.begin, actor=city.act("reviewer"), data={"licence_id": str(held.id)})
    with times.ago(14):
        findings = [{"what": "年度应急演练记录不完整。", "basis": "YN L144"}]
        data = {"looked_at": "安全制度、人员任命、日志留存、应急演练。", "findings": findings}
        execute(recheck.find, actor=city.act("reviewer"), subject_id=found.id, data=data)
    with times.ago(3):
        report = {"report": "已补充演练并完善记录。", "evidence": papers.paper("应急演练记录", "演练时间、科目与评估见附件。")}
        execute(recheck.report, actor=city.act("operator"), subject_id=found.id, data=report)


def _notice(city: City, times: Calendar) -> None:
    held = _licence_of(city, "second_operator", times)
    with times.ago(1):
        data = {
            "act": "suspend",
            "licence_id": str(held.id),
            "reasons": "连续两个季度未报送数据使用情况。",
            "basis": "YN L180",
        }
        execute(notice.give, actor=city.act("decider"), data=data)


def _provider(city: City, times: Calendar) -> None:
    with times.ago(12):
        first = times.today - timedelta(days=5)
        data = {
            "provider_uscc": city.organisations["second_operator"].uscc,
            "title": "气象数据平台运行维护服务",
            "tasks": "平台日常巡检、故障处置和数据质量核查。",
            "data_scope": "气象观测库表，不含个人信息。",
            "standards": "按平台运维规范和数据质量标准执行。",
            "measures": "经堡垒机访问，全程录屏，由本单位人员陪同。",
            "breach": "泄露数据的，支付违约金二十万元并赔偿全部损失。",
            "starts_on": first.isoformat(),
            "ends_on": (first + timedelta(days=364)).isoformat(),
        }
        found = execute(provider.describe, actor=city.act("agency0_apply"), data=data)
    with times.ago(9):
        passed = {"passed": "yes", "findings": "资质、人员背景和安全制度审查合格。"}
        execute(provider.review, actor=city.act("agency0_review"), subject_id=found.id, data=passed)
    with times.ago(7):
        execute(provider.conclude, actor=city.act("agency0_apply"), subject_id=found.id)


def _operating(city: City, times: Calendar) -> None:
    operator = city.organisations["second_operator"]
    last = (times.today + timedelta(days=300)).isoformat()
    with times.ago(60):
        first = (times.today - timedelta(days=60)).isoformat()
        data = {
            "operator_uscc": operator.uscc,
            "tasks": ["daily_operation", "resource_databases"],
            "conditions": "按月报告运行情况；涉及数据目录、分级和审批的事项一律报主管部门。",
            "starts_on": first,
            "ends_on": last,
        }
        mandate = execute(operating.give, actor=city.act("decider"), data=data)
    with times.ago(6):
        on = (times.today - timedelta(days=7)).isoformat()
        what = {"mandate_id": str(mandate.id), "task": "daily_operation", "what": "完成公交客流库的日常巡检。", "on": on}
        execute(operating.carry_out, actor=city.act("second_operator"), data=what)
    with times.ago(2):
        filed = {
            "operator_uscc": operator.uscc,
            "manner": "purchased_service",
            "field": "公共交通",
            "tasks": ["daily_operation", "security_handling"],
            "separation": "目录、分级、共享和开放审批由本部门负责；团队仅承担运行和监测。",
            "selection": "经公开比选确定，合同不含排他条款。",
            "starts_on": times.today.isoformat(),
            "ends_on": last,
        }
        execute(operating.file, actor=city.act("agency1_apply"), data=filed)
