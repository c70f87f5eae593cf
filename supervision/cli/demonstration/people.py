"""Who takes part in the demonstration: invented organisations, and people named by their posts."""

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from stdnum.cn import uscc

from accounts import queries as accounts
from accounts.commands import membership, organisation, person
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
from kernel.words import N_
from supervision.cli.demonstration.times import Calendar

PLACE = "990100"
MANDATE = timedelta(days=720)
PASSWORD = "hengzhou-demo-2026"  # noqa: S105  printed on the demonstration page, worthless elsewhere
CATALOGUE = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
ALL = ("apply", "sign", "be_served", "keep_accounts")
OFFICE = (*ALL, "decide")

# key, name, English name, body of the credit code, form, roles, [(person key, post, demonstration role or "", mandates)]
ORGANISATIONS: list[tuple[str, str, str, str, str, tuple[str, ...], list[tuple[str, str, str, tuple[str, ...]]]]] = [
    ("authority", "衡州市数据局", "Hengzhou Data Bureau", "11990100000000000", "government_body", ("authority",),
     [("reviewer", "数据局审核处周科长", N_("Authority: reviews and assesses"), OFFICE),
      ("decider", "数据局沈副局长", N_("Authority: decides and signs"), OFFICE)]),
    ("registrar", "衡州市公共数据登记中心", "Hengzhou Public Data Registry", "12990100000000101", "public_institution",
     ("registrar",), [("registrar", "登记中心吴主任", N_("Registrar"), OFFICE), ("clerk", "登记中心郑登记员", "", OFFICE)]),
    ("auditor", "衡州市审计局", "Hengzhou Audit Bureau", "11990100000000202", "government_body", ("auditor",),
     [("auditor", "审计局何科长", N_("Auditor"), ("be_served",))]),
    ("operator", "衡数一级开发有限公司", "Hengshu First-Level Development Ltd", "91990100MA0000001", "enterprise",
     ("operator",), [("operator", "衡数公司运营部冯经理", N_("Operator: develops and sells"), ALL),
                     ("keeper", "衡数公司财务部陈会计", N_("Operator: keeps the accounts"), ALL)]),
    ("second_operator", "衡州城运数据有限公司", "Hengzhou City Mobility Data Ltd", "91990100MA0000002", "enterprise",
     ("operator",), [("second_operator", "城运公司蒋经理", "", ALL), ("second_keeper", "城运公司韩会计", "", ALL)]),
    ("third_operator", "明川智联数据运营有限公司", "Mingchuan Connected Data Ltd", "91990102MA0000010", "enterprise", ("operator",),
     [("third_operator", "明川智联曹经理", "", ALL)]),
    ("experts", "衡州市公共数据专家委员会", "Hengzhou Public Data Expert Committee", "12990100000001010", "public_institution",
     ("expert",), [("assessor", "专家委员会魏教授", N_("Expert: assesses bids"), OFFICE),
                   ("second_assessor", "专家委员会陶研究员", "", OFFICE)]),
    ("developer", "云汀智算科技有限公司", "Yunting Smart Computing Ltd", "91990103MA0000003", "enterprise", ("developer",),
     [("developer", "云汀智算杨产品总监", N_("Developer: makes products"), ALL),
      ("developer_keeper", "云汀智算朱会计", N_("Developer: keeps the accounts"), ALL)]),
    ("second_developer", "明川农数服务有限公司", "Mingchuan Agri-Data Services Ltd", "91990102MA0000004", "enterprise",
     ("developer",), [("second_developer", "明川农数秦经理", "", ALL), ("second_developer_keeper", "明川农数尤会计", "", ALL)]),
    ("insurer", "衡州财产保险股份有限公司", "Hengzhou Property Insurance", "91990100MA0000005", "enterprise", ("buyer",),
     [("buyer", "衡州财险采购部许经理", N_("Buyer, industry use"), ALL)]),
    ("logistics", "通衡物流集团有限公司", "Tongheng Logistics Group", "91990100MA0000006", "enterprise", ("buyer",),
     [("logistics", "通衡物流吕主管", "", ALL)]),
    ("bank", "衡州农村商业银行股份有限公司", "Hengzhou Rural Commercial Bank", "91990100MA0000007", "enterprise", ("buyer",),
     [("bank", "衡州农商行施经理", "", ALL)]),
    ("charity", "衡州市防灾减灾公益促进会", "Hengzhou Disaster Relief Association", "51990100MJ0000008",
     "social_organisation", ("buyer",), [("charity", "防灾促进会张秘书长", N_("Buyer, public interest"), ALL)]),
    ("university", "衡州大学", "Hengzhou University", "12990100000000909", "university", ("buyer",),
     [("university", "衡州大学气象学院孔教授", "", ALL)]),
]  # fmt: skip
AGENCY_PEOPLE = [
    ("apply", "目录管理员", N_("Agency: keeps the catalogue"), ALL),
    ("review", "保密审查员", "", ALL),
]


