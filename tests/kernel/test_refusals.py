"""Refusals that come from below: what a database cannot store."""

from sqlalchemy.exc import DataError


class TestUnstorable:
    def test_is_said_to_be_unreadable(self, app):
        """PostgreSQL takes no NUL sign in a text; SQLite does, so the refusal is made here."""
        for path, media in (("/api/v1/x", "application/problem+json"), ("/x", "text/html")):
            with app.test_request_context(path):
                answer, status = app.handle_user_exception(DataError("", {}, Exception()))
            assert (status, answer.mimetype) == (400, media)
