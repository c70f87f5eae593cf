"""The cast of the story and what they put on the table: people, papers, files, and the words of each application.

Nothing happens here. What happens, and in which order, is told in `test_from_resource_to_revenue.py`.
"""

import io
import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pypdf

from accounts import queries as accounts
from contracts import queries as contracts
from contracts.commands import agreement
from kernel import clock, documents
from kernel.actor import Actor
from kernel.command import execute
from kernel.db import db
from kernel.fields import File
from registry.models import CatalogueEntry
from registry.schemas.catalogue import EntryInput
from tests.factories.accounts import PASSWORD, PLACE, a_member, acting, an_organisation

PAPER = File("证明材料.pdf", b"%PDF-1.7\nA paper of the story.\n%%EOF\n")
PURPOSES = ["public_welfare", "industry_development"]
COLUMNS = [
    {"name": "station", "title": "测站名称", "type": "text"},
    {"name": "day", "title": "日期", "type": "date"},
    {"name": "rain", "title": "雨量（毫米）", "type": "decimal"},
]
RAIN = File("逐日雨量.csv", "station,day,rain\n东站,2026-05-01,12.5\n西站,2026-05-01,9\n".encode())
INDEX = File("雨量指数.csv", "station,day,rain\n东站,2026-05-01,0.83\n西站,2026-05-01,0.6\n".encode())
SAMPLE = File("样例.csv", "station,day,rain\n某站,2026-05-01,0.5\n".encode())


def on(day: str) -> AbstractContextManager[None]:
    """Nine o'clock in the morning of a day of 2026 given as month-day: `with on("03-02"): …`."""
    return clock.frozen(f"2026-{day}T09:00+08:00")


@dataclass(frozen=True)
class Cast:
    """Who takes part. Where two people of one body are needed, the second stands beside the first."""

    agency: Actor
    reviewer: Actor
    decider: Actor
    registrar: Actor
    operator: Actor
    developer: Actor
    keeper: Actor
    insurer: Actor
    charity: Actor


def everybody() -> Cast:
    """The bodies of the town register; their people get mandates to apply, sign, decide and keep the accounts."""
    agency, registrar = _body("衡州市水利局", "agency"), _body("衡州市公共数据登记中心", "registrar")
    authority, operator = _body("衡州市数据局", "authority"), _body("衡数一级开发有限公司", "operator")
    developer, insurer = (
        _body("云汀智算科技有限公司", "developer"),
        _body("衡州财产保险股份有限公司", "buyer"),
    )
    charity = _body("衡州市防灾减灾公益促进会", "buyer")
    return Cast(
        agency=_person(agency),
        reviewer=_person(authority),
        decider=_person(authority),
        registrar=_person(registrar),
        operator=_person(operator),
        developer=_person(developer),
        keeper=_person(developer),
        insurer=_person(insurer),
        charity=_person(charity),
    )


def _body(name: str, role: str) -> Any:
    return an_organisation(role, name=name, jurisdiction=PLACE)


def _person(body: Any) -> Actor:
    return acting(a_member(body), body)


def sign(agreement_: Any, *signers: Actor) -> None:
    """Each signer confirms with the password and the hash of the very file that was read."""
    for signer in signers:
        frozen = contracts.document_of(agreement_).sha256
        confirmed = {"password": PASSWORD, "document_sha256": frozen, "capacity": "授权代表"}
        execute(agreement.sign, actor=signer, subject_id=agreement_.id, data=confirmed)


def granted(shares: dict[str, tuple[Actor, int]]) -> dict[str, Any]:
    """What the authority decides: with reasons, their basis, and who shares the income."""
    parts = [
        {"party": str(actor.organisation_id), "role": role, "share_bp": bp}
        for role, (actor, bp) in shares.items()
    ]
    return {"reasons": "目的正当、方案可行。", "basis": "WZ35; WZ36", "income_shares": parts}


class words_of:
    """The words of an issued PDF: `{"a", "b"} <= words_of(document)` fails naming those that do not stand in it."""

    def __init__(self, document: documents.Document) -> None:
        pages = pypdf.PdfReader(io.BytesIO(documents.content(document))).pages
        self.text = "".join("".join(page.extract_text() for page in pages).split())

    def __ge__(self, wanted: set[str]) -> bool:
        missing = {words for words in wanted if "".join(words.split()) not in self.text}
        assert not missing, f"{missing} not in {self.text[:2000]}"
        return True


def name_of(actor: Actor) -> str:
    """The organisation somebody acts for."""
    return accounts.organisation(actor.organisation_id).name


def the_entry_called(title: str) -> CatalogueEntry:
    """An entry by its name, whoever may see it."""
    return db.session.scalars(db.select(CatalogueEntry).where(CatalogueEntry.title == title)).one()


def what_it_says(entry: CatalogueEntry) -> dict[str, Any]:
    """Everything the entry tells, as its form shows it again."""
    said = EntryInput().dump({name: getattr(entry, name) for name in EntryInput().fields})
    return {name: value for name, value in said.items() if value is not None}


