"""What follows in accounts from what happens in accounts."""

from typing import Any

from accounts.commands import membership
from accounts.models import Organisation
from accounts.vocabulary import FIRST_MANDATES
from kernel.actor import SYSTEM
from kernel.command import after, execute


@after("accounts.organisation.register")
def admit_the_first_member(organisation: Organisation, event: Any) -> None:
    """Whoever registers an organisation belongs to it, with everything needed to begin."""
    if event.user_id is None:
        return
    facts = {"person_id": event.user_id, "organisation_id": organisation.id, "mandates": list(FIRST_MANDATES)}
    execute(membership.admit, actor=SYSTEM, data=facts)
