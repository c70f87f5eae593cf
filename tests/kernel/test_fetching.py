"""Reading from foreign addresses: only public machines, only what fits, only for so long, and no secret goes astray."""

import gzip
import ssl
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from kernel import clock
from kernel.fetching import FetchFailed, FetchRefused, fetch, is_public, loopback_in_tests

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1",  # noqa: S104
    "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "2001:db8::1",
]  # fmt: skip


class Answers(BaseHTTPRequestHandler):
    """What a foreign server says, by path; what it was asked stands in `asked`."""

    asked: list[tuple[str, dict[str, str]]] = []

    def do_GET(self):  # noqa: N802
        self.asked.append((self.path, dict(self.headers)))
        port = self.server.server_address[1]
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:].replace("PORT", str(port)))
            self.end_headers()
        elif self.path == "/loop":
            self.send_response(301)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path.startswith("/status/"):
            self.send_error(int(self.path[8:]))
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b".")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                return
        else:
            self.body()

    def body(self):
        kinds = {"/large": b"x" * 5000, "/bomb": gzip.compress(b"x" * 500_000), "/packed": gzip.compress(b"packed")}
        content = kinds.get(self.path, b"hello")
        self.send_response(200)
        self.send_header("Content-Type", "Text/CSV; charset=utf-8")
        if self.path in ("/bomb", "/packed"):
            self.send_header("Content-Encoding", "gzip")
        if self.path == "/other":
            self.send_header("Content-Encoding", "br")
        if self.path == "/cut":
            self.send_header("Content-Length", "4000")
        elif self.path != "/large":
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing on the screen."""


@pytest.fixture
def server():
    Answers.asked.clear()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    with loopback_in_tests():
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def get(address, **facts):
    return fetch(address, **{"most_bytes": 1000, "seconds": 5} | facts)


def named(*found):
    return lambda host, port: list(found)


def own_certificate(folder):
    """A certificate that its owner has signed for himself, with its key, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = clock.now()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(secret + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    return path


class TestIsPublic:
    @pytest.mark.parametrize("address", PRIVATE)
    def test_refuses_private_machines_however_they_are_written(self, address):
        assert not is_public(address)

    @pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
    def test_takes_machines_of_the_open_network(self, address):
        assert is_public(address)

    def test_takes_this_machine_only_in_tests(self):
        with loopback_in_tests():
            assert is_public("127.0.0.1") and not is_public("10.0.0.1")
        assert not is_public("127.0.0.1")


class TestFetch:
    def test_reads_what_stands_there(self, server):
        got = get(f"{server}/data")
        assert (got.content, got.media_type, got.address) == (b"hello", "text/csv", f"{server}/data")
        assert get(f"{server}/packed").content == b"packed"

    @pytest.mark.parametrize(
        "address",
        ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://[::ffff:127.0.0.1]/", "http://0/"],
    )
    def test_refuses_this_machine_under_every_name(self, address):
        with pytest.raises((FetchRefused, FetchFailed)):
            get(address)

    @pytest.mark.parametrize("address", PRIVATE)
    def test_refuses_names_that_lead_inside(self, address):
        with pytest.raises(FetchRefused):
            get("http://portal.example.org/", resolver=named(address.partition("%")[0]))

    def test_refuses_a_name_of_which_one_address_leads_inside(self):
        with pytest.raises(FetchRefused):
            get("http://portal.example.org/", resolver=named("1.1.1.1", "10.0.0.1"))

    def test_connects_to_the_address_that_was_looked_at(self, server):
        """A name server that answers otherwise the second time is asked once only."""
        port = int(server.rpartition(":")[2])
        answers = iter([["127.0.0.1"], ["10.0.0.1"]])
        got = get(f"http://portal.example.org:{port}/data", resolver=lambda host, port: next(answers))
        assert got.content == b"hello" and Answers.asked[0][1]["Host"] == f"portal.example.org:{port}"

    @pytest.mark.parametrize(
        "address",
        ["ftp://a.example.org/", "file:///etc/passwd", "gopher://a.example.org/", "//a.example.org", "http://", "javascript:1", "http://u:p@a.example.org/", "http://a.example.org:0/", "http://a.example.org:99999/", "http://[::1"],
    )
    def test_refuses_other_kinds_of_addresses(self, address):
        with pytest.raises(FetchRefused):
            get(address)

    def test_looks_at_every_redirect_anew(self, server):
        assert get(f"{server}/to//data").content == b"hello"
        for inside in ("http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "file:///etc/passwd", "ftp://x.example.org/"):
            with pytest.raises(FetchRefused):
                get(f"{server}/to/{inside}")
        with pytest.raises(FetchRefused):
            get(f"{server}/loop")

    def test_takes_credentials_to_their_own_machine_only(self, server):
        port = int(server.rpartition(":")[2])
        get(f"http://one.example.org:{port}/to/http://two.example.org:PORT/data", headers={"Authorization": "secret"}, resolver=named("127.0.0.1"))
        assert [("Authorization" in headers) for _, headers in Answers.asked] == [True, False]

    @pytest.mark.parametrize("path", ["/large", "/bomb"])
    def test_refuses_large_answers(self, server, path):
        with pytest.raises(FetchRefused):
            get(f"{server}{path}")

    def test_refuses_a_length_that_is_too_much_before_it_reads(self, server):
        with pytest.raises(FetchRefused):
            get(f"{server}/cut", most_bytes=100)

    def test_refuses_what_is_packed_otherwise(self, server):
        with pytest.raises(FetchRefused, match="packed"):
            get(f"{server}/other")

    def test_refuses_a_certificate_that_nobody_vouches_for(self, server, tmp_path):
        with HTTPServer(("127.0.0.1", 0), Answers) as httpd:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(own_certificate(tmp_path))
            httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
            threading.Thread(target=httpd.serve_forever, daemon=True).start()
            with pytest.raises(FetchRefused, match="certificate"):
                get(f"https://127.0.0.1:{httpd.server_address[1]}/data")
            httpd.shutdown()
        assert Answers.asked == []

    def test_ends_when_the_time_is_over_although_something_comes(self, server):
        began = time.monotonic()
        with pytest.raises((FetchFailed, FetchRefused)):
            get(f"{server}/drip", seconds=1, most_bytes=10**9)
        assert time.monotonic() - began < 4

    def test_fails_where_the_answer_breaks_off(self, server):
        with pytest.raises(FetchFailed):
            get(f"{server}/cut", most_bytes=10_000)

    @pytest.mark.parametrize("status, kind", [(404, FetchRefused), (403, FetchRefused), (401, FetchRefused), (500, FetchFailed), (503, FetchFailed), (429, FetchFailed)])
    def test_tells_what_may_pass_from_what_stays(self, server, status, kind):
        with pytest.raises(kind) as refused:
            get(f"{server}/status/{status}", headers={"Authorization": "very secret"})
        assert str(status) in str(refused.value) and "secret" not in str(refused.value)

    def test_fails_where_nobody_listens_or_the_name_is_unknown(self):
        with loopback_in_tests(), pytest.raises(FetchFailed):
            get("http://127.0.0.1:9/")
        with pytest.raises(FetchFailed):
            get("http://no-such-name.invalid/")
