"""What the demonstration city has finished, begun once more: every kind of case in a state that shows its own pages."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kernel import audit, clock
from kernel.actor import ANONYMOUS
from kernel.command import execute
from kernel.db import db
from kernel.fields import File
from marketplace.models import DataProduct
from registry.commands import debarment, harvest, imports, licence, licence_objection, succession
from registry.models import CatalogueEntry
from supervision.cli.demonstration import people
from tests.factories import collecting, contracts, marketplace, registry
from tests.factories.accounts import an_actor, organisation_of
from tests.factories.unfinished_life import leave_life
from tests.factories.unfinished_selections import leave_selections

WHY = {"reasons": "泄露在项目中取得的数据。", "basis": "YN L180"}


def leave_unfinished(made: Any) -> None:
    """Drafts, objections, an import that was only read, a comparison nobody confirmed, a bar, a succession."""
    _registrations(made)
    _licences(made)
    _catalogue(made)
    _market(made)
    audit.seal(clock.now())


def _registrations(made: Any) -> None:
    agency, registrar = made.act("agency0_apply"), made.act("registrar")
    registry.a_registration(agency)
    notice = registry.in_notice(registry.handed_in(registry.a_registration(agency), agency), registrar)
    registry.an_objection(notice, evidence=registry.PDF)


def _licences(made: Any) -> None:
    authority, operator = made.act("decider"), made.act("operator")
    registry.a_licence_application(operator, level="second_level")
    waiting = registry.an_accepted_licence(authority=authority)
    registry.impartial(registry.a_naming(waiting, made.act("reviewer"), authority), made.act("reviewer"))
    announced = registry.an_assessed_licence(authority=authority)
    execute(licence.announce, actor=registry.colleague(authority), subject_id=announced.id)
    data = {"licence_id": str(announced.id), "name": "李某", "contact": "0000-1234567", "grounds": "能力不实。"}
    execute(licence_objection.lodge, actor=ANONYMOUS, data=data)
    old, new = an_actor("operator"), an_actor("operator")
    registry.a_licence(old, authority)
    told = {"predecessor_uscc": organisation_of(old).uscc, "ground": "merger", "explanation": "整体并入。"}
    told |= {"effective_on": clock.today().isoformat()}
    execute(succession.apply, actor=new, data=told | {"evidence": registry.PDF})
    given = registry.heard("debar", authority, organisation_id=an_actor("operator").organisation_id)
    until = clock.today() + timedelta(days=100)
    imposed = {"notice_id": str(given.id), "ground": "leak", "ends_on": until.isoformat(), **WHY}
    execute(debarment.impose, actor=registry.colleague(authority), data=imposed)


def _catalogue(made: Any) -> None:
    agency, authority = made.act("agency0_apply"), made.act("reviewer")
    rows = [{"资源名称": "公交站点", "提供单位": "市交通局", "更新周期": "每月", "开放条件": "无条件开放"}]
    file = File("catalogue.json", json.dumps(rows, ensure_ascii=False).encode())
    execute(imports.examine, actor=authority, data={"file": file, "jurisdiction": people.PLACE})
    levels = {"title": "潮位监测", "items": [{"name": "测点", "key": True}, {"name": "潮位"}, {"name": "潮时"}]}
    first = registry.a_published_entry(registry.an_agency(), authority, **levels)
    draft = registry.a_draft(agency, **levels)
    collecting.an_overlap(draft, first, agency)
    mine = db.session.scalars(
        select(CatalogueEntry).where(
            CatalogueEntry.agency_id == agency.organisation_id, CatalogueEntry.state == "published"
        )
    )
    tables = {
        f"{place}_file": File(f"{place}.csv", f"测点,潮位\n1,3.{tenths}\n".encode())
        for place, tenths in (("first", 1), ("second", 2))
    }
    collecting.a_comparison(authority, mine.first(), first, item="潮位", key="测点", **tables)
    asked = {"title": "外地目录", "kind": "ckan", "address": "http://portal.example.org", "grace_days": 3}
    source = execute(harvest.propose, actor=authority, data=asked | {"jurisdiction": people.PLACE})
    execute(harvest.rehearse, actor=authority, subject_id=source.id)


def _market(made: Any) -> None:
    operator, agency = made.act("operator"), made.act("agency0_apply")
    sold = select(DataProduct).where(
        DataProduct.seller_id == operator.organisation_id, DataProduct.state == "listed"
    )
    marketplace.a_drafted_offer(db.session.scalars(sold.limit(1)).one(), operator)
    who = contracts.Parties(operator, made.act("reviewer"), made.act("decider"), agency, made.act("registrar"))
    contracts.an_application(who, attachment=registry.PDF)
    leave_selections(made, who)
    leave_life(who)
