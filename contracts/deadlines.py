"""By when, and who is waited for. The lengths are in the rules of the jurisdiction."""

from kernel.deadlines import deadline

ACCEPTANCE = deadline(
    "acceptance",
    starts="contracts.application.submit",
    stops=[f"contracts.application.{verb}" for verb in ("accept", "return_", "withdraw", "stop")],
    period="right.accept_wd",
    waits_for="authority",
)
SUPPLEMENT = deadline(
    "supplement",
    starts="contracts.application.return_",
    stops=[f"contracts.application.{verb}" for verb in ("submit", "withdraw", "stop")],
    period="right.supplement_wd",
    waits_for="applicant",
    whose="applicant_id",
)
ASSESSMENT = deadline(
    "assessment",
    starts="contracts.application.accept",
    stops=[f"contracts.application.{verb}" for verb in ("complete_assessment", "withdraw", "stop")],
    period="right.assessment_wd",
    waits_for="authority",
    duties=("L02",),
)
DECISION = deadline(
    "decision",
    starts="contracts.application.complete_assessment",
    stops=[f"contracts.application.{verb}" for verb in ("grant", "refuse", "withdraw", "stop")],
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
PROVIDER_EXIT = deadline(
    "provider_exit",
    starts="contracts.outsourcing.end",
    stops="contracts.outsourcing.close",
    period="security.outsourcing_exit_wd",
    waits_for="agency",
    whose="body_id",
    duties=("P05",),
)
PROVIDER_TEST = deadline(
    "provider_test",
    starts=["contracts.outsourcing.come_into_force", "contracts.outsourcing.record_test"],
    stops=["contracts.outsourcing.record_test", "contracts.outsourcing.end"],
    period="security.outsourcing_test",
    waits_for="agency",
    whose="body_id",
    duties=("P05",),
)
OPEN_ACCESS = deadline(
    "open_access_answer",
    starts="contracts.access.apply",
    stops=[f"contracts.access.{verb}" for verb in ("admit", "refuse", "withdraw")],
    period="opening.answer_conditional",
    waits_for="agency",
    whose="agency_id",
    duties=("O06",),
)
