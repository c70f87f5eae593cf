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
    starts=["contracts.application.complete_assessment", "contracts.application.reopen"],
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
CHANGE_SIGNATURE = deadline(
    "change_signature",
    starts="contracts.change.approve",
    stops=["contracts.change.take_effect", "contracts.change.lapse", "contracts.change.withdraw"],
    period="agreement.offer_lapse_days",
    waits_for="right_holder",
    whose="holder_id",
    duties=("U04",),
)
CHANGE_REPLY = deadline(
    "change_reply",
    starts="contracts.change.announce_reduction",
    stops=[f"contracts.change.{verb}" for verb in ("reply", "impose", "withdraw", "lapse")],
    period="adverse.reply_wd",
    waits_for="right_holder",
    whose="holder_id",
    duties=("U04",),
)
RECTIFICATION = deadline(
    "rectification",
    starts=["contracts.rectification.order", "contracts.rectification.send_back"],
    stops=["contracts.rectification.report", "contracts.rectification.drop"],
    period="supervision.rectification_wd",
    waits_for="right_holder",
    whose="holder_id",
    duties=("U03",),
)
RECTIFICATION_CHECK = deadline(
    "rectification_check",
    starts="contracts.rectification.report",
    stops=[f"contracts.rectification.{verb}" for verb in ("close", "send_back", "drop")],
    period="supervision.verify_wd",
    waits_for="authority",
    duties=("U03",),
)
EXIT = deadline(
    "exit",
    starts="contracts.exit.begin",
    stops="contracts.exit.hand_in",
    period="op.exit_wd",
    waits_for="right_holder",
    whose="holder_id",
    duties=("U04",),
)
REPLY = deadline(
    "reply",
    starts="contracts.right.announce_termination",
    stops=[f"contracts.right.{verb}" for verb in ("reply", "drop_termination", "terminate", "expire", "surrender")],
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
RESULT_OBJECTION = deadline(
    "objection_reply",
    starts="contracts.selection_objection.lodge",
    stops=[f"contracts.selection_objection.{verb}" for verb in ("uphold", "dismiss")],
    period="selection.objection_reply_days",
    waits_for="implementing_body",
    whose="body_id",
    duties=("U01",),
)
RESULT_NOTICE = deadline(
    "result_notice",
    starts="contracts.selection.announce_result",
    stops=[f"contracts.selection.{verb}" for verb in ("award", "fail")],
    period="selection.result_notice_days",
    waits_for="implementing_body",
    whose="body_id",
    duties=("U01",),
)
CONSULTATION = deadline(
    "consultation",
    starts="contracts.consultation.ask",
    stops=[f"contracts.consultation.{verb}" for verb in ("answer", "withdraw", "lapse")],
    period="right.consult_wd",
    waits_for="consulted_body",
    whose="body_id",
    duties=("L02", "U05"),
)
ADMISSION = deadline(
    "reconsideration_admission",
    starts="contracts.reconsideration.file",
    stops=[f"contracts.reconsideration.{verb}" for verb in ("admit", "reject", "withdraw")],
    period="reconsideration.admit_wd",
    waits_for="authority",
    duties=("L02",),
)
RECONSIDERATION = deadline(
    "reconsideration",
    starts="contracts.reconsideration.admit",
    stops=[f"contracts.reconsideration.{verb}" for verb in ("decide", "withdraw")],
    period="reconsideration.decide_days",
    waits_for="authority",
    duties=("L02",),
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
