"""Where the key of a signature comes from.

No key is ever kept: it is made for one signature, brought for one, or stays in a device.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kernel.config import settings
from kernel.errors import Conflict, InvalidInput
from kernel.signing import authority
from kernel.signing.interface import SigningRequest
from kernel.signing.trust import asn1_certificate, asn1_key
from kernel.words import N_


@dataclass(frozen=True)
class Holder:
    """A certificate with what signs in its name, and the certificates above it."""

    certificate: asn1.Certificate
    signer: Signer
    chain: Sequence[asn1.Certificate]


@dataclass(frozen=True)
class Brought:
    """What a signer brings for one signature: a PKCS#12 file with its password, the image of a seal."""

    file: bytes = b""
    password: str = ""
    seal: bytes | None = None

    def __repr__(self) -> str:
        return "Brought(…)"  # so that no password stands in a message


class KeySource(Protocol):
    """Something that opens a key for one signature."""

    def opened(self, request: SigningRequest) -> AbstractContextManager[Holder]:
        """The holder while the signature is made. Raises InvalidInput, Conflict."""
        ...


class OneTime:
    """A certificate of the demonstration, issued for this one signature; its key is made now and forgotten."""

    @contextmanager
    def opened(self, request: SigningRequest) -> Iterator[Holder]:
        if not settings().demo:
            raise Conflict(N_("Certificates of the demonstration are issued in a demonstration only."))
        pair = authority.issue(request.name, request.organisation_name, request.at)
        above = [asn1_certificate(authority.root().certificate)]
        yield _holder(asn1_certificate(pair.certificate), pair.key, above)


class KeyFile:
    """A PKCS#12 file the signer brings: opened in memory, used once, never written."""

    @contextmanager
    def opened(self, request: SigningRequest) -> Iterator[Holder]:
        brought = request.material
        if not isinstance(brought, Brought) or not brought.file:
            raise InvalidInput({"certificate": [N_("Choose your certificate file (.p12 or .pfx).")]})
        try:
            key, certificate, above = pkcs12.load_key_and_certificates(brought.file, brought.password.encode())
        except ValueError as error:
            said = N_("The certificate file does not open with this password.")
            raise InvalidInput({"certificate_password": [said]}) from error
        if key is None or certificate is None:
            said = N_("The file holds no key with its certificate. Export it again with the private key.")
            raise InvalidInput({"certificate": [said]})
        yield _holder(asn1_certificate(certificate), key, [asn1_certificate(one) for one in above])


class Device:
    """A PKCS#11 device of the site, named by SHUHENG_PKCS11: module path, token label, key label, file with the PIN."""

    @contextmanager
    def opened(self, request: SigningRequest) -> Iterator[Holder]:
        named = settings().pkcs11.split(";")
        if len(named) != 4:
            raise Conflict(N_("No signing device is set (SHUHENG_PKCS11: module;token;key;file of the PIN)."))
        try:
            from pyhanko.config.pkcs11 import TokenCriteria
            from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
        except ImportError as error:
            raise Conflict(N_("The signing device needs the package python-pkcs11. Please install it.")) from error
        module, token, label, pin = named
        wanted = TokenCriteria(label=token)
        with (
            open(pin, encoding="utf-8") as file,
            open_pkcs11_session(module, token_criteria=wanted, user_pin=file.read().strip()) as session,
        ):
            signer = PKCS11Signer(session, cert_label=label, key_label=label)
            yield Holder(signer.signing_cert, signer, list(signer.cert_registry))


def _holder(certificate: asn1.Certificate, key: Any, above: list[asn1.Certificate]) -> Holder:
    store = SimpleCertificateStore.from_certs(above)
    return Holder(certificate, SimpleSigner(certificate, asn1_key(key), store), above)
