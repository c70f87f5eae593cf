"""Changes of rights: amended, renewed, passed on, reduced; the old text holds until the new one is signed."""

from datetime import timedelta

import pytest

from contracts import commands, queries
from contracts.models import DevelopmentRight
from contracts.queries.change_texts import clauses_of
from contracts.queries.changes import agreements_of_change
from contracts.queries.rights import source_ids
from contracts.queries.sources import facts_of
from kernel import clock, documents
from kernel.actor import ANONYMOUS, Actor
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from kernel.permissions import may_see
from kernel.words import translate
from registry.commands import catalogue
from registry.queries import open_rights_from
from tests.contracts.changes_steps import fresh, rule_of
from tests.factories import contracts as made
from tests.factories import life
from tests.factories.accounts import an_actor, organisation_of
from tests.factories.life import run


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def held(who) -> DevelopmentRight:
    """A first-level right in force."""
    return made.a_right(who)


@pytest.fixture
def family(who, held) -> tuple[DevelopmentRight, DevelopmentRight, Actor]:
    """A first-level right, a second-level right under it, and its developer."""
    developer = made.a_developer(who)
    return held, made.a_second_right(who, developer, made.an_element(who, held)), developer


class TestChangeAmend:
    def test_leaves_the_old_text_in_force_until_the_last_signature(self, who, held) -> None:
        change = life.approved(life.an_amendment(who.operator, held), who.deputy)
        text = agreements_of_change(change.id)[0]
        made.signed(text, who.operator)
        assert (fresh(change).state, clauses_of(held.id)) == ("awaiting_signature", {})
        assert queries.right_is_live(held.id, clock.today())[0]
        made.signed(text, who.deputy)
        assert (fresh(change).state, clauses_of(held.id)["security"][:2]) == ("in_force", "乙方")
        assert {row.state for row in queries.agreements_about("right", held.id)} == {"in_force"}

    def test_prints_a_consolidated_text_with_its_history(self, who, held) -> None:
        life.agreed(life.an_amendment(who.operator, held), who.deputy, who.operator)
        first = documents.current("consolidated_text", held)
        again = {"clause": "security", "clause_text": "乙方每季度开展一次安全演练。"}
        life.agreed(life.an_amendment(who.operator, held, **again), who.deputy, who.operator)
        second = documents.current("consolidated_text", held)
        assert second.replaces_id == first.id and len(second.data["history"]) == 2
        row = second.data["history"][1]["rows"][0]
        assert row[1:] == [["乙方每半年开展一次安全演练。"], ["乙方每季度开展一次安全演练。"]]

    def test_is_proposed_by_either_side_and_by_nobody_else(self, who, held) -> None:
        assert life.an_amendment(who.authority, held).proposed_for_id == who.authority.organisation_id
        with pytest.raises(NotFound):
            life.an_amendment(life.another_operator(who), held)
        with pytest.raises(NotAllowed):
            life.an_amendment(who.agency, held)

    def test_says_what_changes(self, who, held) -> None:
        with pytest.raises(RuleBroken) as caught:
            life.an_amendment(who.operator, held, purposes=list(held.purposes))
        assert rule_of(caught) == "contracts.change_changes_something"

    def test_of_a_second_level_right_stays_within_its_source(self, who, family) -> None:
        _first, second, developer = family
        with pytest.raises(RuleBroken) as caught:
            life.an_amendment(developer, second, purposes=["public_welfare"])
        assert rule_of(caught) == "contracts.right_does_not_exceed_its_source"
        wider = ["industry_development", "public_governance"]
        life.agreed(life.an_amendment(developer, second, purposes=wider), who.deputy, developer)
        assert sorted(fresh(second).purposes) == wider

    def test_never_adds_what_may_not_be_opened(self, who, held) -> None:
        more = made.a_source(who)
        entry = facts_of([more])[0].entries[0]
        execute(catalogue.withdraw, actor=who.agency, subject_id=entry.id, data={"reasons": "不再开放。"})
        sources = [*(str(one) for one in source_ids(held.id)), str(more.id)]
        with pytest.raises(RuleBroken) as caught:
            life.an_amendment(who.operator, held, sources=sources)
        assert rule_of(caught) == "contracts.data_may_be_opened"

    def test_keeps_the_shares_whole(self, who, held) -> None:
        shares = made.first_shares(who)
        with pytest.raises(RuleBroken) as caught:
            life.an_amendment(who.operator, held, income_shares=shares[:2])
        assert rule_of(caught) == "contracts.income_is_shared_whole"
        shares[0]["share_bp"], shares[1]["share_bp"] = 6000, 3000
        life.agreed(life.an_amendment(who.operator, held, income_shares=shares), who.deputy, who.operator)
        assert [one["share_bp"] for one in fresh(held).income_shares] == [6000, 3000, 1000]

    def test_comes_one_after_the_other(self, who, held) -> None:
        life.an_amendment(who.operator, held)
        with pytest.raises(RuleBroken) as caught:
            life.an_amendment(who.authority, held)
        assert rule_of(caught) == "contracts.step_fits_the_situation"


