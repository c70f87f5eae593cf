"""The mails about kept searches: which are due, what they tell, and whose they are. They tell what is public alone."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from accounts.models import Person
from kernel import clock, search
from kernel.actor import ANONYMOUS
from kernel.db import db
from kernel.errors import NotFound
from supervision.models import SavedSearch
from supervision.queries.searching import narrowed
from supervision.vocabulary import MAIL_EVERY_DAYS

MOST_COUNTED = 1000


def mail_is_due(saved: SavedSearch, today: date) -> bool:
    """Whether the days between two mails about the search have passed."""
    days = MAIL_EVERY_DAYS.get(saved.mails)
    return days is not None and clock.legal_day(saved.told_at) + timedelta(days=days) <= today


def searches_to_mail(today: date) -> list[uuid.UUID]:
    """The kept searches whose person is to be told by mail today: it is time, and something public is new."""
    query = select(SavedSearch).join(Person, Person.id == SavedSearch.person_id)
    kept = query.where(SavedSearch.state == "saved", SavedSearch.mails != "never", Person.state == "active")
    rows = db.session.scalars(kept.order_by(SavedSearch.id)).all()
    return [row.id for row in rows if mail_is_due(row, today) and new_to_all(row, row.told_at, 1)]


def new_to_all(saved: SavedSearch, since: datetime, most: int = MOST_COUNTED) -> Sequence[search.Hit]:
    """The public hits dated after a moment, the newest first."""
    filters = narrowed(saved.kinds, saved.narrowed)
    return search.newer(ANONYMOUS, saved.kinds, saved.words, filters, since, most)


def mailed_search(saved_id: uuid.UUID) -> tuple[SavedSearch, Person] | None:
    """A kept search and who is to get its mail; None where mails were ended since, or the account."""
    query = select(SavedSearch, Person).join(Person, Person.id == SavedSearch.person_id)
    wanted = query.where(SavedSearch.id == saved_id, SavedSearch.state == "saved", SavedSearch.mails != "never")
    row = db.session.execute(wanted.where(Person.state == "active")).one_or_none()
    return None if row is None else (row[0], row[1])


def saved_by_off(off: str) -> SavedSearch:
    """The kept search whose mails that part of an address ends, or NotFound."""
    found = db.session.scalar(select(SavedSearch).where(SavedSearch.off == off, SavedSearch.state == "saved"))
    if found is None:
        raise NotFound()
    return found
