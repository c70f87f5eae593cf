"""A change of law or duties that an entry has to follow: noted, its time extended with the authority's consent."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from kernel import clock, due
from kernel.actor import Actor
from kernel.command import Command, command
from kernel.words import N_
from registry.models import CatalogueEntry
from registry.permissions import MAY
from registry.rules.review import extension_is_asked_in_time
from registry.schemas.catalogue import ChangeInput, ExtensionInput
from registry.states import ENTRY

EXTENSION = "catalogue.update_extension"


def _command(verb: str, schema: type[Schema], label: str) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.entry.{verb}"
    return command(
        name, may=MAY[name], on=CatalogueEntry, states=ENTRY, schema=schema, label=label, duties=("C06",)
    )


@_command("note_change", ChangeInput, N_("Note a change of law or duties"))
def note_change(entry: CatalogueEntry, *, actor: Actor, now: datetime, what: str, kind: str) -> None:
    """Law or duties changed: the agency has to bring the entry up to date."""
    entry.change = {"kind": kind, "what": what, "noted_on": clock.legal_day(now).isoformat()}


@_command("ask_extension", ExtensionInput, N_("Ask for more time"))
def ask_extension(entry: CatalogueEntry, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The agency asks the authority for more time to bring the entry up to date."""
    today = clock.legal_day(now)
    ends = next((row.due_on for row in due.running_of(entry) if row.name == "update"), None)
    extension_is_asked_in_time(today, ends, due.profile(entry).get(EXTENSION) is not None)
    entry.change = entry.change | {"extension": {"reasons": reasons, "asked_on": today.isoformat()}}


@_command("consent_extension", ExtensionInput, N_("Consent to more time"))
def consent_extension(entry: CatalogueEntry, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority consents: the clock of the update runs longer by what the rules allow."""
    row = due.extend(entry, "update", EXTENSION)
    answered = {"answer": "consented", "answer_reasons": reasons, "until": row.due_on.isoformat()}
    entry.change = entry.change | {"extension": entry.change["extension"] | answered}


@_command("refuse_extension", ExtensionInput, N_("Refuse more time"))
def refuse_extension(entry: CatalogueEntry, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority refuses more time, with reasons; the clock runs on as it did."""
    answered = {"answer": "refused", "answer_reasons": reasons}
    entry.change = entry.change | {"extension": entry.change["extension"] | answered}
