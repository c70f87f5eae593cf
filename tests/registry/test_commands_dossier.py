"""The commands on dossiers."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from registry import queries
from registry.commands import dossier
from tests.factories.accounts import an_actor, organisation_of
from tests.factories.registry import PDF, a_dossier, a_licence_application, an_authority, colleague

pytestmark = pytest.mark.usefixtures("app")
PAPER = {"kind": "credit_statement", "issuer": "衡州市公共信用信息中心", "valid_from": "2026-01-01", "file": PDF}


def add(actor, **facts):
    return execute(dossier.add_paper, actor=actor, data=PAPER | facts)


class TestDossierAddPaper:
    def test_begins_the_dossier_of_the_organisation(self):
        operator = an_actor("operator")
        found = add(operator, number="XY-1")
        assert (found.organisation_id, found.state) == (operator.organisation_id, "open")
        paper = queries.papers_of(operator.organisation_id)["credit_statement"]
        assert (paper.version, paper.number, paper.file["sha256"]) == (1, "XY-1", PDF.sha256)

    def test_keeps_the_version_it_replaces(self):
        operator = an_actor("operator")
        found = add(operator)
        assert add(colleague(operator), number="新").id == found.id
        assert queries.papers_of(operator.organisation_id)["credit_statement"].version == 2
        assert [row.version for row in queries.paper_versions(found.id)] == [2, 1]
        assert queries.paper_versions(found.id)[1].replaced_at is not None

    def test_is_for_operators_and_developers(self):
        add(an_actor("developer"))
        for role in ("agency", "buyer", "authority"):
            with pytest.raises(NotAllowed):
                add(an_actor(role))

    def test_refuses_a_paper_that_is_over_or_ends_before_it_begins(self):
        yesterday = (clock.today() - timedelta(days=1)).isoformat()
        with pytest.raises(RuleBroken) as refused:
            add(an_actor("operator"), valid_until=yesterday)
        assert refused.value.duty == "registry.paper_may_be_added"
        for wrong in ({"valid_until": "2025-01-01"}, {"kind": "diploma"}, {"issuer": ""}):
            with pytest.raises(InvalidInput):
                add(an_actor("operator"), **wrong)


class TestDossierWithdrawPaper:
    def test_leaves_its_versions_in_the_history(self):
        operator = an_actor("operator")
        found = add(operator)
        execute(dossier.withdraw_paper, actor=operator, subject_id=found.id, data={"kind": "credit_statement"})
        assert queries.papers_of(operator.organisation_id) == {}
        assert len(queries.paper_versions(found.id)) == 1
        with pytest.raises(NotFound):
            execute(dossier.withdraw_paper, actor=operator, subject_id=found.id, data={"kind": "credit_statement"})
        assert queries.newest_version(add(operator).id, "credit_statement").version == 2

    def test_is_for_its_own_organisation(self):
        found = add(an_actor("operator"))
        with pytest.raises(NotFound):
            execute(dossier.withdraw_paper, actor=an_actor("operator"), subject_id=found.id, data={"kind": "credit_statement"})


class TestDossierTakeOver:
    def test_fills_what_the_successor_lacks(self):
        old, new = an_actor("operator"), an_actor("operator")
        add(old, number="旧")
        add(old, kind="security_system", number="旧制度")
        own = add(new, number="新")
        data = {"predecessor_id": str(old.organisation_id)}
        with pytest.raises(NotAllowed):
            execute(dossier.take_over, actor=new, subject_id=own.id, data=data)
        execute(dossier.take_over, actor=SYSTEM, subject_id=own.id, data=data)
        held = queries.papers_of(new.organisation_id)
        assert {kind: row.number for kind, row in held.items()} == {"credit_statement": "新", "security_system": "旧制度"}


class TestDossiers:
    def test_are_seen_by_the_owner_and_by_who_oversees_the_place(self):
        operator = an_actor("operator")
        found = a_dossier(operator, ("business_licence",))
        for actor in (operator, an_authority(), an_actor("auditor")):
            assert queries.dossier(found.id, actor).id == found.id
        for actor in (an_actor("operator"), an_actor("expert"), an_authority("530000"), an_actor("registrar")):
            with pytest.raises(NotFound):
                queries.dossier(found.id, actor)
        name = organisation_of(operator).name
        assert len(db.session.scalars(queries.dossiers(an_authority(), q=name)).all()) == 1

    def test_warn_of_papers_that_end_soon(self):
        operator = an_actor("operator")
        add(operator, valid_until=(clock.today() + timedelta(days=20)).isoformat())
        add(operator, kind="security_system", valid_until=(clock.today() + timedelta(days=200)).isoformat())
        assert [row.kind for row in queries.papers_ending(operator, clock.today())] == ["credit_statement"]
        assert queries.papers_ending(an_actor("operator"), clock.today()) == []

    def test_know_the_papers_nobody_can_rely_on(self):
        operator = an_actor("operator")
        a_licence_application(operator)
        add(operator, valid_until=(clock.today() + timedelta(days=1)).isoformat())
        on = clock.today() + timedelta(days=2)
        found = queries.papers_invalid(operator.organisation_id, ("credit_statement", "security_system"), on)
        assert set(found) == {"credit_statement"}
