"""What follows when something happened to a registration or a registrar: resources, rights, duties, rules."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from kernel import due, mail
from kernel.actor import SYSTEM
from kernel.audit import AuditEvent
from kernel.command import after, execute
from kernel.config import settings
from kernel.due import sweep
from kernel.outbox import delivers, enqueue
from kernel.words import N_, Text, translate
from registry import queries
from registry.commands import licence, registrar, registration, registration_life, resource, rights
from registry.models import BusinessRules, RegistrarMeasure, Registration
from registry.rules.registration import reminders_due

REMINDER = "registry.renewal_reminder"
ENDS_SOON = N_("A registration ends soon")
REMINDS = N_(
    "The registration {number} of “{title}” ends on {day}. Apply for the renewal in time: {address}"
)


@after("registry.registration.code")
def take_effect(coded: Registration, _event: AuditEvent) -> None:
    """A coded registration takes effect: on the resource, and on the registration it replaces."""
    previous = coded.previous_id
    if coded.kind == "first":
        _on_resource(resource.register, coded, {"code": coded.number, "registered_until": _iso(coded)})
    elif coded.kind != "cancellation":
        _on_resource(resource.adjust, coded, {"changes": coded.changes, "registered_until": _iso(coded)})
    if previous is not None and coded.kind in ("change", "correction"):
        execute(registration_life.supersede, actor=SYSTEM, subject_id=previous)
    elif previous is not None and coded.kind == "cancellation":
        ground = {"reasons": f"{coded.summary} {coded.number}", "ground": coded.ground or "other"}
        execute(registration_life.cancel, actor=SYSTEM, subject_id=previous, data=ground)


@after("registry.registration.code")
def enter_rights(coded: Registration, event: AuditEvent) -> None:
    """Who registered a resource holds it; who registered a product operates it. A later kind leaves that as it is."""
    held = queries.rights_in(coded.resource_id, coded.product_id)
    if coded.kind == "cancellation" or any(
        row.source_type == "registration" and row.state == "in_force" for row in held
    ):
        return
    data: dict[str, Any] = {
        "resource_id": coded.resource_id and str(coded.resource_id),
        "product_id": coded.product_id and str(coded.product_id),
        "kind": "hold" if coded.object_type == "resource" else "operate",
        "organisation_id": str(coded.applicant_id),
        "source_type": "registration",
        "source_id": str(coded.id),
        "source_number": coded.number,
        "jurisdiction": coded.jurisdiction,
        "starts_on": coded.coded_on.isoformat() if coded.coded_on else None,
    }
    if coded.resource_id or coded.product_id:
        execute(rights.enter, actor=SYSTEM, data={name: value for name, value in data.items() if value is not None})


@after("registry.registration.cancel")
@after("registry.registration.expire")
def end_with_registration(ended: Registration, _event: AuditEvent) -> None:
    """Without any registration in force the resource is no longer registered, and nobody holds it by registration."""
    in_force = queries.registration_in_force(resource_id=ended.resource_id, product_id=ended.product_id)
    if in_force is not None:
        return
    for row in queries.rights_in(ended.resource_id, ended.product_id):
        if row.source_type == "registration" and row.state == "in_force":
            execute(rights.end, actor=SYSTEM, subject_id=row.id)
    found = queries.resource_or_none(ended.resource_id)
    if found is not None and found.state == "registered":
        execute(resource.cancel, actor=SYSTEM, subject_id=found.id)


@after("registry.registration.bound")
def follow_bound(changed: Registration, _event: AuditEvent) -> None:
    """The resource is registered as long as its newest registration is in force."""
    newest = queries.registration_in_force(resource_id=changed.resource_id)
    found = queries.resource_or_none(changed.resource_id)
    if newest is None or found is None or newest.valid_until == found.registered_until:
        return
    _on_resource(resource.adjust, newest, {"changes": {}, "registered_until": _iso(newest)})


@after("registry.registration.submit")
def meet_duties(handed_in: Registration, _event: AuditEvent) -> None:
    """A first registration that is handed in meets the duty to register."""
    for duty_id in queries.open_duties_about(handed_in) if handed_in.kind == "first" else ():
        data = {"registration_id": str(handed_in.id)}
        execute(rights.meet, actor=SYSTEM, subject_id=duty_id, data=data)


@after("registry.registration.remind")
def send_reminder(reminded: Registration, event: AuditEvent) -> None:
    """The reminder goes out as a message too."""
    facts = {"registration_id": str(reminded.id), "days": event.data["days"]}
    enqueue(REMINDER, facts, str(event.id))


@delivers(REMINDER)
def mail_reminder(payload: dict[str, Any], _key: str) -> None:
    """The reminder by mail, where a server for mail is set; on the desk it stands anyway."""
    found = queries.registration(uuid.UUID(payload["registration_id"]))
    address = found.applicant.contact_email
    if address and mail.is_possible():
        where = f"{settings().base_url}/registrations/{found.id}"
        said = Text(REMINDS, title=found.title, number=found.number, day=found.valid_until, address=where)
        mail.send(address, translate(Text(ENDS_SOON), "zh_CN"), translate(said, "zh_CN"))


@after("registry.registrar_measure.decide")
def carry_out(decided: RegistrarMeasure, _event: AuditEvent) -> None:
    """What was decided about a registrar takes effect at once."""
    step = registrar.suspend if decided.kind == "suspension" else registrar.cancel
    execute(step, actor=SYSTEM, subject_id=decided.registrar_id, data={"reasons": decided.outcome})


@after("registry.business_rules.consent")
def replace_rules(published: BusinessRules, _event: AuditEvent) -> None:
    """One set of rules is in use at a time."""
    for rules_id in queries.published_rules_besides(published):
        execute(registrar.replace, actor=SYSTEM, subject_id=rules_id)


def _on_resource(command: Any, coded: Registration, data: dict[str, Any]) -> None:
    if coded.resource_id is not None:
        execute(command, actor=SYSTEM, subject_id=coded.resource_id, data=data)


def _iso(coded: Registration) -> str | None:
    return coded.valid_until.isoformat() if coded.valid_until else None


@sweep
def what_time_does(today: date) -> Iterator[tuple[Any, ...]]:
    """Notices that ran out, registrations and licences whose last day has passed. No right waits for this."""
    for subject_id in queries.ended_notices(today):
        yield registration.end_notice, subject_id
    for subject_id in queries.expiring_registrations(today):
        yield registration_life.expire, subject_id
    for subject_id in queries.expiring_licences(today):
        yield licence.expire, subject_id


@sweep
def reminders(today: date) -> Iterator[tuple[Any, ...]]:
    """Registrants whose registration ends soon and is not renewed yet."""
    for found in queries.ending_registrations(today, MOST_DAYS):
        rules = due.profile(found)
        days = None if found.valid_until is None or rules.silent("reg.renewal_reminders_days") else reminders_due(
            found.valid_until, today, found.reminded, rules
        )  # fmt: skip
        if days is not None:
            yield registration_life.remind, found.id, {"days": days}


MOST_DAYS = 366  # how far ahead rows are looked at; when a reminder is due is the profile's matter
