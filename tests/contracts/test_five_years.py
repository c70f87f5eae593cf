"""Five years of a first-level and a second-level right, through the commands, with the clock set forward."""

from datetime import datetime, timedelta

import pytest

from contracts import commands, queries
from contracts.queries.change_texts import clauses_of
from kernel import clock, documents
from kernel.command import execute
from kernel.db import db
from kernel.errors import DomainError
from tests.factories import contracts as made
from tests.factories import life
from tests.factories.life import run
from tests.factories.registry import a_licence, colleague

BEGAN = datetime.fromisoformat("2026-11-22T09:00+08:00")


def later(days: int) -> datetime:
    """A moment so many days after the beginning."""
    return BEGAN + timedelta(days=days)


def licensed(who, developer) -> None:
    """Both licences anew, as they are renewed every few years."""
    authority = colleague(who.authority)  # mandates end earlier than rights
    a_licence(who.operator, authority)
    a_licence(developer, authority, level="second_level")


def dutiful(right, holder) -> None:
    """Everything owed under a right is reported."""
    for owed in queries.obligations_of(right.id):
        if owed.state in ("open", "overdue"):
            execute(commands.obligation.fulfil, actor=holder, subject_id=owed.id, data={"report": "已完成。"})


class TestFiveYears:
    def test_of_both_levels_from_grant_to_exit(self, app) -> None:
        with clock.frozen(BEGAN):
            who = made.parties()
            rain, wind = made.a_source(who), made.a_source(who)
            first = made.a_right(who, sources=[str(rain.id), str(wind.id)], **made.a_term(1000))
            element = made.an_element(who, first, resources=[str(rain.id)])
            developer = made.a_developer(who)
            second = made.a_second_right(who, developer, element, **made.a_term(900))
        with clock.frozen(later(200)):  # amended: another clause, wider purposes below
            life.agreed(life.an_amendment(who.operator, first), who.deputy, who.operator)
            wider = ["industry_development", "public_governance"]
            life.agreed(life.an_amendment(developer, second, purposes=wider), who.deputy, developer)
            assert clauses_of(first.id) and sorted(second.purposes) == wider
        with clock.frozen(later(300)):  # suspended with items to mend, mended one by one, lifted
            run(commands.right.suspend, who.authority, first, items="补齐日志\n更换密钥", **life.WHY)
            assert self.states(first, second) == ["suspended", "suspended"]
            for item in queries.items_of(first.id):
                life.mended(item, who.operator, who.deputy)
            run(commands.right.lift, who.authority, first, reason="已整改。")
            assert self.states(first, second) == ["in_force", "in_force"]
        with clock.frozen(later(890)):  # the second level is renewed up to the end of the first
            dutiful(second, developer)
            life.agreed(life.a_renewal(developer, second, first.ends_on), who.deputy, developer)
        with clock.frozen(later(950)):  # the first level is renewed to its fifth year, then the second again
            dutiful(first, who.operator)
            until = (BEGAN + timedelta(days=1800)).date()
            life.agreed(life.a_renewal(who.operator, first, until), who.deputy, who.operator)
            life.agreed(life.a_renewal(developer, second, until), who.deputy, developer)
            assert [first.ends_on, second.ends_on] == [until, until]
        with clock.frozen(later(1085)):
            licensed(who, developer)
        with clock.frozen(later(1200)):  # reduced: the wind is given back, the rain stays
            less = life.a_reduction(who.operator, first, sources=[str(rain.id)])
            life.agreed(less, who.deputy, who.operator)
            assert self.states(first, second) == ["in_force", "in_force"]
        with clock.frozen(later(1801)):  # both expire, and nothing can be obtained any more
            life.follow_time()
            assert self.states(first, second, element) == ["expired", "expired", "withdrawn"]
            with pytest.raises(DomainError):
                run(commands.element.fetch, developer, element)
            for right, holder in ((first, who.operator), (second, developer)):
                left = life.left_for_good(life.exit_of(right), holder, who.authority)
                kinds = {one.kind for one in documents.documents_of(left)}
                assert kinds == {"deletion_certificate", "exit_account"}
            consolidated = documents.current("consolidated_text", first)
            assert len(consolidated.data["history"]) == 3
            signed = {act.document_id for act in db.session.scalars(db.select(documents.Signature))}
            assert len(signed) >= 10
            for one in signed:
                found = db.session.get(documents.Document, one)
                assert documents.verify(found)["rerender_matches"], found.number

    def states(self, *rows) -> list[str]:
        """Their states as they stand in the database."""
        for one in rows:
            db.session.refresh(one)
        return [one.state for one in rows]
