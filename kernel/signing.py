"""How a document is signed: one interface, one provider so far.

`RecordedAct` records that a named person with a mandate confirmed the signature with his password: who, for whom, in
which capacity, when, for exactly which file. The statement is sealed with the key of the log, so that a row changed
later is seen. A provider that writes into the file (PAdES) returns the signed file beside its evidence.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature

from kernel import audit
from kernel.errors import Conflict, NotAllowed
from kernel.words import N_, Text

_SECRETS = ("password", "secret", "token", "otp", "passcode")


@dataclass(frozen=True)
class SigningRequest:
    """What is signed, by whom and how it was confirmed. `capacity` is a pair {"zh", "en"}."""

    number: str
    title: str
    content: bytes
    user_id: uuid.UUID
    name: str
    party_id: uuid.UUID
    organisation_name: str
    capacity: dict[str, str]
    mandate: str
    at: datetime
    proof: dict[str, Any]

    @property
    def sha256(self) -> str:
        """The hash of the file that is signed."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class SignedAct:
    """What a provider made: its evidence, and the signed file where it writes one."""

    method: str
    evidence: dict[str, Any]
    signed_file: bytes | None = None


class SignatureProvider(Protocol):
    """A way of signing."""

    method: str

    def sign(self, request: SigningRequest) -> SignedAct:
        """Sign, or refuse with a DomainError."""
        ...

    def is_intact(self, evidence: dict[str, Any], sha256: str) -> bool:
        """Whether the evidence is unchanged and speaks of the file with that hash."""
        ...


class RecordedAct:
    """The act of a person, confirmed by password, recorded and sealed."""

    method = "recorded_act"

    def sign(self, request: SigningRequest) -> SignedAct:
        """Raises NotAllowed without a confirmation, Conflict where another text was confirmed."""
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
        seal = audit.signing_key().sign(audit.canonical(statement)).hex()
        return SignedAct(self.method, {"statement": statement, "seal": seal})

    def is_intact(self, evidence: dict[str, Any], sha256: str) -> bool:
        """Whether the seal fits the statement and the statement the file."""
        try:
            statement, seal = evidence["statement"], bytes.fromhex(evidence["seal"])
            audit.signing_key().public_key().verify(seal, audit.canonical(statement))
        except (InvalidSignature, KeyError, ValueError, TypeError):
            return False
        return bool(statement["document_sha256"] == sha256)


def _without_secrets(proof: dict[str, Any]) -> dict[str, Any]:
    """The confirmation as it may be kept: plain values, never what was typed."""
    for name in proof:
        if name.lower() in _SECRETS:
            raise ValueError(f"the confirmation must not carry {name}: evidence is kept for good")
    return {
        name: value if isinstance(value, bool | int | None) else str(value) for name, value in proof.items()
    }


RECORDED_ACT = RecordedAct()
PROVIDERS: dict[str, SignatureProvider] = {RECORDED_ACT.method: RECORDED_ACT}


def provider(method: str) -> SignatureProvider:
    """The provider of a method of signing."""
    if method not in PROVIDERS:
        raise Conflict(Text(N_("There is no way of signing called {method}."), method=method))
    return PROVIDERS[method]
