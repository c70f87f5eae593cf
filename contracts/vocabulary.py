"""Words of contracts: levels, kinds of agreements, criteria of assessment, grounds of suspension, and what is a source."""

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
FUNDING_MODES = [(Funding.PURCHASE, N_("Government purchase")), (Funding.SHARE, N_("Share of the income"))]
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

# What an applicant is assessed by (WZ36): purpose, technical condition, processing ability, security management.
CRITERIA = {
    "purpose": N_("Purpose of development"),
    "technology": N_("Technical condition"),
    "processing": N_("Processing ability"),
    "security": N_("Security management"),
}

# What a first-level agreement must contain (national rules on authorised operation, agreement; U02).
MANDATORY_CLAUSES = {
    "scope": N_("Scope and list of the authorised resources"),
    "term": N_("Term"),
    "products": N_("Planned products and services, technical standards, reviews"),
    "rights_and_duties": N_("Rights and duties, manner and place of use"),
    "price": N_("Prices, costs and income"),
    "disclosure": N_("Disclosure by the operator"),
    "ownership": N_("Ownership of assets, data and intellectual property"),
    "security": N_("Data security, personal information, emergencies and liability"),
    "evaluation_and_exit": N_("Evaluation, renewal and exit"),
    "breach_and_disputes": N_("Breach, change, termination and disputes"),
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
}
KINDS_OF_LEVEL = {
    Level.FIRST: ("first_level_agreement", "security_commitment"),
    Level.SECOND: ("second_level_security", "second_level_income"),
}
SIGNED_BY_ONE = frozenset({"security_commitment", "public_interest_commitment"})  # party B commits itself to party A
NUMBER_PREFIX = {Level.FIRST: "YK", Level.SECOND: "EK"}

register(Kind("first_level_agreement", "YX", AGREEMENT_KINDS["first_level_agreement"]))
register(Kind("security_commitment", "AC", AGREEMENT_KINDS["security_commitment"]))
register(Kind("second_level_security", "EA", AGREEMENT_KINDS["second_level_security"]))
register(Kind("second_level_income", "ES", AGREEMENT_KINDS["second_level_income"]))
register(Kind("data_provision_contract", "SJ", AGREEMENT_KINDS["data_provision_contract"]))
register(Kind("public_interest_commitment", "GY", AGREEMENT_KINDS["public_interest_commitment"]))
register(Kind("decision_letter", "JD", N_("Decision on a development right")))
