"""Pages that are the same for everybody are drawn once, and anew as soon as anything they show has changed."""

import pytest
from sqlalchemy.exc import OperationalError

from kernel.command import execute
from kernel.pages import kept
from registry.commands import catalogue
from tests.factories.accounts import PASSWORD, a_member, an_organisation
from tests.factories.registry import a_published_entry, an_agency, an_authority


@pytest.fixture
def keeping(app, monkeypatch):
    monkeypatch.setitem(app.config, "KEEP_PAGES", True)
    app.extensions["kept_pages"].forget()
    yield app.test_client()
    app.extensions["kept_pages"].forget()


@pytest.fixture
def pages(app):
    return app.extensions["kept_pages"]


class TestSameForEverybody:
    def test_is_kept_while_nothing_changes(self, keeping, count_queries):
        a_published_entry(title="雨量站")
        first = keeping.get("/catalogue")
        with count_queries() as sent:
            again = keeping.get("/catalogue")
        assert again.data == first.data and "雨量站" in again.text and sent.number <= 1
        assert again.headers.to_wsgi_list() == first.headers.to_wsgi_list()

    def test_is_drawn_anew_after_every_change(self, keeping):
        agency = an_agency()
        a_published_entry(agency, title="雨量站")
        assert "风速站" not in keeping.get("/catalogue").text
        second = a_published_entry(agency, title="风速站")
        assert "风速站" in keeping.get("/catalogue").text
        execute(catalogue.withdraw, actor=an_authority(), subject_id=second.id, data={"reasons": "重复。"})
        assert "风速站" not in keeping.get("/catalogue").text

    def test_differs_by_address_language_and_size_of_text(self, keeping):
        a_published_entry(title="雨量站")
        chinese = keeping.get("/catalogue", headers={"Accept-Language": "zh"}).text
        assert keeping.get("/catalogue", headers={"Accept-Language": "en"}).text != chinese
        assert "雨量站" not in keeping.get("/catalogue?q=nothing-fits", headers={"Accept-Language": "zh"}).text
        assert "large-text" in keeping.get("/catalogue?text=large", headers={"Accept-Language": "zh"}).text

    def test_keeps_no_large_pages_and_no_more_than_it_may(self, keeping, pages, monkeypatch):
        a_published_entry(title="雨量站")
        monkeypatch.setattr(kept, "MOST", 2)
        for visit in range(1, 5):
            assert keeping.get(f"/catalogue?visit={visit}&q=雨量站").status_code == 200
        assert len(pages) == 2
        pages.forget()
        monkeypatch.setattr(kept, "LARGEST", 10)
        assert "雨量站" in keeping.get("/catalogue").text and len(pages) == 0

    def test_is_never_the_page_of_somebody_signed_in(self, keeping, pages):
        a_published_entry(title="雨量站")
        person = a_member(an_organisation("agency"))
        keeping.post("/sign-in", data={"email": person.email, "password": PASSWORD})
        own = keeping.get("/catalogue").text
        assert person.name in own and len(pages) == 0
        assert person.name not in keeping.application.test_client().get("/catalogue").text

    def test_is_not_kept_when_a_cookie_is_set_or_the_question_is_long(self, keeping, pages):
        a_published_entry(title="雨量站")
        assert "Set-Cookie" in keeping.get("/catalogue?lang=en").headers
        assert keeping.get("/catalogue?visit=" + "1" * 2_000).status_code == 200
        assert keeping.head("/catalogue").status_code == 200 and len(pages) == 0

    def test_a_reader_with_a_session_is_not_answered_with_what_is_kept(self, keeping, pages):
        a_published_entry(title="雨量站")
        keeping.get("/catalogue")
        assert len(pages) == 1
        person = a_member(an_organisation("agency"))
        keeping.post("/sign-in", data={"email": person.email, "password": PASSWORD})
        assert person.name in keeping.get("/catalogue").text

    def test_asks_the_application_when_the_state_cannot_be_read(self, keeping, pages, monkeypatch):
        a_published_entry(title="雨量站")
        keeping.get("/catalogue")
        asked = iter([OperationalError("", {}, Exception())])
        known = kept.newest_state
        monkeypatch.setattr(kept, "newest_state", lambda: _raised(next(asked, None)) or known())
        assert "雨量站" in keeping.get("/catalogue").text and next(asked, None) is None


def _raised(problem):
    if problem is not None:
        raise problem
