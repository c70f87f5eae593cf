"""The mails about kept searches: who gets one, when, what stands in it, and how it ends."""

import re
from email import message_from_bytes, policy

import pytest
from bs4 import BeautifulSoup

from accounts import queries as accounts
from accounts.commands import person as people
from kernel import clock, outbox
from kernel.actor import ANONYMOUS, SYSTEM
from kernel.audit import AuditEvent, events_of
from kernel.command import execute
from kernel.db import db
from kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kernel.outbox import OutboxMessage
from supervision import commands as daily
from supervision import queries
from supervision.commands import searching as commands
from supervision.models import SavedSearch
from supervision.schemas.searching import SavedSearchView
from tests.factories.accounts import a_person, acting, sign_in
from tests.factories.registry import a_draft, a_published_entry

pytestmark = pytest.mark.usefixtures("app")
MONDAY, TUESDAY, WEDNESDAY = (f"2026-11-{day}T01:00+08:00" for day in (23, 24, 25))
NEXT_MONDAY, NEXT_TUESDAY = "2026-11-30T01:00+08:00", "2026-12-01T01:00+08:00"


@pytest.fixture
def mails(mail_server, set_mail):
    """The mails the server was sent, read; it is set for this installation."""
    set_mail(f"smtp://127.0.0.1:{mail_server.server_address[1]}")
    return lambda: [message_from_bytes(raw, policy=policy.default) for raw in mail_server.mails]


def kept(person, mails="daily", at=MONDAY, **facts):
    given = {"title": "雨量", "kinds": ["entry"], "words": "雨量", "mails": mails}
    with clock.frozen(at):
        return execute(commands.save, actor=acting(person, None), data=given | facts)


def acting_for(saved):
    return acting(accounts.person(saved.person_id), None)


def entries(number=1, at="2026-11-23T10:00+08:00"):
    with clock.frozen(at):
        return [a_published_entry(title=f"雨量{place}") for place in range(number)]


def a_day(at):
    """The daily run and what it put into the outbox."""
    with clock.frozen(at):
        done = daily.tick(clock.now())
        outbox.deliver_due()
    assert done["refused"] == []
    return done["swept"]


