"""Steps that several tests of imports have in common."""

import json

from kernel.command import execute
from kernel.db import db
from kernel.fields import File
from registry import queries
from registry.commands import imports
from tests.factories.registry import an_authority

ROWS = [
    {
        "资源名称": "公交站点",
        "提供单位": "市交通局",
        "更新周期": "每月",
        "开放条件": "无条件开放",
        "网址": "http://a.example.org/1",
    },
    {"资源名称": "公园名录", "提供单位": "市园林局", "更新周期": "年", "开放条件": "开放网站开放"},
    {"资源名称": "", "提供单位": "市园林局"},
    {"资源名称": "无主数据", "更新周期": "每年"},
]


def a_file(rows=ROWS, name="catalogue.json"):
    return File(name, json.dumps(rows, ensure_ascii=False).encode())


def examined(actor=None, rows=ROWS, **facts):
    data = {"file": a_file(rows), "jurisdiction": "990100"} | facts
    return execute(imports.examine, actor=actor or an_authority(), data=data)


def carried_out(actor, rows=ROWS):
    found = examined(actor, rows)
    return execute(imports.carry_out, actor=actor, subject_id=found.id)


def rows_of(found):
    return list(db.session.scalars(queries.import_rows(found.id)))
