"""What agencies, authorities, registrars and operators find of the registry on their desk."""

from typing import Any

from sqlalchemy import Select, func, select

from kernel import clock
from kernel.actor import Actor
from kernel.db import db
from kernel.pages import DeskRow, DeskSection, address_of, desk_section
from kernel.states import state_word
from kernel.words import N_, Text
from registry import queries
from registry.models import CatalogueEntry, DutyToRegister, Licence, Registrar, Registration

ON_DESK = 5
SOON = 60  # days; when a reminder goes out is the profile's matter


def _section(title: str, found: Select[Any], more: str, empty: str, **more_facts: Any) -> DeskSection:
    total = db.session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    rows = [
        DeskRow(row.heading, address_of(row), Text(state_word(row.state)))
        for row in db.session.scalars(found.limit(ON_DESK))
    ]
    return DeskSection(Text(title), rows, more, Text(empty), total=total, **more_facts)


@desk_section(20)
def catalogue_of_agency(actor: Actor) -> Any:
    """An agency's returned and unfinished entries, and its resources."""
    if "agency" not in actor.roles:
        return None
    open_ = queries.entries(actor, own=True).where(CatalogueEntry.state.in_(("returned", "draft")))
    ordered = open_.order_by(None).order_by(CatalogueEntry.state.desc(), CatalogueEntry.created_at.desc())
    action = (Text(N_("Draft an entry")), "/catalogue/new")
    entries = _section(
        N_("Your catalogue: drafts and returned entries"), ordered, "/catalogue/own", N_("No entry waits for you."),
        action=action,
    )  # fmt: skip
    resources = _section(
        N_("Your data resources"),
        queries.resources(actor, own=True),
        "/resources/own",
        N_("You have described no data resource yet."),
        action=(Text(N_("Describe a data resource")), "/resources/new"),
    )
    return [entries, resources]


@desk_section(15)
def reviews_of_authority(actor: Actor) -> Any:
    """Entries to be reviewed and licences to be decided."""
    if "authority" not in actor.roles:
        return None
    entries = _section(
        N_("Catalogue entries to be reviewed"),
        queries.submitted_entries(actor),
        "/catalogue/review",
        N_("No entry waits for review."),
        action=(Text(N_("Import a catalogue")), "/imports/new"),
    )
    waiting = ("submitted", "under_assessment", "assessed")
    licences = _section(
        N_("Applications for licences"),
        queries.licences(actor).where(Licence.state.in_(waiting)),
        "/licences",
        N_("No application waits for you."),
    )
    return [entries, licences]


@desk_section(15)
def queue_of_registrar(actor: Actor) -> Any:
    """Registrations that wait for the registrar."""
    if "registrar" not in actor.roles:
        return None
    waiting = ("submitted", "under_review", "public_notice")
    mine = queries.registrations(actor).where(
        Registration.state.in_(waiting), Registration.registrar_id == actor.organisation_id
    )
    return _section(
        N_("Registrations under way"), mine, "/registrations", N_("No registration waits for you.")
    )


@desk_section(14)
def stranded_at_authority(actor: Actor) -> Any:
    """Cases whose registrar may not act, and registrars whose naming is not filed yet."""
    if "authority" not in actor.roles:
        return None
    cases = queries.stranded_cases(actor, clock.today())
    rows = [DeskRow(row.heading, address_of(row), Text(state_word(row.state))) for row in cases[:ON_DESK]]
    unfiled = queries.registrars(actor).where(
        Registrar.filed_on.is_(None),
        Registrar.state != "cancelled",
        Registrar.jurisdiction.in_(actor.jurisdictions),
    )
    filing = _section(
        N_("Registrars to be filed with the level above"), unfiled, "/registrars", N_("All are filed.")
    )
    found = [filing] if filing.total else []
    if rows:
        title, empty = (
            Text(N_("Cases without a registrar in office")),
            Text(N_("Every case has its registrar.")),
        )
        found.append(DeskSection(title, rows, "/registrations", empty, total=len(cases)))
    return found or None


@desk_section(18)
def registrations_that_end(actor: Actor) -> Any:
    """A registrant's registrations that end soon, and what it still has to register."""
    if not {"agency", "operator", "developer"} & actor.roles or actor.organisation_id is None:
        return None
    ending = [
        row
        for row in queries.ending_registrations(clock.today(), SOON)
        if row.applicant_id == actor.organisation_id
    ]
    found = []
    if ending:
        rows = [
            DeskRow(row.heading, address_of(row), Text(N_("Renew in time")), due_on=row.valid_until)
            for row in ending[:ON_DESK]
        ]
        title, empty = (
            Text(N_("Registrations that end soon")),
            Text(N_("None of your registrations ends soon.")),
        )
        found.append(DeskSection(title, rows, "/registrations", empty, total=len(ending)))
    open_ = queries.duties_to_register(actor, state="open").where(
        DutyToRegister.holder_id == actor.organisation_id
    )
    duties = _section(
        N_("What you have to register"), open_, "/registrations/duties", N_("Nothing waits to be registered.")
    )
    return [*found, duties] if duties.total else found or None


@desk_section(20)
def cases_of_operator(actor: Actor) -> Any:
    """An operator's or developer's licences and registrations."""
    if not {"operator", "developer"} & actor.roles:
        return None
    licences = _section(
        N_("Your licences"),
        queries.licences(actor, own=True),
        "/licences",
        N_("You have no licence yet. Without one no development right can be granted."),
        action=(Text(N_("Apply for a licence")), "/licences/new"),
    )
    mine = queries.registrations(actor).where(Registration.applicant_id == actor.organisation_id)
    registrations = _section(
        N_("Your registrations"), mine, "/registrations", N_("You have registered nothing yet.")
    )
    return [licences, registrations]
