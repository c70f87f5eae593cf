"""The file of a document that is too long to be printed while somebody waits for it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from kernel import documents
from kernel.actor import SYSTEM, Actor
from kernel.command import command, execute
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


def print_waiting(document: Document) -> None:
    """Print a document that waits for its file, outside of any transaction; one that is printed stays as it is."""
    if document.is_printed:
        return
    printed = documents.print_aside(document, documents.page_of(document))
    execute(complete, actor=SYSTEM, subject_id=document.id, data=asdict(printed))
