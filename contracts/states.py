"""What can happen to plans, selections, applications, rights, agreements, data elements and obligations."""

from kernel.states import StateMachine

_OPEN = {"draft", "submitted", "returned", "under_assessment", "assessed"}

APPLICATION = StateMachine(
    ("draft", {None}, "draft"),
    ("receive", {None}, "draft"),
    ("begin", {None}, "draft"),
    ("fill", {"draft", "returned"}, None),
    ("amend", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("accept", {"submitted"}, "under_assessment"),
    ("assess", {"under_assessment"}, None),
    ("complete_assessment", {"under_assessment"}, "assessed"),
    ("advise", {"assessed"}, None),
    ("countersign", {"assessed"}, None),
    ("send_back", {"assessed"}, None),
    ("grant", {"assessed"}, "granted"),
    ("refuse", {"assessed"}, "refused"),
    ("record_service", {"granted", "refused"}, None),
    ("reopen", {"granted", "refused"}, "assessed"),
    ("set_aside", {"granted"}, "set_aside"),
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
    ("restrict", {"in_force", "suspended"}, None),
    ("relax", {"in_force", "suspended"}, None),
    ("adjust", {"in_force", "suspended"}, None),
    ("ask_surrender", {"in_force", "suspended"}, None),
    ("withdraw_surrender", {"in_force", "suspended"}, None),
    ("surrender", {"in_force", "suspended"}, "surrendered"),
)
# A change is agreed (proposed, approved, signed by both) or, where it only takes away, ordered after notice and reply.
CHANGE = StateMachine(
    ("amend", {None}, "proposed"),
    ("renew", {None}, "proposed"),
    ("transfer", {None}, "proposed"),
    ("reduce", {None}, "proposed"),
    ("announce_reduction", {None}, "announced"),
    ("consent", {"proposed"}, None),
    ("reply", {"announced"}, None),
    ("approve", {"proposed"}, "awaiting_signature"),
    ("refuse", {"proposed"}, "refused"),
    ("withdraw", {"proposed", "announced", "awaiting_signature"}, "withdrawn"),
    ("impose", {"announced"}, "in_force"),
    ("take_effect", {"awaiting_signature"}, "in_force"),
    ("lapse", {"proposed", "announced", "awaiting_signature"}, "lapsed"),
)
RECTIFICATION = StateMachine(
    ("order", {None}, "open"),
    ("report", {"open", "overdue"}, "reported"),
    ("send_back", {"reported"}, "open"),
    ("close", {"reported"}, "closed"),
    ("miss", {"open"}, "overdue"),
    ("drop", {"open", "reported", "overdue"}, "dropped"),
)
EXIT = StateMachine(
    ("begin", {None}, "open"),
    ("hand_in", {"open"}, "handed_in"),
    ("send_back", {"handed_in"}, "open"),
    ("oversee", {"handed_in"}, "overseen"),
    ("settle", {"overseen"}, "settled"),
    ("close", {"settled"}, "closed"),
)
AGREEMENT = StateMachine(
    ("draw_up", {None}, "drawn_up"),
    ("sign", {"drawn_up", "partly_signed"}, {"partly_signed", "in_force"}),
    ("refuse", {"drawn_up", "partly_signed"}, "signature_refused"),
    ("lapse", {"drawn_up", "partly_signed"}, "lapsed"),
    ("terminate", {"in_force"}, "terminated"),
    ("renew_stamp", {"in_force", "terminated"}, None),
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
    ("hand_over", {"draft", "available", "suspended"}, None),
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
# Nothing is put out to competition before its plan was decided collectively; a changed plan is decided anew.
PLAN = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "awaiting_decision"),
    ("record_decision", {"awaiting_decision"}, {"decided", "returned"}),
    ("revise", {"decided"}, "draft"),
    ("withdraw", {"draft", "returned", "awaiting_decision"}, "withdrawn"),
)
SELECTION = StateMachine(
    ("prepare", {None}, "draft"),
    ("amend", {"draft"}, None),
    ("announce", {"draft"}, "taking_bids"),
    ("open_", {"taking_bids"}, {"taking_bids", "opened"}),
    ("complete_scoring", {"opened"}, "scored"),
    ("announce_result", {"scored"}, "result_announced"),
    ("award", {"result_announced"}, "awarded"),
    ("fail", {"draft", "taking_bids", "opened", "scored", "result_announced"}, "failed"),
)
BID = StateMachine(
    ("hand_in", {None}, "sealed"),
    ("withdraw", {"sealed"}, "withdrawn"),
    ("unseal", {"sealed"}, "opened"),
    ("record_negotiation", {"opened"}, None),
    ("exclude", {"opened"}, "excluded"),
    ("win", {"opened"}, "won"),
    ("lose", {"opened"}, "lost"),
    ("return_", {"sealed", "opened"}, "returned"),
)
BID_ASSESSMENT = StateMachine(
    ("name_assessor", {None}, "named"),
    ("declare", {"named"}, {"declared", "recused"}),
    ("score", {"declared"}, "scored"),
    ("recuse", {"named", "declared", "scored"}, "recused"),
)
SELECTION_OBJECTION = StateMachine(
    ("lodge", {None}, "lodged"),
    ("uphold", {"lodged"}, "upheld"),
    ("dismiss", {"lodged"}, "dismissed"),
)
CONSULTATION = StateMachine(
    ("ask", {None}, "asked"),
    ("answer", {"asked"}, "answered"),
    ("withdraw", {"asked"}, "withdrawn"),
    ("lapse", {"asked"}, "silent"),
)
RECONSIDERATION = StateMachine(
    ("file", {None}, "filed"),
    ("admit", {"filed"}, "admitted"),
    ("reject", {"filed"}, "not_admitted"),
    ("withdraw", {"filed", "admitted"}, "withdrawn"),
    ("decide", {"admitted"}, {"confirmed", "changed", "revoked"}),
)
