"""Applications, rights, agreements and data elements for tests: each reaches its state by the real commands."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from contracts import queries, reactions  # noqa: F401  rights and agreements follow by reactions
from contracts.commands import agreement as agreements
from contracts.commands import application as applications
from contracts.commands import decision as decisions
from contracts.commands import element as elements
from contracts.models import Agreement, Application, DataElement, DevelopmentRight
from contracts.queries.rights import source_ids
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.command import execute
from kernel.db import db
from kernel.errors import WrongState
from kernel.fields import File
from registry.models import DataResource
from tests.factories.accounts import PASSWORD, PLACE, an_actor
from tests.factories.registry import (
    a_licence,
    a_registered_resource,
    a_registrar,
    an_agency,
    an_authority,
    colleague,
)
from tests.kept import kept

RAIN = File("rain.csv", "station,day,rain\n东站,2026-10-01,12.5\n西站,2026-10-01,9\n".encode())
FIELDS = [
    {"name": "station", "title": "站点", "type": "text"},
    {"name": "day", "title": "日期", "type": "date"},
    {"name": "rain", "title": "雨量（毫米）", "type": "decimal"},
]
WORDS: Mapping[str, Any] = {
    "title": "逐日雨量要素开发",
    "purposes": ["public_governance", "industry_development"],
    "purpose_text": "为防汛调度和农业保险提供标准化的雨量要素。",
    "plan": "形成逐日雨量要素，按月更新。\n接口与文件两种方式提供。",
    "ability": "自有数据治理平台，团队二十人。",
    "security": "三级等保，专人专岗，全程留痕。",
    "territory": [PLACE],
}
SCORES = [
    {"criterion": name, "points": 80}
    for name in ("purpose", "technical_condition", "processing_ability", "security_management")
]
REASONS = {"reasons": "方案可行，能力与安全条件具备。", "basis": "WZ35"}


@dataclass(frozen=True)
class Parties:
    """Who takes part: the applicant, two people of the authority, the agency behind the resources, the registrar."""

    operator: Actor
    authority: Actor
    deputy: Actor
    agency: Actor
    registrar: Actor


def parties() -> Parties:
    """A licensed operator, an authority with two people, an agency and a registrar, all of the demonstration city."""
    return parties_of(PLACE)


@kept
def parties_of(place: str) -> Parties:
    """The same, of another place."""
    operator, authority = an_actor("operator", jurisdiction=place), an_authority(place)
    a_licence(operator, authority)
    agency, registrar = an_agency(jurisdiction=place), a_registrar(place)
    return Parties(operator, authority, colleague(authority), agency, registrar)


def licensed(who: Parties) -> None:
    """The operator's licence given anew, as after its end."""
    a_licence(who.operator, who.authority)


def a_term(days: int = 700) -> dict[str, str]:
    """From today on, so many days."""
    return {
        "starts_on": clock.today().isoformat(),
        "ends_on": (clock.today() + timedelta(days=days)).isoformat(),
    }


@kept
def a_source(who: Parties, **facts: Any) -> DataResource:
    """A registered resource of the agency."""
    return a_registered_resource(who.agency, who.registrar, **facts)


def an_application(who: Parties, resource: DataResource | None = None, **facts: Any) -> Application:
    """A drafted first-level application on one registered resource."""
    resource = resource or a_source(who)
    given = {"level": "first_level", "sources": [str(resource.id)], "funding_mode": "share_of_income"}
    return execute(applications.draft, actor=who.operator, data={**WORDS, **a_term(), **given, **facts})


def submitted(asked: Application, applicant: Actor) -> Application:
    """The application handed in."""
    return execute(applications.submit, actor=applicant, subject_id=asked.id)


def assessed(asked: Application, authority: Actor, points: int = 80) -> Application:
    """The application handed in before, accepted and assessed."""
    execute(applications.accept, actor=authority, subject_id=asked.id)
    scores = [score | {"points": points} for score in SCORES]
    execute(
        applications.assess,
        actor=authority,
        subject_id=asked.id,
        data={"scores": scores, "opinion": "可行。"},
    )
    return asked


def first_shares(who: Parties) -> list[dict[str, Any]]:
    """Seventy per cent for the operator, twenty for the agency, ten for the treasury."""
    return [
        {"party": str(who.operator.organisation_id), "role": "operator", "share_bp": 7000},
        {"party": str(who.agency.organisation_id), "role": "agency", "share_bp": 2000},
        {"party": str(who.authority.organisation_id), "role": "treasury", "share_bp": 1000},
    ]


