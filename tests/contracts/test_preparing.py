"""Between an application and its decision: gaps, consultations, advice, parts, overlaps; and the remedies after it."""

from datetime import timedelta

import pytest

from contracts import queries, reactions
from contracts.commands import application as applications
from contracts.commands import consultation as consultations
from contracts.commands import preparing as commands
from contracts.queries import preparing
from contracts.queries.rights import source_ids
from kernel import clock, documents, due
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.errors import InvalidInput, NotAllowed, NotFound, WrongState
from kernel.permissions import may_see
from tests.contracts.preparing_steps import (
    a_request,
    an_assessed,
    handed_in,
    refused,
    refused_by,
    run,
)
from tests.factories import contracts as made
from tests.factories.accounts import PLACE, an_actor
from tests.factories.registry import an_agency, colleague

ADVICE = {"recommendation": "grant", "text": "建议授予。", "conditions": "按季度报告。"}
QUESTION = {"kind": "opinion", "question": "是否同意开放开发？"}


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


def asked_of(who, asked, body, **facts):
    """A consultation of a body."""
    data = {"application_id": str(asked.id), "body": str(body.organisation_id), **QUESTION, **facts}
    return execute(consultations.ask, actor=who.authority, data=data)


class TestReturnSecondTime:
    def test_names_gaps_by_section_and_takes_another_person(self, who) -> None:
        asked = handed_in(who)
        gaps = [{"part": "security", "what": "补充等保证明。"}]
        run(applications.return_, who.authority, asked, comments="请补正。", gaps=gaps)
        assert asked.gaps == gaps
        assert preparing.sections_of(asked)["security"] == "started"
        made.submitted(asked, who.operator)
        assert asked.gaps == []
        refused_by("gaps_are_named_once", lambda: run(applications.return_, who.authority, asked, comments="再补。"))
        assert run(applications.return_, who.deputy, asked, comments="再补。").state == "returned"


class TestOverlap:
    def test_refuses_the_same_twice_and_what_is_exclusive(self, who) -> None:
        resource = made.a_source(who)
        first = handed_in(who, resource=resource)
        again = made.an_application(who, resource)
        refused_by("nothing_is_asked_twice", lambda: made.submitted(again, who.operator))
        later = (first.ends_on + timedelta(days=1)).isoformat()
        until = (first.ends_on + timedelta(days=100)).isoformat()
        after = made.an_application(who, resource, starts_on=later, ends_on=until)
        assert made.submitted(after, who.operator).state == "submitted"

    def test_lets_no_exclusive_right_beside_another(self, who) -> None:
        resource = made.a_source(who)
        made.an_awaiting_right(who, resource)
        other = made.Parties(an_actor("operator", jurisdiction=PLACE), *list(vars(who).values())[1:])
        made.licensed(other)
        alone = made.an_application(other, resource, exclusive=True)
        refused_by("exclusive_rights_do_not_clash", lambda: made.submitted(alone, other.operator))
        beside = made.submitted(made.an_application(other, resource), other.operator)
        found = preparing.overlaps_of(beside, [resource.id], beside.ends_on)
        assert [(row.twice, row.exclusive) for row in found] == [(False, False)]

    def test_shows_a_right_of_one_s_own_and_lets_another_be_applied_for(self, who) -> None:
        resource = made.a_source(who)
        held = made.an_awaiting_right(who, resource)
        asked = made.submitted(made.an_application(who, resource), who.operator)
        found = preparing.overlaps_of(asked, [resource.id], asked.ends_on)
        assert [(row.heading, row.same, row.twice) for row in found] == [(held.heading, True, False)]


class TestConsultationAsk:
    def test_runs_a_clock_the_applicant_sees(self, who) -> None:
        asked, agency = handed_in(who), an_agency()
        found = asked_of(who, asked, agency)
        assert [row.name for row in due.running_of(found)] == ["consultation"]
        assert may_see(agency, found) and may_see(who.operator, found) and not may_see(an_actor("operator"), found)

    def test_is_for_managing_bodies_about_what_is_applied_for(self, who) -> None:
        asked, agency = handed_in(who), an_agency()
        with pytest.raises(InvalidInput) as caught:
            asked_of(who, asked, who.operator)
        assert set(caught.value.messages) == {"body"}
        with pytest.raises(InvalidInput):
            asked_of(who, asked, agency, resources=[str(made.a_source(who).id)])
        with pytest.raises(InvalidInput):
            asked_of(who, asked, agency, kind="provider_consent")
        with pytest.raises(NotFound):
            asked_of(who, made.an_application(who), agency)
        with pytest.raises(NotAllowed):
            execute(consultations.ask, actor=who.operator, data={"application_id": str(asked.id)})

    def test_is_over_with_the_case(self, who) -> None:
        asked = handed_in(who)
        found = asked_of(who, asked, an_agency())
        run(applications.withdraw, who.operator, asked)
        assert found.state == "withdrawn"
        with pytest.raises(WrongState):
            asked_of(who, asked, an_agency())


