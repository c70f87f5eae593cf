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
SIGNING_WAYS = {
    "recorded_act": N_("By your password alone: the act is recorded and sealed"),
    "pades_one_time": N_("In the file, with a certificate of the demonstration (without legal effect)"),
    "pades_file": N_("In the file, with your own certificate"),
    "pades_device": N_("In the file, with the signing device of this site"),
    "sm2_detached": N_("Beside the file, by SM2 with SM3 in your own device"),
}
# Who signs before whom, where it is not left open: who asked for the right binds itself first, the authority last.
SIGNING_ORDER = {
    "first_level_agreement": ("party_b", "party_a"),
    "second_level_security": ("party_b", "party_a"),
    "second_level_income": ("party_b", "party_a"),
}
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

# The life of a right: how it changes, what of it is suspended, how it is left.
CHANGE_WORDS = {
    "amendment": N_("Amendment"),
    "renewal": N_("Renewal"),
    "novation": N_("Transfer to another holder"),
    "reduction": N_("Partial reduction"),
}
TERM_WORDS = {
    "sources": N_("Resources or data elements"),
    "purposes": N_("Permitted purposes"),
    "territory": N_("Territory"),
    "ends_on": N_("Last day"),
    "holder_id": N_("Holder of the right"),
    "income_shares": N_("Shares of the income"),
}
SCOPES = [
    ("resources", N_("Some resources, with the elements made from them")),
    ("products", N_("Some products")),
    ("new_sales", N_("New sales only; running uses go on")),
]
SCOPE_WORDS = {"all": N_("The whole right"), **dict(SCOPES)}
EXIT_MANNERS = [
    ("returned", N_("Returned to the source agency or the platform")),
    ("overwriting", N_("Overwriting the data")),
    ("destruction", N_("Physical destruction of the media")),
    ("other_irreversible", N_("Another irreversible way, described below")),
]
# Which agreements bring a change into force, by its kind: (kind of agreement, party A, party B) by their roles.
AGREEMENTS_OF_CHANGE = {
    "amendment": (("amendment_agreement", "granted_by_id", "holder_id"),),
    "renewal": (("renewal_agreement", "granted_by_id", "holder_id"),),
    "reduction": (("reduction_agreement", "granted_by_id", "holder_id"),),
    "novation": (
        ("transfer_agreement", "holder_id", "new_holder_id"),
        ("novation_agreement", "granted_by_id", "new_holder_id"),
    ),
}
CHANGE_AGREEMENTS = {
    "amendment_agreement": N_("Supplementary agreement on an amendment"),
    "renewal_agreement": N_("Agreement on the renewal of a development right"),
    "reduction_agreement": N_("Agreement on the reduction of a development right"),
    "novation_agreement": N_("Agreement with the new holder of a development right"),
    "transfer_agreement": N_("Agreement on passing on a development right"),
}
AGREEMENT_KINDS |= CHANGE_AGREEMENTS
SNAPSHOT_KEYS |= {kind: ("right", "change", "rules") for kind in CHANGE_AGREEMENTS}
for _kind, _prefix in zip(CHANGE_AGREEMENTS, ("KBG", "KXQ", "KSJ", "KCJ", "KZR"), strict=True):
    register(Kind(_kind, _prefix, CHANGE_AGREEMENTS[_kind], "change_agreement"))
register(Kind("right_notice", "KGZ", N_("Notice of an intended decision on a development right"), "right_act"))
register(Kind("right_decision", "KJD", N_("Decision on a development right in force"), "right_act"))
register(Kind("rectification_order", "KZG", N_("Order to rectify"), "right_act"))
register(Kind("consolidated_text", "KHB", N_("Consolidated text of a development right")))
register(Kind("deletion_certificate", "KXH", N_("Certificate of return or destruction of data"), "exit_record"))
register(Kind("exit_account", "KJS", N_("Final account of a development right"), "exit_record"))
