"""Whether a right can be used on a day: judged anew from states, dates, agreements, licence and sources."""

import uuid
from datetime import date

from sqlalchemy import select

from contracts.models import DataElement, DevelopmentRight
from contracts.queries.rights import agreements_of, right, source_ids
from contracts.queries.sources import ResourceFacts, resources
from contracts.rules import OPENABLE
from contracts.vocabulary import KINDS_OF_LEVEL, Level
from kernel.db import db
from kernel.states import state_word
from kernel.words import N_, Text
from registry.queries import licence_in_force


def right_is_live(right_id: uuid.UUID, on: date) -> tuple[bool, Text | None]:
    """Whether a right may be used on that day; the reason where it may not.

    State, first and last day, all agreements in force, the holder's licence, every source still registered and
    openable (or available), and the right above likewise.
    """
    held = right(right_id)
    if held is None:
        return False, Text(N_("There is no such right."))
    if held.state != "in_force":
        said = N_("The right {number} is in the state “{state}”.")
        return False, Text(said, number=held.number, state=Text(state_word(held.state)))
    if not held.starts_on <= on <= held.ends_on:
        said = N_("The right {number} runs from {start} to {end}.")
        return False, Text(said, number=held.number, start=held.starts_on, end=held.ends_on)
    reasons = troubles_of(held, on)
    return (False, reasons[0]) if reasons else (True, None)


def troubles_of(held: DevelopmentRight, on: date) -> list[Text]:
    """What keeps a right from being used apart from its own state and days: empty where nothing does."""
    troubles = [*_unsigned(held), *_unlicensed(held, on)]
    if held.level == Level.FIRST:
        return troubles + _closed_resources(held, on)
    return troubles + _missing_elements(held) + _parent_troubles(held, on)


def _unsigned(held: DevelopmentRight) -> list[Text]:
    in_force = {agreement.kind for agreement in agreements_of(held.id) if agreement.state == "in_force"}
    if set(KINDS_OF_LEVEL[Level(held.level)]) <= in_force:
        return []
    return [Text(N_("Not all agreements of the right {number} are in force."), number=held.number)]


def _unlicensed(held: DevelopmentRight, on: date) -> list[Text]:
    if licence_in_force(held.holder_id, held.level, on):
        return []
    return [Text(N_("The holder of the right {number} has no licence in force."), number=held.number)]


def _closed_resources(held: DevelopmentRight, on: date) -> list[Text]:
    reasons = [closed_because(facts, on) for facts in resources(source_ids(held.id))]
    return [reason for reason in reasons if reason is not None]


def closed_because(facts: ResourceFacts, on: date) -> Text | None:
    """Why a resource cannot carry a right on that day; None where it can."""
    if facts.opening not in OPENABLE:
        return Text(N_("The resource “{title}” may not be opened any more."), title=facts.title)
    if not facts.is_registered(on):
        return Text(N_("The registration of the resource “{title}” is not in force."), title=facts.title)
    return None


def _missing_elements(held: DevelopmentRight) -> list[Text]:
    gone = select(DataElement).where(
        DataElement.id.in_(source_ids(held.id)), DataElement.state != "available"
    )
    said = N_("The data element “{title}” is not available.")
    return [
        Text(said, title=element.title) for element in db.session.scalars(gone.order_by(DataElement.title))
    ]


def _parent_troubles(held: DevelopmentRight, on: date) -> list[Text]:
    if held.parent_id is None:
        return []
    live, why = right_is_live(held.parent_id, on)
    return [] if live or why is None else [why]