class TestConsultationAnswer:
    def test_lets_the_decision_go_on(self, who) -> None:
        asked, agency = an_assessed(who), an_agency()
        found = asked_of(who, asked, agency)
        refused_by("consultations_are_over", lambda: made.granted(asked, who.deputy, made.first_shares(who)))
        with pytest.raises(NotAllowed):
            run(consultations.answer, who.operator, found, answer="agrees", text="同意。")
        run(consultations.answer, agency, found, answer="objects", text="质量不足。")
        assert (found.state, found.answered_by, due.running_of(found)) == ("answered", agency.name, [])
        assert made.granted(asked, who.deputy, made.first_shares(who)).state == "awaiting_signature"

    def test_documents_the_consent_shared_data_need(self, who) -> None:
        resource, agency = made.a_source(who), an_agency()
        shared = {"shared_source_ids": [str(resource.id)], "provider_consent": "省水利厅〔2026〕3号"}
        asked = an_assessed(who, resource=resource, **shared)
        refused_by("provider_has_consented", lambda: made.granted(asked, who.deputy, made.first_shares(who)))
        found = asked_of(who, asked, agency, kind="provider_consent", resources=[str(resource.id)])
        yes = {"answer": "agrees", "text": "同意用于授权运营。"}
        refused_by("consent_is_documented", lambda: run(consultations.answer, agency, found, **yes))
        run(consultations.answer, agency, found, **yes, consent_number="3号", consent_on=clock.today().isoformat())
        assert made.granted(asked, who.deputy, made.first_shares(who)).state == "awaiting_signature"


class TestConsultationLapse:
    def test_notes_silence_as_no_objection_but_never_as_consent(self, who) -> None:
        resource = made.a_source(who)
        asked = handed_in(who, resource=resource)
        opinion = asked_of(who, asked, an_agency())
        consent = asked_of(who, asked, an_agency(), kind="provider_consent", resources=[str(resource.id)])
        later = due.running_of(opinion)[0].due_on + timedelta(days=1)
        assert preparing.silent_consultations(later - timedelta(days=1)) == []
        steps = list(reactions.decision.silence_of_consulted_bodies(later))
        assert [step[1] for step in steps] == [opinion.id]
        execute(consultations.lapse, actor=SYSTEM, subject_id=opinion.id)
        assert (opinion.state, consent.state) == ("silent", "asked")


class TestAdvise:
    def test_is_apart_from_assessment_and_decision(self, who) -> None:
        asked = an_assessed(who)
        with pytest.raises(NotAllowed):
            run(commands.advise, who.authority, asked, **ADVICE)  # assessed it
        third = colleague(who.authority)
        run(commands.advise, third, asked, **ADVICE)
        with pytest.raises(NotAllowed):
            made.granted(asked, third, made.first_shares(who))
        with pytest.raises(WrongState):
            run(commands.advise, colleague(who.authority), asked, **ADVICE)
        assert made.granted(asked, who.deputy, made.first_shares(who)).state == "awaiting_signature"


class TestCountersign:
    def test_is_needed_by_the_weight_of_the_case(self, who) -> None:
        asked = an_assessed(who, exclusive=True)
        people = [colleague(who.authority) for _ in range(3)]
        refused_by("decision_is_prepared", lambda: made.granted(asked, who.deputy, made.first_shares(who)))
        run(commands.advise, people[0], asked, **ADVICE)
        with pytest.raises(NotAllowed):
            run(commands.countersign, people[0], asked)
        run(commands.countersign, people[1], asked, note="同意。")
        refused_by("decision_is_prepared", lambda: made.granted(asked, who.deputy, made.first_shares(who)))
        run(commands.countersign, people[2], asked)
        with pytest.raises(WrongState):
            run(commands.countersign, who.deputy, asked)
        advice = preparing.standing_advice(asked.id)
        assert [row["by"] for row in advice.signatures] == [people[1].name, people[2].name]
        assert (advice.weight, advice.needed, advice.is_signed) == ("grave", 2, True)
        assert made.granted(asked, who.deputy, made.first_shares(who)).state == "awaiting_signature"


class TestSendBack:
    def test_asks_for_another_recommendation(self, who) -> None:
        asked = an_assessed(who, exclusive=True)
        run(commands.advise, colleague(who.authority), asked, **ADVICE)
        run(commands.send_back, colleague(who.authority), asked, reason="理由不充分。")
        assert preparing.standing_advice(asked.id) is None
        with pytest.raises(WrongState):
            run(commands.send_back, colleague(who.authority), asked, reason="理由。")
        assert run(commands.advise, colleague(who.authority), asked, **ADVICE).state == "assessed"


class TestGrantInPart:
    def test_decides_each_resource_with_its_own_terms(self, who) -> None:
        one, two = made.a_source(who), made.a_source(who)
        asked = an_assessed(who, sources=[str(one.id), str(two.id)])
        parts = [
            {"source_id": str(one.id), "outcome": "granted", "conditions": "脱敏", "funding_mode": "government_purchase"},
            {"source_id": str(two.id), "outcome": "refused", "reasons": "更新不及时。"},
        ]
        refused_by(
            "each_source_is_decided", lambda: made.granted(asked, who.deputy, made.first_shares(who), parts=parts[:1])
        )
        held = made.granted(asked, who.deputy, made.first_shares(who), parts=parts)
        assert source_ids(held.id) == [one.id]
        printed = documents.documents_of(asked)[0].data["parts"]
        assert sorted(row["granted"] for row in printed) == [False, True]
        assert {row["conditions"] for row in printed} == {"脱敏", ""}


class TestRecordService:
    def test_starts_the_time_for_remedies(self, who) -> None:
        asked = refused(who)
        decided = queries.decision_of(asked.id)
        assert preparing.last_day_to_object(decided) is None
        tomorrow = (clock.today() + timedelta(days=1)).isoformat()
        refused_by("service_is_proven", lambda: run(commands.record_service, who.authority, asked, served_on=tomorrow, how="签收"))
        run(commands.record_service, who.authority, asked, served_on=clock.today().isoformat(), how="张某签收")
        last = preparing.last_day_to_object(decided)
        assert last is not None and last >= clock.today() + timedelta(days=60)
        with clock.frozen(clock.now() + timedelta(days=90)):
            refused_by("request_is_in_time", lambda: a_request(who, asked))
