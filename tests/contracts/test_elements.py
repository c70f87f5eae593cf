"""Data elements: described, filled, delivered, obtained, rested and taken back."""

import uuid

import pytest

from contracts import commands, queries
from contracts.models import DataElement
from kernel import clock
from kernel.actor import ANONYMOUS, Actor
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from kernel.fields import File
from tests.factories import contracts as made
from tests.factories.accounts import an_actor

BECAUSE = {"reason": "数据有误。"}


@pytest.fixture
def who(app) -> made.Parties:
    """A licensed operator, an authority, an agency and a registrar."""
    return made.parties()


@pytest.fixture
def held(who):
    """A first-level right in force."""
    return made.a_right(who)


def run(command, actor: Actor, element: DataElement, **data) -> DataElement:
    """Run a command on an element."""
    return execute(command, actor=actor, subject_id=element.id, data=data)


class TestDraft:
    def test_keeps_the_lineage(self, who, held) -> None:
        element = made.a_drafted_element(who, held)
        assert (element.state, element.operator_id) == ("draft", who.operator.organisation_id)
        assert [facts.title for facts in queries.lineage_of(element.id)] == ["衡州雨量数据资源"]

    def test_refuses_resources_the_right_does_not_cover(self, who, held) -> None:
        other = made.a_source(who, title="另一资源")
        with pytest.raises(RuleBroken) as caught:
            made.a_drafted_element(who, held, resources=[str(other.id)])
        assert "F04" in caught.value.ids

    def test_wants_a_right_of_one_s_own(self, who, held) -> None:
        for actor, right_id in ((an_actor("operator"), held.id), (who.operator, uuid.uuid4())):
            with pytest.raises(InvalidInput):
                made.a_drafted_element(
                    made.Parties(actor, *list(vars(who).values())[1:]), held, right_id=str(right_id)
                )

    def test_is_for_operators(self, who, held) -> None:
        with pytest.raises(NotAllowed):
            execute(commands.element.draft, actor=who.authority, data={})


class TestAmend:
    def test_asks_for_the_file_again_when_the_columns_change(self, who, held) -> None:
        element = made.with_file(made.a_drafted_element(who, held), who.operator)
        data = {
            "right_id": str(held.id),
            "title": "逐日雨量",
            "abstract": "新的说明。",
            "columns": made.FIELDS,
            "resources": [str(facts.id) for facts in queries.lineage_of(element.id)],
            "treatment": "已清洗。",
        }
        run(commands.element.amend, who.operator, element, **data)
        assert element.abstract == "新的说明。" and element.storage_key is not None
        run(commands.element.amend, who.operator, element, **data | {"columns": made.FIELDS[:2]})
        assert element.storage_key is None and len(element.fields) == 2


class TestAttach:
    def test_keeps_rows_hash_and_edition(self, who, held) -> None:
        element = made.with_file(made.a_drafted_element(who, held), who.operator)
        assert (element.rows, element.format, element.sha256) == (2, "csv", made.RAIN.sha256)
        assert queries.table_of_element(element).columns == ["station", "day", "rain"]

    @pytest.mark.parametrize(
        ("content", "error"),
        [
            ("station,day\n东站,2026-10-01\n", RuleBroken),
            ("station,day,rain,more\n东站,2026-10-01,1,2\n", RuleBroken),
            ("station,day,rain\n", RuleBroken),
            ("station,day,rain\n东站,2026-10-01,much\n", InvalidInput),
        ],
    )
    def test_refuses_what_is_not_as_described(self, who, held, content, error) -> None:
        element = made.a_drafted_element(who, held)
        assert queries.table_of_element(element) is None
        with pytest.raises(error):
            made.with_file(element, who.operator, File("rain.csv", content.encode()))

    def test_refuses_other_kinds_of_files(self, who, held) -> None:
        with pytest.raises(InvalidInput):
            made.with_file(
                made.a_drafted_element(who, held), who.operator, File("rain.pdf", b"%PDF-1.7\n%%EOF")
            )

    def test_takes_a_newer_edition_of_a_delivered_one(self, who, held) -> None:
        element = made.an_element(who, held)
        newer = File("rain.csv", "station,day,rain\n东站,2026-11-01,3\n".encode())
        made.with_file(element, who.operator, newer)
        assert (element.state, element.rows) == ("available", 1)


