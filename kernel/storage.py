"""Where files are kept: a folder of this machine or an S3 bucket, through the same few calls.

A key is made here (content hash and random part), never a name somebody typed: 合同.pdf is data beside it.
Nothing is ever overwritten. `kernel.uploads` says what may come in from outside.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, S3Store

from kernel.config import settings
from kernel.errors import DomainError
from kernel.uploads import Upload, accept_upload
from kernel.words import N_, Text

__all__ = ["FileMissing", "KeyTaken", "StorageFailed", "Store", "Upload", "accept_upload", "store"]
_KEY = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_-]+)*/[a-z0-9_-]+(?:\.[a-z0-9]{1,8})?")
_CHUNK = 1024 * 1024


class StorageFailed(DomainError):
    """The store refused or did not answer; the key stands in the message, the cause in `__cause__`."""

    status, code = 503, "storage_failed"
    default = N_("The file store did not answer. Please try again; if it persists, tell the administrator.")


class FileMissing(DomainError):
    """A file that the database names is not in the store."""

    status, code = 410, "file_missing"
    default = N_("The file is no longer in the store. Please tell the administrator.")


class KeyTaken(DomainError):
    """Somebody tried to put other bytes under a key in use."""

    status, code = 409, "key_taken"
    default = N_("A file already stands under this key; stored files are never overwritten.")


class Store:
    """One place for files: a folder, or `s3://bucket/prefix` with credentials from the AWS_* environment."""

    def __init__(self, location: str) -> None:
        self.location = location
        if location.startswith("s3://"):
            self._objects: LocalStore | S3Store = S3Store.from_url(location)
        elif "://" in location and not location.startswith("file://"):
            raise ValueError(f"The file store is a folder or an s3:// address, not {location}")
        else:
            folder = Path(location.removeprefix("file://")).absolute()
            self._objects = LocalStore(folder, mkdir=True)

    def keep(self, folder: str, content: bytes, extension: str = "") -> str:
        """Store `content` under a fresh key below `folder`; the key, e.g. `documents/9f…-3c….pdf`."""
        suffix = f".{extension.lower()}" if extension else ""
        key = f"{folder}/{hashlib.sha256(content).hexdigest()}-{secrets.token_hex(8)}{suffix}"
        self.put(key, content)
        return key

    def put(self, key: str, content: bytes) -> None:
        """Store `content` under `key`. Raises KeyTaken where one exists, StorageFailed on refusal."""
        with _telling(key):
            obstore.put(self._objects, _checked(key), content, mode="create")

    def get(self, key: str) -> bytes:
        """All bytes of a file. Raises FileMissing."""
        with _telling(key):
            return bytes(obstore.get(self._objects, _checked(key)).bytes())

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` (counted from 0) up to, not including, `end`, a megabyte at a time."""
        size = self.size(key)
        stop = size if end is None else min(end, size)
        while start < stop:
            with _telling(key):
                piece = obstore.get_range(self._objects, key, start=start, end=min(start + _CHUNK, stop))
            yield bytes(piece)
            start += len(piece)

    def size(self, key: str) -> int:
        """How many bytes a file has. Raises FileMissing."""
        with _telling(key):
            return obstore.head(self._objects, _checked(key))["size"]

    def exists(self, key: str) -> bool:
        """Whether a file stands under the key."""
        try:
            self.size(key)
        except FileMissing:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove a file; removing what is gone already is no error."""
        if self.exists(key):
            with _telling(key):
                obstore.delete(self._objects, key)

    def keys(self, folder: str) -> Iterator[str]:
        """All keys below a folder, for the comparison of store and database."""
        with _telling(folder):
            for batch in obstore.list(self._objects, prefix=folder):
                yield from (entry["path"] for entry in batch)


def store() -> Store:
    """The store of the settings: SHUHENG_STORAGE_URL, else the folder `files` in the data folder."""
    chosen = settings()
    return _opened(chosen.storage_url or str(chosen.data / "files"))


@lru_cache(maxsize=8)
def _opened(location: str) -> Store:
    return Store(location)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a storage key: {key!r} (keys are made by Store.keep; names of files are data)")
    return key


@contextmanager
def _telling(key: str) -> Iterator[None]:
    """Turn the library's errors into ours, naming the key."""
    try:
        yield
    except AlreadyExistsError as error:
        raise KeyTaken from error
    except FileNotFoundError as error:
        said = N_("The file {key} is not in the store. Please tell the administrator.")
        raise FileMissing(Text(said, key=key)) from error
    except (BaseError, OSError) as error:
        said = N_("The file store failed at {key}. Please try again; if it persists, tell the administrator.")
        raise StorageFailed(Text(said, key=key)) from error
