"""What can happen in the registry, on one screen. Rows: (verb, from, to)."""

from kernel.states import StateMachine

ENTRY = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("assign", {"draft"}, None),
    ("assess", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("publish", {"submitted"}, "published"),
    ("note_change", {"published"}, None),
    ("revise", {"published"}, None),
    ("update", {"published"}, None),
    ("decline", {"published"}, None),
    ("withdraw", {"published"}, "withdrawn"),
)

IMPORT = StateMachine(
    ("examine", {None}, "examined"),
    ("carry_out", {"examined"}, "carried_out"),
    ("enter", {"carried_out"}, None),
    ("discard", {"examined"}, "discarded"),
    ("submit_complete", {"carried_out"}, None),
)

RELEASE = StateMachine(
    ("prepare", {None}, "prepared"),
    ("review", {"prepared"}, "reviewed"),
    ("reject", {"prepared"}, "rejected"),
    ("release", {"reviewed"}, "released"),
    ("suspend", {"released"}, "suspended"),
    ("resume", {"suspended"}, "released"),
    ("withdraw", {"prepared", "reviewed", "released", "suspended"}, "withdrawn"),
)

RESOURCE = StateMachine(
    ("describe", {None}, "described"),
    ("amend", {"described"}, None),
    ("register", {"described", "cancelled"}, "registered"),
    ("adjust", {"registered"}, None),
    ("cancel", {"registered"}, "cancelled"),
)

REGISTRATION = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("accept", {"submitted"}, "under_review"),
    ("announce", {"under_review"}, "public_notice"),
    ("end_notice", {"public_notice"}, None),
    ("code", {"public_notice", "under_review"}, {"in_force", "completed"}),
    ("refuse", {"under_review", "public_notice"}, "refused"),
    ("expire", {"in_force"}, "expired"),
    ("cancel", {"in_force"}, "cancelled"),
)

OBJECTION = StateMachine(
    ("lodge", {None}, "lodged"),
    ("uphold", {"lodged"}, "upheld"),
    ("dismiss", {"lodged"}, "not_upheld"),
)

LICENCE = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("accept", {"submitted"}, "under_assessment"),
    ("assess", {"under_assessment", "assessed"}, "assessed"),
    ("grant", {"assessed"}, "in_force"),
    ("refuse", {"assessed"}, "refused"),
    ("suspend", {"in_force"}, "suspended"),
    ("lift", {"suspended"}, "in_force"),
    ("revoke", {"in_force", "suspended"}, "revoked"),
    ("expire", {"in_force", "suspended"}, "expired"),
)