class TestDeliver:
    def test_wants_the_file(self, who, held) -> None:
        with pytest.raises(RuleBroken) as caught:
            run(commands.element.deliver, who.operator, made.a_drafted_element(who, held))
        assert caught.value.duty == "contracts.element_is_complete"

    def test_wants_a_live_right(self, who, held) -> None:
        element = made.with_file(made.a_drafted_element(who, held), who.operator)
        why = {"reason": "泄露。", "basis": "YN L180"}
        execute(commands.right.suspend, actor=who.authority, subject_id=held.id, data=why)
        with pytest.raises(RuleBroken):
            run(commands.element.deliver, who.operator, element)

    def test_opens_it_to_second_level_development(self, who, held) -> None:
        developer = an_actor("developer")
        element = made.an_element(who, held)
        assert list(db.session.scalars(queries.elements_available(developer))) == [element]
        assert queries.element(element.id) is element


class TestFetch:
    def test_checks_the_right_at_every_request(self, who, held) -> None:
        element, developer = made.an_element(who, held), made.a_developer(who)
        made.a_second_right(who, developer, element)
        run(commands.element.fetch, developer, element)
        run(commands.element.fetch, who.operator, element)
        why = {"reason": "泄露。", "basis": "YN L180"}
        execute(commands.right.suspend, actor=who.authority, subject_id=held.id, data=why)
        for actor in (developer, who.operator):
            with pytest.raises(RuleBroken):
                run(commands.element.fetch, actor, element)

    def test_refuses_whoever_has_no_right_on_it(self, who, held) -> None:
        element = made.an_element(who, held)
        with pytest.raises(RuleBroken) as caught:
            run(commands.element.fetch, made.a_developer(who), element)
        assert caught.value.duty == "contracts.access_rests_on_a_live_right"
        with pytest.raises(NotAllowed):
            run(commands.element.fetch, an_actor("buyer"), element)


class TestSuspend:
    def test_rests_the_rights_on_it(self, who, held) -> None:
        element = made.an_element(who, held)
        second = made.a_second_right(who, made.a_developer(who), element)
        run(commands.element.suspend, who.operator, element, **BECAUSE)
        db.session.refresh(second)
        assert second.state == "suspended"
        assert "not available" in str(queries.troubles_of(second, clock.today())[0])


class TestResume:
    def test_restores_the_rights_on_it(self, who, held) -> None:
        element = made.an_element(who, held)
        second = made.a_second_right(who, made.a_developer(who), element)
        run(commands.element.suspend, who.operator, element, **BECAUSE)
        run(commands.element.resume, who.authority, element, reason="已更正。")
        db.session.refresh(second)
        assert (second.state, element.ended_because) == ("in_force", "")


class TestWithdraw:
    def test_waits_until_no_right_rests_on_it(self, who, held) -> None:
        element = made.an_element(who, held)
        made.a_second_right(who, made.a_developer(who), element)
        with pytest.raises(RuleBroken) as caught:
            run(commands.element.withdraw, who.operator, element, **BECAUSE)
        assert caught.value.duty == "contracts.element_is_not_relied_upon"

    def test_takes_a_free_one_back(self, who, held) -> None:
        element = made.an_element(who, held)
        run(commands.element.withdraw, who.operator, element, **BECAUSE)
        assert element.state == "withdrawn"
        asked = {"sources": [str(element.id)]}
        developer = made.a_developer(who)
        with pytest.raises(RuleBroken) as caught:
            made.submitted(made.a_second_application(developer, element, **asked), developer)
        assert caught.value.duty == "contracts.elements_are_available"


class TestElements:
    def test_are_drafts_for_their_operator_alone(self, who, held) -> None:
        draft = made.a_drafted_element(who, held)
        for actor in (who.authority, an_actor("developer"), ANONYMOUS):
            with pytest.raises(NotFound):
                queries.seen(actor, DataElement, draft.id)
        assert queries.seen(who.operator, DataElement, draft.id) is draft

    def test_are_found_by_words_state_and_right(self, who, held) -> None:
        element = made.an_element(who, held)
        for facts, number in (
            ({"q": "雨量"}, 1),
            ({"q": "%"}, 0),
            ({"state": "draft"}, 0),
            ({"right_id": held.id}, 1),
        ):
            assert len(db.session.scalars(queries.elements(who.operator, **facts)).all()) == number
        assert element.heading == "逐日雨量"
