"""Entries, resources, registrations, licences and releases for tests, made by the real commands."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from accounts import queries as accounts
from kernel import clock, due
from kernel.actor import ANONYMOUS, Actor
from kernel.command import execute
from kernel.db import db
from kernel.fields import File
from registry import queries, reactions  # noqa: F401  coding registers the resource by a reaction
from registry.commands import (
    assessment,
    catalogue,
    dossier,
    licence,
    notice,
    objection,
    registration,
    release,
    resource,
)
from registry.models import (
    Assessment,
    CatalogueEntry,
    DataResource,
    Dossier,
    Licence,
    Notice,
    Objection,
    Registration,
    Release,
)
from registry.vocabulary.papers import PAPERS
from tests.factories.accounts import PLACE, a_member, acting, an_actor
from tests.factories.collecting import explained
from tests.kept import kept

PDF = File("paper.pdf", b"%PDF-1.7\nA paper.\n%%EOF\n")
CSV = File("stations.csv", "站点,雨量\n东站,12\n西站,9\n".encode())
ENTRY: Mapping[str, Any] = {
    "title": "气象站逐日雨量",
    "abstract": "全市气象站每日观测的雨量。",
    "keywords": ["气象", "雨量"],
    "themes": ["weather"],
    "national_grade": "general",
    "provider": "衡州市气象局",
    "collector": "衡州市气象局",
    "approver": "衡州市数据局",
    "data_form": "table",
    "formats": ["csv"],
    "items": [{"name": "站点"}, {"name": "雨量"}],
    "update_frequency": "daily",
    "sharing_attribute": "unconditional",
    "sharing_content": "全部数据项",
    "opening_attribute": "open",
}
RESOURCE: Mapping[str, Any] = {
    "title": "衡州雨量数据资源",
    "abstract": "气象站观测数据的集合。",
    "scenario": "防汛调度、农业保险。",
    "source_legality": "依职责观测形成。",
    "storage_location": "衡州市政务云",
    "volume": "120 万条",
    "update_frequency": "daily",
    "national_grade": "general",
    "deposit_sha256": hashlib.sha256(b"deposit").hexdigest(),
}
LICENCE: Mapping[str, Any] = {
    "level": "first_level",
    "scope": "气象、交通领域的数据治理与开发。",
    "purpose": "开发面向防汛与保险的数据要素。",
    "technical_condition": "自有三级等保平台。",
    "processing_ability": "数据治理团队二十人。",
    "security_management": "设有首席安全官和应急预案。",
}
SCORES = {"purpose": 90, "technical_condition": 85, "processing_ability": 80, "security_management": 88}


def an_agency(**facts: Any) -> Actor:
    """Somebody who may draft and hand in for an agency."""
    return an_actor("agency", **facts)


def an_authority(jurisdiction: str = PLACE) -> Actor:
    """Somebody who may decide for the public data authority of the place."""
    return an_actor("authority", jurisdiction=jurisdiction)


def a_registrar(jurisdiction: str = PLACE) -> Actor:
    """Somebody who may decide for the registrar of the place."""
    return an_actor("registrar", jurisdiction=jurisdiction)


def a_draft(agency: Actor | None = None, **facts: Any) -> CatalogueEntry:
    """An entry that says everything; `facts` change it, None takes a field out."""
    values = {name: value for name, value in ({**ENTRY, **facts}).items() if value is not None}
    return execute(catalogue.draft, actor=agency or an_agency(), data=values)


def assessed(entry: CatalogueEntry, agency: Actor) -> CatalogueEntry:
    """The entry with both assessments and the head's consent attached."""
    papers = {"secrecy_risk": PDF, "personal_information": PDF}
    consent = {"consent_of": "局长", "consented_on": clock.today().isoformat()}
    return execute(catalogue.assess, actor=agency, subject_id=entry.id, data=papers | consent)


@kept
def a_submitted_entry(agency: Actor | None = None, **facts: Any) -> CatalogueEntry:
    """An entry handed in for review."""
    agency = agency or an_agency()
    entry = explained(assessed(a_draft(agency, **facts), agency), agency)
    return execute(catalogue.submit, actor=agency, subject_id=entry.id)


@kept
def a_published_entry(
    agency: Actor | None = None, authority: Actor | None = None, **facts: Any
) -> CatalogueEntry:
    """An entry in the public catalogue."""
    entry = a_submitted_entry(agency, **facts)
    deciding = authority or an_authority(entry.jurisdiction)
    return execute(catalogue.publish, actor=deciding, subject_id=entry.id)


