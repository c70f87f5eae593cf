"""Agreements: drawn up from facts, signed by people with a mandate, ended with what they are about."""

import uuid

import pytest

from contracts import commands, queries, reactions
from contracts.models import Agreement
from contracts.queries import texts
from contracts.queries.agreements import to_sign
from contracts.rules import clauses
from kernel import audit, clock, documents
from kernel.actor import SYSTEM, Actor
from kernel.command import REACTIONS, available, execute
from kernel.db import db, new_id
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.money import Money
from registry.commands import catalogue
from tests.factories import contracts as made
from tests.factories.accounts import PASSWORD, PLACE, an_actor
from tests.factories.registry import colleague

ORDER = {
    "order": {"number": "DD-1"},
    "product": {
        "title": "雨量指数",
        "edition": clock.today(),
        "delivery": "文件",
        "fields": ["station", "rain"],
    },
    "purpose": {"name": {"zh": "产业发展", "en": "Industry development"}, "text": "农业保险定价"},
    "term": {"starts_on": clock.today(), "ends_on": clock.today()},
    "price": {
        "unit": {"zh": "份", "en": "item"},
        "quantity": 2,
        "list_price": Money(100000),
        "unit_price": Money(80000),
        "waived": Money(40000),
        "total": Money(160000),
        "due_on": clock.today(),
    },
    "authority_chain": [{"kind": "资源", "title": "雨量数据资源", "number": "ZY-1"}],
}


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def waiting(who) -> list[Agreement]:
    """The agreement and the commitment of a right that waits for signatures."""
    return queries.agreements_about("right", made.an_awaiting_right(who).id)


def order_agreement(seller: Actor, buyer: Actor, kind: str = "data_provision_contract", **data) -> Agreement:
    """What the marketplace puts before the parties of an order."""
    facts = {
        "kind": kind,
        "about_type": "order",
        "about_id": str(new_id()),
        "jurisdiction": PLACE,
        "party_a_id": str(seller.organisation_id),
        "party_b_id": str(buyer.organisation_id),
        "data": ORDER | data,
    }
    return execute(commands.agreement.draw_up, actor=SYSTEM, data=facts)


class TestDrawUp:
    def test_prints_both_parties_and_puts_it_before_them(self, who, waiting) -> None:
        agreement, commitment = waiting
        document = queries.document_of(agreement)
        assert document.data["party_b"]["uscc"] and document.data["text"]["version"] == 1
        assert document.data["shares"][0]["share_bp"] == 7000
        assert document.language == "bilingual"
        assert set(document.signatories) == {str(agreement.party_a_id), str(agreement.party_b_id)}
        assert queries.document_of(commitment).signatories == [str(commitment.party_b_id)]

    def test_serves_orders_in_the_same_way(self, who, monkeypatch) -> None:
        # the order itself belongs to a package above, which is not asked here
        monkeypatch.setitem(REACTIONS, "contracts.agreement.sign", [reactions.bring_into_force])
        buyer = an_actor("buyer")
        contract = order_agreement(who.operator, buyer)
        for signer in (who.operator, buyer):
            made.signed(contract, signer)
        assert contract.state == "in_force"
        commitment = order_agreement(who.operator, buyer, "public_interest_commitment")
        assert made.signed(commitment, buyer).state == "in_force"

    def test_wants_the_whole_snapshot(self, who) -> None:
        facts = {"kind": "data_provision_contract", "about_type": "order", "about_id": str(new_id())}
        places = {"jurisdiction": PLACE, "party_a_id": str(new_id()), "party_b_id": str(new_id())}
        with pytest.raises(InvalidInput) as caught:
            execute(commands.agreement.draw_up, actor=SYSTEM, data=facts | places | {"data": {"order": {}}})
        assert "product" in str(caught.value.messages["data"][0])

    def test_wants_every_mandatory_clause(self, who, waiting, monkeypatch) -> None:
        short = clauses.delivered("first_level_agreement")[:3]
        monkeypatch.setattr(texts, "delivered", lambda kind: short)
        terms = dict(queries.document_of(waiting[0]).data)
        facts = {
            "kind": "first_level_agreement",
            "about_type": "right",
            "about_id": str(new_id()),
            "jurisdiction": PLACE,
            "party_a_id": str(waiting[0].party_a_id),
            "party_b_id": str(waiting[0].party_b_id),
            "data": terms,
        }
        with pytest.raises(RuleBroken) as caught:
            execute(commands.agreement.draw_up, actor=SYSTEM, data=facts)
        assert "U02" in caught.value.ids

    def test_is_the_product_s_own(self, who) -> None:
        with pytest.raises(NotAllowed):
            execute(commands.agreement.draw_up, actor=who.authority, data={})

    def test_leaves_the_snapshot_to_the_document(self, waiting) -> None:
        assert "data" not in audit.events_of(waiting[0])[0].data


