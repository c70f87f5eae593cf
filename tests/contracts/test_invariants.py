"""What must never happen, tried through page, JSON and shell: one hand on both levels, a text that changes when signed."""

import pytest

from contracts import queries
from kernel import documents
from kernel.storage import store
from tests.doors import DOORS, Doors, refused
from tests.factories import contracts as made
from tests.factories.accounts import PASSWORD, organisation_of


@pytest.fixture
def doors(app):
    """Page, JSON and shell."""
    return Doors(app)


@pytest.fixture
def who(app):
    """A licensed operator, the authority's two people, an agency and a registrar."""
    return made.parties()


@pytest.mark.parametrize("door", DOORS)
class TestThirdOneHandOnBothLevels:
    """The holder of a first-level right, or a body it controls, is no second-level developer of the same scope."""

    def test_opens_for_a_developer_of_its_own(self, who, doors, door):
        element = made.an_element(who, made.a_right(who))
        developer = made.a_developer(who)
        asked = made.a_second_application(developer, element)
        assert not refused(getattr(doors, door)(developer, "contracts.application.submit", asked.id))
        assert asked.state == "submitted"

    def test_is_closed_to_a_body_that_the_holder_controls(self, who, doors, door):
        element = made.an_element(who, made.a_right(who))
        daughter = made.a_developer(who, controlled_by_uscc=organisation_of(who.operator).uscc)
        asked = made.a_second_application(daughter, element)
        assert refused(getattr(doors, door)(daughter, "contracts.application.submit", asked.id))
        assert asked.state == "draft"

    def test_is_closed_to_the_holder_itself(self, who, doors, door):
        element = made.an_element(who, made.a_right(who))
        made.a_licence(who.operator, who.authority, level="second_level")
        asked = made.a_second_application(who.operator, element)
        assert refused(getattr(doors, door)(who.operator, "contracts.application.submit", asked.id))
        assert asked.state == "draft"


@pytest.mark.parametrize("door", DOORS)
class TestNinthTextsStay:
    """A document does not change after its first signature."""

    @pytest.fixture
    def half_signed(self, who):
        """An agreement that the operator has signed and the authority has not."""
        held = made.an_awaiting_right(who)
        return made.signed(queries.agreements_about("right", held.id)[0], who.operator)

    def test_is_signed_as_it_was_read(self, who, doors, door, half_signed):
        given = {"password": PASSWORD, "document_sha256": queries.document_of(half_signed).sha256}
        given["capacity"] = "经办人"
        assert not refused(
            getattr(doors, door)(who.deputy, "contracts.agreement.sign", half_signed.id, **given)
        )
        assert half_signed.state == "in_force"

    def test_is_not_signed_as_another_text(self, who, doors, door, half_signed):
        given = {"password": PASSWORD, "document_sha256": "0" * 64, "capacity": "经办人"}
        assert refused(getattr(doors, door)(who.deputy, "contracts.agreement.sign", half_signed.id, **given))
        assert half_signed.state == "partly_signed"

    def test_is_not_drawn_up_anew_by_anybody(self, who, doors, door, half_signed):
        before = queries.document_of(half_signed).sha256
        for actor in (who.operator, who.authority, who.deputy):
            assert refused(getattr(doors, door)(actor, "contracts.agreement.draw_up"))
        document = queries.document_of(half_signed)
        assert document.sha256 == before and len(documents.signatures(document)) == 1

    def test_is_not_signed_when_the_file_was_changed_behind_its_back(self, who, doors, door, half_signed):
        document = queries.document_of(half_signed)
        store().delete(document.storage_key)
        store().put(document.storage_key, b"%PDF-1.7 another text")
        given = {"password": PASSWORD, "document_sha256": document.sha256, "capacity": "经办人"}
        assert refused(getattr(doors, door)(who.deputy, "contracts.agreement.sign", half_signed.id, **given))
        assert half_signed.state == "partly_signed" and not documents.verify(document)["genuine"]
