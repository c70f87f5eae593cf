"""Where the pages of accounts lead: addresses of subjects, and the way back after signing in."""

from urllib.parse import urlsplit

from accounts.models import Mandate, Membership, Organisation, Person, Session, Token
from kernel.pages import page_of


@page_of(Organisation)
def organisation(row: Organisation) -> str:
    return f"/organisations/{row.id}"


@page_of(Membership)
def membership(row: Membership) -> str:
    return f"/organisations/{row.organisation_id}" if row.state != "ended" else "/account"


@page_of(Mandate)
def mandate(row: Mandate) -> str:
    return f"/organisations/{row.organisation_id}"


@page_of(Person)
def person(_row: Person) -> str:
    return "/account"


@page_of(Session)
def session(_row: Session) -> str:
    return "/account"


@page_of(Token)
def token(_row: Token) -> str:
    return "/account/keys"


def safe(target: str | None, otherwise: str = "/desk") -> str:
    """A way back on this very site: a path, never another host or scheme, however it is written."""
    if not target or not target.startswith("/") or any(ord(sign) < 33 or sign == "\\" for sign in target):
        return otherwise
    parts = urlsplit(target)
    return otherwise if target.startswith("//") or parts.scheme or parts.netloc else target
