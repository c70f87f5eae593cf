"""The toy law stands in for the real one, so that the kernel is tried apart from every domain word."""

import pytest

from kernel import due
from kernel.actor import ANONYMOUS
from tests.kernel.toys import LAW


@pytest.fixture(autouse=True)
def toy_law(monkeypatch):
    for name, function in LAW.items():
        monkeypatch.setitem(due.law, name, function)


@pytest.fixture
def acting(monkeypatch):
    """Say who asks from now on, on every door."""
    import accounts.views as accounts

    now = {"actor": ANONYMOUS}
    monkeypatch.setattr(accounts, "load_actor", lambda: now["actor"])
    monkeypatch.setattr(accounts, "load_api_actor", lambda: now["actor"])

    def become(actor):
        now["actor"] = actor

    return become
