"""Whom we believe: roots and revocation lists the operator of the site put down, and in a demonstration our own.

Roots are files below `SHUHENG_SIGNING_TRUST` (.pem, .cer, .crt), revocation lists lie beside them (.crl). Outside a
demonstration the demonstration's root counts for nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps import DummyTimeStamper, HTTPTimeStamper, TimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kernel.config import settings
from kernel.errors import Conflict
from kernel.signing import authority
from kernel.words import N_

TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Trust:
    """Roots and revocation lists as of a moment."""

    roots: tuple[asn1.Certificate, ...]
    lists: tuple[asn1_crl.CertificateList, ...]
    at: datetime

    def context(self, known: tuple[asn1.Certificate, ...] = ()) -> ValidationContext:
        """What pyHanko checks certificates against: no revocation list, no trust."""
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(known),
            crls=list(self.lists),
            allow_fetching=settings().signing_fetch,
            revocation_mode="require",
            moment=self.at,
        )

    def revoked_at(self, certificate: asn1.Certificate) -> datetime | None:
        """Since when the newest list of its issuer revokes a certificate; None where none does."""
        found = [
            entry["revocation_date"].native
            for revoked in self.lists
            if revoked.issuer == certificate.issuer
            for entry in revoked["tbs_cert_list"]["revoked_certificates"] or ()
            if entry["user_certificate"].native == certificate.serial_number
        ]
        return min(found, default=None)


def trust(at: datetime) -> Trust:
    """Whom this installation believes as of a moment."""
    roots, lists = _of_folder(settings().signing_trust)
    if settings().demo:
        for above in (authority.root(), authority.stamp_root()):
            roots.append(asn1_certificate(above.certificate))
            lists.append(asn1_list(authority.revocation_list(at, above)))
    return Trust(tuple(roots), tuple(lists), at)


def is_demonstration(certificate: asn1.Certificate) -> bool:
    """Whether a certificate says of itself that it comes from a demonstration."""
    return bool(certificate.issuer.native.get("common_name") == authority.ROOT_NAME)


def time_stamper(at: datetime) -> TimeStamper:
    """The service that stamps the time: the one that was set, in a demonstration else our own. Raises Conflict."""
    if settings().timestamp_url:
        return HTTPTimeStamper(settings().timestamp_url, timeout=TIMEOUT_SECONDS)
    if not settings().demo:
        said = N_("No time stamp service is set (SHUHENG_TIMESTAMP_URL); signing into the file is not possible.")
        raise Conflict(said)
    pair = authority.stamper()
    chain = SimpleCertificateStore.from_certs([asn1_certificate(authority.stamp_root().certificate)])
    return DummyTimeStamper(asn1_certificate(pair.certificate), asn1_key(pair.key), chain, fixed_dt=at)


def is_available() -> bool:
    """Whether signatures can be written into files here: somebody is trusted and the time can be stamped."""
    chosen = settings()
    return chosen.demo or bool(chosen.timestamp_url and chosen.signing_trust)


def asn1_certificate(certificate: Any) -> asn1.Certificate:
    """A certificate in the form pyHanko takes."""
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def asn1_key(key: Any) -> asn1_keys.PrivateKeyInfo:
    """A key in the form pyHanko takes; it never leaves memory."""
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return asn1_keys.PrivateKeyInfo.load(der)


def asn1_list(revoked: Any) -> asn1_crl.CertificateList:
    """A revocation list in the form pyHanko takes."""
    return asn1_crl.CertificateList.load(revoked.public_bytes(serialization.Encoding.DER))


def _of_folder(folder: Path | None) -> tuple[list[asn1.Certificate], list[asn1_crl.CertificateList]]:
    roots: list[asn1.Certificate] = []
    lists: list[asn1_crl.CertificateList] = []
    for path in sorted(folder.iterdir()) if folder else ():
        if path.suffix in (".pem", ".cer", ".crt"):
            roots += [asn1.Certificate.load(der) for der in _der(path)]
        elif path.suffix == ".crl":
            lists += [asn1_crl.CertificateList.load(der) for der in _der(path)]
    return roots, lists


def _der(path: Path) -> list[bytes]:
    """The objects in a file, whether it is armoured or not."""
    content = path.read_bytes()
    if not pem.detect(content):
        return [content]
    return [der for _, _, der in pem.unarmor(content, multiple=True)]