def a_resource(
    agency: Actor | None = None,
    authority: Actor | None = None,
    entry: Mapping[str, Any] | None = None,
    **facts: Any,
) -> DataResource:
    """A resource described by an agency, made of one published entry (`entry` changes that)."""
    agency = agency or an_agency()
    published = a_published_entry(agency, authority, **(entry or {}))
    values = {**RESOURCE, "entry_ids": [str(published.id)], **facts}
    values = {name: value for name, value in values.items() if value is not None}
    return execute(resource.describe, actor=agency, data=values)


def a_registration(
    holder: Actor | None = None, found: DataResource | None = None, kind: str = "first", **facts: Any
) -> Registration:
    """A registration begun, with everything that its kind asks for."""
    holder = holder or an_agency()
    found = found or a_resource(holder)
    values = {
        "kind": kind,
        "resource_id": str(found.id),
        "risk_assessment": "不含个人信息。",
        "commitment_letter": PDF,
        "evidence": PDF,
        "ground": "given_up_or_expired" if kind == "cancellation" else None,
        **facts,
    }
    values = {name: value for name, value in values.items() if value is not None}
    return execute(registration.draft, actor=holder, data=values)


def handed_in(found: Registration, holder: Actor) -> Registration:
    """The registration handed in, with commitment and preview confirmed."""
    data = {"commitment": True, "public_preview_confirmed": True}
    return execute(registration.submit, actor=holder, subject_id=found.id, data=data)


def in_notice(found: Registration, registrar: Actor) -> Registration:
    """The registration accepted, reviewed and in public notice."""
    execute(registration.accept, actor=registrar, subject_id=found.id)
    return execute(registration.announce, actor=registrar, subject_id=found.id)


def coded(found: Registration, registrar: Actor) -> Registration:
    """The registration coded on the day after its notice."""
    with clock.frozen(clock.now() + timedelta(days=(found.notice_until - clock.today()).days + 1)):
        return execute(registration.code, actor=registrar, subject_id=found.id)


@kept
def a_registered_resource(
    agency: Actor | None = None,
    registrar: Actor | None = None,
    entry: Mapping[str, Any] | None = None,
    **facts: Any,
) -> DataResource:
    """A resource whose first registration is in force."""
    agency, registrar = agency or an_agency(), registrar or a_registrar()
    found = a_resource(agency, entry=entry, **facts)
    coded(in_notice(handed_in(a_registration(agency, found), agency), registrar), registrar)
    db.session.refresh(found)
    return found


def an_objection(found: Registration, **facts: Any) -> Objection:
    """An objection of somebody without an account."""
    values = {
        "registration_id": str(found.id),
        "name": "李某",
        "contact": "0000-1234567",
        "grounds": "该数据资源中的数据由我单位提供，未经我单位同意。",
        "proof": "数据提供协议（2025年）第三条。",
    }
    given = {name: value for name, value in (values | facts).items() if value is not None}
    return execute(objection.lodge, actor=ANONYMOUS, data=given)


def a_dossier(operator: Actor, kinds: Collection[str] = tuple(PAPERS), **facts: Any) -> Dossier | None:
    """The dossier of an operator with a current paper of each kind it does not hold yet."""
    held = queries.papers_of(operator.organisation_id)
    for kind in kinds:
        if kind not in held or facts:
            paper = {
                "kind": kind,
                "issuer": "衡州市市场监督管理局",
                "number": "HZ-1",
                "valid_from": "2020-01-01",
                "file": PDF,
            }
            execute(dossier.add_paper, actor=operator, data=paper | facts)
    return queries.dossier_of(operator.organisation_id)


def a_licence_application(operator: Actor | None = None, **facts: Any) -> Licence:
    """An application for a licence, with the dossier behind it, not yet handed in."""
    operator = operator or an_actor("operator")
    if {"operator", "developer"} & operator.roles:
        a_dossier(operator)
    values = {name: value for name, value in {**LICENCE, **facts}.items() if value is not None}
    return execute(licence.draft, actor=operator, data=values)


@kept
def an_accepted_licence(
    operator: Actor | None = None, authority: Actor | None = None, **facts: Any
) -> Licence:
    """An application that waits for its assessors."""
    operator, authority = operator or an_actor("operator"), authority or an_authority()
    found = a_licence_application(operator, **facts)
    execute(licence.submit, actor=operator, subject_id=found.id)
    return execute(licence.accept, actor=authority, subject_id=found.id)


