"""A small subject of our own to try the kernel on: a permit that is drafted, handed in and granted or refused."""

import uuid
from datetime import date
from types import SimpleNamespace

from marshmallow import Schema, fields, validate
from sqlalchemy import or_, select, true
from sqlalchemy.orm import Mapped

from kernel.actor import SYSTEM, Actor
from kernel.calendar import Period, WorkingDayCalendar
from kernel.command import command
from kernel.db import Case, Record
from kernel.deadlines import deadline
from kernel.duty import Refused, duty
from kernel.fields import Upload, Words, Yuan
from kernel.permissions import role, system, visible
from kernel.routes import serve
from kernel.states import StateMachine


class ToyPermit(Case, Record):
    """A thing to decide on."""

    __tablename__ = "toy_permit"
    title: Mapped[str]
    years: Mapped[int]
    owner_id: Mapped[uuid.UUID | None]

    @property
    def heading(self) -> str:
        return self.title


class ToyInput(Schema):
    title = Words(required=True, validate=validate.Length(1, 40), metadata={"label": "Title"})
    years = fields.Integer(required=True, metadata={"label": "Years"})
    fee = Yuan(metadata={"label": "Fee"})
    secret = fields.String(load_only=True)


class ToyView(Schema):
    id = fields.UUID()
    title = fields.String()
    state = fields.String()


class ToyPaper(Schema):
    paper = Upload(required=True)


class ToyChoice(Schema):
    outcome = fields.String(required=True)


STATES = StateMachine(
    ("draft", {None}, "draft"),
    ("hand_in", {"draft"}, "under_review"),
    ("attach", {"draft"}, None),
    ("decide", {"under_review"}, {"granted", "refused"}),
    ("close", {"granted", "refused"}, "closed"),
)

ANN = Actor(
    uuid.UUID(int=1), "Ann", uuid.UUID(int=11), "Ann & Co", frozenset({"applicant"}), frozenset({"apply"})
)
BEN = Actor(
    uuid.UUID(int=2), "Ben", uuid.UUID(int=12), "Office", frozenset({"office"}), frozenset({"decide"})
)
EVE = Actor(uuid.UUID(int=3), "Eve", uuid.UUID(int=13), "Elsewhere", frozenset({"applicant"}), frozenset())


def owner(actor, permit):
    """The permit is of the actor's organisation."""
    return permit is not None and permit.owner_id == actor.organisation_id


@visible(ToyPermit)
def visible_permits(actor):
    return true() if "office" in actor.roles else or_(ToyPermit.owner_id == actor.organisation_id)


@duty("T01", basis="Toy rules 3")
def term_is_short(years, most):
    """A permit runs for a few years only."""
    if years > most:
        raise Refused("At most {most} years.", most=most)


def toy(verb, may, **kwargs):
    return command(f"toy.permit.{verb}", may=may, on=ToyPermit, states=STATES, **kwargs)


@toy("draft", [role("applicant", "apply"), system], schema=ToyInput)
def draft(*, actor, now, title, years, **_):
    """Somebody begins."""
    return ToyPermit(title=title, years=years, owner_id=actor.organisation_id, jurisdiction="000000")


@toy("hand_in", [owner])
def hand_in(permit, *, actor, now):
    """The owner hands it in."""
    term_is_short(permit.years, 5)


@toy("attach", [owner], schema=ToyPaper)
def attach(permit, *, actor, now, paper):
    """The owner adds a paper."""
    permit.title = f"{permit.title} ({paper.name})"


@toy("decide", [role("office", "decide")], schema=ToyChoice, label="Decide on it")
def decide(permit, *, actor, now, outcome):
    """The office decides."""
    permit.state = outcome


@toy("close", [system])
def close(permit, *, actor, now):
    """It ends."""


CLOCK = deadline(
    "toy_review",
    starts="toy.permit.hand_in",
    stops="toy.permit.decide",
    period="toy.review",
    waits_for="office",
    whose="owner_id",
    duties=("T01",),
)
SILENT = deadline(
    "toy_silence",
    starts="toy.permit.hand_in",
    stops="toy.permit.close",
    period="toy.none",
    waits_for="office",
)


class ToyProfile(SimpleNamespace):
    """Rules with one period."""

    version = "2020-01-01"

    def get(self, key):
        return self.period(key) if key == "toy.review" else None

    def period(self, key):
        return Period(5, "working_days", key, "Toy rules 7", "published")


serve(
    ToyPermit,
    "toy",
    "permits",
    ToyView,
    lambda actor: select(ToyPermit).where(visible_permits(actor)).order_by(ToyPermit.title),
)

CALENDAR = WorkingDayCalendar(
    years=frozenset({2025, 2026}),
    holidays=frozenset({date(2026, 5, 1)}),
    worked=frozenset(),
    weekend=frozenset({5, 6}),
)
LAW = {"profile": lambda code, version=None, on=None: ToyProfile(), "calendar": lambda: CALENDAR}
__all__ = ["ANN", "BEN", "EVE", "SYSTEM"]