class TestTell:
    def test_lists_what_is_new_with_titles_and_addresses(self, mails):
        keeper = a_person(language="en")
        saved, (entry,) = kept(keeper), entries()
        assert a_day(TUESDAY) == 1
        (found,) = mails()
        text = found.get_content()
        assert found["To"] == keeper.email and found["Subject"] == "New in your search “雨量”"
        assert "since 2026-11-23" in text and f"{entry.title}\nhttp://localhost/catalogue/{entry.id}" in text
        assert text.strip().endswith(f"http://localhost/searches/off/{saved.off}") and "more:" not in text

    def test_names_the_way_out_for_mail_programs(self, mails):
        saved = kept(a_person())
        entries()
        a_day(TUESDAY)
        (found,) = mails()
        assert found["List-Unsubscribe"] == f"<http://localhost/searches/off/{saved.off}>"
        assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert found["Subject"] == "检索“雨量”有新结果" and "（仅含公开信息）" in found.get_content()

    def test_lists_twenty_and_counts_the_others(self, mails, monkeypatch):
        kept(a_person(language="en"))
        entries(22)
        a_day(TUESDAY)
        monkeypatch.setattr(queries, "MOST_COUNTED", 22)
        kept(a_person(language="en"))
        a_day(WEDNESDAY)
        exact, at_least = (found.get_content() for found in mails())
        assert exact.count("/catalogue/") == 20
        assert "And 2 more: http://localhost/search?in=entry&q=%E9%9B%A8%E9%87%8F" in exact
        assert "And 2+ more: " in at_least

    def test_comes_only_after_the_days_and_with_news(self, mails):
        kept(a_person()), kept(a_person(), "weekly"), kept(a_person(), "never")
        assert a_day(TUESDAY) == 0
        entries(at=TUESDAY)
        assert [a_day(day) for day in (WEDNESDAY, WEDNESDAY, NEXT_MONDAY, NEXT_TUESDAY)] == [1, 0, 1, 0]
        assert len(mails()) == 2
        entries(at=NEXT_MONDAY)
        assert a_day(NEXT_TUESDAY) == 1

    def test_shows_what_is_public_alone(self, mails):
        with clock.frozen(MONDAY):
            draft = a_draft(title="雨量草稿")
        kept(a_person())
        assert a_day(TUESDAY) == 0
        entries(at=TUESDAY)
        a_day(WEDNESDAY)
        (found,) = mails()
        assert draft.title not in found.get_content()

    def test_is_not_sent_to_closed_accounts(self, mails):
        keeper = a_person()
        saved = kept(keeper)
        entries()
        with clock.frozen(TUESDAY):
            execute(commands.tell, actor=SYSTEM, subject_id=saved.id)
            execute(people.suspend, actor=SYSTEM, subject_id=keeper.id)
            outbox.deliver_due()
        entries(at=TUESDAY)
        assert (a_day(WEDNESDAY), mails()) == (0, [])

    @pytest.mark.parametrize("step", ["switch_off", "remove"])
    def test_is_not_sent_when_it_was_ended_meanwhile(self, mails, step):
        saved = kept(a_person())
        entries()
        with clock.frozen(TUESDAY):
            execute(commands.tell, actor=SYSTEM, subject_id=saved.id)
            actor = SYSTEM if step == "switch_off" else acting_for(saved)
            execute(getattr(commands, step), actor=actor, subject_id=saved.id)
            outbox.deliver_due()
        assert mails() == []

    def test_is_not_sent_when_nothing_of_it_is_there_any_more(self, mails):
        saved = kept(a_person())
        with clock.frozen(TUESDAY):
            execute(commands.tell, actor=SYSTEM, subject_id=saved.id)
            outbox.deliver_due()
        assert mails() == []

    def test_puts_nothing_into_the_outbox_without_a_mail_server(self, set_mail):
        set_mail("")
        saved = kept(a_person())
        entries()
        assert a_day(TUESDAY) == 0
        assert db.session.scalars(db.select(OutboxMessage)).all() == []
        with clock.frozen(TUESDAY):
            execute(commands.tell, actor=SYSTEM, subject_id=saved.id)
            assert outbox.deliver_due() == 1
        assert [row.state for row in db.session.scalars(db.select(OutboxMessage))] == ["delivered"]

    def test_leaves_neither_way_out_nor_words_in_outbox_and_log(self, mails):
        saved = kept(a_person())
        entries()
        a_day(TUESDAY)
        (message,) = db.session.scalars(db.select(OutboxMessage))
        assert set(message.payload) == {"saved_search_id", "since"}
        bodies = db.session.scalars(db.select(AuditEvent.body))
        assert not [body for body in bodies if saved.off.encode() in body]

    def test_is_for_the_daily_run_when_it_is_time(self):
        saved = kept(a_person())
        with clock.frozen(MONDAY), pytest.raises(Conflict):
            execute(commands.tell, actor=SYSTEM, subject_id=saved.id)
        with pytest.raises(NotAllowed):
            execute(commands.tell, actor=acting_for(saved), subject_id=saved.id)


class TestTellBy:
    def test_begins_with_what_comes_afterwards(self, mails):
        saved = kept(a_person(), "never")
        entries()
        with clock.frozen("2026-11-23T18:00+08:00"):
            execute(commands.tell_by, actor=acting_for(saved), subject_id=saved.id, data={"mails": "daily"})
        assert a_day(TUESDAY) == 0
        entries(at=TUESDAY)
        assert a_day(WEDNESDAY) == 1

    def test_leaves_out_nothing_when_the_days_change(self, mails):
        saved = kept(a_person(), "weekly")
        entries()
        with clock.frozen("2026-11-23T18:00+08:00"):
            execute(commands.tell_by, actor=acting_for(saved), subject_id=saved.id, data={"mails": "daily"})
        assert a_day(TUESDAY) == 1

    def test_is_for_its_person(self):
        saved = kept(a_person())
        for actor in (acting(a_person(), None), ANONYMOUS):
            with pytest.raises((NotAllowed, NotFound)):
                execute(commands.tell_by, actor=actor, subject_id=saved.id, data={"mails": "never"})

    @pytest.mark.parametrize("data", [{}, {"mails": "hourly"}])
    def test_refuses_what_there_is_not(self, data):
        saved = kept(a_person())
        with pytest.raises(InvalidInput):
            execute(commands.tell_by, actor=acting_for(saved), subject_id=saved.id, data=data)


