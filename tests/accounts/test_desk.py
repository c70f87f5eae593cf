"""What accounts puts on the desk."""

from datetime import timedelta

import pytest

from accounts.commands import organisation
from accounts.views.desk import bodies_to_confirm, organisation_to_do
from kernel import clock
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from tests.factories.accounts import a_member, a_person, acting, an_actor, an_organisation

pytestmark = pytest.mark.usefixtures("app")


class TestBodiesToConfirm:
    def test_shows_the_authority_what_imports_named(self) -> None:
        authority = an_actor("authority")
        assert bodies_to_confirm(authority) is None
        execute(organisation.propose, actor=SYSTEM, data={"name": "气象局", "jurisdiction": "990102"})
        assert [row.heading for row in bodies_to_confirm(authority).rows] == ["气象局"]
        assert bodies_to_confirm(an_actor("agency")) is None
        assert bodies_to_confirm(an_actor("authority", jurisdiction="530000")) is None


class TestOrganisationToDo:
    def test_is_nothing_where_all_is_in_order(self) -> None:
        assert organisation_to_do(an_actor("operator")) is None
        assert organisation_to_do(ANONYMOUS) is None

    def test_leads_newcomers_to_an_organisation(self) -> None:
        section = organisation_to_do(acting(a_person()))
        assert section.action[1] == "/organisations/register"

    def test_tells_those_who_can_do_something_about_it_who_is_missing(self) -> None:
        own = an_organisation("operator", responsible=False)
        (row,) = organisation_to_do(acting(a_member(own), own)).rows
        assert "Data security officer" in str(row.note)
        assert organisation_to_do(acting(a_member(own, mandates=["be_served"]), own)) is None

    def test_warns_of_mandates_that_end_soon(self) -> None:
        own, last = an_organisation("operator"), clock.today() + timedelta(days=9)
        (row,) = organisation_to_do(acting(a_member(own, ends_on=last), own)).rows
        assert row.due_on == last
        execute(organisation.suspend, actor=SYSTEM, subject_id=own.id, data={"reason": "x"})
        assert organisation_to_do(acting(a_member(own), own)) is None
