"""The whole way of a right, from application to access, as one story."""

from contracts import queries
from kernel import clock, documents
from tests.factories import contracts as made


class TestRight:
    def test_comes_into_force_with_the_last_signature(self, app) -> None:
        who = made.parties()
        held = made.an_awaiting_right(who)
        assert held.state == "awaiting_signature"
        kinds = [agreement.kind for agreement in queries.agreements_about("right", held.id)]
        assert kinds == ["first_level_agreement", "security_commitment"]
        made.all_signed(held, who.operator, who.deputy)
        assert held.state == "in_force"
        assert queries.right_is_live(held.id, clock.today()) == (True, None)
        letter = documents.documents_of(queries.application(held.application_id))[0]
        assert documents.content(letter).startswith(b"%PDF")

    def test_carries_a_second_right(self, app) -> None:
        who = made.parties()
        element = made.an_element(who, made.a_right(who))
        developer = made.a_developer(who)
        held = made.a_second_right(who, developer, element)
        assert held.state == "in_force"
        assert queries.right_is_live(held.id, clock.today()) == (True, None)
        assert [step["kind"] for step in queries.chain_of(held.id)] == [
            "catalogue_entry", "resource", "first_level", "element", "second_level"
        ]  # fmt: skip
