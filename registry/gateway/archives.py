"""The archive package of a case: a ZIP file that can be checked with nothing but itself.

It holds the record, every event in the very bytes that were hashed into the log, the documents, and a manifest that
names each file with its SHA-256. The same content gives the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from kernel.errors import InvalidInput
from kernel.words import N_, Text

MANIFEST = "manifest.json"
FORMAT = "shuheng-archive/1"
_DAY = (1980, 1, 1, 0, 0, 0)
_HOW = (
    "检验方法：逐一计算各文件的 SHA-256，与 manifest.json 所列比对；events 目录内每个文件即当时写入日志的原始字节。\n"
    "How to check: compute the SHA-256 of each file and compare it with manifest.json. Each file in events/ holds the\n"
    "very bytes whose hash is a leaf of the transparency log.\n"
)


def packed(facts: Mapping[str, Any], files: Iterable[tuple[str, bytes]]) -> tuple[bytes, str]:
    """The package of `files` (name, content) with `facts` of the case in its manifest; and its SHA-256."""
    contents = {"README.txt": _HOW.encode(), **dict(files)}
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(contents.items())
    ]
    manifest = {"format": FORMAT, **facts, "files": listed}
    written = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in [(MANIFEST, written), *sorted(contents.items())]:
            package.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue(), hashlib.sha256(out.getvalue()).hexdigest()


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """The manifest of a package, and the SHA-256 of every other file in it. Raises InvalidInput on `file`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            manifest = json.loads(package.read(MANIFEST))
            names = [info.filename for info in package.infolist() if info.filename != MANIFEST]
            hashes = {name: hashlib.sha256(package.read(name)).hexdigest() for name in names}
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, OSError) as error:
        raise _refuse() from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _refuse()
    return manifest, hashes


def _refuse() -> InvalidInput:
    return InvalidInput({"file": [Text(N_("The file is no archive package of this platform."))]})
