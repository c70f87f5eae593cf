"""What can happen to a running clock, the calendar, the daily run, synonyms and saved searches."""

from kernel.states import StateMachine

CLOCK = StateMachine(
    ("warn", {"running"}, None),
    ("miss", {"running"}, "missed"),
    ("escalate", {"running"}, None),
    ("pause", {"running"}, "paused"),
    ("resume", {"paused"}, "running"),
    ("ask_extension", {"running"}, None),
    ("approve_extension", {"running"}, None),
    ("refuse_extension", {"running"}, None),
)
CALENDAR = StateMachine(("load", {None}, None))
TICK = StateMachine(("run", {None}, None))
SYNONYM = StateMachine(
    ("adopt", {None}, "in_force"),
    ("amend", {"in_force"}, None),
    ("repeal", {"in_force"}, "repealed"),
)
SAVED_SEARCH = StateMachine(
    ("save", {None}, "saved"),
    ("look", {"saved"}, None),
    ("tell_by", {"saved"}, None),
    ("tell", {"saved"}, None),
    ("switch_off", {"saved"}, None),
    ("remove", {"saved"}, "removed"),
)
TEAM = StateMachine(
    ("file", {None}, "filed"),
    ("correct", {"returned"}, "filed"),
    ("note", {"filed"}, "noted"),
    ("return_", {"filed"}, "returned"),
    ("end", {"noted"}, "ended"),
)
MANDATE = StateMachine(
    ("give", {None}, "in_force"),
    ("revoke", {"in_force"}, "revoked"),
    ("expire", {"in_force"}, "expired"),
)
# Printing a long document changes nothing of what it is: it may have come into force or ended meanwhile.
_ANY = {"drawn_up", "in_force", "superseded", "revoked"}
PRINTING = StateMachine(("print", _ANY, _ANY))
OPERATION = StateMachine(("carry_out", {None}, "done"))
