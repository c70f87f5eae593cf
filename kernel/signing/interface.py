"""What a way of signing is given and what it hands back."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

SECRETS = ("password", "secret", "token", "otp", "passcode")


@dataclass(frozen=True)
class SigningRequest:
    """What is signed, by whom and how it was confirmed. `capacity` is a pair {"zh", "en"}.

    `content` is the file as it was issued; `present` the same with the signatures written into it so far (None: none
    yet). `place` is the number of the signatory among `places`, from 1: each has a field of its own. `material` is what
    the signer brought for this one signature (a key file, a signature made elsewhere): used and forgotten.
    """

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
    present: bytes | None = None
    place: int = 1
    places: int = 1
    material: Any = None

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
