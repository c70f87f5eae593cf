"""The words and the house's own numbers of accounts: roles, mandates, legal forms, sessions, throttles, passwords."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from jurisdictions import tree
from kernel.words import N_

# Roles of organisations. The two sides are never held by one organisation (DG9).
MANAGING = ("authority", "agency", "registrar", "auditor", "government", "expert")
OPERATING = ("operator", "developer", "buyer")
ROLES = MANAGING + OPERATING
ROLE_WORDS = {
    "authority": N_("Public data authority"),
    "agency": N_("Agency"),
    "registrar": N_("Registrar"),
    "auditor": N_("Auditor"),
    "government": N_("Government"),
    "expert": N_("Expert body"),
    "operator": N_("Operator"),
    "developer": N_("Second-level developer"),
    "buyer": N_("Data buyer"),
}
ROLE_CHOICES = [(role, ROLE_WORDS[role]) for role in ROLES]
OPERATING_CHOICES = [
    ("operator", ROLE_WORDS["operator"], N_("Develops registered resources under a first-level right.")),
    (
        "developer",
        ROLE_WORDS["developer"],
        N_("Makes products from data elements under a second-level right."),
    ),
    ("buyer", ROLE_WORDS["buyer"], N_("Obtains products for its own purpose.")),
]
MANAGING_CHOICES = [(role, ROLE_WORDS[role]) for role in MANAGING]

MANDATES = ("apply", "decide", "sign", "be_served", "keep_accounts")
MANDATE_WORDS = {
    "apply": N_("Draft and hand in"),
    "decide": N_("Review and decide"),
    "sign": N_("Sign and manage members"),
    "be_served": N_("Be served documents"),
    "keep_accounts": N_("Keep accounts"),
}
MANDATE_CHOICES = [(mandate, MANDATE_WORDS[mandate]) for mandate in MANDATES]
# What the person who registers an organisation may do for it at first: all but decide, which only managing bodies do.
FIRST_MANDATES = ("apply", "sign", "be_served", "keep_accounts")
# Long enough for a working year, short enough that forgotten mandates end by themselves.
FIRST_MANDATE_YEARS = 1

LEGAL_FORMS = {
    "enterprise": N_("Enterprise"),
    "public_institution": N_("Public institution"),
    "government_body": N_("Government body"),
    "university": N_("University or research institute"),
    "social_organisation": N_("Social organisation or charity"),
    "other": N_("Other legal person"),
}
LEGAL_FORM_CHOICES = list(LEGAL_FORMS.items())
LANGUAGE_CHOICES = [("zh", N_("Chinese")), ("en", N_("English"))]
SCOPES = {
    "read": N_("Read only"),
    "act": N_("Read and act with my mandates"),
}
SCOPE_CHOICES = list(SCOPES.items())

# A session ends by itself: unattended after two hours (a long meeting), in any case at the end of a working day.
SESSION_IDLE = timedelta(hours=2)
SESSION_LONGEST = timedelta(hours=12)
# Being seen is written down at most this often: often enough for the idle limit, rare enough for the log.
SESSION_PROLONGED_EVERY = timedelta(minutes=20)

# Throttles: a person mistypes a few times, a machine tries thousands. All count tries within THROTTLE_WINDOW,
# so that nobody is shut out for longer. Whoever signed in from an address lately is counted there apart from the
# tries of strangers, so that strangers cannot keep the owner out.
THROTTLE_WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 10
# An office of a hundred people may share one address.
TRIES_PER_ADDRESS = 60
REGISTRATIONS_PER_ADDRESS = 20
KNOWN_ADDRESS_FOR = timedelta(days=90)

# A token for programs lives at most this long: a forgotten one ends within a year.
TOKEN_PREFIX = "shu_"  # noqa: S105
TOKEN_LONGEST = timedelta(days=366)

# scrypt as werkzeug sets it (N = 2^15, r = 8, p = 1): some 60 ms and 32 MiB a try.
PASSWORD_HASH = {"method": "scrypt:32768:8:1"}
PASSWORD_SHORTEST = 10
PASSWORD_LONGEST = 200
COMMON_PASSWORDS = frozenset(
    (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").casefold().split()
)


def place_choices(_actor: Any = None) -> list[tuple[str, str]]:
    """All jurisdictions for a form, each with its name in both languages."""
    return [(place.code, f"{place.name_zh} · {place.name_en}") for place in tree.all_jurisdictions()]
