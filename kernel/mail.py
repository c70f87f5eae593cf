"""The only module that sends mail: plain text through the server that the settings name, called by the outbox."""

import smtplib
from collections.abc import Mapping
from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from kernel.config import settings

SECONDS = 15  # a server that does not answer is asked again by the outbox


class MailNotSent(Exception):
    """Why a mail could not be sent."""


class OneLine(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc]  # both say how many there may be
    """A header that programs read as it stands: an address in it is neither broken nor written in another form."""

    def fold(self, *, policy: policy.Policy) -> str:
        """Name and value on one line, however long."""
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", OneLine)
_FORM = policy.default.clone(header_factory=_HEADERS)


def is_possible() -> bool:
    """Whether a server for mail is set."""
    return bool(settings().smtp_url)


def send(to: str, subject: str, text: str, headers: Mapping[str, str] | None = None) -> None:
    """Send one mail, with further headers if given. Raises MailNotSent without a server, else what the server says."""
    server = urlsplit(settings().smtp_url)
    if not server.hostname:
        raise MailNotSent("SHUHENG_SMTP_URL is not set: no mail can be sent")
    message = EmailMessage(_FORM)
    message["Subject"], message["From"], message["To"] = " ".join(subject.split()), settings().mail_from, to
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text, charset="utf-8", cte="base64")
    opened = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with opened(server.hostname, server.port or 0, timeout=SECONDS) as connection:
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)
