"""Bids for the operation of data: handed in sealed, opened together, excluded where they do not conform."""

import json

import pytest

from contracts.commands import bid as bids
from contracts.commands import selection as selections
from contracts.models import Bid
from contracts.queries import selections as found_by
from kernel import audit, clock
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.permissions import may_see, visible_to
from kernel.sealing import sealed
from kernel.storage import store
from tests.contracts.selections_steps import PDF, refused_by, run
from tests.factories import selections as make
from tests.factories.accounts import an_actor


@pytest.fixture
def contest(app) -> make.Contest:
    """A body with three people, three operators, two experts."""
    return make.a_contest()


class TestHandIn:
    def test_is_read_by_nobody_before_the_opening(self, contest) -> None:
        found = make.announced(contest)
        bid = make.a_bid(contest.firms[0], found, attachment=PDF)
        assert (bid.state, bid.contents, bid.files) == ("sealed", {}, [])
        for reader in (contest.body, contest.second, contest.firms[1], ANONYMOUS, an_actor("auditor")):
            assert not may_see(reader, bid)
            assert db.session.scalar(db.select(Bid).where(visible_to(reader, Bid))) is None
        event = audit.events_of(bid)[0]
        for words in make.WORDS.values():
            assert words.encode() not in event.body
            assert words.encode() not in store().get(bid.sealed_key)
        assert event.data == {"selection_id": str(found.id)} and event.notes == [{"seal": bid.seal}]

    def test_is_one_for_each_bidder_and_whoever_is_behind_it(self, contest) -> None:
        found = make.announced(contest)
        bid = make.a_bid(contest.firms[0], found)
        with pytest.raises(RuleBroken) as caught:
            make.a_bid(contest.firms[0], found)
        assert caught.value.duty == "contracts.one_bid_each"
        run(bids.withdraw, contest.firms[0], bid)
        assert make.a_bid(contest.firms[0], found).state == "sealed"

    def test_is_for_operators(self, contest) -> None:
        found = make.announced(contest)
        for actor in (contest.body, an_actor("buyer"), an_actor("operator", mandates=["sign"])):
            with pytest.raises(NotAllowed):
                make.a_bid(actor, found)

    def test_is_not_taken_late_or_before_the_notice(self, contest) -> None:
        found = make.announced(contest)
        with clock.frozen(found.bids_until), pytest.raises(RuleBroken) as caught:
            make.a_bid(contest.firms[0], found)
        assert caught.value.duty == "contracts.bid_is_in_time"
        with pytest.raises(NotFound):
            make.a_bid(contest.firms[0], make.a_selection(contest))

    def test_is_not_taken_after_the_opening(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            make.opened(contest, found)
            with pytest.raises(WrongState):
                make.a_bid(an_actor("operator"), found)


class TestBidWithdraw:
    def test_ends_with_the_time_for_bids(self, contest) -> None:
        found = make.announced(contest)
        bid = make.a_bid(contest.firms[0], found)
        with pytest.raises(NotFound):
            run(bids.withdraw, contest.firms[1], bid)
        with make.bids_due(found):
            refused_by("bid_is_in_time", bids.withdraw, contest.firms[0], bid)


class TestOpen:
    def test_takes_two_people_and_the_time_of_the_notice(self, contest) -> None:
        found = make.with_bids(contest)
        refused_by("bids_may_be_opened", selections.open_, contest.body, found)
        with make.bids_due(found):
            run(selections.open_, contest.body, found)
            assert found.state == "taking_bids" and not found_by.bids_in(found.id, "opened")
            with pytest.raises(NotAllowed):
                run(selections.open_, contest.body, found)
            run(selections.open_, contest.second, found)
        assert found.state == "opened"
        legible = found_by.bids_in(found.id, "opened")
        assert [row.contents for row in legible] == [make.WORDS] * 3
        assert may_see(contest.body, legible[0]) and not may_see(contest.firms[1], legible[0])

    def test_needs_as_many_bids_as_the_rules_say(self, contest) -> None:
        found = make.announced(contest)
        for firm in contest.firms[:2]:
            make.a_bid(firm, found)
        with make.bids_due(found):
            refused_by("bids_are_enough", selections.open_, contest.body, found)


class TestUnseal:
    def test_finds_what_was_sealed_and_nothing_else(self, contest) -> None:
        found = make.with_bids(contest)
        bid = found_by.bids_in(found.id, "sealed")[0]
        forged = json.dumps({"words": make.WORDS | {"offer": "别的报价"}, "salt": "", "file": None})
        bid.sealed_key = store().keep("bids", sealed(forged).encode(), "sealed")
        db.session.commit()
        with make.bids_due(found):
            run(selections.open_, contest.body, found)
            with pytest.raises(Conflict):
                run(selections.open_, contest.second, found)
        with pytest.raises(NotFound):
            run(bids.unseal, contest.body, found_by.bids_in(found.id, "sealed")[1])

    def test_lays_out_the_file_too(self, contest) -> None:
        found = make.announced(contest)
        for firm in contest.firms:
            make.a_bid(firm, found, attachment=PDF)
        with make.bids_due(found):
            make.opened(contest, found)
        facts = found_by.bids_in(found.id, "opened")[0].files[0]
        assert (facts["name"], store().get(facts["key"])) == ("方案.pdf", PDF.content)


class TestExclude:
    def test_leaves_a_bid_out_before_the_scoring(self, contest) -> None:
        found = make.with_bids(contest)
        with make.bids_due(found):
            first, *_rest = found_by.bids_in(make.opened(contest, found).id, "opened")
            run(bids.exclude, contest.body, first, reason="未附安全能力证明。")
            make.scored(contest, found, 80, 70)
            last = found_by.bids_in(found.id, "opened")[0]
            with pytest.raises(WrongState):
                run(bids.exclude, contest.body, last, reason="理由。")
        assert first.state == "excluded" and len(found.ranking) == 2
