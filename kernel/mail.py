"""The only module that sends mail: plain text through the server that the settings name, called by the outbox."""

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from kernel.config import settings

SECONDS = 15  # a server that does not answer is asked again by the outbox


class MailNotSent(Exception):
    """Why a mail could not be sent."""


def is_possible() -> bool:
    """Whether a server for mail is set."""
    return bool(settings().smtp_url)


def send(to: str, subject: str, text: str) -> None:
    """Send one mail. Raises MailNotSent without a server, else what the server says."""
    server = urlsplit(settings().smtp_url)
    if not server.hostname:
        raise MailNotSent("SHUHENG_SMTP_URL is not set: no mail can be sent")
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, settings().mail_from, to
    message.set_content(text, charset="utf-8", cte="base64")
    opened = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with opened(server.hostname, server.port or 0, timeout=SECONDS) as connection:
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)
