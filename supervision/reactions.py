"""What follows from what happened: firm deadlines, the run of a new day, teams kept apart, mails about searches."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kernel import clock, documents, due, mail, outbox, search
from kernel.actor import ANONYMOUS
from kernel.audit import AuditEvent
from kernel.command import after
from kernel.config import settings
from kernel.db import db
from kernel.pages import address_of
from kernel.words import N_, Text, translate
from supervision import commands, queries, rules
from supervision.commands import clocks, operating, printing, searching
from supervision.models import SavedSearch
from supervision.queries.clocks import stopped_too_long, to_escalate

NEWS = "supervision.search_news"
MOST_LISTED = 20
NEW_IN = N_("New in your search “{title}”")
SINCE = N_("Public and new in your saved search “{title}” since {day}:")
MORE = N_("And {number} more: {address}")
WAY_OUT = N_("You asked for these mails. To end them, without signing in: {address}")


@after("supervision.calendar.load")
def make_deadlines_firm(_year: Any, event: Any) -> None:
    """Every open deadline that reached into the unknown year is computed again."""
    due.recompute_provisional(event.at)


@outbox.every(600)
def run_once_a_day(now: datetime) -> None:
    """The runner does what time itself has to do once every legal day, soon after midnight."""
    last = queries.last_tick()
    if last is None or last.day < clock.legal_day(now):
        commands.tick(now)


@after("accounts.mandate.grant")
def keep_managing_and_operating_apart(granted: Any, event: Any) -> None:
    """A mandate to decide is refused to somebody of the team that operates the data of that very body."""
    if granted.kind != "decide":
        return
    today = clock.legal_day(event.at)
    for team in queries.teams_for(granted.organisation_id):
        deciding = queries.members_who_decide(team.operator_id, granted.organisation_id, today)
        rules.operators_do_not_decide(deciding.values())


@after("accounts.membership.accept")
@after("accounts.membership.admit")
def keep_deciders_out_of_teams(joined: Any, event: Any) -> None:
    """Nobody who may decide for a body joins the team that operates its data."""
    today = clock.legal_day(event.at)
    for team in queries.teams_of(joined.organisation_id):
        deciding = queries.members_who_decide(team.operator_id, team.agency_id, today)
        rules.operators_do_not_decide(deciding.values())


@due.sweep
def mandates_that_end(today: date) -> Iterator[tuple[Any, ...]]:
    """Mandates of operating bodies whose last day has passed."""
    for mandate_id in queries.mandates_over(today):
        yield operating.expire, mandate_id


@due.sweep
def clocks_for_superiors(today: date) -> Iterator[tuple[Any, ...]]:
    """Clocks about to be missed go before the superiors; those that stood still long enough go on."""
    for row_id in to_escalate(today):
        yield clocks.escalate, row_id
    for row_id in stopped_too_long(today):
        yield clocks.resume, row_id


@due.sweep
def searches_with_news(today: date) -> Iterator[tuple[Any, ...]]:
    """Kept searches of which a mail is due; none where no mail can be sent."""
    for saved_id in queries.searches_to_mail(today) if mail.is_possible() else ():
        yield searching.tell, saved_id


@after("supervision.saved_search.tell")
def send_news(told: SavedSearch, event: AuditEvent) -> None:
    """What is new goes out by mail; the message names the search alone, so that nothing of it lies in the outbox."""
    outbox.enqueue(NEWS, {"saved_search_id": str(told.id), **event.notes[0]}, str(event.id))


@outbox.delivers(documents.PRINT)
def print_long_document(payload: dict[str, Any], _key: str) -> None:
    """The runner prints what is too long to be printed while somebody waits."""
    document = db.session.get(documents.Document, uuid.UUID(payload["document_id"]))
    if document is not None:
        printing.print_waiting(document)


@outbox.delivers(NEWS)
def mail_news(payload: dict[str, Any], _key: str) -> None:
    """One mail about one search, unless its mails or the account have ended, or nothing new is public any more."""
    found = queries.mailed_search(uuid.UUID(payload["saved_search_id"]))
    if found is None or not mail.is_possible():
        return
    (saved, person), since = found, datetime.fromisoformat(payload["since"])
    news = list(_news(saved, since))
    if not news:
        return
    way_out = f"{settings().base_url}/searches/off/{saved.off}"
    begin = Text(SINCE, title=saved.title, day=clock.legal_day(since))
    said = [translate(text, person.language) for text in (begin, *news, Text(WAY_OUT, address=way_out))]
    headers = {"List-Unsubscribe": f"<{way_out}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = translate(Text(NEW_IN, title=saved.title), person.language)
    mail.send(person.email, subject, "\n\n".join(said), headers)


def _news(saved: SavedSearch, since: datetime) -> Iterator[Text | str]:
    """Titles and addresses of the newest public hits, and how many more there are."""
    site, hits = settings().base_url, queries.new_to_all(saved, since)
    for row in search.rows_of(ANONYMOUS, hits[:MOST_LISTED]):
        yield f"{' '.join(row.heading.split())}\n{site}{address_of(row)}"
    if (more := len(hits) - MOST_LISTED) > 0:
        number = more if len(hits) < queries.MOST_COUNTED else f"{more}+"
        yield Text(MORE, number=number, address=site + queries.address_in_search(saved))
