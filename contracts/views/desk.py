"""What contracts puts on the desk: what waits for the reader, in each role."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from contracts import queries
from contracts.models import Agreement, Application, DataElement, DevelopmentRight, Obligation, Outsourcing
from contracts.queries.access import access
from contracts.queries.agreements import to_sign
from contracts.views.door import in_words
from kernel.actor import Actor
from kernel.db import db
from kernel.due import DueDate
from kernel.pages import DeskRow, DeskSection, address_of, desk_section
from kernel.words import N_, Text

SHOWN = 10
WAITING = ("submitted", "under_assessment", "assessed")


@desk_section(20)
def signatures(actor: Actor) -> DeskSection | None:
    """For everybody who may sign: texts that wait for a signature of the organisation."""
    if "sign" not in actor.mandates:
        return None
    waiting = [
        row
        for row in to_sign(actor)
        if row.applied_by_id != actor.user_id or row.party_b_id == actor.organisation_id
    ]
    if not waiting:
        return None
    rows = [DeskRow(_title(row), address_of(row), "", row.state) for row in waiting[:SHOWN]]
    return DeskSection(Text(N_("To be signed")), rows, more="/agreements", total=len(waiting))


def _title(agreement: Agreement) -> str:
    finders = {
        "right": queries.right,
        "outsourcing": queries.outsourcing,
        "access": access,
        "change": queries.change,
    }
    found = finders.get(agreement.about_type)
    held: Any = found(agreement.about_id) if found else None
    return f"{in_words(agreement.title)} · {held.title}" if held else in_words(agreement.title)


@desk_section(25)
def applications_to_decide(actor: Actor) -> DeskSection | None:
    """For the authority and experts: applications that wait for acceptance, assessment or decision."""
    if not actor.roles & {"authority", "expert"}:
        return None
    query = queries.applications(actor).where(Application.state.in_(WAITING)).order_by(None)
    rows = db.session.scalars(query.order_by(Application.submitted_at).limit(SHOWN)).all()
    return DeskSection(
        Text(N_("Applications for development rights")),
        _rows(rows),
        more="/applications",
        empty=Text(N_("No application waits for the authority.")),
    )


@desk_section(30)
def own_rights(actor: Actor) -> DeskSection | None:
    """For operators and developers: what is under way, and what one may develop."""
    if not actor.roles & {"operator", "developer"} or actor.organisation_id is None:
        return None
    mine = Application.applicant_id == actor.organisation_id
    under_way = select(Application).where(mine, Application.state.in_(("draft", "returned", *WAITING)))
    open_ = db.session.scalars(under_way.order_by(Application.created_at.desc()).limit(SHOWN)).all()
    held = queries.rights_of_holder(
        actor.organisation_id, states=("awaiting_signature", "in_force", "suspended")
    )
    return DeskSection(
        Text(N_("Development rights")),
        [
            *_rows(open_),
            *(DeskRow(row.heading, address_of(row), "", row.state, row.ends_on) for row in held[:SHOWN]),
        ],
        more="/rights",
        empty=Text(N_("You hold no development right yet. It begins with an application.")),
        action=(Text(N_("Apply for a development right")), "/applications/new"),
    )


@desk_section(35)
def obligations(actor: Actor) -> DeskSection | None:
    """For the holder: what a right asks to be done."""
    if actor.organisation_id is None:
        return None
    owed = select(Obligation).where(
        Obligation.owner_id == actor.organisation_id, Obligation.state.in_(("open", "overdue"))
    )
    rows = db.session.scalars(owed.order_by(Obligation.due_on, Obligation.id).limit(SHOWN)).all()
    if not rows:
        return None
    shown = [DeskRow(in_words(row.what), address_of(row), row.basis, row.state, row.due_on) for row in rows]
    return DeskSection(Text(N_("Obligations due")), shown)


@desk_section(40)
def own_elements(actor: Actor) -> DeskSection | None:
    """For operators: elements that are not delivered yet."""
    if "operator" not in actor.roles:
        return None
    drafts = queries.elements(actor, state="draft").where(DataElement.operator_id == actor.organisation_id)
    rows = db.session.scalars(drafts.limit(SHOWN)).all()
    return DeskSection(
        Text(N_("Data elements to deliver")),
        [DeskRow(row.title, address_of(row), "", row.state) for row in rows],
        more="/elements",
        empty=Text(N_("Every element you described is delivered.")),
        action=(Text(N_("New data element")), "/elements/new"),
    )


@desk_section(42)
def outsourced(actor: Actor) -> DeskSection | None:
    """For agencies and the authority: what service providers do for them, and exits that are not closed."""
    if not actor.roles & {"agency", "authority"} or actor.organisation_id is None:
        return None
    mine = queries.outsourcings(actor).where(Outsourcing.body_id == actor.organisation_id)
    open_ = mine.where(Outsourcing.state.not_in(("closed", "withdrawn", "rejected")))
    rows = db.session.scalars(open_.limit(SHOWN)).all()
    return DeskSection(
        Text(N_("Service providers")),
        [DeskRow(row.title, address_of(row), "", row.state, row.ends_on) for row in rows],
        more="/outsourcings",
        empty=Text(N_("Nothing is outsourced.")),
        action=(Text(N_("New outsourcing")), "/outsourcings/new"),
    )


@desk_section(45)
def notices(actor: Actor) -> DeskSection | None:
    """For the authority: rights whose termination was announced, and rights that rest."""
    if "authority" not in actor.roles:
        return None
    resting = queries.rights(actor).where(
        (DevelopmentRight.state == "suspended")
        | (DevelopmentRight.notice_at.is_not(None) & (DevelopmentRight.state == "in_force"))
    )
    rows = db.session.scalars(resting.limit(SHOWN)).all()
    if not rows:
        return None
    shown = [DeskRow(row.heading, address_of(row), "", row.state, row.reply_due) for row in rows]
    return DeskSection(
        Text(N_("Suspended rights and announced terminations")), shown, more="/rights?state=suspended"
    )


def _rows(found: Iterable[Any]) -> list[DeskRow]:
    """Applications with the day by which the next step is due."""
    rows = list(found)
    running = select(DueDate).where(
        DueDate.subject_id.in_([row.id for row in rows]), DueDate.state.in_(("running", "missed"))
    )
    days = {clock.subject_id: clock.due_on for clock in db.session.scalars(running)}
    return [DeskRow(row.title, address_of(row), "", row.state, days.get(row.id)) for row in rows]
