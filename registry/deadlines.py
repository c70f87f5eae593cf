"""By when things happen in the registry, and who is waited for. The lengths stand in the profiles."""

from kernel.deadlines import deadline

ENTRY, REGISTRATION, LICENCE = "registry.entry", "registry.registration", "registry.licence"

deadline(
    "review",
    starts=f"{ENTRY}.submit",
    stops=(f"{ENTRY}.return_", f"{ENTRY}.publish"),
    period="catalogue.review_wd",
    waits_for="authority",
    duties=("C02",),
)
deadline(
    "revision",
    starts=f"{ENTRY}.return_",
    stops=f"{ENTRY}.submit",
    period="catalogue.revise_after_comments",
    waits_for="agency",
    whose="agency_id",
    duties=("C03",),
)
deadline(
    "update",
    starts=f"{ENTRY}.note_change",
    stops=f"{ENTRY}.revise",
    period="catalogue.update_after_change",
    waits_for="agency",
    whose="agency_id",
    duties=("C06",),
)
deadline(
    "review_of_update",
    starts=f"{ENTRY}.revise",
    stops=(f"{ENTRY}.update", f"{ENTRY}.decline"),
    period="catalogue.review_update",
    waits_for="authority",
    duties=("C07",),
)
deadline(
    "acceptance",
    starts=f"{REGISTRATION}.submit",
    stops=(f"{REGISTRATION}.accept", f"{REGISTRATION}.return_"),
    period="reg.accept_wd",
    waits_for="registrar",
    whose="registrar_id",
    duties=("R03",),
)
deadline(
    "supplement",
    starts=f"{REGISTRATION}.return_",
    stops=f"{REGISTRATION}.submit",
    period="reg.supplement_wd",
    waits_for="applicant",
    whose="answers_id",
    duties=("R03",),
)
for _name, _period, _kinds in (
    ("formal_review", "reg.formal_review_wd", ("first", "change", "renewal")),
    ("correction", "reg.correction_decide_wd", ("correction",)),
    ("cancellation", "reg.cancel_wd", ("cancellation",)),
):
    deadline(
        _name,
        starts=f"{REGISTRATION}.accept",
        stops=(f"{REGISTRATION}.announce", f"{REGISTRATION}.refuse", f"{REGISTRATION}.code"),
        period=_period,
        waits_for="registrar",
        whose="registrar_id",
        duties=("R03",),
        only=("kind", _kinds),
    )
deadline(
    "cancellation_after_expiry",
    starts=f"{REGISTRATION}.expire",
    stops=f"{REGISTRATION}.cancel",
    period="reg.cancel_wd",
    waits_for="registrar",
    whose="registrar_id",
    duties=("R03",),
    only=("state", ("expired",)),
)
for _name, _period in (("delivery", "reg.first_after_delivery_wd"), ("transition", "reg.transition_wd")):
    deadline(
        f"registration_after_{_name}",
        starts="registry.duty_to_register.note",
        stops=("registry.duty_to_register.meet", "registry.duty_to_register.waive"),
        period=_period,
        waits_for="applicant",
        whose="holder_id",
        duties=("R01", "R02"),
        only=("ground", (_name,)),
        counts_from="counts_from",
    )
