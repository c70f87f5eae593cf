"""Tests of contracts draw up many documents; except where printing itself is tested, a quick printer stands in."""

import hashlib

import pytest

from kernel import pdf

PRINTING = "test_documents"


@pytest.fixture(autouse=True)
def quick_printer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer that takes no time: the bytes depend on the page alone, as those of the real one do."""
    if request.module.__name__.rpartition(".")[2] == PRINTING:
        return

    def render(html: str, **_rest: object) -> bytes:
        return b"%PDF-1.7\n" + hashlib.sha256(html.encode()).hexdigest().encode() + b"\n%%EOF\n"

    monkeypatch.setattr(pdf, "render", render)
