"""The remedies after a decision on an application: reconsideration, and the task list of an application."""

from datetime import timedelta

import pytest

from contracts import queries
from contracts.commands import filling
from contracts.commands import preparing as commands
from contracts.commands import reconsideration as requests
from contracts.models import Application, DevelopmentRight
from contracts.queries import preparing
from kernel import clock, documents, due
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound
from kernel.fields import File
from tests.contracts.preparing_steps import (
    a_request,
    decided,
    refused,
    refused_by,
    run,
)
from tests.factories import contracts as made
from tests.factories.accounts import PLACE, an_actor, an_organisation
from tests.factories.registry import colleague


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


def admitted(who, asked):
    """An admitted request."""
    return run(requests.admit, colleague(who.authority), a_request(who, asked))


def begun(who, **facts) -> Application:
    """An application that was begun, without its sections."""
    data = {"level": "first_level", "title": "雨量要素", "sources": [str(made.a_source(who).id)]} | facts
    return execute(filling.begin, actor=who.operator, data=data)


class TestFile:
    def test_is_the_applicant_s_and_one_at_a_time(self, who) -> None:
        asked = refused(who)
        found = a_request(who, asked)
        assert [row.name for row in due.running_of(found)] == ["reconsideration_admission"]
        assert {str(who.deputy.user_id), str(who.authority.user_id)} <= set(found.involved_ids)
        refused_by("one_request_at_a_time", lambda: a_request(who, asked))
        with pytest.raises(NotFound):
            execute(
                requests.file,
                actor=an_actor("operator", organisation=an_organisation("operator")),
                data={"application_id": str(asked.id), "grounds": "。"},
            )


class TestAdmit:
    def test_is_for_somebody_who_took_no_part(self, who) -> None:
        found = a_request(who, refused(who))
        for person in (who.deputy, who.authority):
            with pytest.raises(NotAllowed):
                run(requests.admit, person, found)
        run(requests.admit, colleague(who.authority), found)
        assert [row.name for row in due.running_of(found)] == ["reconsideration"]


class TestReject:
    def test_says_why_it_is_not_looked_at(self, who) -> None:
        found = a_request(who, refused(who))
        run(requests.reject, colleague(who.authority), found, reasons="不属于复核范围。")
        assert (found.state, found.reasons) == ("not_admitted", "不属于复核范围。")


class TestReconsiderationWithdraw:
    def test_takes_it_back(self, who) -> None:
        found = admitted(who, refused(who))
        assert run(requests.withdraw, who.operator, found).state == "withdrawn"
        assert due.running_of(found) == []


class TestDecide:
    def test_confirms_with_a_letter(self, who) -> None:
        asked = refused(who)
        found = decided(who, admitted(who, asked), "confirmed")
        assert (found.state, asked.state) == ("confirmed", "refused")
        letter = documents.documents_of(found)[0]
        assert (letter.kind, letter.data["outcome"]["en"]) == ("reconsideration_decision", "The decision is confirmed.")


class TestReopen:
    def test_waits_for_a_new_decision_by_somebody_else(self, who) -> None:
        asked = refused(who)
        decided(who, admitted(who, asked), "changed", directions="重新评估能力。")
        assert (asked.state, asked.comments, queries.decision_of(asked.id)) == ("assessed", "重新评估能力。", None)
        assert [row.name for row in due.running_of(asked)] == ["decision"]
        assert documents.documents_of(asked)[0].state == "revoked"
        with pytest.raises(NotAllowed):
            made.granted(asked, who.deputy, made.first_shares(who))
        held = made.granted(asked, colleague(who.authority), made.first_shares(who))
        assert held.state == "awaiting_signature"
        assert queries.decision_of(asked.id).outcome == "granted"


class TestSetAside:
    def test_ends_the_right_that_rests_on_the_grant(self, who) -> None:
        held = made.an_awaiting_right(who)
        asked = queries.application(held.application_id)
        decided(who, admitted(who, asked), "revoked")
        db.session.refresh(held)
        assert (asked.state, held.state) == ("set_aside", "lapsed")
        with pytest.raises(NotAllowed):
            run(commands.set_aside, who.authority, asked, reason="。")

    def test_ends_a_right_in_force_too(self, who) -> None:
        held = made.a_right(who)
        decided(who, admitted(who, queries.application(held.application_id)), "revoked")
        assert db.session.get(DevelopmentRight, held.id).state == "terminated"


class TestBegin:
    def test_fills_in_what_is_known_already(self, who) -> None:
        asked = begun(who)
        states = preparing.sections_of(asked)
        assert (states["ability"], states["plan"], states["term"]) == ("started", "not_started", "started")
        assert (asked.territory, asked.starts_on) == ([PLACE], clock.today())
        assert asked.ends_on > clock.today() + timedelta(days=365 * 4)

    def test_at_second_level_lies_within_the_right_above(self, who) -> None:
        held = made.a_right(who)
        element, developer = made.an_element(who, held), made.a_developer(who)
        data = {"level": "second_level", "title": "指数", "sources": [str(element.id)]}
        with pytest.raises(InvalidInput):
            execute(filling.begin, actor=developer, data=data)
        asked = execute(filling.begin, actor=developer, data=data | {"parent_right_id": str(held.id)})
        assert (asked.ends_on, asked.territory) == (held.ends_on, held.territory)


class TestFill:
    def test_completes_one_section_after_the_other(self, who) -> None:
        asked = begun(who)
        refused_by("application_is_complete", lambda: made.submitted(asked, who.operator))
        for section, values in (
            ("scope", {"purposes": ["public_governance"]}),
            ("purpose", {"purpose_text": "防汛。"}),
            ("plan", {"plan": "按月更新。", "ability": "不属于本部分"}),
            ("funding", {"funding_mode": "share_of_income"}),
            ("term", made.a_term()),
            ("files", {"attachment": File("plan.pdf", b"%PDF-1.7\nx\n%%EOF\n")}),
        ):
            run(filling.fill, who.operator, asked, section=section, **values)
        assert "不属于" not in asked.ability and asked.files[0]["name"] == "plan.pdf"
        assert {name for name, state in preparing.sections_of(asked).items() if state == "started"} == {
            "ability",
            "security",
        }
        assert made.submitted(asked, who.operator).state == "submitted"

    def test_chooses_other_sources(self, who) -> None:
        asked, other = begun(who), made.a_source(who)
        run(filling.fill, who.operator, asked, section="scope", sources=[str(other.id)], purposes=["public_welfare"])
        assert [facts.id for facts in queries.sources_of_application(asked)] == [other.id]

    def test_wants_a_section_and_a_term_that_ends_later(self, who) -> None:
        asked = begun(who)
        day = clock.today().isoformat()
        for data in ({}, {"section": "term", "starts_on": day, "ends_on": day}):
            with pytest.raises(InvalidInput):
                run(filling.fill, who.operator, asked, **data)
