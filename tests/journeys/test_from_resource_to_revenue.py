"""From resource to revenue: the whole product as one story, told with the commands that carry it.

Read it top to bottom. Each chapter is one function; each step in it is one command, run by the person whose step it
is, on the day it happens. The cast, the papers and the words of the applications are in `story.py`.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from billing import queries as billing
from billing.commands import declaration, payment, settlement
from contracts import queries as contracts
from contracts.commands import application, decision, element
from kernel import audit, clock, documents
from kernel.actor import Actor
from kernel.command import execute
from kernel.db import db
from kernel.documents import Document
from kernel.errors import NotAllowed, NotFound, RuleBroken
from kernel.fields import File
from marketplace import queries as marketplace
from marketplace.commands import delivery, offer, order, product
from marketplace.queries.offers import plans_of
from registry import queries as registry
from registry.commands import assessment, catalogue, dossier, imports, licence, registration, resource
from registry.vocabulary.papers import PAPERS
from supervision.queries import right_of_application
from tests.journeys import story
from tests.journeys.story import Cast, name_of, on, sign, the_entry_called, what_it_says, words_of

pytestmark = pytest.mark.prints

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "catalogues" / "zhejiang_lishui.json"
PRICE_YUAN, PRICE = "8888.88", 888_888


def test_from_resource_to_revenue(app: Flask) -> None:
    with on("03-02"):
        cast = story.everybody()
    entry = an_entry_comes_out_of_a_file(cast)
    found = the_resource_is_registered(cast, entry)
    the_developers_are_licensed(cast)
    first = a_first_level_right_is_granted(cast, found)
    made = an_element_is_delivered(cast, first, found)
    second = a_second_level_right_rests_on_it(cast, first, made)
    sold, plan = a_product_is_listed(cast, second, made)
    paid = industry_buys_it(cast, sold, plan)
    the_public_interest_gets_it_for_nothing(cast, sold, plan)
    the_quarter_is_settled(cast, paid)
    everything_can_be_proved()


def an_entry_comes_out_of_a_file(cast: Cast) -> Any:
    """An agency imports a catalogue, completes one entry and hands it in; the authority publishes it."""
    file = File(REAL.name, REAL.read_bytes()) if REAL.is_file() else story.small_catalogue()
    with on("03-03"):
        examined = execute(imports.examine, actor=cast.agency, data={"file": file})
        the_report_says_what_became_of_each_row(examined)
        execute(imports.carry_out, actor=cast.agency, subject_id=examined.id)
        entry = the_entry_called("莲都区各测站降雨信息")
        assert (entry.state, "national_grade" in entry.missing) == ("draft", True)
        with pytest.raises(RuleBroken, match="does not yet say"):
            execute(catalogue.submit, actor=cast.agency, subject_id=entry.id)
        facts = what_it_says(entry) | story.WHAT_WAS_MISSING
        execute(catalogue.amend, actor=cast.agency, subject_id=entry.id, data=facts)
        assert entry.missing == []
        execute(catalogue.assess, actor=cast.agency, subject_id=entry.id, data=story.ASSESSMENTS)
        execute(catalogue.submit, actor=cast.agency, subject_id=entry.id)
    with on("03-06"):
        execute(catalogue.publish, actor=cast.decider, subject_id=entry.id)
    assert entry.state == "published"
    return entry


def the_report_says_what_became_of_each_row(examined: Any) -> None:
    """Every row is taken, mended, repeated or refused, and what is refused says why."""
    counts, rows = examined.counts, list(db.session.scalars(registry.import_rows(examined.id)))
    sums = sum(counts[outcome] for outcome in ("taken", "mended", "refused", "repeated"))
    assert counts["rows"] == sums == len(rows)
    assert all(row.problems for row in rows if row.outcome == "refused")
    assert all(row.mendings for row in rows if row.outcome == "mended")
    assert (counts["rows"], counts["refused"]) == ((845, 0) if REAL.is_file() else (3, 1))


def the_resource_is_registered(cast: Cast, entry: Any) -> Any:
    """The agency describes the resource and hands it in; the registrar accepts, announces and codes it."""
    with on("03-09"):
        described = story.RESOURCE | {"entry_ids": [str(entry.id)]}
        found = execute(resource.describe, actor=cast.agency, data=described)
        begun = story.REGISTRATION | {"resource_id": str(found.id)}
        asked = execute(registration.draft, actor=cast.agency, data=begun)
        confirmed = {"commitment": True, "public_preview_confirmed": True}
        execute(registration.submit, actor=cast.agency, subject_id=asked.id, data=confirmed)
    with on("03-11"):
        execute(registration.accept, actor=cast.registrar, subject_id=asked.id)
        execute(registration.announce, actor=cast.registrar, subject_id=asked.id)
    with on("03-12"), pytest.raises(RuleBroken):  # nobody could have objected yet
        execute(registration.code, actor=cast.registrar, subject_id=asked.id)
    with on(f"{asked.notice_until + timedelta(days=1):%m-%d}"):
        execute(registration.code, actor=cast.registrar, subject_id=asked.id)
    db.session.refresh(found)
    assert (asked.state, found.state, found.code) == ("in_force", "registered", asked.number)
    sheet = documents.current("registration_confirmation", asked)
    assert {asked.number, story.RESOURCE["title"], "衡州市水利局", sheet.number} <= words_of(sheet)
    return found


def the_developers_are_licensed(cast: Cast) -> None:
    """Operator and developer apply with their dossiers; one person assesses, another announces and grants."""
    for applicant, level in ((cast.operator, "first_level"), (cast.developer, "second_level")):
        with on("03-20"):
            asked = execute(licence.draft, actor=applicant, data=story.LICENCE | {"level": level})
            with pytest.raises(RuleBroken):  # the dossier is empty
                execute(licence.submit, actor=applicant, subject_id=asked.id)
            for kind in PAPERS:
                paper = {"kind": kind, "issuer": "衡州市市场监督管理局", "valid_from": "2025-01-01"}
                execute(dossier.add_paper, actor=applicant, data=paper | {"file": story.PAPER})
            execute(licence.submit, actor=applicant, subject_id=asked.id)
        with on("03-23"):
            execute(licence.accept, actor=cast.reviewer, subject_id=asked.id)
            named = {"licence_id": str(asked.id)}
            named["assessor"] = f"{cast.reviewer.user_id}:{cast.reviewer.organisation_id}"
            given = execute(assessment.name_assessor, actor=cast.decider, data=named)
            execute(assessment.declare, actor=cast.reviewer, subject_id=given.id, data={"impartial": "yes"})
            execute(assessment.score, actor=cast.reviewer, subject_id=given.id, data=story.LICENCE_SCORES)
            with pytest.raises(NotAllowed):  # who assessed does not announce, nor grant
                execute(licence.announce, actor=cast.reviewer, subject_id=asked.id)
            execute(licence.announce, actor=cast.decider, subject_id=asked.id)
        reasons = {"reasons": "经评估符合条件，公示无异议，准予取得资格。"}
        with on("03-24"), pytest.raises(RuleBroken):  # the notice still runs
            execute(licence.grant, actor=cast.decider, subject_id=asked.id, data=reasons)
        with on("04-07"):
            execute(licence.grant, actor=cast.decider, subject_id=asked.id, data=reasons)
        assert asked.state == "in_force"
        certificate = documents.current("licence_certificate", asked)
        assert {asked.number, name_of(applicant)} <= words_of(certificate)


def a_first_level_right_is_granted(cast: Cast, found: Any) -> Any:
    """The operator applies on the registered resource; the right is in force when both sides have signed."""
    asks = story.FIRST_LEVEL | {"sources": [str(found.id)]}
    parties = {"operator": (cast.operator, 7000), "agency": (cast.agency, 2000)}
    shares = parties | {"treasury": (cast.decider, 1000)}
    return a_right_is_decided(cast, cast.operator, asks, shares, days=("04-08", "04-13", "04-15"))


def an_element_is_delivered(cast: Cast, right: Any, found: Any) -> Any:
    """The operator makes a data element of the resource and delivers it with its lineage."""
    with on("04-20"):
        said = story.ELEMENT | {"right_id": str(right.id), "resources": [str(found.id)]}
        made = execute(element.draft, actor=cast.operator, data=said)
        file = {"file": story.RAIN, "edition": "2026-04-20"}
        execute(element.attach, actor=cast.operator, subject_id=made.id, data=file)
        execute(element.deliver, actor=cast.operator, subject_id=made.id)
    assert (made.state, made.rows, made.sha256) == ("available", 2, story.RAIN.sha256)
    return made


def a_second_level_right_rests_on_it(cast: Cast, first: Any, made: Any) -> Any:
    """The developer applies on the element, within the first-level right; two agreements bind it."""
    asks = story.SECOND_LEVEL | {"parent_right_id": str(first.id), "sources": [str(made.id)]}
    shares = who_shares(cast)
    too_long = asks | {"ends_on": "2029-12-31"}  # longer than the right it rests on
    with pytest.raises(RuleBroken):
        a_right_is_decided(cast, cast.developer, too_long, shares, days=("04-21", "04-27", "05-06"))
    right = a_right_is_decided(cast, cast.developer, asks, shares, days=("04-21", "04-27", "05-06"))
    kinds = [step["kind"] for step in contracts.chain_of(right.id)]
    assert kinds == ["catalogue_entry", "resource", "first_level", "element", "second_level"]
    return right


def a_right_is_decided(
    cast: Cast, applicant: Actor, asks: dict[str, Any], shares: dict[str, tuple[Actor, int]], days: Any
) -> Any:
    """Applied for, assessed by one person, decided by another, signed by everybody who has to."""
    with on(days[0]):
        asked = execute(application.draft, actor=applicant, data=story.APPLICATION | asks)
        execute(application.submit, actor=applicant, subject_id=asked.id)
    with on(days[1]):
        execute(application.accept, actor=cast.reviewer, subject_id=asked.id)
        execute(application.assess, actor=cast.reviewer, subject_id=asked.id, data=story.APPLICATION_SCORES)
    with on(days[2]):
        execute(decision.grant, actor=cast.decider, subject_id=asked.id, data=story.granted(shares))
        right = right_of_application(asked.id)
        assert right.state == "awaiting_signature"
        for paper in contracts.agreements_about("right", right.id):
            sign(paper, *((applicant, cast.decider) if paper.signed_by_a else (applicant,)))
            assert paper.state == "in_force"
            assert {right.number, name_of(applicant)} <= words_of(contracts.document_of(paper))
        assert contracts.right_is_live(right.id, clock.today()) == (True, None)
    return right


def a_product_is_listed(cast: Cast, right: Any, made: Any) -> tuple[Any, Any]:
    """The developer describes its product, attaches file and sample, lists it and opens an offer."""
    with on("05-11"):
        said = story.PRODUCT | {"right_id": str(right.id), "elements": [str(made.id)]}
        sold = execute(product.draft, actor=cast.developer, data=said)
        files = {"file": story.INDEX, "sample": story.SAMPLE, "edition": "2026-05-11"}
        execute(product.attach, actor=cast.developer, subject_id=sold.id, data=files)
        execute(product.list_, actor=cast.developer, subject_id=sold.id, data={"nothing_bars_it": True})
        plan = story.YEARLY | {"price_minor": PRICE_YUAN}
        opens = story.OFFER | {"product_id": str(sold.id), "plans": [plan]}
        drafted = execute(offer.draft, actor=cast.developer, data=opens)
        execute(offer.open_, actor=cast.developer, subject_id=drafted.id)
    assert sold.state == "listed"
    return sold, plans_of(drafted.id)[0]


def industry_buys_it(cast: Cast, sold: Any, plan: Any) -> Any:
    """An insurer orders, signs, transfers the money, fetches the file and cites its source."""
    with on("05-18"):
        placed = an_order(cast.insurer, sold, plan, "industry_development")
        assert (placed.total_minor, placed.mode) == (PRICE, "market")
        contract = marketplace.agreement_of(placed.id)
        sign(contract, cast.insurer, cast.developer)
        assert contract.kind == "data_provision_contract"
        assert {placed.number, "8,888.88"} <= words_of(contracts.document_of(contract))
        bill = billing.invoice_about(placed.id)
        transfer = {"invoice_id": str(bill.id), "amount_minor": PRICE_YUAN, "paid_on": "2026-05-18"}
        announced = execute(payment.announce, actor=cast.insurer, data=transfer | {"voucher": story.PAPER})
    with on("05-20"):
        seen = {"amount_minor": PRICE_YUAN, "bank_note": "网银流水 0518"}
        with pytest.raises(NotAllowed):  # who pays does not confirm that it was paid
            execute(payment.confirm, actor=cast.insurer, subject_id=announced.id, data=seen)
        execute(payment.confirm, actor=cast.keeper, subject_id=announced.id, data=seen)
        assert (bill.state, placed.state) == ("paid", "active")
        fetched = it_is_fetched(cast.insurer, placed, sold)
        assert (fetched.source, fetched.obtained_on) == ("衡州市水利局", date(2026, 5, 20))
    return bill


def the_public_interest_gets_it_for_nothing(cast: Cast, sold: Any, plan: Any) -> None:
    """A charity declares its purpose with evidence; the authority verifies it; a commitment takes the price's place."""
    with on("05-21"):
        need = story.PUBLIC_NEED | {"item_id": str(sold.id)}
        declared = execute(declaration.declare, actor=cast.charity, data=need)
        with pytest.raises(RuleBroken):  # declared is not yet verified
            an_order(cast.charity, sold, plan, "public_welfare")
        with pytest.raises((NotAllowed, NotFound)):  # and the seller is not the one who verifies
            execute(declaration.verify, actor=cast.developer, subject_id=declared.id)
    with on("05-25"):
        execute(declaration.verify, actor=cast.decider, subject_id=declared.id)
    with on("05-26"):
        placed = an_order(cast.charity, sold, plan, "public_welfare")
        commitment = marketplace.agreement_of(placed.id)
        assert (placed.total_minor, placed.waived_minor) == (0, PRICE)
        assert (commitment.kind, commitment.signed_by_a) == ("public_interest_commitment", False)
        sign(commitment, cast.charity)
        bill = billing.invoice_about(placed.id)
        assert (placed.state, bill.state, bill.total_minor, bill.waived_minor) == ("active", "paid", 0, PRICE)
        it_is_fetched(cast.charity, placed, sold)


