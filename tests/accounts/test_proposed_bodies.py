"""Bodies that an import names, and their confirmation."""

import pytest

from accounts import queries
from accounts.commands import organisation
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.errors import InvalidInput, NotAllowed, NotFound
from tests.factories.accounts import (
    a_code,
    a_member,
    acting,
    an_actor,
    organisation_of,
)

pytestmark = pytest.mark.usefixtures("app")


class TestPropose:
    def test_notes_an_agency_that_can_do_nothing_yet(self) -> None:
        made = execute(
            organisation.propose, actor=SYSTEM, data={"name": "市气象局", "jurisdiction": "990100"}
        )
        assert (made.state, made.side, made.roles, made.uscc) == ("proposed", "managing", ["agency"], None)
        assert acting(a_member(made), made).roles == frozenset()
        assert queries.agency_named(" 市气象局", "990000") is not None
        assert queries.agency_named("市气象局", "530000") is None

    def test_is_the_systems_alone(self) -> None:
        with pytest.raises(NotAllowed):
            execute(
                organisation.propose,
                actor=an_actor("authority"),
                data={"name": "x", "jurisdiction": "990100"},
            )


class TestConfirm:
    def proposed(self):
        return execute(organisation.propose, actor=SYSTEM, data={"name": "气象局", "jurisdiction": "990102"})

    def test_gives_code_name_and_roles(self) -> None:
        row, code = self.proposed(), a_code()
        data = {"name": "衡东区气象局", "uscc": code, "roles": ["agency", "registrar"]}
        execute(organisation.confirm, actor=an_actor("authority"), subject_id=row.id, data=data)
        assert (row.state, row.uscc, row.name, row.roles) == (
            "active",
            code,
            "衡东区气象局",
            ["agency", "registrar"],
        )

    def test_refuses_operating_roles_and_codes_in_use(self) -> None:
        row, authority = self.proposed(), an_actor("authority")
        for changes in ({"roles": ["operator"]}, {"uscc": organisation_of(authority).uscc}):
            data = {"name": "x", "uscc": a_code(), "roles": ["agency"]} | changes
            with pytest.raises(InvalidInput):
                execute(organisation.confirm, actor=authority, subject_id=row.id, data=data)

    def test_is_for_the_authority_of_the_place(self) -> None:
        row = self.proposed()
        with pytest.raises(NotFound):
            execute(
                organisation.confirm, actor=an_actor("authority", jurisdiction="530000"), subject_id=row.id
            )