def granted(
    asked: Application, decider: Actor, shares: list[dict[str, Any]], **facts: Any
) -> DevelopmentRight:
    """The right a grant establishes: its agreements wait for signatures."""
    execute(
        decisions.grant,
        actor=decider,
        subject_id=asked.id,
        data={**REASONS, "income_shares": shares, **facts},
    )
    return db.session.scalars(
        db.select(DevelopmentRight).where(DevelopmentRight.application_id == asked.id)
    ).one()


def signed(agreement: Agreement, signer: Actor) -> Agreement:
    """The agreement signed by one person."""
    document = queries.document_of(agreement)
    data = {"password": PASSWORD, "document_sha256": document.sha256, "capacity": "法定代表人"}
    return execute(agreements.sign, actor=signer, subject_id=agreement.id, data=data)


def all_signed(held: DevelopmentRight, holder: Actor, authority: Actor) -> DevelopmentRight:
    """The right in force: every agreement signed by everybody who has to."""
    for agreement in queries.agreements_about("right", held.id):
        signed(agreement, holder)
        if agreement.signed_by_a:
            signed(agreement, authority)
    db.session.refresh(held)
    return held


@kept
def an_awaiting_right(who: Parties, resource: DataResource | None = None, **facts: Any) -> DevelopmentRight:
    """A first-level right that waits for signatures."""
    asked = assessed(submitted(an_application(who, resource, **facts), who.operator), who.authority)
    return granted(asked, who.deputy, first_shares(who))


@kept
def a_right(who: Parties, resource: DataResource | None = None, **facts: Any) -> DevelopmentRight:
    """A first-level right in force."""
    return all_signed(an_awaiting_right(who, resource, **facts), who.operator, who.deputy)


def a_drafted_element(who: Parties, held: DevelopmentRight, **facts: Any) -> DataElement:
    """An element described under a right, without its file."""
    sources = [str(source_id) for source_id in source_ids(held.id)]
    given = {
        "right_id": str(held.id),
        "title": "逐日雨量",
        "abstract": "各站逐日雨量。",
        "columns": FIELDS,
        "resources": sources,
        "treatment": "已去重、统一时区；不含个人信息。",
    }
    return execute(elements.draft, actor=who.operator, data=given | facts)


def with_file(element: DataElement, operator: Actor, file: File = RAIN) -> DataElement:
    """The element with its file."""
    data = {"file": file, "edition": date(2026, 10, 1).isoformat()}
    return execute(elements.attach, actor=operator, subject_id=element.id, data=data)


@kept
def an_element(who: Parties, held: DevelopmentRight, **facts: Any) -> DataElement:
    """A delivered element."""
    element = with_file(a_drafted_element(who, held, **facts), who.operator)
    return execute(elements.deliver, actor=who.operator, subject_id=element.id)


@kept
def a_developer(who: Parties, **facts: Any) -> Actor:
    """A licensed second-level developer."""
    developer = an_actor("developer", **facts)
    a_licence(developer, who.authority, level="second_level")
    return developer


def a_second_application(developer: Actor, element: DataElement, **facts: Any) -> Application:
    """A drafted second-level application on one element."""
    given = {
        "level": "second_level",
        "title": "雨量保险指数产品开发",
        "parent_right_id": str(element.right_id),
        "sources": [str(element.id)],
        "purposes": ["industry_development"],
    }
    return execute(applications.draft, actor=developer, data={**WORDS, **a_term(300), **given, **facts})


def second_shares(who: Parties, developer: Actor) -> list[dict[str, Any]]:
    """Sixty per cent for the developer, twenty-five for the operator, ten for the agency, five for the treasury."""
    return [
        {"party": str(developer.organisation_id), "role": "developer", "share_bp": 6000},
        {"party": str(who.operator.organisation_id), "role": "operator", "share_bp": 2500},
        {"party": str(who.agency.organisation_id), "role": "agency", "share_bp": 1000},
        {"party": str(who.authority.organisation_id), "role": "treasury", "share_bp": 500},
    ]


@kept
def an_awaiting_second_right(
    who: Parties, developer: Actor, element: DataElement, **facts: Any
) -> DevelopmentRight:
    """A second-level right that waits for signatures."""
    asked = assessed(submitted(a_second_application(developer, element, **facts), developer), who.authority)
    return granted(asked, who.deputy, second_shares(who, developer))


@kept
def a_second_right(who: Parties, developer: Actor, element: DataElement, **facts: Any) -> DevelopmentRight:
    """A second-level right in force."""
    return all_signed(an_awaiting_second_right(who, developer, element, **facts), developer, who.deputy)


def follow_time() -> int:
    """Take the steps that time asks for today, as the daily run does; how many there were.

    What an earlier step has ended already is refused, here as there.
    """
    due = list(reactions.what_time_ends(clock.today()))
    for command, subject_id, *data in due:
        with suppress(WrongState):
            execute(command, actor=SYSTEM, subject_id=subject_id, data=data[0] if data else None)
    return len(due)
