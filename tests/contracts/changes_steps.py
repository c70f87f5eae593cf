"""What the tests of changes share."""

from kernel.db import db


def fresh(*rows):
    """The rows as they stand in the database."""
    for one in rows:
        db.session.refresh(one)
    return rows[0] if len(rows) == 1 else rows


def rule_of(caught) -> str:
    """The rule that refused."""
    return caught.value.duty
