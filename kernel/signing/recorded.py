"""The recorded act: a named person with a mandate confirmed the signature with his password.

Who, for whom, in which capacity, when, for exactly which file. The statement is sealed with the key of the log, so that
a row changed later is seen. Every other way of signing rests on the same statement and adds its own proof.
"""

from typing import Any

from cryptography.exceptions import InvalidSignature

from kernel import audit
from kernel.errors import Conflict, NotAllowed
from kernel.signing.interface import SECRETS, SignedAct, SigningRequest
from kernel.words import N_


class RecordedAct:
    """The act of a person, confirmed by password, recorded and sealed."""

    method = "recorded_act"

    def sign(self, request: SigningRequest) -> SignedAct:
        """Raises NotAllowed without a confirmation, Conflict where another text was confirmed."""
        return SignedAct(self.method, sealed_statement(request))

    def is_intact(self, evidence: dict[str, Any], sha256: str) -> bool:
        """Whether the seal fits the statement and the statement the file."""
        return seal_holds(evidence, sha256)


def sealed_statement(request: SigningRequest) -> dict[str, Any]:
    """The statement of a confirmed signature under the seal of the log."""
    if request.proof.get("confirmed") is not True:
        raise NotAllowed(N_("Please confirm the signature with your password."))
    seen = request.proof.get("document_sha256")
    if seen is not None and seen != request.sha256:
        raise Conflict(N_("The document is no longer the one you saw. Read it again before you sign."))
    statement = {
        "document": request.number,
        "title": request.title,
        "document_sha256": request.sha256,
        "user_id": str(request.user_id),
        "name": request.name,
        "party_id": str(request.party_id),
        "organisation": request.organisation_name,
        "capacity": request.capacity,
        "mandate": request.mandate,
        "signed_at": request.at.isoformat(),
        "confirmation": _without_secrets(request.proof),
    }
    return {"statement": statement, "seal": audit.signing_key().sign(audit.canonical(statement)).hex()}


def seal_holds(evidence: dict[str, Any], sha256: str) -> bool:
    """Whether the seal fits the statement and the statement the file with that hash."""
    try:
        statement, seal = evidence["statement"], bytes.fromhex(evidence["seal"])
        audit.signing_key().public_key().verify(seal, audit.canonical(statement))
    except (InvalidSignature, KeyError, ValueError, TypeError):
        return False
    return bool(statement["document_sha256"] == sha256)


def _without_secrets(proof: dict[str, Any]) -> dict[str, Any]:
    """The confirmation as it may be kept: plain values, never what was typed."""
    for name in proof:
        if name.lower() in SECRETS:
            raise ValueError(f"the confirmation must not carry {name}: evidence is kept for good")
    return {
        name: value if isinstance(value, bool | int | None) else str(value) for name, value in proof.items()
    }


RECORDED_ACT = RecordedAct()
