"""The purposes data may be used for. The purpose decides the price, never the seller (WZ34, YN L121)."""

from enum import StrEnum

from kernel.words import N_


class PurposeClass(StrEnum):
    """A class of use. Which are free follows from the profile: price.free_purposes and price.charged_purposes."""

    PUBLIC_GOVERNANCE = "public_governance"
    PUBLIC_WELFARE = "public_welfare"
    INDUSTRY_DEVELOPMENT = "industry_development"
    SECTOR_DEVELOPMENT = "sector_development"


WORDS: dict[str, str] = {
    PurposeClass.PUBLIC_GOVERNANCE: N_("Public governance"),
    PurposeClass.PUBLIC_WELFARE: N_("Public welfare"),
    PurposeClass.INDUSTRY_DEVELOPMENT: N_("Industry development"),
    PurposeClass.SECTOR_DEVELOPMENT: N_("Sector development"),
}
CHOICES: list[tuple[str, str]] = [(str(purpose), word) for purpose, word in WORDS.items()]
