"""Who may have foreign catalogues read: an agency proposes one for itself, the authority of the place approves it."""

from typing import Any

from kernel.actor import Actor
from kernel.permissions import Predicate, role, system
from registry.permissions.operators import authority, authority_in_jurisdiction

agency = role("agency", "apply")


def harvester(actor: Actor, subject: Any) -> bool:
    """An agency with a source of its own, or with a reading of one."""
    return agency(actor, subject) and (subject is None or subject.agency_id == actor.organisation_id)


def authority_other_than_proposer(actor: Actor, source: Any) -> bool:
    """The deciding authority of the place, but not the very person who proposed the source."""
    return authority_in_jurisdiction(actor, source) and source.proposed_by_id != actor.user_id


SOURCE, RUN = "registry.harvest_source", "registry.harvest_run"
MAY: dict[str, list[Predicate]] = {
    f"{SOURCE}.propose": [agency, authority],
    f"{SOURCE}.amend": [harvester, authority_in_jurisdiction],
    f"{SOURCE}.approve": [authority_other_than_proposer],
    f"{SOURCE}.decline": [authority_in_jurisdiction],
    f"{SOURCE}.pause": [harvester, authority_in_jurisdiction],
    f"{SOURCE}.resume": [harvester, authority_in_jurisdiction],
    f"{SOURCE}.retire": [harvester, authority_in_jurisdiction],
    f"{SOURCE}.rehearse": [harvester, authority_in_jurisdiction],
    f"{SOURCE}.read": [harvester, authority_in_jurisdiction, system],
    f"{RUN}.begin": [system],
    f"{RUN}.take": [system],
    f"{RUN}.stumble": [system],
    f"{RUN}.examine": [system],
    f"{RUN}.report": [system],
    f"{RUN}.enter": [system],
    f"{RUN}.complete": [system],
    f"{RUN}.fail": [system],
    f"{RUN}.cancel": [harvester, authority_in_jurisdiction],
}
