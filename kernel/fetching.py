"""Reading from an address that somebody outside has named: only public machines, only so much, only for so long.

The name is resolved here, every address it has is looked at, and the connection goes to the one that was looked at:
a second answer of the name server changes nothing. Each redirect is looked at anew.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from kernel.errors import DomainError
from kernel.words import N_, Text

REDIRECTS = 5
CHUNK = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_in_tests: ContextVar[bool] = ContextVar("loopback_in_tests", default=False)
Resolver = Callable[[str, int], list[str]]


class FetchRefused(DomainError):
    """This address is not read, or what stands there is not taken: trying again changes nothing."""

    status, code = 409, "fetch_refused"


class FetchFailed(DomainError):
    """The other side did not answer as it should; it may do so later."""

    status, code = 503, "fetch_failed"


@dataclass(frozen=True)
class Fetched:
    """What was read, where it stood in the end, and what its server calls it."""

    address: str
    content: bytes
    media_type: str


def resolve(host: str, port: int) -> list[str]:
    """Every address a name has."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(Text(N_("The name {host} is not known."), host=host)) from error
    return list(dict.fromkeys(str(row[4][0]) for row in found))


@contextmanager
def loopback_in_tests() -> Iterator[None]:
    """Lets tests read from a server of their own on this machine. Nothing else calls it."""
    token = _in_tests.set(True)
    try:
        yield
    finally:
        _in_tests.reset(token)


def is_public(text: str) -> bool:
    """Whether an address belongs to a machine of the open network, also where it is wrapped in another address."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if _in_tests.get() and address.is_loopback:
        return True
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address in _NAT64:
            return is_public(str(address.ipv4_mapped or ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        inner = address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None and not is_public(str(inner)):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def checked(address: str) -> SplitResult:
    """The parts of an address that may be read. Raises FetchRefused with the reason."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(Text(N_("“{address}” is no address."), address=address[:200])) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise FetchRefused(N_("Only addresses that begin with http:// or https:// are read."))
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(N_("The address carries a user name; give the credentials in their own field."))
    return parts


def fetch(
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    accept: str = "*/*",
    most_bytes: int,
    seconds: int = 30,
    resolver: Resolver | None = None,
) -> Fetched:
    """Read an address with GET. `headers` (credentials) go to the host they are for, never on to another.

    Raises FetchRefused or FetchFailed; neither names the headers.
    """
    own, current = _origin(checked(address)), address
    for _ in range(REDIRECTS + 1):
        parts = checked(current)
        sent = dict(headers or {}) if _origin(parts) == own else {}
        answer = _once(parts, sent | _usual(accept), most_bytes, seconds, resolver or resolve)
        if isinstance(answer, Fetched):
            return answer
        current = urljoin(current, answer)
    raise FetchRefused(N_("The address leads on from one to another without an end."))


def _usual(accept: str) -> dict[str, str]:
    return {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "Shuheng", "Connection": "close"}


def _origin(parts: SplitResult) -> tuple[str, str | None, int]:
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _once(
    parts: SplitResult, headers: Mapping[str, str], most: int, seconds: int, resolver: Resolver
) -> Fetched | str:
    """One request: what was read, or where it leads on to."""
    _, host, port = _origin(parts)
    connection = _connection(parts, _public_address(str(host), port, resolver), seconds)
    clock = threading.Timer(seconds, connection.cut_off)
    clock.daemon = True
    clock.start()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", path, headers={"Host": parts.netloc, **headers})
        with closing(connection.getresponse()) as answer:
            found = _read(answer, parts, most)
        connection.was_in_time()
        return found
    except ssl.SSLCertVerificationError as error:
        raise FetchRefused(Text(N_("The certificate of {host} is not valid."), host=host)) from error
    except (OSError, http.client.HTTPException, zlib.error, ValueError, AttributeError) as error:
        said = N_("{host} did not answer, or not within {seconds} seconds.")
        raise FetchFailed(Text(said, host=host, seconds=seconds)) from error
    finally:
        clock.cancel()
        connection.close()


def _public_address(host: str, port: int, resolver: Resolver) -> str:
    found = resolver(host, port)
    if not found or not all(is_public(one) for one in found):
        raise FetchRefused(Text(N_("{host} is no machine of the public network; it is not read."), host=host))
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at; the name stands in the request and in the certificate only."""

    def __init__(
        self, host: str, port: int, address: str, seconds: int, context: ssl.SSLContext | None
    ) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address, self._context = address, context
        self._line: Any = None  # stays known also after the library has let go of it
        self._is_over = False

    def connect(self) -> None:
        """Connect to the address, whatever the name means by now."""
        sock: Any = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = sock
        if self._context is not None:
            self.sock = self._context.wrap_socket(sock, server_hostname=self.host)
        self._line = self.sock

    def cut_off(self) -> None:
        """The time is over: whatever is being waited for ends now."""
        self._is_over = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)

    def was_in_time(self) -> None:
        """Raises TimeoutError where the end came because the time was over."""
        if self._is_over:
            raise TimeoutError


def _connection(parts: SplitResult, address: str, seconds: int) -> _Pinned:
    scheme, host, port = _origin(parts)
    context = ssl.create_default_context() if scheme == "https" else None
    return _Pinned(str(host), port, address, seconds, context)


def _read(answer: http.client.HTTPResponse, parts: SplitResult, most: int) -> Fetched | str:
    where = answer.getheader("Location")
    if answer.status in (301, 302, 303, 307, 308) and where:
        return where
    if answer.status != 200:
        kind = FetchFailed if answer.status >= 500 or answer.status in (408, 425, 429) else FetchRefused
        said = N_("{host} answered with the status {status}.")
        raise kind(Text(said, host=parts.hostname, status=answer.status))
    length = answer.getheader("Content-Length") or ""
    if length.isascii() and length.isdigit() and int(length) > most:
        raise _too_large(most)
    content = b"".join(_limited(answer, most))
    media_type = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    return Fetched(parts.geturl(), content, media_type)


def _limited(answer: http.client.HTTPResponse, most: int) -> Iterator[bytes]:
    """The body in pieces, unpacked where the server packed it unasked. Raises FetchRefused beyond `most` bytes."""
    packed = (answer.getheader("Content-Encoding") or "identity").lower()
    if packed not in ("identity", "gzip"):
        raise FetchRefused(N_("The answer is packed in a way that was not asked for."))
    unpack = zlib.decompressobj(wbits=31) if packed == "gzip" else None
    total = 0
    while raw := answer.read(CHUNK):
        piece = unpack.decompress(raw, most + 1) if unpack else raw
        total += len(piece)
        if total > most:
            raise _too_large(most)
        yield piece
    if answer.length:  # the connection ended before everything had come
        raise http.client.IncompleteRead(b"", answer.length)


def _too_large(most: int) -> FetchRefused:
    return FetchRefused(Text(N_("The answer is larger than {most} bytes; it is not taken."), most=most))
