"""A person at a browser: goes, reads, fills in, presses. Every page that is met is checked on the way."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from kernel.fields import File
from kernel.words import catalog, translate
from tests.browser.live import Live

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{2,4}-[0-9A-Z-]+|\?.*")
# Everything is checked but the reader of the OpenAPI document, which is not ours (the document itself is at its address).
AXE_CALL = """async () => {
  const found = await axe.run({exclude: [".swagger-ui"]}, {resultTypes: ["violations"]});
  return found.violations.map(v => v.id + " (" + v.impact + "): " + v.help + "\\n    "
    + v.nodes.slice(0, 4).map(n => n.target.join(" ") + " " + (n.any[0] || n.all[0] || n.none[0] || {}).message).join("\\n    "));
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && !e.closest(".table-frame, [data-scroll]")).slice(0, 5).map(e => e.tagName + "." + e.className)"""


class Visitor:
    """One browser window in one language. `problems`: everything that was wrong with pages on the way."""

    def __init__(self, page: Page, live: Live, language: str, *, scripts: bool = True) -> None:
        self.page, self.live, self.language, self.scripts = page, live, language, scripts
        self.seen: set[str] = set()
        self.problems: list[str] = []
        self._heard: list[str] = []
        self._failed: list[str] = []
        page.on(
            "console",
            lambda said: (
                self._heard.append(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None
            ),
        )
        page.on("response", lambda answer: self._failed.append(answer.url) if answer.status >= 400 else None)
        page.on("pageerror", lambda error: self._heard.append(f"exception: {error}"))

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────

    def say(self, words: str, **values: Any) -> str:
        """The product's own words in the language of this window."""
        said = translate(words, self.language)
        assert self.language == "en" or said != words, f"no Chinese for {words!r}"
        return said.format(**values) if values else said

    def beginning(self, words: str) -> str:
        """The first sentence in this language of the message that begins with these words."""
        messages = catalog("zh_CN")._catalog  # type: ignore[attr-defined]
        found = next(msgid for msgid in messages if isinstance(msgid, str) and msgid.startswith(words))
        return re.split(r"[。.]", self.say(found))[0]

    def label(self, words: str) -> re.Pattern[str]:
        """A label as it stands beside its field: followed by nothing, or by the mark of what must be filled in."""
        return re.compile(rf"^\s*{re.escape(self.say(words))}\s*(\*.*|（.*|\(.*)?$")

    # ── going ────────────────────────────────────────────────────────────────────────────────────────────────

    def go(self, path: str, *, status: int = 200) -> None:
        """Open an address."""
        answer = self.page.goto(self.live.address + path)
        assert answer is not None and answer.status == status, f"{path}: {answer and answer.status}"
        self.look(expected_failure=status >= 400)

    def follow(self, words: str, *, exact: bool = True, own: bool = False) -> None:
        """Follow a link by its words (`own`: words of the data, not of the product)."""
        name = words if own else self.say(words)
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.look()

    def press(self, words: str, *, refused: bool = False) -> None:
        """Press a button by its words."""
        button = self.page.get_by_role(
            "button", name=re.compile(rf"^\s*{re.escape(self.say(words))}(\s*–.*)?\s*$")
        )
        with self._renewed():
            button.first.click()
        told = self.page.locator(".error-summary").all_inner_texts()
        assert bool(told) == refused, f"{words} at {self.path}: {told}"
        self.look(expected_failure=refused)

    @contextmanager
    def _renewed(self) -> Iterator[None]:
        """Wait until the page is another one: loaded anew, or its contents replaced after an upload."""
        self.page.locator("#main").evaluate("main => { main.dataset.old = '1' }")
        yield
        self.page.locator("#main:not([data-old])").wait_for()
        self.page.wait_for_load_state()

    def press_link(self, words: str) -> None:
        """Press what is a link but looks like a button (a step that asks first)."""
        self.page.locator("#main").get_by_role("link", name=self.say(words), exact=True).first.click()
        self.look()

    def act(self, words: str) -> None:
        """Do a command of the page: a button, or a link to the page that asks first and its button."""
        main, name = self.page.locator("#main"), self.say(words)
        if main.get_by_role("button", name=name, exact=True).count():
            self.press(words)
            return
        self.press_link(words)

    # ── filling in ───────────────────────────────────────────────────────────────────────────────────────────

    def field(self, words: str) -> Locator:
        """The control with that label."""
        return self.page.get_by_label(self.label(words))

    def write(self, words: str, value: str) -> None:
        """Type into the field with that label."""
        self.field(words).fill(value)

    def choose(self, words: str, option: str, *, own: bool = False) -> None:
        """Choose from a list."""
        self.field(words).select_option(label=option if own else self.say(option))

    def tick(self, group: str, *options: str, own: bool = False) -> None:
        """Tick boxes or one radio button of a group."""
        inside = self.page.get_by_role("group", name=self.label(group))
        for option in options:
            inside.get_by_label(option if own else self.say(option), exact=True).check()

    def check(self, words: str) -> None:
        """Tick a single box."""
        self.field(words).check()

    def upload(self, words: str, file: File) -> None:
        """Choose a file."""
        media = {"pdf": "application/pdf", "csv": "text/csv", "json": "application/json"}
        kind = media[file.name.rsplit(".", 1)[1]]
        self.field(words).set_input_files({"name": file.name, "mimeType": kind, "buffer": file.content})

    def download(self, words: str, *, role: str = "link") -> bytes:
        """Press or follow what hands over a file."""
        with self.page.expect_download() as coming:
            self.page.get_by_role(role, name=self.say(words)).first.click()  # type: ignore[arg-type]
        return Path(coming.value.path()).read_bytes()

    def read_file(self, path: str) -> bytes:
        """The bytes behind an address, with the cookies of this window."""
        answer = self.page.request.get(path if path.startswith("http") else self.live.address + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.body()

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────

    def sees(self, *texts: str, own: bool = True, part: bool = False) -> None:
        """The page shows these words (`own=False`: words of the product; `part`: the beginning of such a text)."""
        for text in texts:
            wanted = text if own else self.beginning(text) if part else self.say(text)
            expect(self.page.locator("#main").get_by_text(wanted).first).to_be_visible()

    def sees_state(self, state: str) -> None:
        """The heading of the page carries the state."""
        tag = self.page.locator("#main").get_by_text(self.say(state), exact=True)
        expect(tag.first).to_be_visible()

    @property
    def path(self) -> str:
        """Where the window is, without the host."""
        return self.page.url.removeprefix(self.live.address)

    # ── signing in and out ───────────────────────────────────────────────────────────────────────────────────

    def become(self, role: str) -> None:
        """Sign in with one click as the invented person with that role."""
        self.page.goto(self.live.address + "/demo")
        self.look()
        self.page.get_by_role("button", name=re.compile(re.escape(self.say(role)))).click()
        self.page.wait_for_url("**/desk")
        self.look()

    def enter(self, email: str, password: str) -> None:
        """Sign in as anybody does."""
        self.go("/sign-in")
        self.write("E-mail", email)
        self.write("Password", password)
        self.press("Sign in")
        assert self.path == "/desk", self.path

    def leave(self) -> None:
        """Sign out."""
        self.page.context.clear_cookies(name="shuheng")

    @contextmanager
    def as_(self, role: str) -> Iterator["Visitor"]:
        """Be somebody for some steps."""
        self.become(role)
        yield self
        self.leave()

    # ── checking ─────────────────────────────────────────────────────────────────────────────────────────────

    def look(self, *, expected_failure: bool = False) -> None:
        """Check the page: once of each shape and state with axe and at both widths, its console always."""
        self.page.wait_for_load_state()
        heading = self.page.locator("h1:not(.swagger-ui *)").all_inner_texts()
        if len(heading) != 1:
            self._note(f"{len(heading)} h1")
        for said in self._heard:
            if not (expected_failure and "Failed to load resource" in said):
                self._note(f"{said} {self._failed}")
        self._heard.clear()
        self._failed.clear()
        state = self.page.locator("h1 .tag").all_inner_texts()
        shape = SHAPE.sub("*", self.path.replace(self.live.address, "")) + " ".join(state[:1])
        if self.scripts and shape not in self.seen:
            self.seen.add(shape)
            self._measure()

    def _measure(self) -> None:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        for size in (WIDE, NARROW):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            for violation in self.page.evaluate(AXE_CALL):
                self._note(f"at {size['width']} px: {violation}")
            if (over := self.page.evaluate(OVERFLOW)) > 0:
                self._note(
                    f"{over} px too wide at {size['width']}: {json.dumps(self.page.evaluate(TOO_WIDE))}"
                )
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    def _note(self, problem: str) -> None:
        self.problems.append(f"{self.path}: {problem}")
