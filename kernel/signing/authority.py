"""A certificate authority for demonstration and tests, with a time stamp service: clearly labelled, of no legal effect.

Its root is made once in the data folder. For each signature it issues a certificate in the name of the signer to a key
that is made for this one signature and forgotten. What it revoked stands in a file beside the root.
"""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kernel.config import keep_once, settings

ROOT_NAME = "数衡演示根证书 Demonstration CA, no legal effect"
STAMP_ROOT_NAME = "数衡演示时间戳根 Demo time stamp CA, no legal effect"
STAMPER_NAME = "数衡演示时间戳 Demonstration time stamps"
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2059, 12, 31, tzinfo=UTC)
# A certificate outlives the list that vouches for it: the check of expired ones goes back to the end of that list.
LIST_LASTS = timedelta(days=1)
LASTS = timedelta(days=365)


@dataclass(frozen=True)
class Pair:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def root() -> Pair:
    """The root of the demonstration: made at first use, the same ever after."""
    return _read(_made(settings().data))


def stamp_root() -> Pair:
    """The root above the time stamps. It is another one, because a list that is newer than a signer's certificate
    says nothing of that certificate any more, while the stamps need a fresh one."""
    return _read(_made(settings().data).with_name("demo-tsa-ca.pem"))


def stamper() -> Pair:
    """The certificate under which the local service gives its time stamps."""
    return _read(_made(settings().data).with_name("demo-tsa.pem"))


def issue(name: str, organisation: str, at: datetime, *, lasts: timedelta = LASTS) -> Pair:
    """A certificate in the name of a person of an organisation, for a key made now."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = [(NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, name)]
    subject = x509.Name([x509.NameAttribute(kind, _short(value)) for kind, value in names if value])
    begin = at - timedelta(minutes=5)
    return Pair(_certificate(subject, key, root(), begin, at + lasts, ca=False), key)


def revoke(serial: int, at: datetime) -> None:
    """Note that the certificate with that number does not hold from that moment on."""
    kept = _revoked() | {format(serial, "x"): at.isoformat()}
    path = _list()
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")
    fresh.replace(path)


def revocation_list(at: datetime, authority: Pair | None = None) -> x509.CertificateRevocationList:
    """The list of what is revoked, as of that moment, by the root or another authority."""
    authority = authority or root()
    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    builder = builder.last_update(at - timedelta(minutes=1)).next_update(at + LIST_LASTS)
    for serial, since in _revoked().items():
        moment = datetime.fromisoformat(since)
        if moment <= at:
            entry = x509.RevokedCertificateBuilder().serial_number(int(serial, 16)).revocation_date(moment)
            builder = builder.add_revoked_certificate(entry.build())
    key_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = builder.add_extension(key_id, critical=False)
    builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    return builder.sign(authority.key, hashes.SHA256())


def _list() -> Path:
    return settings().data / "keys" / "demo-revoked.json"


def _revoked() -> dict[str, str]:
    path = _list()
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


@lru_cache(maxsize=8)
def _made(data: Path) -> Path:
    """The file of the root; it and those of the time stamps are made where there are none."""
    path = data / "keys" / "demo-ca.pem"
    above = path.with_name("demo-tsa-ca.pem")
    for place, called in ((path, ROOT_NAME), (above, STAMP_ROOT_NAME)):
        if not place.exists():
            key = ec.generate_private_key(ec.SECP256R1())
            name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
            keep_once(place, _written(Pair(_certificate(name, key, None, FIRST, LAST, ca=True), key)))
    if not path.with_name("demo-tsa.pem").exists():
        stamping = rsa.generate_private_key(public_exponent=65537, key_size=2048)  # the local service stamps with RSA
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, STAMPER_NAME)])
        made = _certificate(name, stamping, _read(above), FIRST, LAST, ca=False, stamps=True)
        keep_once(path.with_name("demo-tsa.pem"), _written(Pair(made, stamping)))
    return path


def _certificate(
    subject: x509.Name, key: Any, by: Pair | None, begin: datetime, end: datetime, *, ca: bool, stamps: bool = False
) -> x509.Certificate:
    issuer = by.certificate.subject if by else subject
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(begin).not_valid_after(end)
    usage = dict.fromkeys(_USAGES, False) | (
        {"key_cert_sign": True, "crl_sign": True} if ca else {"digital_signature": True, "content_commitment": True}
    )
    signer = by.key if by else key
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(signer, hashes.SHA256())


_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _written(pair: Pair) -> bytes:
    key = pair.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return key + pair.certificate.public_bytes(serialization.Encoding.PEM)


def _read(path: Path) -> Pair:
    written = path.read_bytes()
    key = serialization.load_pem_private_key(written, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise TypeError(f"{path} holds no key that signs")
    return Pair(x509.load_pem_x509_certificate(written), key)


def _short(name: str) -> str:
    """A name as certificates take it: at most 64 bytes, no character cut in two."""
    return name.encode()[:64].decode(errors="ignore")
