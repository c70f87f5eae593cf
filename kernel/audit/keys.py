"""The keys of the log, each made once in the data folder and readable by nobody else."""

import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kernel.audit.notes import LOG, Key
from kernel.config import settings


def signing_key() -> Ed25519PrivateKey:
    """The key that seals the statements of signatures."""
    return key_at(Path(settings().data) / "keys" / "log.pem")


def checkpoint_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints and nothing else."""
    return key_at(Path(settings().data) / "keys" / "checkpoints.pem")


def origin() -> str:
    """The name of this log: the public address of the site without its scheme."""
    address = urlsplit(settings().base_url)
    return f"{address.netloc}{address.path.rstrip('/')}/log"


def public_key() -> Key:
    """The key by which a stranger knows our checkpoints."""
    return Key(origin(), LOG, checkpoint_key().public_key().public_bytes_raw())


@lru_cache(maxsize=8)
def key_at(path: Path) -> Ed25519PrivateKey:
    """The key in that file; made there where there is none. Of several that ask at once the first counts."""
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(raw)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first
    finally:
        draft.unlink()
