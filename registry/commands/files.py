"""Files handed in: checked, stored under a key of their own, remembered by their facts."""

from collections.abc import Collection
from typing import Any

from kernel.config import settings
from kernel.fields import File
from kernel.storage import accept_upload, store
from kernel.uploads import clean_name

PAPERS = frozenset({"pdf", "docx", "xlsx", "png", "jpg"})
FOLDER = "registry"


def keep(file: File, field: str, kinds: Collection[str] = PAPERS) -> dict[str, Any]:
    """Check and store a file; its facts: name, kind, media_type, size in bytes, sha256, storage_key.

    Raises InvalidInput on `field` where it is too large, empty, or not what it says it is.
    """
    accepted = accept_upload(
        file.name, file.content, kinds=kinds, max_bytes=settings().max_upload_bytes, field=field
    )
    return {
        "name": accepted.name,
        "kind": accepted.kind,
        "media_type": accepted.media_type,
        "size": accepted.size,
        "sha256": accepted.sha256,
        "storage_key": store().keep(FOLDER, file.content, accepted.kind),
    }


def keep_as_read(file: File) -> dict[str, Any]:
    """Store a file that was read already by its own reader, which is kinder than the check of papers."""
    name = clean_name(file.name)
    kind = name.rpartition(".")[2].lower()
    key = store().keep(FOLDER, file.content, kind)
    return {"name": name, "size": len(file.content), "sha256": file.sha256, "storage_key": key}


def keep_all(values: dict[str, Any], kept: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Take the files of these names out of `values`, store them and return `kept` with their facts added."""
    found = {name: keep(file, name) for name in names if (file := values.pop(name, None)) is not None}
    return kept | found
