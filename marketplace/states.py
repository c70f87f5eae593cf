"""What can happen to a product, an offer, an order, a right of use, a delivery, a download and a reported result."""

from kernel.states import StateMachine

# Suspension may have several grounds at once: `suspend` adds one, `resume` ends one and frees with the last.
PRODUCT = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft"}, None),
    ("attach", {"draft", "listed"}, None),
    ("list_", {"draft"}, "listed"),
    ("suspend", {"listed", "suspended"}, "suspended"),
    ("resume", {"suspended"}, {"listed", "suspended"}),
    ("withdraw", {"draft", "listed", "suspended"}, "withdrawn"),
    ("narrow", {"draft", "listed", "suspended"}, None),
    ("hand_over", {"draft", "listed", "suspended"}, None),
)
OFFER = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft"}, None),
    ("open", {"draft"}, "open"),
    ("close", {"draft", "open"}, "closed"),
)
ORDER = StateMachine(
    ("place", {None}, "awaiting_signature"),
    ("sign", {"awaiting_signature"}, "awaiting_payment"),
    ("activate", {"awaiting_payment"}, "active"),
    ("cancel", {"awaiting_signature", "awaiting_payment"}, "cancelled"),
    ("lapse", {"awaiting_signature"}, "lapsed"),
    ("end", {"active"}, "ended"),
)
ENTITLEMENT = StateMachine(
    ("establish", {None}, "active"),
    ("suspend", {"active", "suspended"}, "suspended"),
    ("resume", {"suspended"}, {"active", "suspended"}),
    ("end", {"active", "suspended"}, "ended"),
    ("expire", {"active", "suspended"}, "ended"),
    ("hand_over", {"active", "suspended"}, None),
)
DELIVERY = StateMachine(("fetch", {None}, "delivered"))
DOWNLOAD = StateMachine(("fetch", {None}, "delivered"))
RESULT = StateMachine(("report", {None}, "reported"))
