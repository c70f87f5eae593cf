"""Refusals as programs made for CKAN understand them."""

from typing import Any

# kind of refusal → HTTP status
STATUS = {
    "Bad Request": 400,
    "Search Query Error": 400,
    "Authorization Error": 403,
    "Not Found Error": 404,
    "Validation Error": 409,
}


class ActionRefused(Exception):
    """A refusal of an action: its kind in CKAN's words, and what is wrong, by parameter where it is one."""

    def __init__(self, kind: str, said: str = "", **fields: str) -> None:
        super().__init__(said)
        self.kind, self.said, self.fields = kind, said, fields

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.kind]

    @property
    def body(self) -> dict[str, Any]:
        """The error as CKAN writes it."""
        told: dict[str, Any] = {name: [text] for name, text in self.fields.items()}
        return told | ({"message": self.said} if self.said else {}) | {"__type": self.kind}


def not_found(what: str = "") -> ActionRefused:
    """Nothing of that name is here, or it is not open to everybody."""
    return ActionRefused("Not Found Error", f"Not found: {what}" if what else "Not found")