class TestSwitchOff:
    def test_asks_first_and_needs_no_account(self, client):
        saved = kept(a_person())
        address = f"/searches/off/{saved.off}"
        page = BeautifulSoup(client.get(f"{address}?lang=en").data, "html.parser")
        assert page.select_one("main form button").text == "Switch the mails off"
        assert db.session.get(SavedSearch, saved.id).mails == "daily"
        for _ in range(2):
            assert "switched off" in client.post(address).text
        assert db.session.get(SavedSearch, saved.id).mails == "never"
        assert [row.command for row in events_of(saved)].count("supervision.saved_search.switch_off") == 1
        assert "switched off" in client.get(address).text

    def test_is_done_at_once_by_a_mail_program(self, app, monkeypatch):
        """RFC 8058: no cookie, no form token, no redirect."""
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        saved = kept(a_person())
        answer = app.test_client().post(f"/searches/off/{saved.off}", data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and db.session.get(SavedSearch, saved.id).mails == "never"

    def test_refuses_what_nobody_was_sent(self, client):
        saved = kept(a_person())
        gone = kept(a_person())
        execute(commands.remove, actor=acting_for(gone), subject_id=gone.id)
        for part in ("guessed", saved.feed, saved.id, gone.off):
            for answer in (client.get(f"/searches/off/{part}"), client.post(f"/searches/off/{part}")):
                assert answer.status_code == 404 and saved.title not in answer.text
        assert client.get(f"/searches/{saved.off}.atom").status_code == 404

    def test_is_for_the_product_alone(self):
        saved = kept(a_person())
        with pytest.raises(NotAllowed):
            execute(commands.switch_off, actor=acting_for(saved), subject_id=saved.id)


class TestPages:
    DATA = {"title": "雨量", "kinds": ["entry"], "words": "雨量", "mails": "weekly"}

    def test_ask_how_to_be_told_and_let_it_be_changed(self, client, mails):
        sign_in(client, a_person())
        form = BeautifulSoup(client.get("/searches/new?words=雨量&lang=en").data, "html.parser")
        boxes = form.select("input[name=mails]")
        assert [(box["value"], box.has_attr("checked")) for box in boxes] == [
            ("never", True), ("daily", False), ("weekly", False),
        ]  # fmt: skip
        assert client.post("/searches/new", data=self.DATA).status_code == 302
        page = client.get("/searches").text
        assert "At most one mail a week" in page
        change = re.search(r"/do/supervision.saved_search.tell_by/[\w-]+", page).group()
        form = BeautifulSoup(client.get(change).data, "html.parser")
        assert form.select_one("input[name=mails][checked]")["value"] == "weekly"
        assert client.post(change, data={"mails": "daily"}).location.endswith("/searches")
        assert "At most one mail a day" in client.get("/searches").text

    def test_say_where_no_mail_can_be_sent(self, client, set_mail):
        set_mail("")
        sign_in(client, a_person())
        form = client.get("/searches/new?words=雨量&lang=en").text
        assert "This installation sends no mail" in form and 'value="daily"' not in form
        client.post("/searches/new", data=self.DATA)
        page = client.get("/searches").text
        assert "This installation sends no mail." in page and "tell_by" not in page

    def test_show_the_way_out_to_nobody(self, client):
        keeper = a_person()
        saved = kept(keeper)
        sign_in(client, keeper)
        assert saved.off not in client.get("/searches").text
        shown = SavedSearchView().dump(saved)
        assert shown["mails"] == "daily" and saved.off not in str(shown)
