"""Clause templates: written as versions, published by a second person, superseded by the next."""

from datetime import datetime
from typing import Any

from accounts.queries import organisation
from contracts.models import ClauseTemplate
from contracts.permissions import MAY
from contracts.queries.checks import check_clauses
from contracts.queries.texts import next_version, wording_in_force
from contracts.rules.clauses import (
    clauses_of,
    clauses_say_the_same_facts,
    clauses_take_placeholders_only,
    rows_of,
)
from contracts.schemas.clauses import TemplateInput
from contracts.states import TEMPLATE
from kernel.actor import Actor
from kernel.command import command
from kernel.words import N_


@command(
    "contracts.template.draft",
    may=MAY["contracts.template.draft"],
    on=ClauseTemplate,
    states=TEMPLATE,
    schema=TemplateInput,
    label=N_("Save as a new version"),
)
def draft(*, actor: Actor, now: datetime, kind: str, note: str, clauses: list[dict[str, Any]]) -> ClauseTemplate:
    """The authority writes a new version of the clauses of a kind of document."""
    written, place = clauses_of(clauses), organisation(actor.organisation_id).jurisdiction
    clauses_take_placeholders_only(kind, written)
    clauses_say_the_same_facts(written)
    return ClauseTemplate(
        kind=kind,
        jurisdiction=place,
        number=next_version(kind, place),
        clauses=rows_of(written),
        based_on=wording_in_force(kind, place).version,
        note=note,
        drafted_by_id=actor.user_id,
        drafted_by=actor.name,
    )


@command(
    "contracts.template.publish",
    may=MAY["contracts.template.publish"],
    on=ClauseTemplate,
    states=TEMPLATE,
    label=N_("Publish this version"),
)
def publish(template: ClauseTemplate, *, actor: Actor, now: datetime) -> None:
    """Another person of the authority publishes the version; what is drawn up from now on takes it."""
    check_clauses(template.kind, template, {clause["covers"] for clause in template.clauses})
    template.published_by, template.published_at = actor.name, now


@command(
    "contracts.template.supersede",
    may=MAY["contracts.template.supersede"],
    on=ClauseTemplate,
    states=TEMPLATE,
)
def supersede(template: ClauseTemplate, *, actor: Actor, now: datetime) -> None:
    """A newer version takes the place of this one; documents drawn up from it keep their text."""


@command(
    "contracts.template.drop",
    may=MAY["contracts.template.drop"],
    on=ClauseTemplate,
    states=TEMPLATE,
    label=N_("Drop the draft"),
)
def drop(template: ClauseTemplate, *, actor: Actor, now: datetime) -> None:
    """The draft is not used."""
