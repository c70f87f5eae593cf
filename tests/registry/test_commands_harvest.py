"""Sources to harvest from: proposed, approved by a second person, at rest, given up; their secrets."""

import json

import pytest

from kernel import audit, clock
from kernel.actor import SYSTEM
from kernel.command import available, execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound, WrongState
from kernel.outbox import OutboxMessage
from kernel.sealing import CannotOpen, opened, sealed
from registry.commands import harvest
from registry.feeds import harvesting
from registry.models.harvest import HarvestSource
from registry.queries import harvest as known
from tests.factories.accounts import an_actor
from tests.factories.registry import an_agency, an_authority, colleague
from tests.registry.harvest_steps import (
    Portal,
    approved,
    proposed,
    record,
    rehearsed,
    shows,
)

pytestmark = pytest.mark.usefixtures("app")


class TestPropose:
    def test_begins_unapproved_and_reads_nothing(self, portal):
        source = proposed(portal=portal, rhythm="daily")
        assert (source.state, source.next_at) == ("proposed", None) and Portal.asked == []

    def test_is_for_ones_own_agency(self):
        agency = an_agency()
        assert proposed(agency).agency_id == agency.organisation_id

    @pytest.mark.parametrize("role", ["buyer", "registrar", "operator"])
    def test_is_not_for_others(self, role):
        with pytest.raises(NotAllowed):
            proposed(an_actor(role))

    @pytest.mark.parametrize("facts", [{"address": "ftp://a.example.org/x"}, {"address": "http://u:p@a.example.org/"}, {"kind": "csw"}, {"grace_days": -1}, {"credential": "bearer"}, {"credential": "bearer", "secret": "密"}, {"credential": "bearer", "secret": "a\nb"}])
    def test_refuses_bad_input(self, facts):
        with pytest.raises(InvalidInput):
            proposed(**facts)


class TestSecrets:
    def test_are_encrypted_and_never_told(self, portal, client):
        word = "a-very-secret-word"
        authority = an_authority()
        source = proposed(authority, portal, credential="bearer", secret=word)
        row = db.session.query(HarvestSource.secret).filter_by(id=source.id).scalar()
        assert word not in row and opened(row) == word
        events = db.session.query(audit.AuditEvent).filter_by(subject_id=source.id).all()
        assert events and all(word.encode() not in event.body for event in events)
        shows(record("a", "雨量"))
        rehearsed(source)
        assert Portal.asked[-1][1] == f"Bearer {word}"
        assert all(word not in json.dumps(row.payload) for row in db.session.query(OutboxMessage))

    def test_go_as_the_source_wants_them(self):
        for kind, secret, header in (("basic", "me:word", "Basic bWU6d29yZA=="), ("key", "abc", "abc"), ("none", "abc", None)):
            source = proposed(credential=kind, secret=secret)
            assert harvesting.credentials(source).get("Authorization") == header

    def test_are_entered_again_for_another_machine(self):
        source = proposed(credential="key", secret="abc")
        data = {"title": "外地目录", "kind": "ckan", "address": "http://portal.example.org/other", "credential": "key"}
        execute(harvest.amend, actor=an_authority(), subject_id=source.id, data=data)
        assert opened(source.secret) == "abc"
        with pytest.raises(InvalidInput):
            execute(harvest.amend, actor=an_authority(), subject_id=source.id, data=data | {"address": "http://thief.example.org"})

    def test_can_not_be_opened_with_another_key(self):
        with pytest.raises(CannotOpen):
            opened("x" + sealed("abc")[1:])


class TestAmend:
    def test_needs_approval_anew(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal, rhythm="daily")
        data = {"title": "外地目录", "kind": "ckan", "address": portal + "/x"}
        execute(harvest.amend, actor=an_authority(), subject_id=source.id, data=data)
        assert (source.state, source.next_at) == ("proposed", None)

    def test_is_not_for_another_agency(self):
        with pytest.raises(NotFound):
            execute(harvest.amend, actor=an_agency(), subject_id=proposed(an_agency()).id, data={})


class TestApprove:
    def test_wants_a_rehearsal_first(self):
        with pytest.raises(Conflict):
            execute(harvest.approve, actor=an_authority(), subject_id=proposed().id)

    def test_is_for_another_person_than_the_proposer(self, portal):
        shows(record("a", "雨量"))
        authority = an_authority()
        source = proposed(authority, portal)
        rehearsed(source)
        with pytest.raises(NotAllowed):
            execute(harvest.approve, actor=authority, subject_id=source.id)
        execute(harvest.approve, actor=colleague(authority), subject_id=source.id)
        assert source.state == "approved"

    def test_is_not_for_the_agency(self, portal):
        agency = an_agency()
        source = proposed(agency, portal)
        with pytest.raises(NotAllowed):
            execute(harvest.approve, actor=agency, subject_id=source.id)


class TestDecline:
    def test_says_why(self):
        source = proposed()
        execute(harvest.decline, actor=an_authority(), subject_id=source.id, data={"reasons": "来源不明。"})
        assert (source.state, source.reasons) == ("declined", "来源不明。")
        with pytest.raises(InvalidInput):
            execute(harvest.decline, actor=an_authority(), subject_id=proposed().id, data={})


class TestPause:
    def test_stops_the_reading_until_resumed(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal, rhythm="daily")
        execute(harvest.pause, actor=an_authority(), subject_id=source.id, data={"reasons": "维护。"})
        assert source.next_at is None and known.sources_due(clock.now()) == []
        with pytest.raises(WrongState):
            execute(harvest.read, actor=SYSTEM, subject_id=source.id)


class TestResume:
    def test_lets_it_be_read_again(self, portal):
        shows(record("a", "雨量"))
        source = approved(portal, rhythm="daily")
        execute(harvest.pause, actor=an_authority(), subject_id=source.id, data={"reasons": "维护。"})
        execute(harvest.resume, actor=an_authority(), subject_id=source.id)
        assert source.state == "approved" and known.sources_due(clock.now()) == [source.id]


class TestRetire:
    def test_deletes_the_credentials(self):
        source = proposed(credential="key", secret="abc")
        execute(harvest.retire, actor=an_authority(), subject_id=source.id, data={"reasons": "不再需要。"})
        assert (source.state, source.secret, source.credential) == ("retired", None, "none")
        assert available(source, an_authority()) == []
