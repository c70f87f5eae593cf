"""The second tier: the same index in tantivy's files, for catalogues too large for counting inside the database.

It is rebuilt from the database, follows its changes, and answers only while it has taken over every one of them; else
the first tier answers. It serves what is public; rows are read from the database, and only as the actor may see them.
"""

from collections.abc import Sequence

from kernel.actor import Actor
from kernel.search.words import Wanted


def answers(actor: Actor, kinds: Sequence[str], asked: Wanted) -> bool:
    """Whether this tier can answer just now."""
    return False
