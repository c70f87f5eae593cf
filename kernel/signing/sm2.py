"""SM2 signatures over SM3, as GB/T 32918.2-2016 and GB/T 32905-2016 describe them.

Written here because no Python package for it is both maintained and reviewed; the hash is OpenSSL's by `cryptography`.
Verification is what the site needs: keys of signers stay in their devices. `sign` serves demonstration and tests
alone; it runs in variable time and must not be given a key that matters.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from asn1crypto import core
from cryptography.hazmat.primitives import hashes

USUAL_ID = b"1234567812345678"  # the identifier of GM/T 0009 where signer and verifier agreed on no other
Point = tuple[int, int] | None


@dataclass(frozen=True)
class Curve:
    """y² = x³ + ax + b over the field of p, with base point g of order n."""

    p: int
    a: int
    b: int
    n: int
    g: tuple[int, int]

    def holds(self, point: Point) -> bool:
        """Whether a point lies on the curve (and is not the one at infinity)."""
        if point is None or not all(0 <= part < self.p for part in point):
            return False
        x, y = point
        return (y * y - (x * x * x + self.a * x + self.b)) % self.p == 0

    def add(self, one: Point, other: Point) -> Point:
        """The sum of two points."""
        if one is None or other is None:
            return one or other
        if one[0] == other[0]:
            if (one[1] + other[1]) % self.p == 0:
                return None
            slope = (3 * one[0] * one[0] + self.a) * pow(2 * one[1], -1, self.p) % self.p
        else:
            slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, self.p) % self.p
        x = (slope * slope - one[0] - other[0]) % self.p
        return x, (slope * (one[0] - x) - one[1]) % self.p

    def times(self, factor: int, point: Point) -> Point:
        """A point added to itself so many times."""
        result: Point = None
        while factor:
            if factor & 1:
                result = self.add(result, point)
            point, factor = self.add(point, point), factor >> 1
        return result


# GB/T 32918.5-2017: the curve in use.
SM2P256V1 = Curve(
    p=0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF,
    a=0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC,
    b=0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93,
    n=0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123,
    g=(
        0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
        0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
    ),
)


class _Pair(core.Sequence):  # type: ignore[misc]
    """A signature as GM/T 0009 writes it: SEQUENCE of two INTEGERs."""

    _fields = [("r", core.Integer), ("s", core.Integer)]


def sm3(content: bytes) -> bytes:
    """The SM3 hash."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize()


def identity_hash(public: tuple[int, int], who: bytes = USUAL_ID, curve: Curve = SM2P256V1) -> bytes:
    """Z of GB/T 32918.2, 5.5: identifier, curve and public key under one hash."""
    numbers = (curve.a, curve.b, *curve.g, *public)
    return sm3((len(who) * 8).to_bytes(2, "big") + who + b"".join(_written(one) for one in numbers))


def verify(
    public: tuple[int, int], content: bytes, signature: bytes, who: bytes = USUAL_ID, curve: Curve = SM2P256V1
) -> bool:
    """GB/T 32918.2, 7.1: whether a DER signature over the content is of that public key."""
    try:
        pair = _Pair.load(signature, strict=True)
        r, s = int(pair["r"].native), int(pair["s"].native)
    except (ValueError, TypeError):
        return False
    if not (0 < r < curve.n and 0 < s < curve.n and curve.holds(public)):
        return False
    e = _number(sm3(identity_hash(public, who, curve) + content))
    t = (r + s) % curve.n
    point = curve.add(curve.times(s, curve.g), curve.times(t, public)) if t else None
    return point is not None and (e + point[0]) % curve.n == r


def sign(
    private: int,
    content: bytes,
    who: bytes = USUAL_ID,
    curve: Curve = SM2P256V1,
    draw: Callable[[int], int] = secrets.randbelow,
) -> bytes:
    """GB/T 32918.2, 6.1, for demonstration and tests. `draw(n)` gives a number below n."""
    public = curve.times(private, curve.g)
    if public is None:
        raise ValueError("a private key lies between 1 and the order of the curve")
    e = _number(sm3(identity_hash(public, who, curve) + content))
    while True:
        k = draw(curve.n)
        point = curve.times(k, curve.g)
        r = (e + point[0]) % curve.n if point else 0
        s = pow(1 + private, -1, curve.n) * (k - r * private) % curve.n
        if r and s and r + k != curve.n:
            return bytes(_Pair({"r": r, "s": s}).dump())


def public_key(private: int, curve: Curve = SM2P256V1) -> tuple[int, int]:
    """The public key of a private one."""
    point = curve.times(private, curve.g)
    if point is None:
        raise ValueError("a private key lies between 1 and the order of the curve")
    return point


def _written(number: int) -> bytes:
    return number.to_bytes(32, "big")


def _number(digest: bytes) -> int:
    return int.from_bytes(digest, "big")
