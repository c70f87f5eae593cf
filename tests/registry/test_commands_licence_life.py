"""What becomes of a licence: granted, refused, suspended, revoked, expired; and who sees it."""

from datetime import timedelta

import pytest

from kernel import clock, documents
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, WrongState
from registry import queries, reactions
from registry.commands import licence
from tests.factories.accounts import an_actor
from tests.factories.registry import (
    a_licence,
    an_accepted_licence,
    an_announced_licence,
    an_assessed_licence,
    an_authority,
    colleague,
    heard,
)
from tests.registry.commands_licence_steps import ADVERSE, later, submitted

pytestmark = pytest.mark.usefixtures("app")
REFUSED = ADVERSE | {"grounds": ["technical_condition"]}
URGENT = ADVERSE | {"urgent": True}


def time_passes():
    """What the scheduler does with the sweep of the registry."""
    for command, subject_id, *data in list(reactions.what_time_does(clock.today())):
        execute(command, actor=SYSTEM, subject_id=subject_id, data=data[0] if data else None)


class TestLicenceGrant:
    @pytest.mark.prints
    def test_puts_the_licence_in_force_with_certificate_and_letter(self):
        found = a_licence()
        certificate = documents.current("licence_certificate", found)
        assert found.state == "in_force" and found.number.startswith("ZG-990100-")
        assert certificate.public and documents.content(certificate).startswith(b"%PDF-")
        assert found.valid_until == found.valid_from.replace(year=found.valid_from.year + 3)
        assert {row.kind for row in documents.documents_of(found)} == {"licence_certificate", "operator_decision"}
        assert queries.licence(found.id, ANONYMOUS).id == found.id

    def test_waits_for_the_end_of_the_notice(self):
        authority = an_authority()
        found, decider = an_assessed_licence(authority=authority), colleague(authority)
        reasons = {"reasons": "合格。"}
        with pytest.raises(RuleBroken) as refused:
            execute(licence.grant, actor=decider, subject_id=found.id, data=reasons)
        assert refused.value.duty == "registry.licence_notice_is_over"
        execute(licence.announce, actor=decider, subject_id=found.id)
        with pytest.raises(RuleBroken):
            execute(licence.grant, actor=decider, subject_id=found.id, data=reasons)
        with later((found.notice_until - clock.today()).days + 1):
            assert execute(licence.grant, actor=decider, subject_id=found.id, data=reasons).state == "in_force"

    @pytest.mark.parametrize("days", [-1, 5000])
    def test_refuses_an_unlawful_term(self, days):
        authority = an_authority()
        found = an_announced_licence(authority=authority)
        data = {"reasons": "合格。", "valid_until": (clock.today() + timedelta(days=days)).isoformat()}
        with pytest.raises(RuleBroken) as refused:
            execute(licence.grant, actor=colleague(authority), subject_id=found.id, data=data)
        assert refused.value.duty == "registry.licence_term"

    def test_takes_a_shorter_term(self):
        authority = an_authority()
        found = an_announced_licence(authority=authority)
        last = clock.today() + timedelta(days=100)
        data = {"reasons": "合格。", "valid_until": last.isoformat()}
        execute(licence.grant, actor=colleague(authority), subject_id=found.id, data=data)
        after = last + timedelta(days=1)
        assert queries.licence_in_force(found.organisation_id, "first_level", last, "990100")
        assert queries.licence_in_force(found.organisation_id, "first_level", after) is None
        assert queries.licence_in_force(found.organisation_id, "second_level", last) is None

    def test_lets_a_renewal_follow_the_licence_it_renews(self):
        operator, authority = an_actor("operator"), an_authority()
        held = a_licence(operator, authority)
        with later((held.valid_until - clock.today()).days - 20):
            fresh = an_authority()
            again = a_licence(operator, fresh, renews_id=str(held.id))
        assert again.valid_from == held.valid_until + timedelta(days=1)
        assert queries.licence_in_force(held.organisation_id, "first_level", held.valid_until).id == held.id
        assert queries.licence_in_force(held.organisation_id, "first_level", again.valid_from).id == again.id


class TestLicenceRefuse:
    def test_gives_coded_grounds_after_a_hearing_with_a_letter(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority, number=50)
        given = heard("refuse", authority, found)
        execute(licence.refuse, actor=colleague(authority), subject_id=found.id, data=REFUSED)
        assert (found.state, found.basis, found.grounds) == ("refused", "YN L180", ["technical_condition"])
        db.session.refresh(given)
        assert given.state == "carried_out"
        letter = documents.documents_of(found)[-1]
        assert letter.kind == "operator_decision" and letter.id == found.letter_id

    def test_needs_a_hearing_where_the_rules_ask_for_it(self):
        authority = an_authority()
        found = an_assessed_licence(authority=authority, number=50)
        with pytest.raises(RuleBroken) as refused:
            execute(licence.refuse, actor=colleague(authority), subject_id=found.id, data=REFUSED)
        assert refused.value.duty == "registry.notice_was_given"
        heard("refuse", authority, found, days=0)
        with pytest.raises(RuleBroken) as refused:
            execute(licence.refuse, actor=colleague(authority), subject_id=found.id, data=REFUSED)
        assert refused.value.duty == "registry.reply_window_has_passed"

    def test_needs_none_where_they_are_silent(self):
        authority = an_authority("530000")
        found = an_assessed_licence(authority=authority, number=50, jurisdiction="530000")
        decided = execute(licence.refuse, actor=colleague(authority), subject_id=found.id, data=REFUSED)
        assert decided.state == "refused"

    @pytest.mark.parametrize("wrong", [{"basis": ""}, {"grounds": []}, {"grounds": ["dislike"]}])
    def test_needs_ground_and_rule(self, wrong):
        authority = an_authority()
        found = an_assessed_licence(authority=authority)
        with pytest.raises(InvalidInput):
            execute(licence.refuse, actor=colleague(authority), subject_id=found.id, data=REFUSED | wrong)