class TestSign:
    def test_is_a_recorded_act_and_the_last_one_brings_it_into_force(self, who, waiting) -> None:
        agreement = waiting[0]
        document = queries.document_of(agreement)
        made.signed(agreement, who.operator)
        assert (agreement.state, agreement.in_force_at) == ("partly_signed", None)
        made.signed(agreement, who.deputy)
        assert agreement.state == "in_force" and agreement.in_force_at is not None
        acts = documents.signatures(document)
        assert [(act.name, act.mandate, act.method) for act in acts] == [
            (who.operator.name, "sign", "recorded_act"),
            (who.deputy.name, "sign", "recorded_act"),
        ]
        event = audit.events_of(agreement)[1]
        assert event.data["document_sha256"] == document.sha256
        assert "password" not in event.data and PASSWORD not in event.body.decode()

    def test_wants_the_signer_s_own_password(self, who, waiting) -> None:
        sha256 = queries.document_of(waiting[0]).sha256
        with pytest.raises(InvalidInput) as caught:
            execute(
                commands.agreement.sign,
                actor=who.operator,
                subject_id=waiting[0].id,
                data={"password": "wrong one", "document_sha256": sha256},
            )
        assert "password" in caught.value.messages

    def test_holds_for_the_text_that_was_read(self, who, waiting) -> None:
        with pytest.raises(Conflict):
            execute(
                commands.agreement.sign,
                actor=who.operator,
                subject_id=waiting[0].id,
                data={"password": PASSWORD, "document_sha256": "0" * 64},
            )

    def test_happens_once_for_each_party(self, who, waiting) -> None:
        made.signed(waiting[0], who.operator)
        with pytest.raises(NotAllowed):
            made.signed(waiting[0], colleague(who.operator))

    def test_is_not_for_strangers_nor_without_the_mandate(self, who, waiting) -> None:
        with pytest.raises(NotFound):
            made.signed(waiting[0], an_actor("operator"))
        clerk = Actor(**{**vars(who.operator), "mandates": frozenset({"apply"})})
        with pytest.raises(NotAllowed):
            made.signed(waiting[0], clerk)

    def test_is_not_for_the_authority_under_a_commitment(self, who, waiting) -> None:
        with pytest.raises(NotAllowed):
            made.signed(waiting[1], who.deputy)

    def test_is_not_for_the_person_who_applied_in_the_name_of_the_authority(self, who, waiting) -> None:
        turncoat = Actor(**{**vars(who.deputy), "user_id": who.operator.user_id})
        with pytest.raises(NotAllowed):
            made.signed(waiting[0], turncoat)
        assert "sign" not in [command.verb for command in available(waiting[0], turncoat)]

    def test_refuses_when_a_source_was_closed_meanwhile(self, who) -> None:
        held = made.an_awaiting_right(who)
        entry = queries.sources_of_right(held)[0].entries[0]
        execute(catalogue.withdraw, actor=who.agency, subject_id=entry.id, data={"reasons": "不再开放。"})
        with pytest.raises(RuleBroken) as caught:
            made.signed(queries.agreements_about("right", held.id)[0], who.operator)
        assert "F02" in caught.value.ids

    def test_refuses_at_second_level_while_the_right_above_rests(self, who) -> None:
        first = made.a_right(who)
        developer = made.a_developer(who)
        held = made.an_awaiting_second_right(who, developer, made.an_element(who, first))
        why = {"reason": "泄露。", "basis": "YN L180"}
        execute(commands.right.suspend, actor=who.authority, subject_id=first.id, data=why)
        with pytest.raises(RuleBroken) as caught:
            made.signed(queries.agreements_about("right", held.id)[0], developer)
        assert caught.value.duty == "contracts.parent_is_live"

    def test_tells_each_organisation_what_waits_for_it(self, who, waiting) -> None:
        assert len(to_sign(who.operator)) == 2
        made.signed(waiting[0], who.operator)
        assert to_sign(who.deputy) == [waiting[0]]
        made.signed(waiting[0], who.deputy)
        assert to_sign(who.deputy) == []


class TestLapseAndTerminate:
    def test_are_the_product_s_own(self, who, waiting) -> None:
        for command in (commands.agreement.lapse, commands.agreement.terminate):
            with pytest.raises(NotAllowed):
                execute(command, actor=who.authority, subject_id=waiting[0].id, data={"reason": "x"})

    def test_end_a_contract_about_an_order(self, who) -> None:
        contract = order_agreement(who.operator, an_actor("buyer"))
        with pytest.raises(WrongState):
            execute(commands.agreement.terminate, actor=SYSTEM, subject_id=contract.id, data={"reason": "x"})
        execute(commands.agreement.lapse, actor=SYSTEM, subject_id=contract.id, data={"reason": "订单取消。"})
        assert (contract.state, queries.document_of(contract).state) == ("lapsed", "revoked")


class TestAgreements:
    def test_are_seen_by_their_parties_and_supervisors_alone(self, who, waiting) -> None:
        def seen(actor: Actor) -> int:
            return len(db.session.scalars(queries.agreements(actor)).all())

        assert [seen(actor) for actor in (who.operator, who.authority, an_actor("auditor"))] == [2, 2, 2]
        assert [seen(actor) for actor in (who.agency, an_actor("operator"))] == [0, 0]
        kinds = queries.agreements(who.operator, state="drawn_up", kind="security_commitment")
        assert len(db.session.scalars(kinds).all()) == 1
        assert queries.agreement(waiting[0].id) is waiting[0]

    def test_without_a_document_are_not_found(self, who, waiting) -> None:
        with pytest.raises(NotFound):
            queries.document_of(Agreement(document_id=uuid.uuid4()))