deadline(
    "registrar_reply",
    starts="registry.registrar_measure.serve",
    stops=tuple(f"registry.registrar_measure.{verb}" for verb in ("reply", "decide", "drop")),
    period="adverse.reply_wd",
    waits_for="registrar",
    whose="organisation_id",
    duties=("R05",),
    counts_from="served_on",
)
deadline(
    "coding",
    starts=f"{REGISTRATION}.end_notice",
    stops=(f"{REGISTRATION}.code", f"{REGISTRATION}.refuse"),
    period="reg.code_wd",
    waits_for="registrar",
    whose="registrar_id",
    duties=("R03",),
)
deadline(
    "reply",
    starts="registry.objection.lodge",
    stops=("registry.objection.uphold", "registry.objection.dismiss"),
    period="reg.objection_reply_wd",
    waits_for="registrar",
    whose="registrar_id",
    duties=("R03",),
)
deadline(
    "licence_acceptance",
    starts=f"{LICENCE}.submit",
    stops=tuple(f"{LICENCE}.{verb}" for verb in ("accept", "return_", "withdraw", "stop")),
    period="licence.accept_wd",
    waits_for="authority",
    duties=("P01",),
)
deadline(
    "licence_supplement",
    starts=f"{LICENCE}.return_",
    stops=tuple(f"{LICENCE}.{verb}" for verb in ("submit", "withdraw", "stop")),
    period="licence.supplement_wd",
    waits_for="applicant",
    whose="organisation_id",
    duties=("P01",),
)
deadline(
    "assessment",
    starts=f"{LICENCE}.accept",
    stops=(f"{LICENCE}.complete_assessment", f"{LICENCE}.withdraw", f"{LICENCE}.stop"),
    period="licence.assessment_wd",
    waits_for="authority",
    duties=("P02",),
)
deadline(
    "licence_decision",
    starts=f"{LICENCE}.complete_assessment",
    stops=tuple(f"{LICENCE}.{verb}" for verb in ("announce", "grant", "refuse", "withdraw", "stop")),
    period="licence.decision_wd",
    waits_for="authority",
    duties=("P02",),
)
deadline(
    "licence_objection",
    starts="registry.licence_objection.lodge",
    stops=("registry.licence_objection.uphold", "registry.licence_objection.dismiss"),
    period="licence.objection_reply_wd",
    waits_for="authority",
    duties=("P02",),
)
deadline(
    "reply_to_notice",
    starts="registry.notice.give",
    stops=tuple(f"registry.notice.{verb}" for verb in ("reply", "drop", "carry_out")),
    period="adverse.reply_wd",
    waits_for="operator",
    whose="organisation_id",
    duties=("P02",),
)
deadline(
    "rectification",
    starts=("registry.recheck.find", "registry.recheck.return_"),
    stops=("registry.recheck.report", "registry.recheck.fail"),
    period="supervision.rectification_wd",
    waits_for="operator",
    whose="organisation_id",
    duties=("P03",),
)
deadline(
    "check_of_rectification",
    starts="registry.recheck.report",
    stops=tuple(f"registry.recheck.{verb}" for verb in ("return_", "close", "fail")),
    period="supervision.verify_wd",
    waits_for="authority",
    duties=("P03",),
)
deadline(
    "succession",
    starts="registry.succession.apply",
    stops=tuple(f"registry.succession.{verb}" for verb in ("approve", "refuse", "withdraw")),
    period="licence.succession_wd",
    waits_for="authority",
    duties=("P03",),
)
deadline(
    "review_of_local_catalogue",
    starts="registry.local_catalogue.report",
    stops=("registry.local_catalogue.approve", "registry.local_catalogue.return_"),
    period="catalogue.local_review_wd",
    waits_for="authority",
    duties=("C08",),
)
deadline(
    "adjustment_answer",
    starts="registry.adjustment_part.begin",
    stops=("registry.adjustment_part.complete", "registry.adjustment_part.leave"),
    period="catalogue.adjustment_answer_wd",
    waits_for="agency",
    whose="agency_id",
    duties=("O02",),
)
deadline(
    "next_adjustment",
    starts="registry.adjustment.close",
    stops="registry.adjustment.open",
    period="opening.catalogue_adjustment",
    waits_for="authority",
    duties=("O02",),
)
deadline(
    "project_decision",
    starts=("registry.project.submit", "registry.project.request_acceptance"),
    stops=(
        "registry.project.return_",
        "registry.project.approve",
        "registry.project.refuse",
        "registry.project.accept",
        "registry.project.send_back",
    ),
    period="project.decide_wd",
    waits_for="authority",
    duties=("C13",),
)
