"""Mail: handed to the server that is set, over a real connection to a small one of the test's own."""

import socketserver
import threading
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from kernel import config, mail


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as one mail needs; what was said stands in `server.said`."""

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
                self.server.mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.wfile.write(b"250 taken\r\n")
            elif verb == "QUIT":
                self.wfile.write(b"221 farewell\r\n")
            else:
                self.wfile.write(b"250 well\r\n")


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as found:
        found.daemon_threads, found.said, found.mail = True, [], b""
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


@pytest.fixture
def set_to(settings):
    def choose(url):
        config.use(replace(settings, smtp_url=url))

    yield choose
    config.use(settings)


class TestSend:
    @pytest.mark.parametrize("login, verbs", [("", 0), ("post%40office:se%3Acret@", 1)])
    def test_hands_over_one_mail(self, server, set_to, login, verbs):
        set_to(f"smtp://{login}127.0.0.1:{server.server_address[1]}")
        assert mail.is_possible()
        mail.send("keeper@example.org", "新的数据 1", "正文\n第二行")
        found = message_from_bytes(server.mail, policy=policy.default)
        assert (found["To"], found["Subject"]) == ("keeper@example.org", "新的数据 1")
        assert found.get_content().splitlines() == ["正文", "第二行"]
        assert sum(line.startswith("AUTH") for line in server.said) == verbs

    def test_refuses_without_a_server(self, set_to):
        set_to("")
        assert not mail.is_possible()
        with pytest.raises(mail.MailNotSent, match="SHUHENG_SMTP_URL"):
            mail.send("keeper@example.org", "x", "y")
