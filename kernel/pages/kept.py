"""Pages that are the same for everybody without an account: drawn once, kept as long as nothing they show has changed.

Only for pages whose whole content stands in the search index: every change of it changes the state of the index, with
which a page is kept. Whoever has a session, or is to be told something, gets a page of his own. A kept page is answered
with before anything else of the site is asked, with the very headers it was first sent with.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import wraps
from threading import Lock
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, g, request, session
from sqlalchemy.exc import SQLAlchemyError

from kernel import clock
from kernel.db import db
from kernel.pages.session import LANGUAGE_COOKIE, current_actor
from kernel.search.state import newest_state

MOST, LARGEST, LONGEST = 200, 300_000, 2_000
HARMLESS = {LANGUAGE_COOKIE, "text"}
ASKED = (
    "wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE",
    "HTTP_COOKIE", "HTTP_HX_REQUEST",
)  # fmt: skip
Environ = dict[str, Any]


class _Kept(NamedTuple):
    drawn_at: Any
    headers: list[tuple[str, str]]
    body: bytes


class KeptPages:
    """Stands before an application: answers with what is kept for just this question, else asks the application."""

    def __init__(self, app: Flask) -> None:
        self._app, self._inner, self._turn = app, app.wsgi_app, Lock()
        self._kept: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()
        app.extensions["kept_pages"] = self

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        page = self._found(environ)
        if page is None:
            return self._inner(environ, start_response)
        start_response("200 OK", list(page.headers))
        return [page.body]

    def __len__(self) -> int:
        return len(self._kept)

    def _found(self, environ: Environ) -> _Kept | None:
        question = _question(environ)
        with self._turn:
            page = self._kept.get(question) if question else None
            if page is None or question is None:
                return None
            self._kept.move_to_end(question)
        with self._app.app_context():
            try:
                return page if page.drawn_at == _state() else None
            except (SQLAlchemyError, db.engine.dialect.loaded_dbapi.Error):
                return None  # the application says what is wrong

    def keep(self, environ: Environ, drawn_at: Any, answer: Response) -> None:
        """Keep this answer, unless it is large, tells the browser to remember something, or was too long asked for."""
        question = _question(environ)
        if question is None or answer.status_code != 200 or "Set-Cookie" in answer.headers or answer.is_streamed:
            return
        body = answer.get_data()
        if len(body) > LARGEST:
            return
        with self._turn:
            self._kept[question] = _Kept(drawn_at, answer.headers.to_wsgi_list(), body)
            self._kept.move_to_end(question)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        """Draw everything anew."""
        with self._turn:
            self._kept.clear()


def install(app: Flask) -> None:
    """Put the kept pages before `app`. To be called first: what is kept is what all others have made of an answer."""
    app.wsgi_app = KeptPages(app)  # type: ignore[method-assign]
    app.after_request(_keep)


def same_for_everybody(view: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what this view draws for readers without an account."""

    @wraps(view)
    def seen(*args: Any, **kwargs: Any) -> Any:
        # Each test has a database of its own, whose states are alike.
        if not current_app.testing or current_app.config.get("KEEP_PAGES"):
            g.drawn_at = _state()
        return view(*args, **kwargs)

    return seen


def _keep(answer: Response) -> Response:
    drawn_at = g.pop("drawn_at", None)
    if drawn_at is not None and not session and not current_actor().is_signed_in:
        current_app.extensions["kept_pages"].keep(request.environ, drawn_at, answer)
    return answer


def _question(environ: Environ) -> tuple[str, ...] | None:
    """What an answer depends on; None where it may be one reader's own."""
    if environ["REQUEST_METHOD"] != "GET":
        return None
    cookies = environ.get("HTTP_COOKIE", "")
    if cookies and not {part.partition("=")[0].strip() for part in cookies.split(";")} <= HARMLESS:
        return None
    question = tuple(environ.get(name, "") for name in ASKED)
    return question if sum(map(len, question)) <= LONGEST else None


def _state() -> tuple[Any, ...]:
    return newest_state(), clock.today()
