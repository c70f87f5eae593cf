"""A toy deed between two parties and the real confirmation sheet, to try documents on."""

import uuid
from datetime import UTC, date, datetime

from kernel import documents
from kernel.actor import Actor
from kernel.command import command
from kernel.db import Case, Record, new_id
from kernel.money import Money
from kernel.permissions import anyone
from kernel.states import StateMachine
from kernel.words import Text

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
A, B, C = (uuid.UUID(int=n) for n in (11, 12, 13))
SHEET = documents.register(
    documents.Kind("toy_sheet", "TY", "Registration confirmation sheet", "registration_confirmation")
)
STATEMENT = documents.register(
    documents.Kind("toy_statement", "TZ", "Settlement statement", "settlement_statement")
)


class ToyDeed(Case, Record):
    """A thing that documents are about."""

    __tablename__ = "toy_deed"


STATES = StateMachine(("prepare", {None}, "prepared"), ("sign", {"prepared"}, None))


@command("toy.deed.prepare", may=[anyone], on=ToyDeed, states=STATES)
def prepare(*, actor, now):
    """The deed is made and its statement drawn up."""
    deed = ToyDeed(id=new_id(), jurisdiction="530000")
    draw(deed, now=now)
    return deed


@command("toy.deed.sign", may=[anyone], on=ToyDeed, states=STATES)
def sign(deed, *, actor, now):
    """One party signs the statement."""
    document = documents.current(STATEMENT.name, deed)
    documents.sign(document, actor=actor, capacity="经办人", now=now, evidence={"confirmed": True})


def signer(organisation, name="张三", mandates=("sign",)):
    """Somebody who signs for an organisation."""
    return Actor(
        uuid.uuid5(organisation, name), name, organisation, f"单位{organisation.int}", mandates=frozenset(mandates)
    )


def draw(subject, *, now=NOW, **changes):
    """The statement of a deed between A and B."""
    options = {"parties": [A, B], "signatories": [A, B], "data": statement()} | changes
    return documents.draw_up(STATEMENT.name, subject=subject, now=now, **options)


def draw_sheet(subject, *, now=NOW, data=None, **changes):
    """A confirmation sheet, in force at once."""
    return documents.draw_up(SHEET.name, subject=subject, data=data or sheet(), now=now, **changes)


def statement(name="某某市数据局"):
    """Data of a settlement statement."""
    line = {
        "item": "企业信用接口",
        "basis": {"zh": "协议第八条", "en": "Agreement, article 8"},
        "quantity": 120_345,
        "gross": Money(123_456_789),
        "share_bp": 2550,
        "amount": Money(31_481_481),
    }
    return {
        "party": {"name": name, "uscc": "11530000015100000X", "representative": "张三"},
        "counterparty": {"name": "某某数据有限公司"},
        "period_from": date(2026, 7, 1),
        "period_to": date(2026, 9, 30),
        "basis": Text("Basis"),
        "lines": [line, line],
        "totals": [[{"zh": "分配额", "en": "Shares"}, Money(62_962_962)]],
        "payable": Money(62_962_962),
        "due_on": date(2026, 12, 1),
        "signatories": [{"role": {"zh": "甲方", "en": "Party A"}, "name": name}],
    }


def sheet(name="企业登记基础信息"):
    """Data of a registration confirmation sheet."""
    named = ("source", "holder", "summary", "volume", "update_cycle", "format", "storage", "scenario", "openness")
    resource = {field: "按规定" for field in named} | {"name": name, "type": "数据资源", "security_grade": "L3"}
    resource["fields"] = [{"name": "名称", "type": "字符串", "description": "〇龘𠮷"}]
    return {
        "issuer": {"zh": "某某登记机构", "en": "Registrar of Somewhere"},
        "code": "53000020260001",
        "kind": {"zh": "首次登记", "en": "First registration"},
        "registrant": {"name": "某某数据有限公司", "uscc": "91530000MA6K00000X"},
        "resource": resource,
        "accepted_on": date(2026, 9, 1),
        "notice_from": date(2026, 9, 20),
        "notice_to": date(2026, 10, 9),
        "coded_on": date(2026, 10, 12),
        "valid_until": date(2029, 10, 11),
        "bound": {"zh": "三年", "en": "Three years"},
        "codes": {"local": "", "national": "53-2026-000001"},
        "deposit_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "registrar": {"zh": "某某登记机构", "en": "Registrar of Somewhere"},
    }
