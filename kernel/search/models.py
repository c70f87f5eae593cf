"""The tables of the index, and the statements that a database needs beside them.

`search_row` is narrow on purpose: counting reads it alone. What can be filtered stands in `search_combo`, one row for
each combination that occurs, so that counting by every filter is counting by one number.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import DDL, BigInteger, Index, Integer, Text, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import db

Number = BigInteger().with_variant(Integer, "sqlite")


class SearchCombo(db.Model):  # type: ignore[name-defined,misc]
    """A combination of filter values that occurs: `terms` maps names to values, and `id` is made from them."""

    __tablename__ = "search_combo"
    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    terms: Mapped[dict[str, Any]]


class SearchRow(db.Model):  # type: ignore[name-defined,misc]
    """One subject in the index. The larger its number the newer it is: a later `dated_at` gives it a new one.

    `is_public`: anybody may see it, as kernel.permissions says; `tokens` is kept on PostgreSQL only.
    """

    __tablename__ = "search_row"
    number: Mapped[int] = mapped_column(Number, primary_key=True)
    kind: Mapped[str]
    is_public: Mapped[bool]
    combo_id: Mapped[int] = mapped_column(Number)
    subject_id: Mapped[uuid.UUID]
    dated_at: Mapped[datetime]
    tokens: Mapped[Any] = mapped_column(
        Text().with_variant(TSVECTOR(), "postgresql"), nullable=True, deferred=True
    )
    __table_args__ = (
        UniqueConstraint("subject_id", "kind"),
        Index("ix_search_row_kind", "kind", "is_public", "number", "combo_id"),
        Index("ix_search_row_tokens", "tokens", postgresql_using="gin").ddl_if(dialect="postgresql"),
        {"sqlite_autoincrement": True},
    )


class SearchText(db.Model):  # type: ignore[name-defined,misc]
    """The folded text of a subject: what longer words are compared with, and what its tokens are made of."""

    __tablename__ = "search_text"
    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    keywords: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    sounds: Mapped[str] = mapped_column(Text)


class SearchChange(db.Model):  # type: ignore[name-defined,misc]
    """That a row of the index was written: what the second tier still has to take over, and when counts are old."""

    __tablename__ = "search_change"
    __table_args__ = {"sqlite_autoincrement": True}
    id: Mapped[int] = mapped_column(Number, primary_key=True)
    number: Mapped[int] = mapped_column(Number)


class SearchTier(db.Model):  # type: ignore[name-defined,misc]
    """The second tier in force: the folder of its files, how many rows it was built from, with which tokens.

    The row without a folder says the same of the first tier.
    """

    __tablename__ = "search_tier"
    folder: Mapped[str] = mapped_column(primary_key=True)
    rows: Mapped[int]
    made_with: Mapped[str]
    built_at: Mapped[datetime]


# SQLite keeps the tokens in an index of their own, without the texts and without places inside them.
SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_tokens USING fts5"
    "(tokens, content='', detail='none', columnsize=0, tokenize='ascii')",
)
# PostgreSQL keeps long values out of the row: counting then reads little.
POSTGRESQL = (
    "ALTER TABLE search_row SET (toast_tuple_target = 128)",
    "ALTER TABLE search_row ALTER COLUMN tokens SET STORAGE EXTERNAL",
)


def statements(dialect: str) -> tuple[str, ...]:
    """What follows the making of the tables on a database ('sqlite', 'postgresql'); the migrations run the same."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL


for _dialect in ("sqlite", "postgresql"):
    for _text in statements(_dialect):
        event.listen(SearchRow.__table__, "after_create", DDL(_text).execute_if(dialect=_dialect))
event.listen(
    SearchRow.__table__, "after_drop", DDL("DROP TABLE IF EXISTS search_tokens").execute_if(dialect="sqlite")
)