def a_naming(found: Licence, assessor: Actor, authority: Actor) -> Assessment:
    """Somebody named to assess the application."""
    named = {"licence_id": str(found.id), "assessor": f"{assessor.user_id}:{assessor.organisation_id}"}
    return execute(assessment.name_assessor, actor=authority, data=named)


def impartial(found: Assessment, assessor: Actor) -> Assessment:
    """The assessment whose assessor has declared no tie."""
    return execute(assessment.declare, actor=assessor, subject_id=found.id, data={"impartial": "yes"})


def points(number: int = 85, opinion: str = "符合条件。") -> dict[str, Any]:
    """The same points for each criterion, and an opinion."""
    return {"scores": [{"criterion": name, "points": number} for name in SCORES], "opinion": opinion}


def assessed_by(found: Licence, assessor: Actor, authority: Actor, number: int = 85) -> Assessment:
    """The application assessed by one person more."""
    given = impartial(a_naming(found, assessor, authority), assessor)
    return execute(assessment.score, actor=assessor, subject_id=given.id, data=points(number))


def an_assessed_licence(
    operator: Actor | None = None, authority: Actor | None = None, number: int = 85, **facts: Any
) -> Licence:
    """An application that as many have assessed as the rules ask for, the given person of the authority first."""
    authority = authority or an_authority()
    found = an_accepted_licence(operator, authority, **facts)
    for place in range(due.profile(found).number("assessment.assessors")):
        assessed_by(found, authority if place == 0 else colleague(authority), authority, number)
    return found


def colleague(actor: Actor) -> Actor:
    """Another person of the same organisation, with every mandate."""
    organisation = accounts.organisation(actor.organisation_id)
    return acting(a_member(organisation), organisation)


@kept
def an_announced_licence(
    operator: Actor | None = None, decider: Actor | None = None, authority: Actor | None = None, **facts: Any
) -> Licence:
    """An application whose public notice is over: it was announced weeks ago (mandates begin today, so that alone)."""
    authority = authority or an_authority()
    found = an_assessed_licence(operator, authority, **facts)
    with clock.frozen(clock.now() - timedelta(days=30)):
        return execute(licence.announce, actor=decider or colleague(authority), subject_id=found.id)


@kept
def a_licence(operator: Actor | None = None, authority: Actor | None = None, **facts: Any) -> Licence:
    """A licence in force, granted by another person than the one who assessed."""
    authority = authority or an_authority()
    decider = colleague(authority)
    found = an_announced_licence(operator, decider, authority, **facts)
    return execute(licence.grant, actor=decider, subject_id=found.id, data={"reasons": "评估合格。"})


def heard(
    act: str, authority: Actor, found: Licence | None = None, organisation_id: Any = None, days: int = 30
) -> Notice:
    """Notice of an adverse act, given so many days ago; the time for the reply is over."""
    about = {"licence_id": str(found.id)} if found is not None else {"organisation_id": str(organisation_id)}
    data = {"act": act, "reasons": "经查，存在下列问题。", "basis": "YN L180"}
    with clock.frozen(clock.now() - timedelta(days=days)):
        return execute(notice.give, actor=authority, data=data | about)


def a_prepared_release(
    agency: Actor | None = None, entry: CatalogueEntry | None = None, **facts: Any
) -> Release:
    """A file of an open entry, made ready by an agency."""
    agency = agency or an_agency()
    entry = entry or a_published_entry(agency)
    values = {
        "entry_id": str(entry.id),
        "title": "逐日雨量 2026",
        "edition": "2026-10-31",
        "file": CSV,
        "treatment": "已清洗，不含个人信息。",
    }
    return execute(release.prepare, actor=agency, data=values | facts)


@kept
def a_release(agency: Actor | None = None, entry: CatalogueEntry | None = None, **facts: Any) -> Release:
    """A file that anybody may fetch: reviewed by a colleague, released by the agency."""
    agency = agency or an_agency()
    found = a_prepared_release(agency, entry, **facts)
    review = {"review": "不涉密，可以开放。", "no_secrets": True}
    execute(release.review, actor=colleague(agency), subject_id=found.id, data=review)
    return execute(release.release, actor=agency, subject_id=found.id)