@dataclass
class City:
    """The actors of the story by key, and what was made on the way."""

    organisations: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    def act(self, key: str) -> Actor:
        """The person with that key acting for its organisation today."""
        return accounts.actor_for(self.people[key], self.organisations[self.homes[key]], clock.today())

    def id_of(self, key: str) -> str:
        """The identity of an organisation."""
        return str(self.organisations[key].id)


def found_city(times: Calendar) -> City:
    """Everybody registers and is admitted."""
    city = City()
    with times.at(-210):
        for key, name, name_en, body, form, roles, members in ORGANISATIONS:
            _organisation(
                city, key, name=name, name_en=name_en, uscc=_code(body), legal_form=form, roles=list(roles)
            )
            for who, post, role, mandates in members:
                _member(city, key, who, post, role, mandates)
        for number, agency in enumerate(CATALOGUE["agency"]):
            key = f"agency{number}"
            facts = {"name": agency["name"], "name_en": agency["name_en"], "uscc": _code(agency["uscc_body"])}
            _organisation(city, key, **facts, legal_form="government_body", roles=["agency"])
            for suffix, post, role, mandates in AGENCY_PEOPLE:
                shown = role if number == 0 else ""
                _member(
                    city,
                    key,
                    f"{key}_{suffix}",
                    agency["name"].removeprefix("衡州市") + post,
                    shown,
                    mandates,
                )
    return city


def _code(body: str) -> str:
    return body + str(uscc.calc_check_digit(body))


def _organisation(city: City, key: str, **facts: Any) -> None:
    short = facts["name"].removeprefix("衡州市")
    contact = {
        "jurisdiction": PLACE,
        "address": "衡州市明川区数据大道1号",
        "legal_representative": f"{short}负责人",
        "contact_name": f"{short}办公室",
        "contact_phone": "0990-8000000",
    }
    made = execute(organisation.appoint, actor=SYSTEM, data=facts | contact)
    named = {
        "data_body": f"{short}数据管理处",
        "security_head": f"{short}主要负责人",
        "security_officer": f"{short}数据安全员",
    }
    execute(organisation.name_responsible, actor=SYSTEM, subject_id=made.id, data=named)
    city.organisations[key] = made


def _member(city: City, home: str, key: str, post: str, role: str, mandates: tuple[str, ...]) -> None:
    facts = {
        "name": post,
        "email": f"{key.replace('_', '.')}@hengzhou.example",
        "password": PASSWORD,
        "language": "zh",
    }
    city.people[key] = execute(
        person.register, actor=SYSTEM, data=facts | ({"demo_role": role} if role else {})
    )
    city.homes[key] = home
    admitted = {
        "person_id": str(city.people[key].id),
        "organisation_id": str(city.organisations[home].id),
        "mandates": list(mandates),
        "ends_on": (clock.today() + MANDATE).isoformat(),
    }
    execute(membership.admit, actor=SYSTEM, data=admitted)
