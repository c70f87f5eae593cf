"""The private rows of licences, oversight, harvest and operation by others, for the world of `world`."""

from typing import Any

from kernel import clock
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.db import db
from registry.commands import (
    harvest,
    licence,
    licence_objection,
    recheck,
    registrar,
    registrar_measure,
    rights,
    succession,
)
from registry.models import Registrar
from registry.queries import harvest as harvests
from supervision.commands import searching
from tests.contracts.provider_steps import Sides, described
from tests.factories import registry
from tests.factories.accounts import PLACE, an_actor, organisation_of
from tests.supervision.test_operating import a_filing, a_mandate, done

PDF = registry.PDF


def rows(who: Any) -> list[Any]:
    """One row of each kind that only its parties and those who oversee the place may see."""
    return [*_of_licences(who), *_of_registrars(who), *_of_operation(who), *_of_harvest(who)]


def _of_licences(who: Any) -> list[Any]:
    authority, operator = who.authority, an_actor("operator")
    held = registry.a_licence(operator, authority)
    announced = registry.an_assessed_licence(authority=authority)
    execute(licence.announce, actor=registry.colleague(authority), subject_id=announced.id)
    data = {"licence_id": str(announced.id), "name": "李某", "contact": "0000-1234567", "grounds": "能力不实。"}
    told = {"predecessor_uscc": organisation_of(operator).uscc, "ground": "merger", "explanation": "整体并入。"}
    told |= {"effective_on": clock.today().isoformat(), "evidence": PDF}
    return [
        registry.a_naming(registry.an_accepted_licence(authority=authority), authority, authority),
        registry.a_dossier(an_actor("operator"), ("business_licence",)),
        execute(licence_objection.lodge, actor=ANONYMOUS, data=data),
        registry.heard("revoke", authority, held),
        execute(recheck.begin, actor=authority, data={"licence_id": str(held.id)}),
        execute(succession.apply, actor=an_actor("operator"), data=told),
    ]


def _of_registrars(who: Any) -> list[Any]:
    office = registry.a_registrar()
    held = db.session.scalars(
        db.select(Registrar).where(Registrar.organisation_id == office.organisation_id)
    ).one()
    fault = {"fault": "false_registration", "facts": "登记内容与材料不符。", "basis": "YN L173"}
    measure = {"registrar_id": str(held.id), "kind": "interview", **fault}
    resource = registry.a_resource(who.agency)
    noted = {
        "resource_id": str(resource.id),
        "object_type": "resource",
        "ground": "delivery",
        "began_on": clock.today().isoformat(),
        "title": resource.title,
    }
    return [
        execute(registrar.propose, actor=office, data={"title": "登记业务规则", "file": PDF}),
        execute(registrar_measure.record, actor=who.authority, data=measure),
        execute(rights.note, actor=who.agency, data=noted),
    ]


def _of_operation(who: Any) -> list[Any]:
    operator = an_actor("operator")
    given = a_mandate(who.authority, operator)
    kept = {"title": "雨量", "kinds": ["entry"], "words": "雨量", "narrowed": ""}
    return [
        a_filing(who.agency, an_actor("operator")),
        done(operator, given),
        described(Sides()),
        execute(searching.save, actor=who.agency, data=kept),
    ]


def _of_harvest(who: Any) -> list[Any]:
    asked = {"title": "外地目录", "kind": "ckan", "address": "http://portal.example.org", "grace_days": 3}
    source = execute(harvest.propose, actor=who.authority, data=asked | {"jurisdiction": PLACE})
    execute(harvest.rehearse, actor=who.authority, subject_id=source.id)
    return [source, harvests.run_under_way(source.id)]
