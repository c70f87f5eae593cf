"""What several commands do with their input: put a duty's refusal at the field, look up what a code names."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from accounts import queries, rules
from kernel.errors import InvalidInput, RuleBroken
from kernel.words import N_, Text

T = TypeVar("T")


def at_field(field: str, check: Callable[..., T], *values: Any) -> T:
    """The answer of a duty about one typed value; its refusal is told at that field."""
    try:
        return check(*values)
    except RuleBroken as broken:
        raise InvalidInput({field: [broken.message]}) from broken


def refuse(field: str, msgid: str, **params: Any) -> InvalidInput:
    """A refusal told at one field."""
    return InvalidInput({field: [Text(msgid, **params)]})


def known_place(code: str) -> str:
    """The code of a jurisdiction whose rules are loaded."""
    if not queries.is_known_place(code):
        raise refuse(
            "jurisdiction", N_("There are no rules for a jurisdiction with the code {code}."), code=code
        )
    return code


def unused_code(text: str) -> str:
    """A right credit code that no organisation here has yet."""
    code = at_field("uscc", rules.credit_code, text)
    if queries.organisation_by_code(code) is not None:
        raise refuse(
            "uscc", N_("This organisation is registered already. Ask one of its members to invite you.")
        )
    return code


def controller(text: str | None) -> uuid.UUID | None:
    """The organisation that a typed credit code names; None for nothing typed."""
    if not text:
        return None
    found = queries.organisation_by_code(at_field("controlled_by_uscc", rules.credit_code, text))
    if found is None:
        raise refuse("controlled_by_uscc", N_("No organisation with this code is registered here."))
    return found.id
