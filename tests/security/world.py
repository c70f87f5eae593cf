"""A world with something private of every kind, its owners, and strangers of the same kinds who own nothing of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accounts import queries as accounts
from accounts.commands import token
from accounts.models import Mandate, Membership, Person, Session
from billing import queries as billing
from billing.commands import cap, permitted_revenue, settlement
from contracts import queries as contracts
from contracts.commands import access, condition, obligation, template
from contracts.rules.clauses import delivered, rows_of
from kernel import clock, documents
from kernel.actor import Actor
from kernel.audit import AuditEvent
from kernel.command import execute
from kernel.db import db
from kernel.due import DueDate
from kernel.fields import File
from marketplace import queries as marketplace
from marketplace.commands import result
from registry.commands import imports
from registry.queries import rounds
from tests.factories import collecting, life, registry
from tests.factories import contracts as rights
from tests.factories import marketplace as market
from tests.factories.accounts import PLACE, a_member, acting, an_organisation, sign_in
from tests.factories.billing import yuan
from tests.factories.marketplace import Stall
from tests.security import world_of_oversight, world_of_selection

CATALOGUE = File("目录.json", '[{"标题": "内部目录", "数源单位": "水利局"}]'.encode())

CONDITION = {
    "code": "open_day", "what_zh": "开放日", "what_en": "Open day", "test_zh": "公开", "test_en": "Public",
    "evidence_zh": "记录", "evidence_en": "Record", "sanction_zh": "补办", "sanction_en": "Hold it",
    "count": 1, "unit": "years", "repeats": True, "basis": "YN L120",
}  # fmt: skip


@dataclass
class World:
    """`private`: rows of every kind that no stranger may see; `strangers`: people of the same kinds of body."""

    stall: Stall
    private: dict[type, Any] = field(default_factory=dict)
    strangers: dict[str, Person] = field(default_factory=dict)

    def keep(self, *rows: Any) -> None:
        """Remember rows as private, the first of each kind."""
        for row in rows:
            self.private.setdefault(type(row), row)


def a_world() -> World:
    """Everything is made some months ago; the settlement of that month is made today."""
    with clock.frozen(clock.now() - timedelta(days=100)):
        world = World(market.a_stall())
        month = clock.today()
        _of_the_agency(world)
        _around_the_catalogue(world)
        _of_the_operator(world)
        _of_the_buyer(world)
    _of_the_authority(world, month)
    world.keep(*world_of_oversight.rows(world.stall.who))
    world.keep(*world_of_selection.rows(world.stall.who))
    for name, roles in (("body", ("operator", "developer", "buyer")), ("agency", ("agency",))):
        world.strangers[name] = a_member(an_organisation(*roles, jurisdiction=PLACE))
    return world


def _of_the_agency(world: World) -> None:
    agency = world.stall.who.agency
    described = registry.a_resource(agency)
    begun = registry.a_registration(agency, described)
    examined = execute(imports.examine, actor=agency, data={"file": CATALOGUE})
    world.keep(registry.a_draft(agency), described, begun, examined, registry.a_prepared_release(agency))
    noticed = registry.a_registration(agency, registry.a_resource(agency))
    registry.in_notice(registry.handed_in(noticed, agency), world.stall.who.registrar)
    world.keep(registry.an_objection(noticed))


def _around_the_catalogue(world: World) -> None:
    agency, authority = world.stall.who.agency, world.stall.who.authority
    first = registry.a_published_entry(agency, authority, title="河道流量", items=[{"name": "流量"}])
    other = registry.a_published_entry(registry.an_agency(), authority, title="水情", items=[{"name": "水位"}])
    led = collecting.a_database(authority, agency)
    world.keep(collecting.a_project(agency), collecting.a_holding(agency), collecting.a_lookup(agency))
    world.keep(collecting.an_overlap(registry.a_draft(agency, title="值班表"), other, agency))
    world.keep(collecting.a_comparison(authority, first, other), collecting.an_aggregation(first, agency, led))
    world.keep(collecting.a_reconciliation(first, agency))
    world.keep(collecting.an_archive_package(first, agency), collecting.a_local_catalogue(authority, PLACE))
    asked = collecting.a_round(authority)
    world.keep(next(row for row in rounds.parts_of_round(asked.id) if row.agency_id == agency.organisation_id))


def _of_the_operator(world: World) -> None:
    who, held = world.stall.who, world.stall.right
    world.keep(registry.a_licence_application(who.operator))
    world.keep(rights.an_application(who), held, contracts.agreements_about("right", held.id)[0])
    world.keep(rights.with_file(rights.a_drafted_element(who, held), who.operator))
    drafted = market.a_drafted_product(who.operator, held, world.stall.element)
    world.keep(drafted, market.a_drafted_offer(world.stall.product, who.operator))
    owed = {
        "right_id": str(held.id),
        "what": "季度报告",
        "basis": "WZ36",
        "due_on": clock.today().isoformat(),
    }
    world.keep(execute(obligation.impose, actor=who.authority, data=owed))
    world.keep(life.an_item(who.authority, held), life.an_amendment(who.operator, held), life.an_exit(who))


def _of_the_buyer(world: World) -> None:
    stall, buyer = world.stall, world.stall.buyer
    world.keep(market.a_verified_purpose(stall))
    placed = market.bound(market.an_order(stall), stall)
    market.paid(placed, stall)
    use, bill = market.use_of(placed), market.bill_of(placed)
    world.keep(placed, bill, billing.payments_of(bill.id)[0], use, market.fetched(use, buyer))
    published = {
        "entitlement_id": str(use.id),
        "kind": "report",
        "title": "雨量与理赔",
        "published_on": clock.today().isoformat(),
        "names_source": True,
    }
    world.keep(execute(result.report, actor=buyer, data=published))
    contract = documents.documents_of(marketplace.agreement_of(placed.id))[0]
    world.keep(contract, db.session.scalars(db.select(DueDate)).first())


def _of_the_authority(world: World, month: date) -> None:
    who = world.stall.who
    permitted = {
        "period_from": month.isoformat(),
        "period_to": (month + timedelta(days=364)).isoformat(),
        "cost_minor": yuan(1_000_000),
        "bond_yield_bp": 180,
        "profit_rate_bp": 0,
        "document_number": "衡发改价〔2026〕3号",
    }
    world.keep(execute(permitted_revenue.propose, actor=who.operator, data=permitted))
    proposed = {
        "item_id": str(world.stall.product.id),
        "purpose_class": "sector_development",
        "unit": "per_item",
        "amount_minor": "150.00",
        "valid_from": clock.today().isoformat(),
        "document_number": "衡数价〔2026〕8号",
    }
    world.keep(execute(cap.propose, actor=who.operator, data=proposed))
    period = {
        "jurisdiction": PLACE,
        "period_from": (month - timedelta(days=1)).isoformat(),
        "period_to": (month + timedelta(days=30)).isoformat(),
    }
    prepared = execute(settlement.prepare, actor=who.authority, data=period)
    execute(settlement.approve, actor=who.deputy, subject_id=prepared.id)
    execute(settlement.close, actor=who.authority, subject_id=prepared.id)
    world.keep(prepared, billing.statements_of(prepared.id)[0])
    world.keep(*_written(world))
    key = {"name": "接口", "scope": "act", "expires_on": (clock.today() + timedelta(days=30)).isoformat()}
    world.keep(execute(token.issue, actor=who.operator, data=key))


def _written(world: World) -> list[Any]:
    """A draft of clauses, a condition that is not used any more, an application for data opened on conditions."""
    stall = world.stall
    clauses = rows_of(delivered("security_commitment"))
    kind = {"kind": "security_commitment", "note": "草稿", "clauses": clauses}
    drafted = execute(template.draft, actor=stall.authority, data=kind)
    added = execute(condition.add, actor=stall.authority, data=CONDITION)
    execute(condition.retire, actor=stall.authority, subject_id=added.id, data={"reason": "停用"})
    opened = {"opening_attribute": "conditional", "opening_conditions": "仅用于研究。", "use_conditions": "仅用于研究。"}
    entry = registry.a_published_entry(stall.who.agency, stall.authority, title="医院名录", **opened)
    asked = {
        "entry_id": str(entry.id),
        "purpose": "charity",
        "purpose_text": "救助。",
        "ability": "有。",
        "measures": "专人。",
        "wanted_until": (clock.today() + timedelta(days=90)).isoformat(),
    }
    return [drafted, added, execute(access.apply, actor=stall.buyer, data=asked)]


def actor_of(person: Person) -> Actor:
    """A stranger acting for the only body it belongs to."""
    home = db.session.scalars(db.select(Membership).where(Membership.person_id == person.id)).one()
    return acting(person, accounts.organisation(home.organisation_id))


def keep_accounts(world: World, client: Any) -> None:
    """Rows of the owner's account: its person, membership, mandate, and a session just begun."""
    owner = accounts.person(world.stall.who.operator.user_id)
    assert sign_in(client, owner).status_code == 302
    for model in (Membership, Session):
        world.keep(db.session.scalars(db.select(model).where(model.person_id == owner.id)).first())
    mine = Mandate.membership_id == world.private[Membership].id
    world.keep(accounts.organisation(world.stall.who.operator.organisation_id))
    world.keep(db.session.scalars(db.select(AuditEvent)).first())
    world.keep(owner, db.session.scalars(db.select(Mandate).where(mine)).first())
