"""What can happen to a cap, a permitted revenue, a declared purpose, an invoice, a payment and a settlement."""

from kernel.states import StateMachine

CAP = StateMachine(
    ("propose", {None}, "proposed"),
    ("put_in_force", {"proposed"}, "in_force"),
    ("reject", {"proposed"}, "rejected"),
    ("supersede", {"in_force"}, "superseded"),
)
PERMITTED_REVENUE = StateMachine(
    ("propose", {None}, "proposed"),
    ("approve", {"proposed"}, "in_force"),
    ("reject", {"proposed"}, "rejected"),
    ("carry", {"proposed", "in_force"}, None),
    ("warn", {"in_force"}, None),
    ("close", {"in_force"}, "closed"),
)
DECLARATION = StateMachine(
    ("declare", {None}, "declared"),
    ("verify", {"declared"}, "verified"),
    ("reject", {"declared"}, "rejected"),
    ("revoke", {"verified"}, "revoked"),
)
INVOICE = StateMachine(
    ("issue", {None}, "issued"),
    ("pay", {"issued"}, "paid"),
    ("void", {"issued"}, "void"),
    ("credit", {"paid"}, "credited"),
)
# Large amounts need two people, coming in and going back: the handler sees from the amount which way it goes.
PAYMENT = StateMachine(
    ("announce", {None}, "announced"),
    ("begin", {None}, "announced"),
    ("attach", {"announced"}, None),
    ("confirm", {"announced"}, {"awaiting_countersignature", "confirmed"}),
    ("countersign", {"awaiting_countersignature"}, "confirmed"),
    ("reject", {"announced", "awaiting_countersignature"}, "rejected"),
    ("receive", {"announced", "lapsed"}, "confirmed"),
    ("lapse", {"announced"}, "lapsed"),
    ("refund", {"confirmed"}, {"refund_proposed", "refunded"}),
    ("countersign_refund", {"refund_proposed"}, "refunded"),
    ("drop_refund", {"refund_proposed"}, "confirmed"),
)
SETTLEMENT = StateMachine(
    ("prepare", {None}, "prepared"),
    ("approve", {"prepared"}, "approved"),
    ("discard", {"prepared", "approved"}, "discarded"),
    ("close", {"approved"}, "closed"),
    ("pay_out", {"closed"}, "paid"),
)
