"""A live server: the real application on a free port of this machine, with a database and a clock of its own.

The clock is moved from outside: each request is answered inside a stopped clock. The product knows nothing of it.
"""

import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from kernel import clock, config
from kernel.db import db
from wsgi import create_app


class _Quiet(WSGIRequestHandler):
    """Says nothing on the terminal for every picture that is fetched."""

    def log(self, *_: Any) -> None:
        return


class Live:
    """A running server. `moment`: what time it is there; None for the real time."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.moment: datetime | None = None
        self.app: Flask | None = None
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self.app = create_app(_settings(data, self.address))

    def _answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        assert self.app is not None
        if self.moment is None:
            return self.app(environ, start)
        with clock.frozen(self.moment):
            return self.app(environ, start)

    def at(self, moment: str) -> None:
        """Move the clock of the server: `live.at("2026-03-02T09:00")`, Beijing time."""
        self.moment = datetime.fromisoformat(f"{moment}+08:00")

    @property
    def now(self) -> datetime:
        """What time it is at the server."""
        return self.moment or clock.now()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Look into the database of the server, at its moment."""
        assert self.app is not None
        with self.app.app_context():
            if self.moment is None:
                yield
            else:
                with clock.frozen(self.moment):
                    yield

    def start(self) -> None:
        """Answer from now on."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answer no more, and let go of the database."""
        self._server.shutdown()
        self._server.server_close()
        assert self.app is not None
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def _settings(data: Path, address: str) -> config.Settings:
    data.mkdir(parents=True, exist_ok=True)
    return config.load(
        {
            "SHUHENG_DATA": str(data),
            "SHUHENG_SECRET_KEY": "for-browser-tests-only-" * 2,
            "SHUHENG_DEMO": "1",
            "SHUHENG_BACKGROUND": "0",
            "SHUHENG_BASE_URL": address,
        }
    )


@contextmanager
def live(data: Path, copy_of: Path | None = None) -> Iterator[Live]:
    """A server on the data of a folder (a copy of another one's), gone at the end; other settings come back."""
    if copy_of is not None:
        shutil.copytree(copy_of, data)
    before = config.settings()
    server = Live(data)
    with server.app.app_context():  # type: ignore[union-attr]
        db.create_all()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        config.use(before)