class TestLicenceStop:
    def test_is_done_by_the_product_alone(self):
        found = an_accepted_licence()
        with pytest.raises(NotAllowed):
            execute(licence.stop, actor=an_authority(), subject_id=found.id, data=ADVERSE)
        assert execute(licence.stop, actor=SYSTEM, subject_id=found.id, data=ADVERSE).state == "stopped"


class TestLicenceSuspend:
    def test_takes_its_force_at_once_in_danger(self):
        found = a_licence()
        execute(licence.suspend, actor=an_authority(), subject_id=found.id, data=URGENT)
        assert found.state == "suspended"
        assert queries.licence_in_force(found.organisation_id, "first_level", clock.today()) is None

    def test_needs_a_notice_otherwise(self):
        authority = an_authority()
        found = a_licence(authority=authority)
        with pytest.raises(RuleBroken) as refused:
            execute(licence.suspend, actor=authority, subject_id=found.id, data=ADVERSE)
        assert refused.value.duty == "registry.notice_was_given"
        heard("suspend", authority, found)
        with pytest.raises(RuleBroken) as refused:
            execute(licence.suspend, actor=authority, subject_id=found.id, data=ADVERSE)
        assert refused.value.duty == "registry.another_decides"
        assert execute(licence.suspend, actor=colleague(authority), subject_id=found.id, data=ADVERSE).state == "suspended"

    def test_is_for_the_authority_of_the_place(self):
        found = a_licence()
        with pytest.raises(NotAllowed):
            execute(licence.suspend, actor=an_authority("530000"), subject_id=found.id, data=URGENT)


class TestLicenceLift:
    def test_gives_its_force_back(self):
        found = a_licence()
        execute(licence.suspend, actor=an_authority(), subject_id=found.id, data=URGENT)
        execute(licence.lift, actor=an_authority(), subject_id=found.id, data={"reasons": "已整改。"})
        assert found.state == "in_force"


class TestLicenceRevoke:
    def test_ends_licence_and_certificate_after_notice(self):
        authority = an_authority()
        found = a_licence(authority=authority)
        heard("revoke", authority, found)
        execute(licence.revoke, actor=colleague(authority), subject_id=found.id, data=ADVERSE)
        assert (found.state, found.ended_on) == ("revoked", clock.today())
        kept = {row.kind: row.state for row in documents.documents_of(found)}
        assert kept["licence_certificate"] == "revoked"
        with pytest.raises(WrongState):
            execute(licence.revoke, actor=colleague(authority), subject_id=found.id, data=ADVERSE)

    def test_minds_no_certificate_that_has_ended_already(self):
        authority = an_authority()
        found = a_licence(authority=authority)
        documents.revoke(documents.current("licence_certificate", found), now=clock.now(), reason="x")
        db.session.commit()
        heard("revoke", authority, found)
        ended = execute(licence.revoke, actor=colleague(authority), subject_id=found.id, data=ADVERSE)
        assert ended.state == "revoked"

    def test_needs_a_notice(self):
        found = a_licence()
        with pytest.raises(RuleBroken) as refused:
            execute(licence.revoke, actor=an_authority(), subject_id=found.id, data=ADVERSE)
        assert refused.value.duty == "registry.notice_was_given"


class TestLicenceExpire:
    def test_follows_the_last_day(self):
        found = a_licence()
        with pytest.raises(RuleBroken):
            execute(licence.expire, actor=SYSTEM, subject_id=found.id)
        with later((found.valid_until - clock.today()).days + 1):
            time_passes()
        assert (found.state, found.ended_on) == ("expired", found.valid_until)


class TestSight:
    def test_hides_an_application_from_competitors_and_from_experts_who_are_not_named(self):
        found = submitted(an_actor("operator"))
        for actor in (an_actor("operator"), an_actor("expert")):
            with pytest.raises(NotFound):
                queries.licence(found.id, actor)
        assert queries.licence(found.id, an_authority()).id == found.id

    def test_lists_granted_licences_for_all(self):
        found = a_licence()
        submitted(an_actor("operator"))
        assert [row.id for row in db.session.scalars(queries.operators())] == [found.id]
        assert db.session.scalars(queries.operators(q=found.number, level="second_level")).all() == []
