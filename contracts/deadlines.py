"""By when, and who is waited for. The lengths are in the rules of the jurisdiction."""

from kernel.deadlines import deadline

ACCEPTANCE = deadline(
    "acceptance",
    starts="contracts.application.submit",
    stops=[f"contracts.application.{verb}" for verb in ("accept", "return_", "withdraw")],
    period="right.accept_wd",
    waits_for="authority",
)
SUPPLEMENT = deadline(
    "supplement",
    starts="contracts.application.return_",
    stops=["contracts.application.submit", "contracts.application.withdraw"],
    period="right.supplement_wd",
    waits_for="applicant",
    whose="applicant_id",
)
ASSESSMENT = deadline(
    "assessment",
    starts="contracts.application.accept",
    stops=["contracts.application.complete_assessment", "contracts.application.withdraw"],
    period="right.assessment_wd",
    waits_for="authority",
    duties=("L02",),
)
DECISION = deadline(
    "decision",
    starts="contracts.application.complete_assessment",
    stops=[f"contracts.application.{verb}" for verb in ("grant", "refuse", "withdraw")],
    period="right.decision_wd",
    waits_for="authority",
    duties=("L02",),
)
SIGNATURE = deadline(
    "signature",
    starts="contracts.right.establish",
    stops=["contracts.right.come_into_force", "contracts.right.lapse"],
    period="agreement.offer_lapse_days",
    waits_for="right_holder",
    whose="holder_id",
    duties=("U02",),
)
REPLY = deadline(
    "reply",
    starts="contracts.right.announce_termination",
    stops=[f"contracts.right.{verb}" for verb in ("reply", "drop_termination", "terminate", "expire")],
    period="adverse.reply_wd",
    waits_for="right_holder",
    whose="holder_id",
    duties=("U03",),
)
