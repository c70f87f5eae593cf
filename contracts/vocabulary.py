"""Words of contracts: levels, kinds of agreements, criteria of assessment, grounds of suspension."""

from enum import StrEnum

from kernel.documents import Kind, register
from kernel.words import N_


class Level(StrEnum):
    """How deep a development right reaches: resources into elements, or elements into products."""

    FIRST = "first_level"
    SECOND = "second_level"


class Source(StrEnum):
    """What an application or a right rests on."""

    RESOURCE = "resource"
    ELEMENT = "element"


class Funding(StrEnum):
    """How the cost of first-level development is met (WZ35)."""

    PURCHASE = "government_purchase"
    SHARE = "share_of_income"


class Share(StrEnum):
    """In which role a party takes part in the income."""

    OPERATOR = "operator"
    DEVELOPER = "developer"
    AGENCY = "agency"
    TREASURY = "treasury"


class Ground(StrEnum):
    """Why a right is suspended; each ground ends by itself."""

    ORDER = "order"  # the authority ordered it
    SOURCE = "source"  # something it rests on may not be used any more
    LICENCE = "licence"  # its holder's licence is not in force
    CASCADE = "cascade"  # the right above it is suspended


LEVELS = [(Level.FIRST, N_("First level: from resources to data elements")),
          (Level.SECOND, N_("Second level: from data elements to products"))]  # fmt: skip
FUNDING_WORDS = {
    Funding.PURCHASE.value: N_("Government purchase"),
    Funding.SHARE.value: N_("Share of the income"),
}
FUNDING_MODES = list(FUNDING_WORDS.items())
SHARE_ROLES = {Level.FIRST: (Share.OPERATOR, Share.AGENCY, Share.TREASURY),
               Level.SECOND: (Share.DEVELOPER, Share.OPERATOR, Share.AGENCY, Share.TREASURY)}  # fmt: skip
SHARE_WORDS = {
    Share.OPERATOR: N_("Operator"),
    Share.DEVELOPER: N_("Developer"),
    Share.AGENCY: N_("Source agency"),
    Share.TREASURY: N_("Treasury"),
}
MARKET_MODES = [("government_purchase", N_("Government purchase")), ("agreement", N_("Agreement")),
                ("lawful_provision", N_("Lawful provision"))]  # fmt: skip

CRITERIA_WORDS = {
    "purpose": N_("Purpose of development"),
    "technical_condition": N_("Technical condition"),
    "processing_ability": N_("Processing ability"),
    "security_management": N_("Security management"),
}
CLAUSE_WORDS = {
    "scope": N_("Scope"),
    "term": N_("Term"),
    "products_and_standards": N_("Products and standards"),
    "rights_and_duties": N_("Rights and duties"),
    "price_and_income": N_("Price and income"),
    "disclosure": N_("Disclosure"),
    "ownership": N_("Ownership"),
    "security": N_("Security"),
    "evaluation_and_exit": N_("Evaluation and exit"),
    "breach_and_disputes": N_("Breach and disputes"),
}

FIELD_TYPES = [
    ("text", N_("Text")),
    ("integer", N_("Whole number")),
    ("decimal", N_("Decimal number")),
    ("date", N_("Date")),
    ("datetime", N_("Date and time")),
    ("boolean", N_("Yes or no")),
    ("code", N_("Code")),
    ("geometry", N_("Coordinates or geometry")),
]

AGREEMENT_KINDS = {
    "first_level_agreement": N_("First-level development agreement"),
    "security_commitment": N_("Data security commitment"),
    "second_level_security": N_("Agreement on data security in second-level development"),
    "second_level_income": N_("Agreement on income from second-level development"),
    "data_provision_contract": N_("Data provision contract"),
    "public_interest_commitment": N_("Commitment to public-interest use"),
    "open_use_agreement": N_("Open-use agreement"),
    "open_use_commitment": N_("Security commitment for opened data"),
    "outsourcing_service": N_("Service outsourcing agreement"),
    "outsourcing_security": N_("Agreement on service security and secrecy"),
}
KINDS_OF_LEVEL = {
    Level.FIRST: ("first_level_agreement", "security_commitment"),
    Level.SECOND: ("second_level_security", "second_level_income"),
}
# What the snapshot of each kind must hold; the parties are added by contracts.agreement.draw_up.
SNAPSHOT_KEYS = {
    "first_level_agreement": ("right", "resources", "shares", "funding", "rules"),
    "security_commitment": ("right", "security", "rules"),
    "second_level_security": ("right", "elements", "security", "rules"),
    "second_level_income": ("right", "elements", "shares", "rules"),
    "data_provision_contract": ("order", "product", "purpose", "term", "price", "authority_chain"),
    "public_interest_commitment": ("order", "product", "purpose", "term", "price", "authority_chain"),
    "open_use_agreement": ("entry", "purpose_text", "measures", "access", "policy"),
    "open_use_commitment": ("entry", "purpose_text", "measures", "access", "policy"),
    "outsourcing_service": ("outsourcing", "rules"),
    "outsourcing_security": ("outsourcing", "variant", "rules"),
}
# What is agreed beside the service itself, by the word of the rules (security.outsourcing_agreement).
SECURITY_TITLES = {
    "service_and_secrecy": N_("Agreement on service security and secrecy"),
    "security_agreement": N_("Security agreement"),
    "rules_and_standards": N_("Work rules, standards and security duties"),
}
DELETION_METHODS = {
    "overwriting": N_("Overwriting the data"),
    "destruction": N_("Physical destruction of the media"),
    "other_irreversible": N_("Another irreversible way, described below"),
}
TEST_KINDS = {
    "security_test": N_("Security test"),
    "risk_assessment": N_("Risk assessment"),
    "drill": N_("Incident drill"),
}
SIGNED_BY_ONE = frozenset(
    {"security_commitment", "public_interest_commitment", "open_use_commitment"}
)  # party B commits itself to party A
NUMBER_PREFIX = {Level.FIRST: "YK", Level.SECOND: "EK"}

FROM_CLAUSES = (
    "first_level_agreement", "security_commitment", "second_level_security", "second_level_income",
    "data_provision_contract", "public_interest_commitment", "open_use_agreement", "open_use_commitment",
)  # fmt: skip
CLAUSES = "agreement_text"  # drawn up from clauses, see contracts.rules.clauses
register(Kind("first_level_agreement", "YX", AGREEMENT_KINDS["first_level_agreement"], CLAUSES))
register(Kind("security_commitment", "AC", AGREEMENT_KINDS["security_commitment"], CLAUSES))
register(Kind("second_level_security", "EA", AGREEMENT_KINDS["second_level_security"], CLAUSES))
register(Kind("second_level_income", "ES", AGREEMENT_KINDS["second_level_income"], CLAUSES))
register(Kind("data_provision_contract", "SJ", AGREEMENT_KINDS["data_provision_contract"], CLAUSES))
register(Kind("public_interest_commitment", "GY", AGREEMENT_KINDS["public_interest_commitment"], CLAUSES))
register(Kind("open_use_agreement", "KF", AGREEMENT_KINDS["open_use_agreement"], CLAUSES))
register(Kind("open_use_commitment", "KC", AGREEMENT_KINDS["open_use_commitment"], CLAUSES))
register(Kind("outsourcing_service", "WB", AGREEMENT_KINDS["outsourcing_service"]))
register(Kind("outsourcing_security", "BM", AGREEMENT_KINDS["outsourcing_security"]))
register(Kind("decision_letter", "JD", N_("Decision on a development right")))
