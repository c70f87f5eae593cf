"""The file of a document that is too long to be printed while somebody waits for it."""

from datetime import datetime
from typing import Any

from kernel import documents
from kernel.actor import Actor
from kernel.command import command
from kernel.documents import Document
from supervision.permissions import MAY
from supervision.schemas.printing import PrintedInput
from supervision.states import PRINTING


@command(
    "supervision.document.print",
    may=MAY["supervision.document.print"],
    on=Document,
    states=PRINTING,
    schema=PrintedInput,
)
def complete(document: Document, *, actor: Actor, now: datetime, **printed: Any) -> None:
    """The file of a long document was printed; with its hash in the log it can be read and signed."""
    documents.complete(document, documents.Printed(**printed), now)
