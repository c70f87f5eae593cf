"""A page of the catalogue's list against Flask's hello, on the same server, in the same run.

    python -m benchmarks.pages --size 10k        entries in a throw-away folder; also 100, 1k, 100k

Both are served as bin/serve does it (granian, 2 workers, 4 blocking threads), asked in turn over connections that stay
open, and the rates compared. Exit code 1 where a page is below its goal. The goal is for readers without an account,
for whom a page is kept until something changes; beside it stands the rate when every page is drawn anew.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

GOAL = 0.20
NOT_KEPT = "Cookie: visit=1\r\n"
CONNECTIONS, SECONDS, ROUNDS = 4, 3, 3
SIZES = {"100": 100, "1k": 1_000, "10k": 10_000, "100k": 100_000}
PAGES = {
    "first page": "/catalogue",
    "filtered": "/catalogue?opening=open",
    "third page": "/catalogue?page=3",
    "with a word": "/catalogue?q=%E4%BF%A1%E6%81%AF",
}
hello = Flask("hello")


@hello.get("/")
def say_hello() -> str:
    """The least a page can be."""
    return "Hello, World!"


@contextmanager
def served(target: str, environment: dict[str, str]) -> Iterator[int]:
    """An application behind the server of bin/serve; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = Path(sys.executable).parent / "granian"
    command = [
        str(program), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
        "--blocking-threads", "4", "--no-ws", "--log-level", "critical", target,
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ | environment)  # noqa: S603
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not come up within a minute")


def rate(port: int, path: str, seconds: float = SECONDS, also: str = "") -> float:
    """Answers a second over a few connections, asked for with lines `also`; raises where one is not 200."""
    end, counted = time.perf_counter() + seconds, [0] * CONNECTIONS
    threads = [threading.Thread(target=_ask, args=(port, path, also, end, counted, one)) for one in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if -1 in counted:
        raise SystemExit(f"{path} did not answer with 200")
    return sum(counted) / (time.perf_counter() - began)


def _ask(port: int, path: str, also: str, end: float, counted: list[int], place: int) -> None:
    """Ask again and again on one connection, with as little work on this side as can be."""
    wants = f"Host: 127.0.0.1:{port}\r\nAccept: text/html\r\nAccept-Language: zh"
    request = f"GET {path} HTTP/1.1\r\n{wants}\r\n{also}\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        while time.perf_counter() < end:
            line.sendall(request)
            if not _answered(line):
                counted[place] = -1
                return
            counted[place] += 1


def _answered(line: socket.socket) -> bool:
    """Read one whole answer; whether it was a good one."""
    got = line.recv(1 << 18)
    while (head := got.find(b"\r\n\r\n")) < 0:
        got += line.recv(1 << 18)
    fields = got[:head].lower()
    length = int(fields.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    missing = head + 4 + length - len(got)
    while missing > 0:
        missing -= len(line.recv(min(missing, 1 << 18)))
    return got.startswith(b"HTTP/1.1 200")


def filled(folder: Path, size: int) -> dict[str, str]:
    """A database with so many published entries; the environment under which the site serves it."""
    from benchmarks import corpus
    from benchmarks.databases import application
    from kernel import clock
    from kernel.db import db
    from kernel.search import upkeep

    with application(folder) as app, app.app_context():
        db.create_all()
        corpus.fill(size)
        upkeep.rebuild(clock.now(), lambda _: None)
        address = app.config["SQLALCHEMY_DATABASE_URI"]
    return {
        "SHUHENG_DATA": str(folder),
        "SHUHENG_DATABASE_URL": address,
        "SHUHENG_SECRET_KEY": "for-benchmarks-only-" * 3,
        "SHUHENG_BACKGROUND": "0",
    }


def compared(ours: int, bare: int) -> bool:
    """Print the rates of each page and of hello, measured in turn; whether every page reaches the goal."""
    rate(bare, "/", 1)
    good = True
    print(f"{'page':14} {'pages/s':>9} {'hello/s':>9} {'ratio':>7} {'drawn/s':>9}  goal {GOAL:.2f}")
    for name, path in PAGES.items():
        rate(ours, path, 1)
        rounds = [(rate(ours, path), rate(bare, "/")) for _ in range(ROUNDS)]
        share = statistics.median(page / least for page, least in rounds)
        page, least = (statistics.median(side) for side in zip(*rounds, strict=True))
        drawn = rate(ours, path, also=NOT_KEPT)
        good &= share >= GOAL
        met = "reached" if share >= GOAL else "missed"
        print(f"{name:14} {page:9.0f} {least:9.0f} {share:7.3f} {drawn:9.0f}  {met}")
    return good


def main() -> int:
    """Fill, serve both, compare."""
    asked = argparse.ArgumentParser(description="A page of the catalogue's list against Flask's hello.")
    asked.add_argument("--size", choices=SIZES, default="10k")
    size = SIZES[asked.parse_args().size]
    with tempfile.TemporaryDirectory() as name:
        environment = filled(Path(name), size)
        print(f"{size:,} entries; {CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS} s a side")
        with served("wsgi:app", environment) as ours, served("benchmarks.pages:hello", {}) as bare:
            return 0 if compared(ours, bare) else 1


if __name__ == "__main__":
    raise SystemExit(main())
