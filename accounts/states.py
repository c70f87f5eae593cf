"""What can happen to people, organisations and what ties them."""

from kernel.states import StateMachine

PERSON = StateMachine(
    ("register", {None}, "active"),
    ("amend", {"active"}, None),
    ("change_password", {"active"}, None),
    ("replace_password", {"active"}, None),
    ("suspend", {"active"}, "suspended"),
    ("reinstate", {"suspended"}, "active"),
)
ORGANISATION = StateMachine(
    ("register", {None}, "active"),
    ("propose", {None}, "proposed"),
    ("appoint", {None}, "active"),
    ("confirm", {"proposed"}, "active"),
    ("amend", {"active"}, None),
    ("assign_roles", {"active"}, None),
    ("name_responsible", {"active"}, None),
    ("suspend", {"active"}, "suspended"),
    ("reinstate", {"suspended"}, "active"),
)
MEMBERSHIP = StateMachine(
    ("invite", {None}, "invited"),
    ("admit", {None}, "active"),
    ("accept", {"invited"}, "active"),
    ("end", {"invited", "active"}, "ended"),
)
MANDATE = StateMachine(
    ("grant", {None}, "active"),
    ("revoke", {"active"}, "revoked"),
)
SESSION = StateMachine(
    ("begin", {None}, "open"),
    ("prolong", {"open"}, None),
    ("act_for", {"open"}, None),
    ("end", {"open"}, "ended"),
)
ATTEMPT = StateMachine(("make", {None}, "made"))
TOKEN = StateMachine(
    ("issue", {None}, "active"),
    ("revoke", {"active"}, "revoked"),
)
