"""From what a signer chose and brought to a provider of signatures and its material. Nothing of it is kept."""

from typing import Any

from kernel import signing
from kernel.errors import InvalidInput
from kernel.fields import File
from kernel.uploads import accept_upload
from kernel.words import N_

SEAL_BYTES = 200_000


def way_of(
    method: str, certificate: File | None, certificate_password: str, signature: File | None, seal: File | None
) -> tuple[signing.SignatureProvider, Any]:
    """The provider of the chosen way, and what it works with. Raises InvalidInput where something is missing."""
    provider = signing.provider(method)
    if method == signing.SM2_DETACHED.method:
        if signature is None or certificate is None:
            said = N_("For SM2, hand in the signature and the certificate.")
            raise InvalidInput({"signature" if signature is None else "certificate": [said]})
        return provider, signing.Handed(signature.content, certificate.content)
    if seal is not None:
        accept_upload(seal.name, seal.content, kinds={"png"}, max_bytes=SEAL_BYTES, field="seal")
    image = seal.content if seal else None
    return provider, signing.Brought(certificate.content if certificate else b"", certificate_password, image)
