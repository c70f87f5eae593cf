"""What can happen in the registry, on one screen. Rows: (verb, from, to)."""

from kernel.states import StateMachine

ENTRY = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("assign", {"draft"}, None),
    ("take_over", {"draft", "returned"}, None),
    ("assess", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("publish", {"submitted"}, "published"),
    ("note_change", {"published"}, None),
    ("ask_extension", {"published"}, None),
    ("consent_extension", {"published"}, None),
    ("refuse_extension", {"published"}, None),
    ("revise", {"published"}, None),
    ("update", {"published"}, None),
    ("decline", {"published"}, None),
    ("withdraw", {"published"}, "withdrawn"),
)

IMPORT = StateMachine(
    ("examine", {None}, "being_examined"),
    ("read", {"being_examined"}, {"being_examined", "examined"}),
    ("remap", {"examined"}, "being_examined"),
    ("carry_out", {"examined"}, "being_entered"),
    ("enter", {"being_entered"}, {"being_entered", "carried_out"}),
    ("cancel", {"being_examined", "being_entered"}, "cancelled"),
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

_REGISTERING = {"submitted", "returned", "under_review", "public_notice"}
REGISTRATION = StateMachine(
    ("draft", {None}, "draft"),
    ("ask_correction", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("accept", {"submitted"}, "under_review"),
    ("announce", {"under_review"}, "public_notice"),
    ("end_notice", {"public_notice"}, None),
    ("code", {"public_notice", "under_review"}, {"in_force", "completed"}),
    ("refuse", {"under_review", "public_notice"}, "refused"),
    ("reassign", _REGISTERING | {"in_force", "expired"}, None),
    ("remind", {"in_force"}, None),
    ("bound", {"in_force"}, None),
    ("supersede", {"in_force"}, "superseded"),
    ("expire", {"in_force"}, {"expired", "superseded"}),
    ("cancel", {"in_force", "expired"}, "cancelled"),
)

OBJECTION = StateMachine(
    ("lodge", {None}, "lodged"),
    ("comment", {"lodged"}, None),
    ("uphold", {"lodged"}, "upheld"),
    ("dismiss", {"lodged"}, "not_upheld"),
)

REGISTRAR = StateMachine(
    ("name", {None}, "in_office"),
    ("file", {"in_office", "suspended"}, None),
    ("requalify", {"in_office", "suspended"}, None),
    ("suspend", {"in_office", "suspended"}, "suspended"),
    ("lift", {"suspended"}, "in_office"),
    ("cancel", {"in_office", "suspended"}, "cancelled"),
)

BUSINESS_RULES = StateMachine(
    ("propose", {None}, "proposed"),
    ("consent", {"proposed"}, "published"),
    ("decline", {"proposed"}, "declined"),
    ("replace", {"published"}, "replaced"),
)

# Talks are recorded and concluded; what takes the qualification is announced, served, answered, decided.
REGISTRAR_MEASURE = StateMachine(
    ("record", {None}, "recorded"),
    ("conclude", {"recorded"}, "concluded"),
    ("announce", {None}, "announced"),
    ("serve", {"announced"}, "served"),
    ("reply", {"served"}, None),
    ("decide", {"served"}, "decided"),
    ("drop", {"announced", "served"}, "dropped"),
)

RIGHTS_RECORD = StateMachine(("enter", {None}, "in_force"), ("end", {"in_force"}, "ended"))
DUTY_TO_REGISTER = StateMachine(
    ("note", {None}, "open"),
    ("meet", {"open"}, "met"),
    ("waive", {"open"}, "waived"),
)

_OPEN_LICENCE = {"draft", "submitted", "returned", "under_assessment", "assessed", "public_notice"}
LICENCE = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("accept", {"submitted"}, "under_assessment"),
    ("complete_assessment", {"under_assessment"}, "assessed"),
    ("announce", {"assessed"}, "public_notice"),
    ("grant", {"assessed", "public_notice"}, "in_force"),
    ("refuse", {"assessed", "public_notice"}, "refused"),
    ("withdraw", _OPEN_LICENCE, "withdrawn"),
    ("stop", _OPEN_LICENCE, "stopped"),
    ("suspend", {"in_force"}, "suspended"),
    ("lift", {"suspended"}, "in_force"),
    ("revoke", {"in_force", "suspended"}, "revoked"),
    ("expire", {"in_force", "suspended"}, "expired"),
    ("transfer", {"in_force", "suspended", *_OPEN_LICENCE}, None),
)

DOSSIER = StateMachine(
    ("add_paper", {None}, "open"),
    ("withdraw_paper", {"open"}, None),
    ("take_over", {"open"}, None),
)
ASSESSMENT = StateMachine(
    ("name_assessor", {None}, "named"),
    ("declare", {"named"}, {"declared", "recused"}),
    ("score", {"declared"}, "scored"),
    ("recuse", {"named", "declared", "scored"}, "recused"),
)
LICENCE_OBJECTION = StateMachine(
    ("lodge", {None}, "lodged"),
    ("uphold", {"lodged"}, "upheld"),
    ("dismiss", {"lodged"}, "not_upheld"),
)
NOTICE = StateMachine(
    ("give", {None}, "given"),
    ("reply", {"given"}, "replied"),
    ("drop", {"given", "replied"}, "dropped"),
    ("carry_out", {"given", "replied"}, "carried_out"),
)
RECHECK = StateMachine(
    ("begin", {None}, "under_way"),
    ("clear", {"under_way"}, "passed"),
    ("find", {"under_way"}, "rectification"),
    ("report", {"rectification"}, "reported"),
    ("return_", {"reported"}, "rectification"),
    ("close", {"reported"}, "closed"),
    ("fail", {"rectification", "reported"}, "failed"),
)
DEBARMENT = StateMachine(
    ("impose", {None}, "in_force"),
    ("lift", {"in_force"}, "lifted"),
    ("end", {"in_force"}, "ended"),
)
SUCCESSION = StateMachine(
    ("apply", {None}, "submitted"),
    ("approve", {"submitted"}, "approved"),
    ("refuse", {"submitted"}, "refused"),
    ("withdraw", {"submitted"}, "withdrawn"),
)

DATABASE = StateMachine(
    ("establish", {None}, "established"),
    ("amend", {"established", "compiled"}, None),
    ("enlist", {"established", "compiled"}, None),
    ("strike", {"established", "compiled"}, None),
    ("compile", {"established", "compiled"}, "compiled"),
    ("close", {"established", "compiled"}, "closed"),
)

LOCAL_CATALOGUE = StateMachine(
    ("compile", {None}, "compiled"),
    ("report", {"compiled", "returned"}, "reported"),
    ("approve", {"reported"}, "approved"),
    ("return_", {"reported"}, "returned"),
)

ADJUSTMENT = StateMachine(
    ("open", {None}, "open"),
    ("close", {"open"}, "closed"),
)

ADJUSTMENT_PART = StateMachine(
    ("begin", {None}, "open"),
    ("confirm", {"open"}, None),
    ("note_change", {"open"}, None),
    ("complete", {"open"}, "answered"),
    ("leave", {"open"}, "unanswered"),
)

PROJECT = StateMachine(
    ("draft", {None}, "draft"),
    ("amend", {"draft", "returned"}, None),
    ("submit", {"draft", "returned"}, "submitted"),
    ("return_", {"submitted"}, "returned"),
    ("approve", {"submitted"}, "approved"),
    ("refuse", {"submitted"}, "refused"),
    ("request_acceptance", {"approved"}, "built"),
    ("send_back", {"built"}, "approved"),
    ("accept", {"built"}, "accepted"),
    ("fund", {"approved", "accepted"}, None),
)

HOLDING = StateMachine(
    ("record", {None}, "listed"),
    ("amend", {"listed", "catalogued"}, None),
    ("catalogue", {"listed", "catalogued"}, "catalogued"),
    ("retire", {"listed", "catalogued"}, "retired"),
)

LEAD_SOURCE = StateMachine(
    ("name", {None}, "in_force"),
    ("end", {"in_force"}, "ended"),
)

OVERLAP = StateMachine(
    ("explain", {None}, "explained"),
    ("question", {"explained"}, "questioned"),
    ("amend", {"explained", "questioned"}, "explained"),
    ("accept", {"explained"}, "accepted"),
)

COMPARISON = StateMachine(
    ("compare", {None}, "compared"),
    ("confirm", {"compared"}, "confirmed"),
)

AGGREGATION = StateMachine(
    ("record", {None}, "recorded"),
    ("void", {"recorded"}, "void"),
)

RECONCILIATION = StateMachine(
    ("record", {None}, {"matching", "different"}),
    ("correct", {"different"}, "corrected"),
)

GRADING_RULE = StateMachine(
    ("adopt", {None}, "in_force"),
    ("repeal", {"in_force"}, "repealed"),
)

ARCHIVE_PACKAGE = StateMachine(
    ("export", {None}, "exported"),
    ("hand_over", {"exported"}, "handed_over"),
)

LOOKUP = StateMachine(("look_up", {None}, "answered"))

HARVEST_SOURCE = StateMachine(
    ("propose", {None}, "proposed"),
    ("amend", {"proposed", "approved", "paused", "declined"}, "proposed"),
    ("approve", {"proposed"}, "approved"),
    ("decline", {"proposed"}, "declined"),
    ("pause", {"approved"}, "paused"),
    ("resume", {"paused"}, "approved"),
    ("retire", {"proposed", "approved", "paused", "declined"}, "retired"),
    ("rehearse", {"proposed", "approved", "paused"}, None),
    ("read", {"approved"}, None),
)

HARVEST_RUN = StateMachine(
    ("begin", {None}, "fetching"),
    ("take", {"fetching"}, {"fetching", "examining"}),
    ("stumble", {"fetching"}, {"fetching", "failed"}),
    ("examine", {"examining"}, None),
    ("report", {"examining"}, "reported"),
    ("enter", {"examining"}, "entering"),
    ("complete", {"entering"}, "completed"),
    ("fail", {"fetching", "examining", "entering"}, "failed"),
    ("cancel", {"fetching", "examining", "entering"}, "cancelled"),
)
