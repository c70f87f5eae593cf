"""Words of the marketplace: kinds of products, files they may hold, grounds of suspension, limits of a sample."""

from enum import StrEnum

from kernel.words import N_

# The sample is what everybody sees: a few rows, fixed when the product is listed, so that no paging adds up to more.
SAMPLE_ROWS = 10
SAMPLE_CELL = 200
# Fen a unit and units an order: their product stays far below what the database can hold.
MOST_MINOR = 10**11
MOST_UNITS = 10**6
ORDER_PREFIX = "DD"
ABOUT_ORDER = "order"
INVOICED_AS = "marketplace_order"


class ProductKind(StrEnum):
    """What a product is (the rules list which may be offered: delivery.kinds)."""

    DATA_SET = "data_set"
    API = "api"
    REPORT = "report"
    MODEL = "model"
    VERIFICATION = "verification"


class Ground(StrEnum):
    """Why a product or a right of use is suspended; each ground ends by itself."""

    SELLER = "seller"  # the seller stopped it
    ORDER = "order"  # the authority ordered it
    RIGHT = "right"  # the development right it rests on is suspended
    PART = "part"  # a part of that right is suspended, and it is named
    ELEMENT = "element"  # a data element it is made of is suspended
    PRODUCT = "product"  # the product of the right of use is suspended
    DECLARATION = "declaration"  # the declared purpose of free use was revoked


KIND_WORDS = {
    ProductKind.DATA_SET: N_("Data set"),
    ProductKind.API: N_("Interface (API)"),
    ProductKind.REPORT: N_("Report"),
    ProductKind.MODEL: N_("Model"),
    ProductKind.VERIFICATION: N_("Verification"),
}
KIND_HINTS = {
    ProductKind.DATA_SET: N_("A table that is handed over as a file."),
    ProductKind.API: N_("A table that programs ask for row by row."),
    ProductKind.REPORT: N_("Findings in words and figures."),
    ProductKind.MODEL: N_("A trained or calculated model; the raw data stay inside."),
    ProductKind.VERIFICATION: N_("Answers yes or no to a question; the raw data stay inside."),
}
KIND_CHOICES = [(str(kind), word, KIND_HINTS[kind]) for kind, word in KIND_WORDS.items()]
TABLES = frozenset({"csv", "json", "xlsx"})
FILES_OF_KIND = {
    ProductKind.DATA_SET: TABLES,
    ProductKind.API: TABLES,
    ProductKind.VERIFICATION: TABLES,
    ProductKind.REPORT: frozenset({"pdf", "xlsx", "txt", "json"}),
    ProductKind.MODEL: frozenset({"zip", "json", "txt"}),
}
HAS_TABLE = frozenset({ProductKind.DATA_SET, ProductKind.API, ProductKind.VERIFICATION})
DELIVERY_WORDS = {
    ProductKind.DATA_SET: N_("File"),
    ProductKind.API: N_("Rows, asked for by programs"),
    ProductKind.REPORT: N_("File"),
    ProductKind.MODEL: N_("File"),
    ProductKind.VERIFICATION: N_("Answer yes or no"),
}
GROUND_WORDS = {
    Ground.SELLER: N_("The seller stopped it."),
    Ground.ORDER: N_("The public data authority ordered it."),
    Ground.RIGHT: N_("The development right it rests on is suspended."),
    Ground.PART: N_("The authority suspended it together with a part of the right it rests on."),
    Ground.ELEMENT: N_("A data element it is made of is suspended."),
    Ground.PRODUCT: N_("The product is suspended."),
    Ground.DECLARATION: N_("The declared purpose was revoked."),
}
CHAIN_WORDS = {
    "catalogue_entry": N_("Catalogue entry"),
    "resource": N_("Data resource"),
    "registration": N_("Registration"),
    "first_level": N_("First-level development right"),
    "element": N_("Data element"),
    "second_level": N_("Second-level development right"),
    "product": N_("Data product"),
}
RESULT_KINDS = [
    ("data_product", N_("Data product")),
    ("report", N_("Report")),
    ("paper", N_("Paper")),
    ("other", N_("Other result")),
]
