"""Look-ups in place of a paper: an agency asks this platform, and the answer is kept with its case."""

import hashlib
import json
from datetime import datetime

from accounts import queries as accounts
from kernel import audit
from kernel.actor import Actor
from kernel.command import command
from kernel.words import N_
from registry.models import Lookup
from registry.permissions import MAY
from registry.queries import keeping
from registry.rules.keeping import proof_comes_from_the_platform
from registry.schemas.keeping import LookupInput
from registry.states import LOOKUP


@command(
    "registry.lookup.look_up",
    may=MAY["registry.lookup.look_up"],
    on=Lookup,
    states=LOOKUP,
    schema=LookupInput,
    label=N_("Look it up instead of asking for a paper"),
    duties=("A07",),
)
def look_up(*, actor: Actor, now: datetime, kind: str, asked: str, case_number: str, purpose: str) -> Lookup:
    """An agency looks up what it would otherwise ask a person to prove; question and answer are kept with the case."""
    agency = accounts.organisation(actor.organisation_id)
    said = keeping.what_the_register_says(kind, asked)
    outcome = proof_comes_from_the_platform(said is not None)
    written = json.dumps(said or {}, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(written.encode()).hexdigest()
    audit.note(kind=kind, asked=asked, outcome=outcome, sha256=digest)
    return Lookup(
        agency_id=agency.id,
        jurisdiction=agency.jurisdiction,
        kind=kind,
        asked=asked,
        case_number=case_number,
        purpose=purpose,
        found=said is not None,
        result=said or {},
        sha256=digest,
        at=now,
    )
