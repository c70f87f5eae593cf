"""Words of supervision: what operating bodies may do, how a team is made, how often mails tell, how a code stands."""

from kernel.documents import Kind, register
from kernel.words import N_

TASKS = {
    "daily_operation": N_("Daily operation of data resources"),
    "delegated_cases": N_("Handling of delegated cases"),
    "resource_databases": N_("Building and upkeep of resource databases"),
    "security_handling": N_("Security monitoring and handling"),
}
MANNERS = {
    "own_subordinate": N_("A subordinate enterprise or institution of the agency"),
    "purchased_service": N_("A purchased service of a third party"),
}
# How often a mail tells what is new in a saved search, with the legal days (Beijing) from one mail to the next. The
# house's own choice: no law speaks of it.
MAILS = {
    "never": N_("No mail"),
    "daily": N_("At most one mail a day"),
    "weekly": N_("At most one mail a week"),
}
MAIL_EVERY_DAYS = {"daily": 1, "weekly": 7}
register(Kind("operating_mandate", prefix="SQ", title=N_("Mandate of an operating body")))

# What a machine is told of a code: its number, and what to do now. Numbers stay for good; new ones are added.
MALFORMED, UNKNOWN = "malformed", "unknown"
STANDING = {
    "in_force": (10, "rely_on_it"),
    "in_notice": (20, "wait_for_the_code"),
    "not_in_force_yet": (21, "wait_until_it_is_in_force"),
    "suspended": (30, "stop_until_it_is_lifted"),
    "expired": (40, "stop_and_ask_for_renewal"),
    "superseded": (41, "use_the_successor"),
    "cancelled": (42, "stop_for_good"),
    UNKNOWN: (90, "treat_as_invalid"),
    MALFORMED: (91, "compare_the_code_sign_by_sign"),
}
STANDING_WORDS = {
    "in_force": N_("In force: it can be relied on."),
    "in_notice": N_("In public notice: there is no code yet to rely on."),
    "not_in_force_yet": N_("Not in force yet: wait until it is."),
    "suspended": N_("Suspended: stop until the suspension is lifted."),
    "expired": N_("Expired: stop, and ask for the renewal."),
    "superseded": N_("Replaced by a newer one: use that."),
    "cancelled": N_("Ended: stop for good."),
    UNKNOWN: N_("Nothing in this register carries the code: treat it as invalid."),
    MALFORMED: N_("The check character does not fit: compare the code sign by sign with the paper."),
}
OTHERS = (
    "kind", "title", "valid_from", "valid_until", "issued_on", "issued_by", "replaced_by", "local_code",
    "national_code", "sha256", "check_code", "subject",
)  # fmt: skip
# Why a clock of an office stands still (行政许可法第45条 and the like).
STOP_CAUSES = {
    "expert_review": N_("Expert review, inspection or test"),
    "hearing": N_("Hearing"),
    "other_authority": N_("Another case has to be decided first"),
    "applicant": N_("The applicant has to supplement, or asked for it"),
    "force_majeure": N_("Force majeure"),
}
