"""Long documents are printed by the runner, outside of transactions; nobody signs or reads what is not there yet."""

from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from accounts.commands import token
from accounts.queries import person
from contracts import commands, queries
from kernel import clock, config, documents, outbox, pdf
from kernel.actor import SYSTEM
from kernel.command import execute
from kernel.db import db
from kernel.errors import NotAllowed, NotReady, WrongState
from supervision.commands import printing
from tests.factories import contracts as made
from tests.factories.accounts import PASSWORD, sign_in
from tests.kernel import deeds

FILE = {"sha256": "0" * 64, "size": 1, "storage_key": "documents/x.pdf", "renderer": "x"}


@pytest.fixture
def later(settings, monkeypatch):
    """Nothing is printed at once."""
    monkeypatch.setitem(config._loaded, "settings", replace(settings, print_at_once=0))


@pytest.fixture
def who(app) -> made.Parties:
    return made.parties()


@pytest.fixture
def text(who, later):
    """The agreement of a right that waits for signatures, whose file is not there yet."""
    return queries.agreements_about("right", made.an_awaiting_right(who).id)[0]


def sign(agreement, actor):
    document = queries.document_of(agreement)
    data = {"password": PASSWORD, "document_sha256": document.sha256 or "0" * 64}
    return execute(commands.agreement.sign, actor=actor, subject_id=agreement.id, data=data)


class TestDocumentThatWaits:
    def test_nothing_is_read_or_signed(self, who, text) -> None:
        document = queries.document_of(text)
        assert not document.is_printed and document.sha256 == "" and documents.versions(document) == []
        with pytest.raises(NotReady):
            documents.content(document)
        with pytest.raises(NotReady):
            documents.newest_content(document)
        with pytest.raises(NotReady):
            sign(text, who.operator)
        assert documents.check_file(document, b"%PDF-1.7", clock.now()).code == "not_printed"

    def test_the_pages_say_how_far_it_is(self, who, text, client) -> None:
        document = queries.document_of(text)
        sign_in(client, person(who.operator.user_id))
        page = client.get(f"/agreements/{text.id}?lang=en").text
        assert "The document is being drawn up" in page and 'http-equiv="refresh"' in page
        assert 'name="password"' not in page
        assert client.get(f"/agreements/{text.id}/text.pdf").status_code == 503
        assert "The document is being drawn up" in client.get(f"/check/{document.check_code}?lang=en").text

    def test_the_progress_counts_those_before_and_the_pages(self, who, text) -> None:
        document = queries.document_of(text)
        waiting = documents.progress(document)
        assert waiting is not None and not waiting.begun and waiting.pages == 0
        row = db.session.get(documents.DocumentPrint, document.id)
        row.begun_at, row.pages = clock.now(), 35
        db.session.commit()
        assert documents.progress(document) == replace(waiting, begun=True, pages=35)

    def test_what_the_font_lacks_is_refused_at_once(self, app, later) -> None:
        with pytest.raises(pdf.MissingGlyphs):
            deeds.draw(("toy_deed", deeds.A), data=deeds.statement(name="某某\U000f0000局"))


class TestPrint:
    def test_the_runner_prints_and_the_log_names_the_hash(self, who, text) -> None:
        outbox.deliver_due()
        document = queries.document_of(text)
        db.session.refresh(document)
        event = documents.logged_event(document)
        assert document.is_printed and documents.progress(document) is None
        assert event.command == "supervision.document.print" and event.actor_name == SYSTEM.name
        assert documents.verify(document)["genuine"]
        assert sign(text, who.operator).state == "partly_signed"

    @pytest.mark.prints
    def test_the_file_is_the_one_that_is_printed_at_once(self, app, settings, monkeypatch) -> None:
        with clock.frozen(deeds.NOW):
            at_once = deeds.draw(("toy_deed", deeds.A))
            monkeypatch.setitem(config._loaded, "settings", replace(settings, print_at_once=0))
            later = deeds.draw(("toy_deed", deeds.B))
            later.masthead = at_once.masthead  # number and check code are all that differs
            db.session.commit()
            outbox.deliver_due()
        db.session.refresh(later)
        assert later.sha256 == at_once.sha256 == documents.print_aside(at_once, documents.page_of(at_once)).sha256

    def test_a_printing_that_failed_is_begun_again(self, who, text, monkeypatch) -> None:
        document, good = queries.document_of(text), pdf.render
        failing = iter([True])

        def render(page: str, **rest: object) -> bytes:
            if next(failing, False):
                raise OSError("killed")
            return good(page, **rest)

        monkeypatch.setattr(pdf, "render", render)
        outbox.deliver_due()
        with clock.frozen(clock.now() + timedelta(minutes=10)):
            outbox.deliver_due()
        db.session.refresh(document)
        assert document.is_printed

    def test_a_printing_that_was_given_up_is_said(self, who, text, client, monkeypatch) -> None:
        def render(page: str, **rest: object) -> bytes:
            raise OSError("no space left")

        monkeypatch.setattr(pdf, "render", render)
        for hours in range(outbox.ATTEMPTS + 1):
            with clock.frozen(clock.now() + timedelta(hours=hours)):
                outbox.deliver_due()
        sign_in(client, person(who.operator.user_id))
        page = client.get(f"/agreements/{text.id}?lang=en").text
        assert "The file could not be produced" in page and 'http-equiv="refresh"' not in page

    def test_what_was_revoked_meanwhile_is_printed_and_stays_revoked(self, app, later) -> None:
        document = deeds.draw(("toy_deed", deeds.A))
        documents.revoke(document, now=clock.now(), reason="错误")
        db.session.commit()
        outbox.deliver_due()
        db.session.refresh(document)
        assert document.is_printed and document.state == "revoked"

    def test_is_for_the_runner_alone(self, who, text) -> None:
        document = queries.document_of(text)
        for actor in (who.operator, who.authority):
            with pytest.raises(NotAllowed):
                execute(printing.complete, actor=actor, subject_id=document.id, data=FILE)

    def test_a_file_is_added_once(self, app) -> None:
        document = deeds.draw(("toy_deed", deeds.A))
        db.session.commit()
        again = asdict(documents.print_aside(document, documents.page_of(document)))
        with pytest.raises(WrongState):
            execute(printing.complete, actor=SYSTEM, subject_id=document.id, data=again)

    @pytest.mark.prints
    def test_pages_are_told_as_they_are_laid_out(self, app) -> None:
        told: list[int] = []
        page = '<html lang="zh-CN"><body>' + '<p style="break-after: page">页</p>' * 6 + "</body></html>"
        pdf.render(page, title="试", created=deeds.NOW, identifier=b"0" * 16, progress=told.append)
        assert told[-1] >= 6 and told == sorted(told)


class TestJson:
    def test_lists_what_the_reader_may_read(self, who, text, client) -> None:
        number = queries.document_of(text).number
        assert number not in client.get("/api/v1/supervision/documents").text
        wanted = {"name": "test", "scope": "act", "expires_on": clock.today().isoformat()}
        key = execute(token.issue, actor=who.operator, data=wanted).secret
        answer = client.get("/api/v1/supervision/documents", headers={"Authorization": f"Bearer {key}"})
        row = next(one for one in answer.json["items"] if one["number"] == number)
        assert (row["sha256"], row["size"], row["printed_at"]) == ("", 0, None) and "data" not in row