def small_catalogue() -> File:
    """Three rows in the headings of a real portal, for where the real file is not at hand: the last has no title."""
    rows = [
        {
            "标题": "莲都区各测站降雨信息",
            "摘要": "莲都区各测站降雨信息,包含序号,测站名称,雨量",
            "更新周期": "每天",
            "资源格式": "数据库-sqlServer",
            "数源单位": "区水利局",
            "数据领域": "公共安全",
            "开放条件": "开放网站开放",
            "更新日期": "2023-06-14",
        },
        {"标题": "公交站点信息", "摘要": "开放目录", "更新周期": "不定期", "数源单位": "市交通运输局"},
        {"标题": "", "摘要": "没有标题的一行", "数源单位": "区水利局"},
    ]
    return File("catalogue.json", json.dumps(rows, ensure_ascii=False).encode())


# What the file could not say about the entry, and the agency adds.
WHAT_WAS_MISSING = {
    "national_grade": "general",
    "local_level": "1",
    "collector": "衡州市水利局",
    "approver": "衡州市数据局",
    "sharing_attribute": "unconditional",
    "sharing_content": "全部数据项",
    "sharing_conditions": "注明来源。",
    "sharing_scope": "各级公共管理和服务机构",
    "opening_attribute": "open",
    "update_frequency": "daily",
}
ASSESSMENTS = {
    "secrecy_risk": PAPER,
    "personal_information": PAPER,
    "consent_of": "衡州市水利局局长",
    "consented_on": "2026-03-03",
}
RESOURCE = {
    "title": "衡州市雨情监测数据资源",
    "abstract": "各雨量站监测数据，持续归集更新。",
    "scenario": "防汛调度、农业保险。",
    "source_legality": "依职责监测形成，来源合法。",
    "storage_location": "衡州市政务云",
    "volume": "约 120 万条",
    "update_frequency": "daily",
    "national_grade": "general",
    "deposit_sha256": "5e" * 32,
}
REGISTRATION = {
    "kind": "first",
    "risk_assessment": "不含国家秘密和个人信息，风险可控。",
    "commitment_letter": PAPER,
    "evidence": PAPER,
}
LICENCE = {
    "scope": "水利、气象领域公共数据的治理与开发",
    "purpose": "面向防汛与保险提供数据要素和产品。",
    "technical_condition": "自建三级等保平台。",
    "processing_ability": "数据治理团队二十人。",
    "security_management": "设数据安全负责人和应急预案。",
}
LICENCE_SCORES = {
    "scores": [
        {"criterion": "purpose", "points": 88},
        {"criterion": "technical_condition", "points": 85},
        {"criterion": "processing_ability", "points": 82},
        {"criterion": "security_management", "points": 90},
    ],
    "opinion": "符合条件。",
}
APPLICATION = {
    "purposes": PURPOSES,
    "purpose_text": "为防汛预警和农业保险提供标准化的雨量数据。",
    "plan": "分两期完成治理与发布，按月更新。",
    "ability": "自有治理平台与专职团队。",
    "security": "等级保护三级，全程留痕。",
    "territory": [PLACE],
}
FIRST_LEVEL = {
    "level": "first_level",
    "title": "雨情数据一级开发",
    "funding_mode": "share_of_income",
    "starts_on": "2026-04-15",
    "ends_on": "2029-04-14",
}
SECOND_LEVEL = {
    "level": "second_level",
    "title": "降雨指数产品二级开发",
    "starts_on": "2026-05-06",
    "ends_on": "2028-05-05",
}
APPLICATION_SCORES = {
    "opinion": "方案可行，建议准予。",
    "scores": [
        {"criterion": name, "points": 86}
        for name in ("purpose", "technical_condition", "processing_ability", "security_management")
    ],
}
ELEMENT = {
    "title": "逐日雨量要素",
    "abstract": "各雨量站逐日雨量。",
    "columns": COLUMNS,
    "treatment": "已去重、统一时区；不含个人信息。",
}
PRODUCT = {
    "kind": "data_set",
    "title": "降雨指数保险触发数据",
    "title_en": "Rain index for insurance",
    "abstract": "按测站合成的降雨指数，用于农业保险理赔触发。",
    "columns": COLUMNS,
    "purposes": PURPOSES,
    "theme": "weather",
    "keywords": ["降雨", "保险"],
    "update_frequency": "monthly",
    "exchange_reference": "HZDEX-2026-0001",
}
OFFER = {"title": "按年使用", "purposes": PURPOSES, "open_from": "2026-05-11"}
YEARLY = {"unit": "per_period", "term_months": 12, "quantity_included": 1}
PUBLIC_NEED = {
    "purpose_class": "public_welfare",
    "text": "乡村防汛志愿服务的雨情提示。",
    "evidence": PAPER,
}
