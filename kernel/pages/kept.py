"""Pages that are the same for everybody without an account: drawn once, kept as long as nothing they show has changed.

Only for pages whose whole content stands in the search index: every change of it changes the state of the index, and
with it the mark under which a page is kept. Whoever is signed in, or is to be told something, gets a page of his own.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from flask import current_app, request, session

from kernel import clock
from kernel.db import db
from kernel.pages.session import current_actor, current_locale
from kernel.search.state import newest_state

MOST, LARGEST = 200, 300_000
_kept: OrderedDict[tuple[Any, ...], str] = OrderedDict()
_turn = Lock()


def same_for_everybody(view: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what this view draws for readers without an account."""

    @wraps(view)
    def seen(*args: Any, **kwargs: Any) -> Any:
        mark = _mark()
        if mark is None:
            return view(*args, **kwargs)
        with _turn:
            found = _kept.get(mark)
            if found is not None:
                _kept.move_to_end(mark)
        if found is None:
            found = view(*args, **kwargs)
            _keep(mark, found)
        return found

    return seen


def _mark() -> tuple[Any, ...] | None:
    """What the page depends on; None where it is one reader's own."""
    if current_actor().is_signed_in or session or request.method != "GET":
        return None
    if current_app.testing and not current_app.config.get("KEEP_PAGES"):
        return None  # each test has a database of its own, whose states are alike
    large = request.args.get("text") or request.cookies.get("text")
    return db.engine.url, newest_state(), clock.today(), request.full_path, current_locale(), large


def _keep(mark: tuple[Any, ...], drawn: Any) -> None:
    if not isinstance(drawn, str) or len(drawn) > LARGEST:
        return
    with _turn:
        _kept[mark] = drawn
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def forget() -> None:
    """Draw everything anew."""
    with _turn:
        _kept.clear()
