"""What commands on a place share: an authority acts for the places it answers for, and only for those."""

from kernel.actor import Actor
from kernel.errors import InvalidInput
from kernel.words import N_, Text


def own_place(actor: Actor, jurisdiction: str) -> None:
    """Refuse a place the actor does not answer for. Raises InvalidInput on `jurisdiction`."""
    if jurisdiction not in actor.jurisdictions:
        raise InvalidInput({"jurisdiction": [Text(N_("Choose a place you answer for."))]})
