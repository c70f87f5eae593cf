"""Secrets that have to be used again (credentials for other machines): encrypted at rest, opened only where used.

The key is a file of the data folder, made once like the other keys. Whoever has only the database reads nothing.
"""

from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from kernel.config import keep_once, settings
from kernel.errors import DomainError
from kernel.words import N_


class CannotOpen(DomainError):
    """A secret was sealed with another key than the one of this installation."""

    status, code = 409, "cannot_open"
    default = N_(
        "The stored credentials cannot be opened with the key of this installation. Enter them again."
    )


def sealed(secret: str) -> str:
    """The secret as it may stand in a row."""
    return _fernet(settings().data).encrypt(secret.encode()).decode()


def opened(token: str) -> str:
    """The secret again. Raises CannotOpen."""
    try:
        return _fernet(settings().data).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


@lru_cache(maxsize=4)
def _fernet(data: Path) -> Fernet:
    path = data / "keys" / "sealing"
    keep_once(path, Fernet.generate_key())
    return Fernet(path.read_bytes())
