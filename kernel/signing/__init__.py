"""How a document is signed: one interface, several ways.

A recorded act of a person confirmed by password; a signature written into the file (PAdES); a detached signature by
SM2 with SM3. pyHanko is known here alone.
"""

from kernel.config import settings
from kernel.errors import Conflict
from kernel.signing.detached import Handed, Sm2Detached
from kernel.signing.interface import SignatureProvider, SignedAct, SigningRequest
from kernel.signing.keys import Brought, Device, KeyFile, OneTime
from kernel.signing.pades import Pades
from kernel.signing.recorded import RECORDED_ACT, RecordedAct
from kernel.signing.trust import is_available
from kernel.signing.writing import end_streams_clearly
from kernel.words import N_, Text

end_streams_clearly()
PADES_ONE_TIME = Pades("pades_one_time", OneTime())
PADES_FILE = Pades("pades_file", KeyFile())
PADES_DEVICE = Pades("pades_device", Device())
SM2_DETACHED = Sm2Detached()
PROVIDERS: dict[str, SignatureProvider] = {
    one.method: one for one in (RECORDED_ACT, PADES_ONE_TIME, PADES_FILE, PADES_DEVICE, SM2_DETACHED)
}

__all__ = [
    "PADES_DEVICE",
    "PADES_FILE",
    "PADES_ONE_TIME",
    "PROVIDERS",
    "RECORDED_ACT",
    "SM2_DETACHED",
    "Brought",
    "Handed",
    "RecordedAct",
    "SignatureProvider",
    "SignedAct",
    "SigningRequest",
    "offered",
    "provider",
]


def offered() -> list[str]:
    """The ways of signing this installation offers, the plainest first."""
    in_file = [PADES_FILE.method] if is_available() else []
    demonstration = [PADES_ONE_TIME.method] if settings().demo else []
    device = [PADES_DEVICE.method] if is_available() and settings().pkcs11 else []
    detached = [SM2_DETACHED.method] if settings().signing_trust else []
    return [RECORDED_ACT.method, *demonstration, *in_file, *device, *detached]


def provider(method: str) -> SignatureProvider:
    """The provider of a method of signing."""
    if method not in PROVIDERS:
        raise Conflict(Text(N_("There is no way of signing called {method}."), method=method))
    return PROVIDERS[method]
