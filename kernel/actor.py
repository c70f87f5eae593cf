"""Who is asking. Commands and queries see an Actor, never a Flask-Login user."""

import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """A person acting for an organisation, as frozen data made once per request.

    `roles` are the roles of the organisation acted for (authority, agency, registrar, operator, developer, buyer,
    auditor, …); `mandates` what the person may do for it today (apply, decide, sign, be_served, keep_accounts);
    `jurisdictions` the codes of the subtree the organisation belongs to or answers for.
    """

    user_id: uuid.UUID | None
    name: str = ""
    organisation_id: uuid.UUID | None = None
    organisation_name: str = ""
    roles: frozenset[str] = frozenset()
    mandates: frozenset[str] = frozenset()
    jurisdictions: frozenset[str] = field(default=frozenset())

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None


ANONYMOUS = Actor(user_id=None)
SYSTEM = Actor(user_id=None, name="Shuheng", roles=frozenset({"system"}))
