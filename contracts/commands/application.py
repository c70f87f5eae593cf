"""Applications for development rights: from the draft to what is handed in, assessed and decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete

from contracts import queries, rules
from contracts.models import Application, ApplicationSource, Assessment
from contracts.permissions import MAY
from contracts.queries.applications import source_ids
from contracts.queries.checks import check_application
from contracts.queries.preparing import missing_of
from contracts.queries.sources import resources
from contracts.rules import decision as way
from contracts.schemas import ApplicationInput, AssessmentInput, EndInput, ReturnInput
from contracts.states import APPLICATION
from contracts.vocabulary import Level
from contracts.vocabulary.decision import SECTIONS
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.config import settings
from kernel.db import db
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.storage import accept_upload, store
from kernel.words import N_

_WORDS = ("title", "purpose_text", "plan", "ability", "security", "starts_on", "ends_on", "provider_consent")


@command(
    "contracts.application.draft",
    may=MAY["contracts.application.draft"],
    on=Application,
    states=APPLICATION,
    schema=ApplicationInput,
    label=N_("New application"),
)
def draft(*, actor: Actor, now: datetime, **values: Any) -> Application:
    """A body writes down which sources it wants to develop, for what, where and how long."""
    asked = Application(applicant_id=actor.organisation_id, drafted_by_id=actor.user_id, files=[])
    _write(asked, now, values)
    asked.sources = sources_in(values)
    return asked


@command(
    "contracts.application.amend",
    may=MAY["contracts.application.amend"],
    on=Application,
    states=APPLICATION,
    schema=ApplicationInput,
    label=N_("Change"),
)
def amend(asked: Application, *, actor: Actor, now: datetime, **values: Any) -> None:
    """The applicant changes the application before it is handed in, or supplements it."""
    _write(asked, now, values)
    db.session.execute(delete(ApplicationSource).where(ApplicationSource.application_id == asked.id))
    for source in sources_in(values):
        source.application_id = asked.id
        db.session.add(source)


def _write(asked: Application, now: datetime, values: dict[str, Any]) -> None:
    for name in _WORDS:
        setattr(asked, name, values[name])
    first = values["level"] is Level.FIRST
    asked.level = values["level"].value
    asked.purposes = [purpose.value for purpose in values["purposes"]]
    asked.exclusive, asked.filled = values["exclusive"], list(SECTIONS)
    asked.territory = list(dict.fromkeys(values["territory"]))
    asked.funding_mode = values["funding_mode"].value if first else None
    asked.parent_right_id = None if first else values["parent_right_id"]
    asked.shared_source_ids = [str(source_id) for source_id in values["shared_source_ids"]]
    asked.jurisdiction = place_of(values)
    if values["attachment"] is not None:
        asked.files = [*asked.files, file_kept(values["attachment"], now)]


def place_of(values: dict[str, Any]) -> str:
    """The jurisdiction the application goes to: that of the resources, or of the right the elements come from."""
    if values["level"] is Level.SECOND:
        parent = queries.right(values["parent_right_id"])
        if parent is None or parent.level != Level.FIRST:
            raise InvalidInput({"parent_right_id": [N_("There is no such first-level right.")]})
        return parent.jurisdiction
    found = resources(values["sources"])
    places = {facts.jurisdiction for facts in found}
    if len(found) != len(set(values["sources"])):
        raise InvalidInput({"sources": [N_("Some of these resources do not exist.")]})
    if len(places) != 1:
        raise InvalidInput(
            {"sources": [N_("Choose resources of one jurisdiction; apply to each authority apart.")]}
        )
    return places.pop()


def sources_in(values: dict[str, Any]) -> list[ApplicationSource]:
    """The sources that were chosen, each once."""
    kind = "resource" if values["level"] is Level.FIRST else "element"
    return [
        ApplicationSource(source_type=kind, source_id=source_id)
        for source_id in dict.fromkeys(values["sources"])
    ]


def file_kept(file: File, now: datetime) -> dict[str, Any]:
    """The facts of an attachment that was stored."""
    facts = accept_upload(file.name, file.content, max_bytes=settings().max_upload_bytes, field="attachment")
    return {
        "name": facts.name,
        "media_type": facts.media_type,
        "size": facts.size,
        "sha256": facts.sha256,
        "key": store().keep("applications", file.content, facts.kind),
        "at": now.isoformat(),
    }


@command(
    "contracts.application.submit",
    may=MAY["contracts.application.submit"],
    on=Application,
    states=APPLICATION,
    label=N_("Hand in"),
)
def submit(asked: Application, *, actor: Actor, now: datetime) -> None:
    """The applicant hands the application in; what the rules forbid is refused here already."""
    way.application_is_complete(missing_of(asked))
    check_application(asked, source_ids(asked.id), legal_day(now))
    asked.submitted_by_id, asked.submitted_at, asked.comments = actor.user_id, now, ""
    asked.gaps = []


@command(
    "contracts.application.return_",
    may=MAY["contracts.application.return_"],
    on=Application,
    states=APPLICATION,
    schema=ReturnInput,
    label=N_("Return for supplement"),
)
def return_(
    asked: Application, *, actor: Actor, now: datetime, comments: str, gaps: list[dict[str, str]]
) -> None:
    """The authority says once and for everything what has to be supplemented."""
    who = str(actor.user_id)
    way.gaps_are_named_once(bool(asked.returned_by_ids), who in asked.returned_by_ids)
    asked.comments, asked.gaps = comments, gaps
    asked.filled = [name for name in asked.filled if name not in {gap["part"] for gap in gaps}]
    asked.returned_by_ids = [*asked.returned_by_ids, who]


@command(
    "contracts.application.accept",
    may=MAY["contracts.application.accept"],
    on=Application,
    states=APPLICATION,
    label=N_("Accept for assessment"),
)
def accept(asked: Application, *, actor: Actor, now: datetime) -> None:
    """The authority accepts a complete application; the assessment begins."""
    way.application_is_complete(missing_of(asked))


@command(
    "contracts.application.assess",
    may=MAY["contracts.application.assess"],
    on=Application,
    states=APPLICATION,
    schema=AssessmentInput,
    label=N_("Assess"),
)
def assess(
    asked: Application, *, actor: Actor, now: datetime, scores: list[dict[str, Any]], opinion: str
) -> None:
    """One assessor scores the application by the criteria of the rules and gives an opinion."""
    criteria = due.profile(asked).list("assessment.criteria")
    rules.assessment_covers_the_criteria([score["criterion"] for score in scores], criteria)
    given = Assessment(
        application_id=asked.id,
        assessor_id=actor.user_id,
        assessor_name=actor.name,
        scores={score["criterion"]: score["points"] for score in scores},
        opinion=opinion,
        at=now,
    )
    db.session.add(given)
    asked.assessor_ids = [*asked.assessor_ids, str(actor.user_id)]


@command(
    "contracts.application.complete_assessment",
    may=MAY["contracts.application.complete_assessment"],
    on=Application,
    states=APPLICATION,
)
def complete_assessment(asked: Application, *, actor: Actor, now: datetime) -> None:
    """Enough assessors have scored; the decision is awaited."""


@command(
    "contracts.application.withdraw",
    may=MAY["contracts.application.withdraw"],
    on=Application,
    states=APPLICATION,
    label=N_("Withdraw"),
)
def withdraw(asked: Application, *, actor: Actor, now: datetime) -> None:
    """The applicant takes the application back before it is decided."""


@command(
    "contracts.application.stop",
    may=MAY["contracts.application.stop"],
    on=Application,
    states=APPLICATION,
    schema=EndInput,
    duties=("P03",),
)
def stop(asked: Application, *, actor: Actor, now: datetime, reason: str) -> None:
    """An open application is stopped: its applicant was barred."""
    asked.comments = reason
