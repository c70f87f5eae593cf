"""Signed notes as C2SP describes them: the text of a checkpoint and the lines of those who signed it. Pure.

A key is told as `name+hash+base64`: Ed25519 of the log itself (algorithm 1) or of a witness (algorithm 4), who signs
the same text together with the moment he saw it.
"""

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, WITNESS = 1, 4
DASH = "— "


@dataclass(frozen=True)
class Key:
    """A public key by which lines of a note are known: its name, the algorithm and the 32 bytes."""

    name: str
    algorithm: int
    raw: bytes

    @classmethod
    def read(cls, text: str) -> Self:
        """The key that `name+hash+base64` tells. Raises ValueError where the three do not belong together."""
        try:
            name, hashed, material = text.strip().split("+", 2)
            data = base64.b64decode(material, validate=True)
        except (ValueError, binascii.Error) as error:
            raise ValueError(f"“{text}” is not a key: it is told as name+hash+base64") from error
        key = cls(name, data[0] if data else 0, data[1:])
        if key.algorithm not in (LOG, WITNESS) or len(key.raw) != 32 or key.hash.hex() != hashed:
            raise ValueError(f"“{text}” is not an Ed25519 key of a log or a witness")
        return key

    @property
    def hash(self) -> bytes:
        """The four bytes that stand before a signature of this key."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.algorithm]) + self.raw).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{base64.b64encode(bytes([self.algorithm]) + self.raw).decode()}"

    def signed(self, text: str, line: str) -> bool:
        """Whether this line is a valid signature of this key under the text."""
        name, _, encoded = line.removeprefix(DASH).rpartition(" ")
        try:
            data = base64.b64decode(encoded, validate=True)
            if name != self.name or data[:4] != self.hash:
                return False
            Ed25519PublicKey.from_public_bytes(self.raw).verify(*self._parts(text, data[4:]))
        except (InvalidSignature, ValueError, struct.error):
            return False
        return True

    def _parts(self, text: str, data: bytes) -> tuple[bytes, bytes]:
        """The signature and what it covers; a witness puts the moment before it."""
        if self.algorithm == LOG:
            return data, text.encode()
        moment = struct.unpack(">Q", data[:8])[0]
        return data[8:], f"cosignature/v1\ntime {moment}\n{text}".encode()


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: whose log, how many entries, which root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The part that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, note: str) -> tuple[Self, list[str]]:
        """The checkpoint of a signed note and the lines under it. Raises ValueError where it is none."""
        text, gap, lines = note.partition("\n\n")
        parts = text.split("\n")
        signed = [line for line in lines.splitlines() if line.startswith(DASH)]
        if not gap or len(parts) < 3 or not parts[1].isascii() or not parts[1].isdigit() or not signed:
            raise ValueError("this is not a signed checkpoint of a log")
        try:
            root = base64.b64decode(parts[2], validate=True)
        except binascii.Error as error:
            raise ValueError("the root of the checkpoint is not in base64") from error
        return cls(parts[0], int(parts[1]), root), signed


def signature_line(private: Ed25519PrivateKey, name: str, text: str) -> str:
    """The line by which the log signs a text."""
    key = Key(name, LOG, private.public_key().public_bytes_raw())
    return f"{DASH}{name} {base64.b64encode(key.hash + private.sign(text.encode())).decode()}"


def cosignature_line(private: Ed25519PrivateKey, name: str, text: str, moment: int) -> str:
    """The line by which a witness signs a text; `moment` in seconds since 1970."""
    key = Key(name, WITNESS, private.public_key().public_bytes_raw())
    signature = private.sign(f"cosignature/v1\ntime {moment}\n{text}".encode())
    return f"{DASH}{name} {base64.b64encode(key.hash + struct.pack('>Q', moment) + signature).decode()}"
