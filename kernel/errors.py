"""Everything a command may refuse with. The HTTP status belongs to the class."""

from typing import Any

from kernel.words import N_, Text


class DomainError(Exception):
    """A refusal that a person can understand. `message` is translated by the door."""

    status = 400
    code = "error"
    default = N_("The request could not be carried out.")

    def __init__(self, message: Text | str | None = None) -> None:
        self.message: Text = message if isinstance(message, Text) else Text(message or self.default)
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class InvalidInput(DomainError):
    """Input that cannot be read. `messages` is a dict of field name to list of Text or str."""

    status, code = 422, "invalid_input"
    default = N_("Some entries need to be corrected.")

    def __init__(self, messages: dict[str, Any]) -> None:
        super().__init__()
        self.messages = messages


class NotSignedIn(DomainError):
    status, code = 401, "not_signed_in"
    default = N_("Please sign in first.")


class NotAllowed(DomainError):
    status, code = 403, "not_allowed"
    default = N_("You are not permitted to do this.")


class NotFound(DomainError):
    status, code = 404, "not_found"
    default = N_("There is nothing here under this address, or it is not open to you.")


class WrongState(DomainError):
    status, code = 409, "wrong_state"
    default = N_("This cannot be done in the present state.")


class Conflict(DomainError):
    """Somebody else changed the same thing meanwhile, or it exists already."""

    status, code = 409, "conflict"
    default = N_("This was changed by somebody else meanwhile, or exists already.")


class NotReady(DomainError):
    """What is asked for is being made at this moment."""

    status, code = 503, "not_ready"
    default = N_("This is being made at the moment. Please look again soon.")


class TooMany(DomainError):
    status, code = 429, "too_many"
    default = N_("Too many attempts. Please wait a while and try again.")


class RuleBroken(DomainError):
    """A legal duty forbids the command. `duty` names it: function, ids and basis."""

    status, code = 409, "rule_broken"

    def __init__(self, duty: str, message: Text, *, ids: tuple[str, ...] = (), basis: str = "") -> None:
        super().__init__(message)
        self.duty, self.ids, self.basis = duty, ids, basis
