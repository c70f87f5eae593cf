"""A detached signature by SM2 with SM3: made in the signer's own device over the issued file.

It is handed in with its certificate; no key comes near the site. The certificate must be issued, by SM2 as well, by a
root that the site was told to believe.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as asn1

from kernel.errors import InvalidInput
from kernel.signing import sm2
from kernel.signing.examine import UNREADABLE
from kernel.signing.interface import SignedAct, SigningRequest
from kernel.signing.recorded import seal_holds, sealed_statement
from kernel.signing.trust import Trust, trust
from kernel.words import N_, Text

CURVE, WITH_SM3 = "1.2.156.10197.1.301", "1.2.156.10197.1.501"


@dataclass(frozen=True)
class Handed:
    """What a signer hands in: the signature (DER) and the certificate (PEM or DER)."""

    signature: bytes
    certificate: bytes


class Sm2Detached:
    """A signature beside the file."""

    method = "sm2_detached"

    def sign(self, request: SigningRequest) -> SignedAct:
        """Raises InvalidInput on the signature or the certificate."""
        evidence, handed = sealed_statement(request), request.material
        if not isinstance(handed, Handed):
            raise InvalidInput({"signature": [N_("Hand in the signature that your device made over this file.")]})
        certificate = read_certificate(handed.certificate)
        if refused := doubt(certificate, trust(request.at), request.at):
            raise InvalidInput({"certificate": [refused]})
        if not sm2.verify(public_key(certificate), request.content, handed.signature):
            said = N_("The signature does not fit this file and this certificate. Sign the file exactly as downloaded.")
            raise InvalidInput({"signature": [said]})
        kept = {"signature": handed.signature.hex(), "der": certificate.dump().hex()}
        return SignedAct(self.method, evidence | kept | {"certificate": _described(certificate)})

    def is_intact(self, evidence: dict[str, Any], sha256: str) -> bool:
        """Whether the sealed statement is unchanged and speaks of the file with that hash."""
        return seal_holds(evidence, sha256) and "signature" in evidence


def holds(evidence: dict[str, Any], content: bytes, at: datetime, signed_at: datetime) -> bool:
    """Whether a kept signature fits the issued file and its certificate was to be believed when it signed."""
    try:
        certificate = read_certificate(bytes.fromhex(evidence["der"]))
        signature = bytes.fromhex(evidence["signature"])
    except (InvalidInput, KeyError, TypeError, ValueError):
        return False
    return doubt(certificate, trust(at), signed_at) is None and sm2.verify(public_key(certificate), content, signature)


def read_certificate(content: bytes) -> asn1.Certificate:
    """An SM2 certificate, armoured or not, that can be read in all its parts. Raises InvalidInput."""
    try:
        certificate = asn1.Certificate.load(pem.unarmor(content)[2] if pem.detect(content) else content, strict=True)
        curve, _ = _curve(certificate), (certificate.native, _described(certificate))
    except UNREADABLE as error:
        raise InvalidInput({"certificate": [N_("This is not a certificate that can be read.")]}) from error
    if curve != CURVE:
        raise InvalidInput({"certificate": [N_("The certificate is not one for SM2.")]})
    public_key(certificate)
    return certificate


def public_key(certificate: asn1.Certificate) -> tuple[int, int]:
    """The point of a certificate's public key. Raises InvalidInput."""
    raw = bytes(certificate.public_key["public_key"].native)
    if len(raw) != 65 or raw[0] != 4:
        raise InvalidInput({"certificate": [N_("This is not a certificate that can be read.")]})
    return int.from_bytes(raw[1:33], "big"), int.from_bytes(raw[33:], "big")


def doubt(certificate: asn1.Certificate, believed: Trust, signed_at: datetime) -> Text | None:
    """Why a certificate is not to be believed for a signature of that moment; None where it is."""
    if not certificate.not_valid_before <= signed_at <= certificate.not_valid_after:
        return Text(N_("The certificate was not valid on that day."))
    if (since := believed.revoked_at(certificate)) and since <= signed_at:
        return Text(N_("The certificate was revoked."))
    if not any(_issued(certificate, root) for root in believed.roots):
        return Text(N_("Nobody this site believes has issued this certificate."))
    return None


def _issued(certificate: asn1.Certificate, root: asn1.Certificate) -> bool:
    fits = root.subject == certificate.issuer and _curve(root) == CURVE
    if not fits or certificate["signature_algorithm"]["algorithm"].dotted != WITH_SM3:
        return False
    signature, body = certificate["signature_value"].native, certificate["tbs_certificate"].dump()
    return sm2.verify(public_key(root), body, signature)


def _curve(certificate: asn1.Certificate) -> str:
    parameters = certificate.public_key["algorithm"]["parameters"]
    return str(parameters.chosen.dotted) if parameters.name == "named" else ""


def _described(certificate: asn1.Certificate) -> dict[str, Any]:
    return {
        "subject": certificate.subject.human_friendly,
        "issuer": certificate.issuer.human_friendly,
        "serial": format(certificate.serial_number, "x"),
        "sha256": certificate.sha256.hex(),
        "demonstration": False,
    }
