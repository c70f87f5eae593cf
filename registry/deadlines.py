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
    whose="applicant_id",
    duties=("R03",),
)
deadline(
    "formal_review",
    starts=f"{REGISTRATION}.accept",
    stops=(f"{REGISTRATION}.announce", f"{REGISTRATION}.refuse", f"{REGISTRATION}.code"),
    period="reg.formal_review_wd",
    waits_for="registrar",
    whose="registrar_id",
    duties=("R03",),
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
    stops=(f"{LICENCE}.accept", f"{LICENCE}.return_"),
    period="licence.accept_wd",
    waits_for="authority",
    duties=("P01",),
)
deadline(
    "licence_supplement",
    starts=f"{LICENCE}.return_",
    stops=f"{LICENCE}.submit",
    period="licence.supplement_wd",
    waits_for="applicant",
    whose="organisation_id",
    duties=("P01",),
)
deadline(
    "assessment",
    starts=f"{LICENCE}.accept",
    stops=f"{LICENCE}.assess",
    period="licence.assessment_wd",
    waits_for="authority",
    duties=("P02",),
)
deadline(
    "licence_decision",
    starts=f"{LICENCE}.assess",
    stops=(f"{LICENCE}.assess", f"{LICENCE}.grant", f"{LICENCE}.refuse"),
    period="licence.decision_wd",
    waits_for="authority",
    duties=("P02",),
)
