"""Steps that several tests of catalogue have in common."""

from tests.factories.registry import (
    ENTRY,
)


def values(**facts):
    return {name: value for name, value in ({**ENTRY, **facts}).items() if value is not None}
