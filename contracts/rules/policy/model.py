"""One policy object: who may do what with which data, for what, where, when, how often, how, on which duties.

The sentences of a contract, the ODRL file in its PDF and the decision at every access are made from this object.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

Codes = frozenset[str] | None


@dataclass(frozen=True, order=True)
class Party:
    """Somebody named in a policy: an identifier (organisation id or credit code) and the name at that time."""

    uid: str
    name: str = ""


@dataclass(frozen=True, order=True)
class Target:
    """What a policy is about: a resource, an element, a product or an open file."""

    uid: str
    title: str = ""


@dataclass(frozen=True)
class Policy:
    """What is permitted. None stands for no limit: any purpose, any place, any form, without end, without counting.

    `to` is None in an offer, which anybody may take up. `territory` holds jurisdiction codes; what lies inside one of
    them is permitted too. `purposes` may hold classes or single purposes; a class permits its purposes.
    """

    uid: str
    by: Party
    to: Party | None
    targets: frozenset[Target]
    actions: frozenset[str]
    purposes: Codes = None
    territory: Codes = None
    starts_on: date | None = None
    ends_on: date | None = None
    most: int | None = None
    forms: Codes = None
    duties: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()

    @property
    def kind(self) -> Literal["Agreement", "Offer"]:
        """An offer becomes an agreement with somebody it binds."""
        return "Offer" if self.to is None else "Agreement"

    def narrowed(self, **limits: Any) -> "Policy":
        """The same policy with further limits: sets are cut, days and counts tightened, duties added."""
        new: dict[str, Any] = {}
        for name, limit in limits.items():
            mine = getattr(self, name)
            if name in ("duties", "forbidden"):
                new[name] = mine | limit
            elif name == "starts_on":
                new[name] = _tighter(max, mine, limit)
            elif name in ("ends_on", "most"):
                new[name] = _tighter(min, mine, limit)
            elif name in ("actions", "purposes", "territory", "forms", "targets"):
                new[name] = limit if mine is None else mine if limit is None else mine & limit
            else:
                raise ValueError(f"a policy is not narrowed by {name}")
        return replace(self, **new)


def _tighter(pick: Any, mine: Any, limit: Any) -> Any:
    return pick(one for one in (mine, limit) if one is not None) if (mine, limit) != (None, None) else None


@dataclass(frozen=True)
class Request:
    """A use that is asked about. None stands for what is not stated: it is left open, and the answer says so.

    `places` is the place of use with every jurisdiction above it; `used` how often the right was used before.
    """

    action: str = "use"
    by: str | None = None
    target: str | None = None
    purpose: str | None = None
    places: frozenset[str] | None = None
    on: date | None = None
    form: str | None = None
    used: int | None = None
