"""What can happen to an application, a right, an agreement, a data element and an obligation."""

from kernel.states import StateMachine

_OPEN = {"draft", "submitted", "returned", "under_assessment", "assessed"}

APPLICATION = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("accept", {"submitted"}, "under_assessment"),
    ("assess", {"under_assessment"}, None),
    ("complete_assessment", {"under_assessment"}, "assessed"),
    ("grant", {"assessed"}, "granted"),
    ("refuse", {"assessed"}, "refused"),
    ("withdraw", _OPEN, "withdrawn"),
    ("stop", _OPEN, "stopped"),
)
# Suspension may have several grounds at once: `suspend` adds one, `lift` ends one and frees the right with the last.
RIGHT = StateMachine(
    ("establish", {None}, "awaiting_signature"),
    ("come_into_force", {"awaiting_signature"}, "in_force"),
    ("lapse", {"awaiting_signature"}, "lapsed"),
    ("suspend", {"in_force", "suspended"}, "suspended"),
    ("lift", {"suspended"}, {"in_force", "suspended"}),
    ("announce_termination", {"in_force", "suspended"}, None),
    ("reply", {"in_force", "suspended"}, None),
    ("drop_termination", {"in_force", "suspended"}, None),
    ("terminate", {"in_force", "suspended"}, "terminated"),
    ("expire", {"in_force", "suspended"}, "expired"),
)
AGREEMENT = StateMachine(
    ("draw_up", {None}, "drawn_up"),
    ("sign", {"drawn_up", "partly_signed"}, {"partly_signed", "in_force"}),
    ("lapse", {"drawn_up", "partly_signed"}, "lapsed"),
    ("terminate", {"in_force"}, "terminated"),
)
ELEMENT = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft"}, None),
    ("attach", {"draft", "available"}, None),
    ("deliver", {"draft"}, "available"),
    ("fetch", {"available"}, None),
    ("suspend", {"available"}, "suspended"),
    ("resume", {"suspended"}, "available"),
    ("withdraw", {"draft", "available", "suspended"}, "withdrawn"),
)
# Each saving of clauses is a version of its own: a draft is published or dropped, never changed.
TEMPLATE = StateMachine(
    ("draft", {None}, "draft"),
    ("publish", {"draft"}, "published"),
    ("supersede", {"published"}, "superseded"),
    ("drop", {"draft"}, "dropped"),
)
CONDITION = StateMachine(("add", {None}, "in_use"), ("retire", {"in_use"}, "retired"))
ACCESS = StateMachine(
    ("apply", {None}, "applied"),
    ("admit", {"applied"}, "awaiting_signature"),
    ("refuse", {"applied"}, "refused"),
    ("withdraw", {"applied", "awaiting_signature"}, "withdrawn"),
    ("come_into_force", {"awaiting_signature"}, "in_force"),
    ("fetch", {"in_force"}, None),
    ("end", {"in_force"}, "ended"),
)
OBLIGATION = StateMachine(
    ("impose", {None}, "open"),
    ("fulfil", {"open", "overdue"}, "fulfilled"),
    ("waive", {"open", "overdue"}, "waived"),
    ("miss", {"open"}, "overdue"),
    ("confirm", {"fulfilled"}, "confirmed"),
    ("reject", {"fulfilled"}, "open"),
)
OUTSOURCING = StateMachine(
    ("describe", {None}, "described"),
    ("amend", {"described"}, None),
    ("review", {"described"}, {"reviewed", "rejected"}),
    ("conclude", {"described", "reviewed"}, "awaiting_signature"),
    ("come_into_force", {"awaiting_signature"}, "in_force"),
    ("withdraw", {"described", "reviewed", "awaiting_signature"}, "withdrawn"),
    ("assign", {"in_force"}, None),
    ("record_test", {"in_force"}, None),
    ("end", {"in_force"}, "exiting"),
    ("revoke_access", {"exiting"}, None),
    ("prove_deletion", {"exiting"}, None),
    ("oversee_deletion", {"exiting"}, None),
    ("close", {"exiting"}, "closed"),
)
