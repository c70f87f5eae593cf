"""The browser, and the servers it visits."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.live import Live, live
from tests.browser.town import Town, lived_in
from tests.browser.visitor import WIDE, Visitor

CHROMIUM = (
    os.environ.get("SHUHENG_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
Opens = Callable[..., Visitor]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine; where there is none, these tests are skipped, saying so."""
    if not CHROMIUM:
        if os.environ.get("SHUHENG_TEST_REQUIRED") == "browser":
            pytest.fail("there is no browser: install chromium, or name one in SHUHENG_TEST_CHROMIUM")
        pytest.skip("there is no browser: install chromium, or name one in SHUHENG_TEST_CHROMIUM")
    return CHROMIUM


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browser."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests."""
    started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Opens]:
    """Open a window on a server: `visit(live, "zh")`. What was wrong with the pages it met fails the test at its end."""
    with ExitStack() as windows:
        opened: list[Visitor] = []

        def open_(server: Live, language: str = "zh", *, scripts: bool = True) -> Visitor:
            context = browser.new_context(
                locale=LOCALES[language], viewport=WIDE, java_script_enabled=scripts, accept_downloads=True
            )
            context.set_default_timeout(20_000)
            windows.callback(context.close)
            opened.append(Visitor(context.new_page(), server, language, scripts=scripts))
            return opened[-1]

        yield open_
        problems = [problem for visitor in opened for problem in visitor.problems]
        assert not problems, "\n".join(dict.fromkeys(problems))


@pytest.fixture(scope="session")
def town(chromium: str, tmp_path_factory: pytest.TempPathFactory, settings: object) -> Town:
    """The town in which the story has happened, told once; every test gets a copy."""
    return lived_in(tmp_path_factory.mktemp("town") / "data")


@pytest.fixture
def server(tmp_path: Path, settings: object) -> Iterator[Callable[..., Live]]:
    """Start a server on an empty database, or on a copy of a folder: `server(copy_of=folder)`."""
    with ExitStack() as running:
        yield lambda copy_of=None: running.enter_context(live(tmp_path / "live", copy_of))
