"""Assessments: assessors are named, declare what ties them, score without seeing each other, or are recused."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any

from accounts import queries as accounts
from kernel import audit, clock, due
from kernel.actor import Actor
from kernel.command import command
from kernel.errors import InvalidInput, NotFound, WrongState
from kernel.words import N_, Text
from registry import queries
from registry.models import Assessment
from registry.permissions import MAY
from registry.permissions.operators import authority_in_jurisdiction
from registry.rules import assessment as law
from registry.schemas.assessment import DeclarationInput, NamingInput, RecusalInput, ScoreInput
from registry.states import ASSESSMENT

NAMED_IN = ("under_assessment", "assessed")


@command(
    "registry.assessment.name_assessor",
    may=MAY["registry.assessment.name_assessor"],
    on=Assessment,
    states=ASSESSMENT,
    schema=NamingInput,
    label=N_("Name an assessor"),
    duties=("P02",),
)
def name_assessor(*, actor: Actor, now: datetime, licence_id: uuid.UUID, assessor: str) -> Assessment:
    """The authority names somebody who assesses, or replaces whoever was recused; ties known here bar at once."""
    licence = queries.licence(licence_id, actor)
    if not authority_in_jurisdiction(actor, licence):
        raise NotFound()
    if licence.state not in NAMED_IN:
        raise WrongState(Text(N_("Assessors are named once the application is accepted, and until it is announced.")))
    person_id, body_id = (uuid.UUID(part) for part in assessor.split(":"))
    found = _decider(person_id, body_id, licence.jurisdiction, now)
    law.each_assesses_once(str(person_id), licence.assessor_ids)
    law.nothing_ties_to_the_applicant(queries.tie(person_id, body_id, licence))
    licence.assessor_ids = [*licence.assessor_ids, str(person_id)]
    applicant = accounts.organisation(licence.organisation_id)
    return Assessment(
        licence_id=licence.id,
        applicant_id=licence.organisation_id,
        jurisdiction=licence.jurisdiction,
        profile_version=licence.profile_version,
        subject_name=applicant.name,
        assessor_id=person_id,
        assessor_name=found[1],
        assessor_body_id=body_id,
        assessor_body=found[3],
        named_by_id=actor.user_id,
    )


def _decider(person_id: uuid.UUID, body_id: uuid.UUID, place: str, now: datetime) -> tuple[Any, ...]:
    """The person and body among those who may decide for the place that day."""
    above = accounts.authorities_above(place)
    listed = accounts.deciders(("authority", "expert"), above, clock.legal_day(now))
    found = next((row for row in listed if (row[0], row[2]) == (person_id, body_id)), None)
    if found is None:
        said = Text(N_("Choose somebody who may decide for the authority or an expert body of the place."))
        raise InvalidInput({"assessor": [said]})
    return found


@command(
    "registry.assessment.declare",
    may=MAY["registry.assessment.declare"],
    on=Assessment,
    states=ASSESSMENT,
    schema=DeclarationInput,
    label=N_("Declare ties to the applicant"),
    duties=("P02",),
)
def declare(
    assessment: Assessment,
    *,
    actor: Actor,
    now: datetime,
    impartial: str,
    conflict: str | None,
    explanation: str,
) -> None:
    """The assessor declares whether anything ties him to the applicant; whoever is tied is out of the case at once."""
    found = queries.tie(assessment.assessor_id, assessment.assessor_body_id, queries.licence(assessment.licence_id))
    tied = found or (conflict if impartial == "no" else None)
    assessment.declared_at, assessment.conflict, assessment.conflict_text = now, tied, explanation
    assessment.state = "recused" if tied else "declared"


@command(
    "registry.assessment.score",
    may=MAY["registry.assessment.score"],
    on=Assessment,
    states=ASSESSMENT,
    schema=ScoreInput,
    label=N_("Assess"),
    duties=("P02",),
)
def score(
    assessment: Assessment, *, actor: Actor, now: datetime, scores: list[dict[str, Any]], opinion: str
) -> None:
    """The assessor gives points by criterion and an opinion; both stay sealed until everybody has scored."""
    licence = queries.licence(assessment.licence_id)
    if licence.state not in NAMED_IN:
        raise WrongState(Text(N_("The assessment of this application is closed.")))
    law.nothing_ties_to_the_applicant(queries.tie(actor.user_id, actor.organisation_id, licence))
    criteria = due.profile(assessment).list("assessment.criteria")
    law.assessment_covers_the_criteria([row["criterion"] for row in scores], criteria)
    assessment.scores = {row["criterion"]: row["points"] for row in scores}
    assessment.opinion, assessment.scored_at = opinion, now
    assessment.salt = secrets.token_hex(16)
    sealed = audit.canonical({"scores": assessment.scores, "opinion": opinion, "salt": assessment.salt})
    assessment.seal = hashlib.sha256(sealed).hexdigest()
    audit.note(seal=assessment.seal)


@command(
    "registry.assessment.recuse",
    may=MAY["registry.assessment.recuse"],
    on=Assessment,
    states=ASSESSMENT,
    schema=RecusalInput,
    label=N_("Release from the assessment"),
    duties=("P02",),
)
def recuse(assessment: Assessment, *, actor: Actor, now: datetime, conflict: str, explanation: str) -> None:
    """An assessor is released: a tie became known, or he cannot assess; what he scored does not count."""
    assessment.conflict, assessment.conflict_text = conflict, explanation