class TestVisibleChanges:
    def test_are_hidden_from_who_belongs_to_nobody(self, who, held) -> None:
        change = life.an_amendment(who.operator, held)
        assert may_see(who.operator, change) and may_see(who.authority, change)
        assert not may_see(ANONYMOUS, change)
        assert not may_see(life.another_operator(who), change)


class TestChangeRenew:
    def test_is_asked_for_in_its_window(self, who, held) -> None:
        with pytest.raises(RuleBroken) as caught:
            life.a_renewal(who.operator, held, held.ends_on + timedelta(days=300))
        assert rule_of(caught) == "contracts.renewal_is_in_its_window"

    def test_prolongs_the_right_with_its_entries_in_the_register(self, who, held) -> None:
        until, before = held.ends_on + timedelta(days=300), set(open_rights_from(held.id))
        with clock.frozen(clock.now() + timedelta(days=660)):
            life.agreed(life.a_renewal(who.operator, held, until), who.deputy, who.operator)
            assert fresh(held).ends_on == until
            entries = set(open_rights_from(held.id))
            assert len(entries) == len(before) and not entries & before
        with clock.frozen(clock.now() + timedelta(days=720)):
            assert queries.right_is_live(held.id, clock.today())[0]

    def test_never_reaches_beyond_the_longest_term(self, who, held) -> None:
        with clock.frozen(clock.now() + timedelta(days=660)), pytest.raises(RuleBroken) as caught:
            life.a_renewal(who.operator, held, held.starts_on + timedelta(days=5 * 365 + 10))
        assert rule_of(caught) == "contracts.term_is_lawful"

    def test_prolongs(self, who, held) -> None:
        with clock.frozen(clock.now() + timedelta(days=660)), pytest.raises(RuleBroken) as caught:
            life.a_renewal(who.operator, held, held.ends_on)
        assert rule_of(caught) == "contracts.renewal_prolongs"

    def test_shows_what_was_done(self, who, held) -> None:
        with clock.frozen(clock.now() + timedelta(days=660)):
            life.follow_time()
            assert "overdue" in {row.state for row in queries.obligations_of(held.id)}
            with pytest.raises(RuleBroken) as caught:
                life.a_renewal(who.operator, held, held.ends_on + timedelta(days=100))
        assert rule_of(caught) == "contracts.renewal_shows_performance"

    def test_is_not_given_to_a_right_that_rests(self, who, held) -> None:
        with clock.frozen(clock.now() + timedelta(days=660)):
            run(commands.right.suspend, who.authority, held, **life.WHY)
            with pytest.raises(RuleBroken) as caught:
                life.a_renewal(who.operator, held, held.ends_on + timedelta(days=100))
        assert "rests" in translate(caught.value.message, "en")

    def test_of_a_second_level_right_stays_within_its_source(self, who, family) -> None:
        first, second, developer = family
        with clock.frozen(clock.now() + timedelta(days=290)):
            with pytest.raises(RuleBroken) as caught:
                life.a_renewal(developer, second, first.ends_on + timedelta(days=1))
            assert rule_of(caught) == "contracts.right_does_not_exceed_its_source"
            life.agreed(life.a_renewal(developer, second, first.ends_on), who.deputy, developer)
        assert fresh(second).ends_on == first.ends_on

    def test_is_for_its_holder(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            life.a_renewal(who.authority, held, held.ends_on)


class TestChangeTransfer:
    def test_passes_everything_on_with_its_follower_s_signature(self, who, family) -> None:
        first, second, _developer = family
        follower = life.another_operator(who)
        change = life.agreed(
            life.a_transfer(who.operator, first, follower), who.deputy, who.operator, follower
        )
        assert change.state == "in_force"
        fresh(first, second)
        assert first.holder_id == follower.organisation_id
        assert {one.operator_id for one in life.elements_of(first)} == {follower.organisation_id}
        operators = [one["party"] for one in second.income_shares if one["role"] == "operator"]
        assert operators == [str(follower.organisation_id)]
        assert sum(one["share_bp"] for one in second.income_shares) == 10_000
        assert queries.right_is_live(second.id, clock.today())[0]

    def test_lets_the_new_holder_read_the_texts_and_the_old_one_leave(self, who, held) -> None:
        follower = life.another_operator(who)
        life.agreed(life.a_transfer(who.operator, held, follower), who.deputy, who.operator, follower)
        texts = queries.agreements_about("right", held.id)
        assert set(texts) <= set(db.session.scalars(queries.agreements(follower)).all())
        left = life.exit_of(held)
        assert (left.holder_id, left.state) == (who.operator.organisation_id, "open")

    def test_needs_the_consent_of_who_takes_over(self, who, held) -> None:
        follower = life.another_operator(who)
        data = {
            "right_id": str(held.id),
            "new_holder_uscc": organisation_of(follower).uscc,
            "reason": "重组。",
        }
        change = execute(commands.change.transfer, actor=who.operator, data=data)
        with pytest.raises(RuleBroken) as caught:
            life.approved(change, who.deputy)
        assert rule_of(caught) == "contracts.new_holder_has_consented"

    def test_needs_a_licence(self, who, held) -> None:
        with pytest.raises(RuleBroken) as caught:
            life.a_transfer(who.operator, held, an_actor("operator"))
        assert rule_of(caught) == "contracts.applicant_is_qualified"

    def test_leaves_nobody_on_both_levels(self, who, family) -> None:
        first, _second, developer = family
        made.a_licence(developer, who.authority)
        with pytest.raises(RuleBroken) as caught:
            life.a_transfer(who.operator, first, developer)
        assert rule_of(caught) == "contracts.holder_is_not_also_second_level"

    def test_goes_to_another_body_that_is_known(self, who, held) -> None:
        with pytest.raises(RuleBroken) as caught:
            life.a_transfer(who.operator, held, who.operator)
        assert rule_of(caught) == "contracts.new_holder_is_another"
        data = {"right_id": str(held.id), "new_holder_uscc": "91110000600037341L", "reason": "重组。"}
        with pytest.raises(InvalidInput):
            execute(commands.change.transfer, actor=who.operator, data=data)

    def test_waits_for_what_has_to_be_mended(self, who, held) -> None:
        life.an_item(who.authority, held)
        with pytest.raises(RuleBroken) as caught:
            life.a_transfer(who.operator, held, life.another_operator(who))
        assert rule_of(caught) == "contracts.step_fits_the_situation"


class TestChangeConsent:
    def test_is_given_once_by_who_takes_over(self, who, held) -> None:
        follower = life.another_operator(who)
        change = life.a_transfer(who.operator, held, follower)
        assert change.consented_at is not None
        for actor in (follower, who.operator):
            with pytest.raises(NotAllowed):
                run(commands.change.consent, actor, change)
