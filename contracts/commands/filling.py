"""An application as a list of sections: begun with what is known already, filled in one section at a time."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from contracts import queries
from contracts.commands.application import file_kept, place_of, sources_in
from contracts.models import Application, ApplicationSource
from contracts.permissions import MAY
from contracts.schemas.application import BeginInput
from contracts.schemas.filling import FillInput
from contracts.states import APPLICATION
from contracts.vocabulary import Level
from jurisdictions.tree import profile_of
from kernel.actor import Actor
from kernel.calendar import term_end
from kernel.clock import legal_day
from kernel.command import command
from kernel.db import db
from kernel.words import N_
from registry import queries as registry

# Which fields belong to which section.
FIELDS = {
    "scope": ("sources", "purposes", "exclusive"),
    "purpose": ("purpose_text",),
    "plan": ("plan",),
    "ability": ("ability",),
    "security": ("security",),
    "term": ("territory", "starts_on", "ends_on"),
    "funding": ("funding_mode", "shared_source_ids", "provider_consent"),
    "files": ("attachment",),
}


@command(
    "contracts.application.begin",
    may=MAY["contracts.application.begin"],
    on=Application,
    states=APPLICATION,
    schema=BeginInput,
    label=N_("Begin an application"),
    duties=("L01", "F01"),
)
def begin(
    *,
    actor: Actor,
    now: datetime,
    level: Level,
    title: str,
    parent_right_id: uuid.UUID | None,
    sources: list[uuid.UUID],
) -> Application:
    """A body begins an application; what its dossier and the register know already is filled in for it to check."""
    values = {"level": level, "parent_right_id": parent_right_id, "sources": sources}
    place, today = place_of(values), legal_day(now)
    parent = queries.right(parent_right_id) if level is Level.SECOND and parent_right_id else None
    longest = term_end(today, profile_of(place, on=today).period("op.max_term_years"))
    return Application(
        applicant_id=actor.organisation_id,
        drafted_by_id=actor.user_id,
        level=level.value,
        title=title,
        jurisdiction=place,
        purposes=[],
        territory=list(parent.territory) if parent else [place],
        starts_on=max(today, parent.starts_on) if parent else today,
        ends_on=min(longest, parent.ends_on) if parent else longest,
        parent_right_id=parent.id if parent else None,
        files=[],
        sources=sources_in(values),
        **_known(actor.organisation_id),
    )


def _known(organisation_id: uuid.UUID | None) -> dict[str, str]:
    """What the applicant said of itself for its licence."""
    last = registry.last_application(organisation_id)
    said = last.statements if last is not None else {}
    parts = ("technical_condition", "processing_ability")
    ability = "\n".join(said[part] for part in parts if said.get(part))
    return {"ability": ability, "security": said.get("security_management", "")}


@command(
    "contracts.application.fill",
    may=MAY["contracts.application.fill"],
    on=Application,
    states=APPLICATION,
    schema=FillInput,
    label=N_("Fill in a section"),
    duties=("L01", "F01"),
)
def fill(asked: Application, *, actor: Actor, now: datetime, section: str, **values: Any) -> None:
    """The applicant fills in one section; the others stay as they are."""
    given = {name: values[name] for name in FIELDS[section] if name in values}
    if "sources" in given:
        _choose(asked, given.pop("sources"))
    if given.get("attachment") is not None:
        asked.files = [*asked.files, file_kept(given["attachment"], now)]
    given.pop("attachment", None)
    if section == "funding":
        given["shared_source_ids"] = [str(one) for one in given.get("shared_source_ids", [])]
        given["funding_mode"] = (
            given["funding_mode"].value if given.get("funding_mode") else asked.funding_mode
        )
    if "purposes" in given:
        given["purposes"] = [purpose.value for purpose in given["purposes"]]
    for name, value in given.items():
        setattr(asked, name, value)
    asked.filled = list(dict.fromkeys([*asked.filled, section]))


def _choose(asked: Application, chosen: list[uuid.UUID]) -> None:
    values = {"level": Level(asked.level), "parent_right_id": asked.parent_right_id, "sources": chosen}
    asked.jurisdiction = place_of(values)
    db.session.execute(delete(ApplicationSource).where(ApplicationSource.application_id == asked.id))
    for source in sources_in(values):
        source.application_id = asked.id
        db.session.add(source)
