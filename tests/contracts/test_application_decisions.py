"""The decision on an application; applications for second-level rights."""

import uuid
from datetime import timedelta

import pytest

from contracts import queries
from contracts.commands import application as commands
from contracts.commands import decision as decisions
from contracts.models import Application, DevelopmentRight
from kernel import clock, documents, due
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry.commands import licence
from tests.contracts.applications_steps import run
from tests.factories import contracts as made
from tests.factories.accounts import an_actor, an_organisation, organisation_of
from tests.factories.registry import colleague


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


class TestCompleteAssessment:
    def test_is_the_product_s_own(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        run(commands.accept, who.authority, asked)
        with pytest.raises(NotAllowed):
            run(commands.complete_assessment, who.authority, asked)


class TestGrant:
    def test_keeps_decision_and_right_apart_and_issues_the_letter(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        held = made.granted(asked, who.deputy, made.first_shares(who), conditions="每季度报告一次。")
        decided = queries.decision_of(asked.id)
        assert decided is not None
        assert (asked.state, decided.outcome, decided.decided_by_name) == (
            "granted",
            "granted",
            who.deputy.name,
        )
        assert (held.state, held.decision_id, held.funding_mode) == (
            "awaiting_signature",
            decided.id,
            "share_of_income",
        )
        assert sum(share["share_bp"] for share in held.income_shares) == 10_000
        letter = documents.documents_of(asked)[0]
        assert (letter.id, letter.kind, letter.state) == (decided.document_id, "decision_letter", "in_force")
        assert letter.data["granted"] is True

    def test_is_not_for_the_assessor(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        with pytest.raises(NotAllowed):
            made.granted(asked, who.authority, made.first_shares(who))

    def test_shortens_the_term_but_never_lengthens_it(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        for day in (asked.ends_on + timedelta(days=1), asked.starts_on):
            with pytest.raises(InvalidInput):
                made.granted(asked, who.deputy, made.first_shares(who), ends_on=day.isoformat())
        day = asked.ends_on - timedelta(days=30)
        assert made.granted(asked, who.deputy, made.first_shares(who), ends_on=day.isoformat()).ends_on == day

    def test_refuses_shares_that_are_not_the_whole(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        shares = made.first_shares(who)
        for wrong, duty in (
            (shares[:2], "income_is_shared_whole"),
            (
                [shares[0] | {"party": str(an_organisation("operator").id)}, *shares[1:]],
                "income_is_shared_whole",
            ),
            ([shares[0], shares[1] | {"party": shares[2]["party"]}, shares[2]], "parties_have_their_role"),
        ):
            with pytest.raises(RuleBroken) as caught:
                made.granted(asked, who.deputy, wrong)
            assert caught.value.duty == f"contracts.{duty}"
        assert queries.decision_of(asked.id) is None

    def test_leaves_out_rows_without_a_figure(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        rows = [*made.first_shares(who), {"party": str(who.agency.organisation_id), "role": "agency"}]
        with pytest.raises(InvalidInput):
            run(decisions.grant, who.deputy, asked, income_shares="all to me", **made.REASONS)
        assert len(made.granted(asked, who.deputy, rows).income_shares) == 3

    def test_refuses_an_assessment_that_is_not_passed(self, who) -> None:
        asked = made.assessed(
            made.submitted(made.an_application(who), who.operator), who.authority, points=59
        )
        with pytest.raises(RuleBroken) as caught:
            made.granted(asked, who.deputy, made.first_shares(who))
        assert caught.value.duty == "contracts.assessment_is_passed"

    def test_looks_at_the_sources_and_the_licence_once_more(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        held = queries.checks.licence_in_force(who.operator.organisation_id, "first_level", clock.today())
        suspended = {"reasons": "整改。", "basis": "YN L180", "urgent": True}
        execute(licence.suspend, actor=who.authority, subject_id=held.id, data=suspended)
        with pytest.raises(RuleBroken) as caught:
            made.granted(asked, who.deputy, made.first_shares(who))
        assert "P01" in caught.value.ids
        assert db.session.scalar(db.select(DevelopmentRight)) is None


class TestRefuse:
    def test_wants_reasons_and_basis_and_names_the_remedies(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        with pytest.raises(InvalidInput) as caught:
            run(decisions.refuse, who.deputy, asked)
        assert set(caught.value.messages) == {"reasons", "basis"}
        run(decisions.refuse, who.deputy, asked, reasons="能力不足。", basis="WZ36")
        letter = documents.documents_of(asked)[0]
        assert (asked.state, letter.data["granted"], letter.data["reasons"]) == (
            "refused",
            False,
            "能力不足。",
        )
        assert letter.data["rules"]["reconsideration_days"] == 60


class TestWithdraw:
    def test_takes_it_back_before_the_decision_only(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        run(commands.withdraw, who.operator, asked)
        assert asked.state == "withdrawn"
        assert due.running_of(asked) == []
        with pytest.raises(WrongState):
            run(commands.withdraw, who.operator, asked)


class TestSecondLevel:
    def test_stays_within_the_right_above(self, who) -> None:
        element = made.an_element(who, made.a_right(who))
        developer = made.a_developer(who)
        for facts, duty in (
            ({"purposes": ["public_welfare"]}, "right_does_not_exceed_its_source"),
            ({"territory": ["530000"]}, "right_does_not_exceed_its_source"),
            ({"territory": ["nowhere"]}, "right_does_not_exceed_its_source"),
            (made.a_term(900), "right_does_not_exceed_its_source"),
        ):
            asked = made.a_second_application(developer, element, **facts)
            with pytest.raises(RuleBroken) as caught:
                made.submitted(asked, developer)
            assert caught.value.duty == f"contracts.{duty}"

    def test_is_barred_to_bodies_tied_to_the_operator(self, who) -> None:
        element = made.an_element(who, made.a_right(who))
        daughter = made.a_developer(who, controlled_by_uscc=organisation_of(who.operator).uscc)
        asked = made.a_second_application(daughter, element)
        with pytest.raises(RuleBroken) as caught:
            made.submitted(asked, daughter)
        assert caught.value.duty == "contracts.holder_is_not_also_second_level"

    def test_falls_with_its_parent(self, who) -> None:
        element = made.an_element(who, made.a_right(who))
        developer = made.a_developer(who)
        asked = made.a_second_application(developer, element)
        asked.parent_right_id = uuid.uuid4()
        db.session.commit()
        with pytest.raises(InvalidInput):
            made.submitted(asked, developer)

    def test_builds_on_first_level_rights_alone(self, who) -> None:
        element = made.an_element(who, made.a_right(who))
        developer = made.a_developer(who)
        second = made.a_second_right(who, developer, element)
        with pytest.raises(InvalidInput):
            made.a_second_application(developer, element, parent_right_id=str(second.id))

    def test_shows_itself_to_nobody_else(self, who) -> None:
        asked = made.an_application(who)
        for actor in (who.authority, an_actor("operator"), colleague(who.agency)):
            with pytest.raises(NotFound):
                queries.seen(actor, Application, asked.id)
