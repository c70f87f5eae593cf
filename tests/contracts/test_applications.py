"""What can be done to an application, from the draft to the decision."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from contracts import queries
from contracts.commands import application as commands
from kernel import audit, clock, due
from kernel.actor import Actor
from kernel.command import available, execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from kernel.fields import File
from registry.commands import catalogue
from tests.contracts.applications_steps import run
from tests.factories import contracts as made
from tests.factories.accounts import PLACE, an_actor
from tests.factories.registry import a_registered_resource, colleague


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


class TestDraft:
    def test_writes_down_what_is_wanted(self, who) -> None:
        resource = made.a_source(who)
        asked = made.an_application(who, resource, attachment=File("plan.pdf", b"%PDF-1.7\nx\n%%EOF\n"))
        assert (asked.state, asked.level, asked.jurisdiction) == ("draft", "first_level", PLACE)
        assert (asked.applicant_id, asked.drafted_by_id) == (
            who.operator.organisation_id,
            who.operator.user_id,
        )
        assert [facts.title for facts in queries.sources_of_application(asked)] == [resource.title]
        assert asked.files[0]["name"] == "plan.pdf"
        assert asked.profile_version

    def test_is_for_operators_and_developers_who_may_apply(self, who) -> None:
        for actor in (an_actor("buyer"), who.authority, an_actor("operator", mandates=["sign"])):
            with pytest.raises(NotAllowed):
                made.an_application(made.Parties(actor, *list(vars(who).values())[1:]))

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"funding_mode": None}, "funding_mode"),
            ({"level": "second_level"}, "parent_right_id"),
            ({"level": "second_level", "parent_right_id": str(uuid.uuid4())}, "parent_right_id"),
            ({"ends_on": "2020-01-01"}, "ends_on"),
            ({"sources": []}, "sources"),
            ({"sources": [str(uuid.uuid4())]}, "sources"),
            ({"purposes": ["pleasure"]}, "purposes"),
            ({"title": " "}, "title"),
            ({"state": "granted"}, "state"),
        ],
    )
    def test_says_what_is_missing(self, who, facts, field) -> None:
        given = {name: value for name, value in facts.items()}
        with pytest.raises(InvalidInput) as caught:
            made.an_application(who, made.a_source(who), **given)
        assert field in caught.value.messages

    def test_keeps_to_one_jurisdiction(self, who) -> None:
        here = made.a_source(who)
        elsewhere = a_registered_resource(
            an_actor("agency", jurisdiction="640300"), an_actor("registrar", jurisdiction="640300")
        )
        with pytest.raises(InvalidInput) as caught:
            made.an_application(who, sources=[str(here.id), str(elsewhere.id)])
        assert "one jurisdiction" in str(caught.value.messages["sources"])


class TestAmend:
    def test_replaces_everything(self, who) -> None:
        asked = made.an_application(who)
        other = made.a_source(who, title="衡州风速数据资源")
        data = {
            **made.WORDS,
            **made.a_term(100),
            "level": "first_level",
            "funding_mode": "government_purchase",
        }
        run(commands.amend, who.operator, asked, **data | {"sources": [str(other.id)], "title": "新名称"})
        assert (asked.title, asked.funding_mode, asked.state) == ("新名称", "government_purchase", "draft")
        assert [facts.id for facts in queries.sources_of_application(asked)] == [other.id]

    def test_is_for_the_applicant_alone(self, who) -> None:
        asked = made.an_application(who)
        with pytest.raises(NotFound):
            run(commands.amend, an_actor("operator"), asked)


class TestSubmit:
    def test_hands_it_to_the_authority_and_starts_its_clock(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        assert (asked.state, asked.submitted_by_id) == ("submitted", who.operator.user_id)
        assert [(row.name, row.period_key) for row in due.running_of(asked)] == [
            ("acceptance", "right.accept_wd")
        ]
        assert "contracts.data_may_be_opened" in audit.events_of(asked)[-1].duties

    def test_happens_once(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        with pytest.raises(WrongState):
            made.submitted(asked, who.operator)

    def test_refuses_data_that_may_not_be_opened(self, who) -> None:
        resource = made.a_source(who)
        asked = made.an_application(who, resource)
        entry = queries.chain.resources([resource.id])[0].entries[0]
        execute(catalogue.withdraw, actor=who.agency, subject_id=entry.id, data={"reasons": "不再开放。"})
        with pytest.raises(RuleBroken) as caught:
            made.submitted(asked, who.operator)
        assert "F02" in caught.value.ids

    def test_refuses_an_unlicensed_applicant(self, who) -> None:
        stranger = an_actor("operator")
        asked = made.an_application(made.Parties(stranger, *list(vars(who).values())[1:]))
        with pytest.raises(RuleBroken) as caught:
            made.submitted(asked, stranger)
        assert "P01" in caught.value.ids

    def test_refuses_a_term_beyond_the_longest(self, who) -> None:
        with pytest.raises(RuleBroken) as caught:
            made.submitted(made.an_application(who, **made.a_term(365 * 6)), who.operator)
        assert caught.value.duty == "contracts.term_is_lawful"

    def test_refuses_shared_data_without_consent(self, who) -> None:
        resource = made.a_source(who)
        asked = made.an_application(who, resource, shared_source_ids=[str(resource.id)])
        with pytest.raises(RuleBroken) as caught:
            made.submitted(asked, who.operator)
        assert "U05" in caught.value.ids

    def test_refuses_an_unregistered_resource(self, who) -> None:
        resource = made.a_source(who)
        asked = made.an_application(who, resource)
        with clock.frozen(clock.now() + timedelta(days=366 * 4)), pytest.raises(RuleBroken) as caught:
            made.licensed(replace(who, authority=colleague(who.authority)))
            made.submitted(asked, who.operator)
        assert "R01" in caught.value.ids


class TestReturn:
    def test_says_what_is_missing_once(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        run(commands.return_, who.authority, asked, comments="请补充等保证明。")
        assert (asked.state, asked.comments) == ("returned", "请补充等保证明。")
        assert [row.name for row in due.running_of(asked)] == ["supplement"]
        assert made.submitted(asked, who.operator).comments == ""


class TestAccept:
    def test_starts_the_assessment(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        run(commands.accept, who.authority, asked)
        assert asked.state == "under_assessment"
        assert [row.name for row in due.running_of(asked)] == ["assessment"]

    def test_is_for_the_authority_of_the_place(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        with pytest.raises(NotFound):
            run(commands.accept, an_actor("authority", jurisdiction="640300"), asked)
        with pytest.raises(NotAllowed):
            run(commands.accept, who.operator, asked)

    def test_is_not_for_somebody_who_applied_in_another_coat(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        turncoat = Actor(**{**vars(who.authority), "user_id": who.operator.user_id})
        with pytest.raises(NotAllowed):
            run(commands.accept, turncoat, asked)


class TestAssess:
    def test_ends_when_enough_have_assessed(self, who) -> None:
        asked = made.assessed(made.submitted(made.an_application(who), who.operator), who.authority)
        assert asked.state == "assessed"
        assert [row.assessor_name for row in queries.assessments_of(asked.id)] == [who.authority.name]
        assert [row.name for row in due.running_of(asked)] == ["decision"]
        completed = audit.events_of(asked)[-1]
        assert completed.command == "contracts.application.complete_assessment"
        assert completed.caused_by_id == audit.events_of(asked)[-2].id

    def test_waits_for_as_many_assessors_as_the_rules_say(self, app) -> None:
        who = made.parties_of("640300")
        asked = made.submitted(made.an_application(who, territory=["640300"]), who.operator)
        run(commands.accept, who.authority, asked)
        for assessor in (who.authority, an_actor("expert", jurisdiction="640300")):
            run(commands.assess, assessor, asked, scores=made.SCORES, opinion="可行。")
            assert asked.state == "under_assessment"
        run(commands.assess, colleague(who.authority), asked, scores=made.SCORES, opinion="可行。")
        assert (asked.state, len(asked.assessor_ids)) == ("assessed", 3)

    def test_is_open_to_experts_and_to_each_once(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        run(commands.accept, who.authority, asked)
        expert = an_actor("expert")
        assert "assess" in [command.verb for command in available(asked, expert)]
        run(commands.assess, expert, asked, scores=made.SCORES, opinion="可行。")
        assert "assess" not in [command.verb for command in available(asked, expert)]

    def test_wants_every_criterion(self, who) -> None:
        asked = made.submitted(made.an_application(who), who.operator)
        run(commands.accept, who.authority, asked)
        with pytest.raises(RuleBroken) as caught:
            run(commands.assess, who.authority, asked, scores=made.SCORES[:3], opinion="可行。")
        assert "P02" in caught.value.ids
