"""The toy law stands in for the real one, so that the kernel is tried apart from every domain word."""

import pytest

from kernel import due
from tests.kernel.toys import LAW


@pytest.fixture(autouse=True)
def toy_law(monkeypatch):
    for name, function in LAW.items():
        monkeypatch.setitem(due.law, name, function)
