"""A small mail server of the tests' own: mails go to it over a real connection."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs; what was said stands in `server.said`, the mails in `server.mails`."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        for raw in self.rfile:
            line = raw.decode().strip()
            self.server.said.append(line)
            verb = line.split()[0].upper()
            if verb == "EHLO":
                self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
            elif verb == "AUTH":
                self.wfile.write(b"235 welcome\r\n")
            elif verb == "DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"250 taken\r\n")
            elif verb == "QUIT":
                self.wfile.write(b"221 farewell\r\n")
            else:
                self.wfile.write(b"250 well\r\n")


@contextmanager
def a_mail_server() -> Iterator[socketserver.ThreadingTCPServer]:
    """The server, listening on a free port of this machine until the block ends."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as found:
        found.daemon_threads, found.said, found.mails = True, [], []
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()
