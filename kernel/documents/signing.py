"""Signing documents: the first signature freezes, the last outstanding one brings into force."""

import hashlib
import uuid
from datetime import datetime
from typing import Any

from kernel import audit, clock
from kernel.actor import Actor
from kernel.db import db, new_id
from kernel.documents.finding import current, outstanding, signatures
from kernel.documents.issue import content, draw_up, note
from kernel.documents.kinds import SIGNATURE_SHEET, StoredFile, pair
from kernel.documents.models import DRAWN_UP, IN_FORCE, Document, Signature
from kernel.documents.printing import FOLDER
from kernel.documents.versions import present
from kernel.errors import Conflict, NotAllowed, WrongState
from kernel.signing import RECORDED_ACT, SM2_DETACHED, SignatureProvider, SigningRequest, detached, provider
from kernel.storage import store
from kernel.words import N_, Text

ACTS = {
    "recorded_act": N_("Recorded act of the signer, confirmed by password"),
    "pades_one_time": N_("Electronic signature in the file (PAdES), certificate of the demonstration"),
    "pades_file": N_("Electronic signature in the file (PAdES), certificate of the signer"),
    "pades_device": N_("Electronic signature in the file (PAdES), signing device of the organisation"),
    "sm2_detached": N_("Electronic signature beside the file (SM2 with SM3), certificate of the signer"),
}


def sign(
    document: Document,
    *,
    actor: Actor,
    capacity: Any,
    now: datetime,
    evidence: dict[str, Any],
    mandate: str = "",
    personal: bool = False,
    by: SignatureProvider = RECORDED_ACT,
    material: Any = None,
) -> Signature:
    """The actor signs for his organisation (`personal`: for himself) exactly the file that is stored.

    `by` is the way of signing and `material` what the signer brought for it, which is never kept. `evidence` is the
    confirmation the accounts package proves: {"confirmed": True, …}; with "document_sha256" it holds for that text.
    Raises NotAllowed (no mandate to sign, not a signatory, not confirmed), WrongState,
    Conflict (signed already, file changed).
    """
    document = _locked(document)
    party = _party(document, actor, personal)
    if document.state != DRAWN_UP:
        raise WrongState(Text(N_("Document {number} is not open for signature."), number=document.number))
    if any(act.party_id == party for act in signatures(document)):
        raise Conflict(Text(N_("{name} has signed this document already."), name=_party_name(actor, personal)))
    request = SigningRequest(
        number=document.number,
        title=document.title,
        content=content(document),
        user_id=_person(actor),
        name=actor.name,
        party_id=party,
        organisation_name="" if personal else actor.organisation_name,
        capacity=pair(capacity),
        mandate=mandate,
        at=now,
        proof=evidence,
        present=present(document),
        place=document.signatories.index(str(party)) + 1,
        places=len(document.signatories),
        material=material,
    )
    act = by.sign(request)
    signature = _kept(document, request, actor, act.method, act.evidence, act.signed_file)
    document.frozen_at = document.frozen_at or now
    if not outstanding(document):
        document.state = IN_FORCE
    note("sign", document, party=str(party), name=actor.name, method=act.method, signature=str(signature.id))
    if act.signed_file is not None:
        audit.note(act="signed_file", number=document.number, sha256=hashlib.sha256(act.signed_file).hexdigest())
    return signature


def intact(document: Document, signature: Signature) -> bool:
    """Whether a signature is unchanged and was given for this very file; one that stands beside it is checked anew."""
    kept = signature.evidence
    sealed = provider(signature.method).is_intact(kept, document.sha256)
    if signature.document_sha256 != document.sha256 or not sealed:
        return False
    if signature.method != SM2_DETACHED.method:
        return True
    return detached.holds(kept, content(document), clock.now(), signature.signed_at)


def signature_sheet(document: Document, *, now: datetime) -> Document:
    """A document that names every signature, with the signed file embedded. Raises WrongState without signatures."""
    signed = signatures(document)
    if not signed:
        raise WrongState(Text(N_("Document {number} has no signature yet."), number=document.number))
    return draw_up(
        SIGNATURE_SHEET.name,
        subject=document,
        data={"document": _facts(document), "signatures": [_shown(act) for act in signed]},
        now=now,
        parties=[uuid.UUID(party) for party in dict.fromkeys([*document.parties, *document.signatories])],
        language=document.language,
        files=[StoredFile(f"{document.number}.pdf", document.storage_key, "application/pdf", document.title)],
        replaces=current(SIGNATURE_SHEET.name, document),
    )


def _facts(document: Document) -> dict[str, Any]:
    return {
        "number": document.number,
        "title": {"zh": document.title, "en": document.title_en},
        "sha256": document.sha256,
        "size": document.size,
        "check_address": document.check_address,
    }


def _shown(act: Signature) -> dict[str, Any]:
    return {
        "name": act.organisation_name or act.name,
        "representative": act.name,
        "capacity": act.capacity,
        "mandate": act.mandate,
        "signed_at": act.signed_at,
        "act": Text(ACTS.get(act.method, act.method)),
    }


def _locked(document: Document) -> Document:
    """The row as it stands now, held until the end of the transaction, so that two cannot sign past each other."""
    held = db.session.get(Document, document.id, with_for_update=True, populate_existing=True)
    if held is None:
        raise WrongState(Text(N_("Document {number} is not open for signature."), number=document.number))
    return held


def _party(document: Document, actor: Actor, personal: bool) -> uuid.UUID:
    """For whom the actor signs; NotAllowed where he may not."""
    party = actor.user_id if personal else actor.organisation_id
    if party is None or str(party) not in document.signatories:
        raise NotAllowed(N_("You are not among those who sign this document."))
    if not personal and "sign" not in actor.mandates:
        raise NotAllowed(N_("You have no mandate to sign for your organisation."))
    return party


def _person(actor: Actor) -> uuid.UUID:
    if actor.user_id is None:
        raise NotAllowed(N_("Only a person can sign."))
    return actor.user_id


def _party_name(actor: Actor, personal: bool) -> str:
    return actor.name if personal else actor.organisation_name or actor.name


def _kept(
    document: Document, request: SigningRequest, actor: Actor, method: str, evidence: dict[str, Any], file: bytes | None
) -> Signature:
    signature = Signature(
        id=new_id(),
        document_id=document.id,
        party_id=request.party_id,
        user_id=request.user_id,
        name=request.name,
        organisation_id=actor.organisation_id,
        organisation_name=request.organisation_name,
        capacity=request.capacity,
        mandate=request.mandate,
        method=method,
        document_sha256=request.sha256,
        signed_at=request.at,
        evidence=evidence,
        storage_key=store().keep(FOLDER, file, "pdf") if file is not None else None,
    )
    db.session.add(signature)
    return signature
