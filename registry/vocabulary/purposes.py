"""The purposes data may be used for. The purpose decides the price, never the seller (WZ34, YN L121)."""

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

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
# Classes and single purposes with their nearest DPV term; a single purpose names its class as `broader`.
TERMS: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
CHOICES: list[tuple[str, str]] = [(str(purpose), word) for purpose, word in WORDS.items()]