def who_shares(cast: Cast) -> dict[str, tuple[Actor, int]]:
    """Who gets how many basis points of what the second-level right brings in."""
    parties = {"developer": (cast.developer, 6000), "operator": (cast.operator, 2500)}
    return parties | {"agency": (cast.agency, 1000), "treasury": (cast.decider, 500)}


def an_order(buyer: Actor, sold: Any, plan: Any, purpose: str) -> Any:
    """One period of the product, for a purpose; the price is the server's business."""
    asks = {"product_id": str(sold.id), "plan_id": str(plan.id), "purpose_class": purpose, "quantity": 1}
    return execute(order.place, actor=buyer, data=asks | {"use_text": "农业保险理赔触发与防汛提示。"})


def it_is_fetched(buyer: Actor, placed: Any, sold: Any) -> Any:
    """The holder of the right of use gets the very file that the seller attached."""
    use = marketplace.entitlement_of_order(placed.id)
    fetched = execute(delivery.fetch, actor=buyer, data={"entitlement_id": str(use.id)})
    assert (fetched.sha256, fetched.product_title) == (story.INDEX.sha256, sold.title)
    return fetched


def the_quarter_is_settled(cast: Cast, bill: Any) -> None:
    """One person prepares the settlement, another approves it; each party gets its statement; nothing is lost."""
    with on("07-06"):
        period = {"jurisdiction": story.PLACE, "period_from": "2026-04-01", "period_to": "2026-06-30"}
        prepared = execute(settlement.prepare, actor=cast.reviewer, data=period)
        with pytest.raises(NotAllowed):
            execute(settlement.approve, actor=cast.reviewer, subject_id=prepared.id)
        execute(settlement.approve, actor=cast.decider, subject_id=prepared.id)
        execute(settlement.close, actor=cast.reviewer, subject_id=prepared.id)
    assert (prepared.gross_minor, prepared.waived_minor) == (bill.total_minor, PRICE)
    got = {one.party_id: one for one in billing.statements_of(prepared.id)}
    for party, share_bp in who_shares(cast).values():
        statement = got[party.organisation_id]
        assert abs(statement.share_minor * 10_000 - PRICE * share_bp) < 10_000  # within one fen
        sheet = db.session.get(Document, statement.document_id)
        assert {name_of(party), f"{statement.share_minor / 100:,.2f}"} <= words_of(sheet)
    assert sum(one.share_minor for one in got.values()) == PRICE
    assert billing.balance_of("bank", cast.developer.organisation_id) == PRICE
    with on("07-08"):
        execute(settlement.pay_out, actor=cast.decider, subject_id=prepared.id)
    kept = got[cast.developer.organisation_id].share_minor
    assert billing.balance_of("bank", cast.developer.organisation_id) == kept


def everything_can_be_proved() -> None:
    """The books balance, the log is sealed and unbroken, and every document is the one that was issued."""
    assert billing.problems() == []
    assert audit.seal(clock.now()) > 0
    checked = audit.verify()
    assert (checked["problems"], checked["unsealed"]) == ([], 0)
    issued = db.session.scalars(db.select(Document)).all()
    assert len(issued) >= 14
    for document in issued:
        assert documents.verify(document, rerender=False)["genuine"], document.number
        assert documents.by_check_code(document.check_code).id == document.id
    assert documents.verify(issued[-1])["rerender_matches"] is not False
