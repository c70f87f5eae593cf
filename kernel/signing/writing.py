"""How signed files are written where the library leaves readers in doubt."""

from typing import Any

from pyhanko.pdf_utils.generic import StreamObject

_AS_WRITTEN = StreamObject.write_to_stream


class _Clearly:
    """A file in which every stream is closed with CR LF: after an LF alone, a last CR of the data is not told apart."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, data: bytes) -> Any:
        return self._file.write(b"\r\nendstream" if data == b"\nendstream" else data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def end_streams_clearly() -> None:
    """Change the library, once in a process; `kernel.pdf_library` does the same for files that are not signed."""

    def write_to_stream(self: Any, stream: Any, handler: Any = None, container_ref: Any = None) -> None:
        _AS_WRITTEN(self, _Clearly(stream), handler, container_ref)

    StreamObject.write_to_stream = write_to_stream  # type: ignore[method-assign]
