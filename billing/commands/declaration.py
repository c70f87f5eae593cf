"""Declared purposes: by the buyer with evidence, verified by the authority, which is neither buyer nor seller."""

import uuid
from datetime import datetime

from accounts import queries as accounts
from billing import queries, rules
from billing.models import PurposeDeclaration
from billing.permissions import MAY
from billing.schemas import DeclarationInput, ReasonInput
from billing.states import DECLARATION
from jurisdictions import tree
from kernel import due
from kernel.actor import Actor
from kernel.clock import legal_day
from kernel.command import command
from kernel.config import settings
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.storage import accept_upload, store
from kernel.words import N_

EVIDENCE_KINDS = frozenset({"pdf", "png", "jpg", "xlsx"})


@command(
    "billing.declaration.declare",
    may=MAY["billing.declaration.declare"],
    on=PurposeDeclaration,
    states=DECLARATION,
    schema=DeclarationInput,
    label=N_("Declare a purpose"),
)
def declare(
    *, actor: Actor, now: datetime, item_id: uuid.UUID, purpose_class: str, text: str, evidence: File
) -> PurposeDeclaration:
    """The buyer says what it will use an item for and shows it; the authority is asked to verify it."""
    item = queries.item(item_id)
    if item is None or item.seller_id == actor.organisation_id:
        raise InvalidInput({"item_id": [N_("Choose a product or data element that somebody else offers.")]})
    profile = tree.profile_of(item.jurisdiction, on=legal_day(now))
    rules.purpose_is_free(
        purpose_class, profile.list("price.free_purposes"), profile.list("price.charged_purposes")
    )
    facts = accept_upload(
        evidence.name,
        evidence.content,
        kinds=EVIDENCE_KINDS,
        max_bytes=settings().max_upload_bytes,
        field="evidence",
    )
    return PurposeDeclaration(
        buyer_id=actor.organisation_id,
        buyer_name=accounts.organisation(actor.organisation_id).name,
        seller_id=item.seller_id,
        item_id=item.id,
        item_title=item.title,
        jurisdiction=item.jurisdiction,
        purpose_class=str(purpose_class),
        text=text,
        evidence={
            "name": facts.name,
            "size": facts.size,
            "sha256": facts.sha256,
            "media_type": facts.media_type,
            "key": store().keep("evidence", evidence.content, facts.kind),
        },
        declared_by_id=actor.user_id,
    )


@command(
    "billing.declaration.verify",
    may=MAY["billing.declaration.verify"],
    on=PurposeDeclaration,
    states=DECLARATION,
    label=N_("Verify the purpose"),
)
def verify(declared: PurposeDeclaration, *, actor: Actor, now: datetime) -> None:
    """The evidence shows the purpose; it holds until it has to be looked at again."""
    today = legal_day(now)
    until = due.due_day(declared, "purpose.review_months", today)
    declared.decided_by_id, declared.decided_at, declared.valid_from = actor.user_id, now, today
    declared.valid_until = until.on if until else None


@command(
    "billing.declaration.reject",
    may=MAY["billing.declaration.reject"],
    on=PurposeDeclaration,
    states=DECLARATION,
    schema=ReasonInput,
    label=N_("Reject"),
)
def reject(declared: PurposeDeclaration, *, actor: Actor, now: datetime, reason: str) -> None:
    """The evidence does not show the purpose; the buyer reads why and may declare anew."""
    declared.decided_by_id, declared.decided_at, declared.reason = actor.user_id, now, reason


@command(
    "billing.declaration.revoke",
    may=MAY["billing.declaration.revoke"],
    on=PurposeDeclaration,
    states=DECLARATION,
    schema=ReasonInput,
    label=N_("Revoke"),
)
def revoke(declared: PurposeDeclaration, *, actor: Actor, now: datetime, reason: str) -> None:
    """The use is not what was declared; from now on it is not free any more."""
    declared.valid_until, declared.reason = legal_day(now), reason
