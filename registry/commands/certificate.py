"""The certificate of a licence: its kind of document and what is printed on it."""

from datetime import datetime

from accounts import queries as accounts
from kernel import documents
from kernel.actor import Actor
from kernel.documents import Document, Kind
from kernel.words import N_, Text
from registry.models import Licence
from registry.vocabulary.steps import LICENCE_LEVELS

documents.register(Kind("licence_certificate", prefix="ZS", title=N_("Licence for public data development")))


def draw_up_certificate(
    licence: Licence, actor: Actor, now: datetime, replaces: Document | None = None
) -> Document:
    """Issue the certificate of a licence just granted, or passed to a successor. It is public."""
    holder = accounts.organisation(licence.organisation_id)
    authority = accounts.organisation(actor.organisation_id) if actor.organisation_id else None
    authority = authority or accounts.authority_of(licence.jurisdiction) or holder
    return documents.draw_up(
        "licence_certificate",
        subject=licence,
        data={
            "number": licence.number,
            "holder": {
                "name": holder.name,
                "uscc": holder.uscc or "",
                "representative": holder.legal_representative,
                "address": holder.address,
            },
            "level": Text(LICENCE_LEVELS[licence.level]),
            "scope": licence.scope,
            "valid_from": licence.valid_from,
            "valid_until": licence.valid_until,
            "authority": authority.name,
            "issuer": authority.name,
        },
        now=now,
        parties=[holder.id, authority.id],
        language="bilingual",
        public=True,
        replaces=replaces,
    )
