"""Which products and open files have a page that everybody may open: for lists of addresses."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from kernel.db import db
from marketplace.models import DataProduct
from marketplace.queries.open_data import open_files


def product_count() -> int:
    """How many products are on sale."""
    query = select(func.count()).select_from(DataProduct).where(DataProduct.state == "listed")
    return db.session.scalar(query) or 0


def product_ids(start: int, most: int) -> Iterator[tuple[uuid.UUID, datetime | None]]:
    """(identity, listed since) of the products on sale."""
    query = select(DataProduct.id, DataProduct.listed_at).where(DataProduct.state == "listed")
    rows = db.session.execute(query.order_by(DataProduct.id).offset(start).limit(most))
    yield from ((row_id, listed) for row_id, listed in rows)


def open_file_count() -> int:
    """How many files are open."""
    return db.session.scalar(select(func.count()).select_from(open_files().order_by(None).subquery())) or 0


def open_file_ids(start: int, most: int) -> Iterator[tuple[uuid.UUID, datetime | None]]:
    """(identity, opened at) of the open files."""
    for row in db.session.scalars(open_files().offset(start).limit(most)):
        yield row.id, row.released_at
