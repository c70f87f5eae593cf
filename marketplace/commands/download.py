"""Downloads of open data: without an account, without a name, counted."""

import uuid
from datetime import datetime

from kernel.actor import Actor
from kernel.command import command
from kernel.words import N_
from marketplace import queries
from marketplace.models import Download
from marketplace.permissions import MAY
from marketplace.schemas import ReleaseInput
from marketplace.states import DOWNLOAD


@command(
    "marketplace.download.fetch",
    may=MAY["marketplace.download.fetch"],
    on=Download,
    states=DOWNLOAD,
    schema=ReleaseInput,
    label=N_("Download"),
    duties=("O04", "O10"),
)
def fetch(*, actor: Actor, now: datetime, release_id: uuid.UUID) -> Download:
    """Anybody fetches an open file at once; what is suspended or withdrawn is refused with the next request."""
    found = queries.release_for_all(release_id)
    return Download(
        release_id=found.id,
        agency_id=found.agency_id,
        jurisdiction=found.jurisdiction,
        title=found.title,
        sha256=found.sha256,
        size=found.size,
        at=now,
    )
