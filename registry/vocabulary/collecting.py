"""Words of collecting, aggregating and keeping: how names are compared, kinds of databases and projects, retention."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.words import N_
from registry.vocabulary.codelist import fold

_DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "collecting.toml").read_text("utf-8"))
COMMON_ITEMS = frozenset(fold(word) for word in _DATA["common_items"])
_NOISE = re.compile("|".join(map(re.escape, _DATA["title_noise"])))
_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}?(?:省|自治区|州|市|县|区))+")


@dataclass(frozen=True)
class SourceClass:
    """A class of base data: by which words it is known, and by which words its departments are."""

    code: str
    basis: str
    items: tuple[str, ...]
    departments: tuple[str, ...]


SOURCE_CLASSES = {
    code: SourceClass(code, row["basis"], tuple(row["items"]), tuple(row["departments"]))
    for code, row in _DATA["source_classes"].items()
}


def item_name(name: str) -> str:
    """The name of a data item as it is compared: without width, case, blanks and punctuation."""
    return fold(name)


def telling_names(items: Iterable[Any]) -> dict[str, str]:
    """Compared name → name as written, of the data items (mappings or words) that tell what is collected.

    Items that identify the record, and words every table has, are left out: nobody is their only source.
    """
    found: dict[str, str] = {}
    for item in items:
        written = str(item.get("name", "") if isinstance(item, dict) else item)
        compared = item_name(written)
        if compared and compared not in COMMON_ITEMS and not (isinstance(item, dict) and item.get("key")):
            found.setdefault(compared, written)
    return found


def title_name(title: str) -> str:
    """A title as it is compared: without its place and the words that stand in every title; never empty."""
    folded = fold(title)
    return _NOISE.sub("", _PLACE.sub("", folded)) or folded


DATABASE_KINDS = {"base": N_("Base database"), "theme": N_("Theme database")}
CATALOGUE_KINDS = {"full": N_("Full catalogue"), "supplement": N_("Supplementary catalogue")}
PROJECT_KINDS = {
    "new_system": N_("New information system"),
    "upgrade": N_("Upgrade of an information system"),
    "purchased_service": N_("Purchased service"),
    "operation": N_("Purchased operation and maintenance"),
}
PROJECT_STEPS = {
    "approval": N_("Approval"),
    "acceptance": N_("Acceptance"),
    "funds": N_("Funds and running costs"),
}
PROJECT_NEEDS = {
    "listed": N_("Data list handed in"),
    "drafted": N_("Catalogue entry drafted"),
    "handed_in": N_("Catalogue entry handed in"),
    "published": N_("Catalogue entry published"),
    "shared": N_("Shared, or lawfully not shared"),
    "aggregated": N_("Aggregated"),
}
AGGREGATION_MANNERS = {"physical": N_("Physically, as a copy"), "logical": N_("Logically, by an interface")}
OVERLAP_MANNERS = {
    "by_sharing": N_("Obtained by sharing; not collected again"),
    "collected_again": N_("Collected again, for the reason given"),
}
LOOKUP_KINDS = {
    "organisation": N_("An organisation, by its unified social credit code"),
    "licence": N_("The licence of an operator, by its number"),
    "registration": N_("A registration, by its code"),
    "entry": N_("A catalogue entry, by its resource code"),
}
# The longest matching beginning of a table's name decides which period of the profile a file is kept for.
RETENTION = {
    "": "retention.case_years",
    "billing_": "retention.accounting_years",
    "registry_registration": "retention.registration_years",
    "registry_resource": "retention.registration_years",
    "audit_": "retention.audit_years",
}


def retention_of(table: str) -> str:
    """The key of the profile that says how long files of that table are kept."""
    return RETENTION[max((begin for begin in RETENTION if table.startswith(begin)), key=len)]


# What makes an entry usable, and what filling it in is good for: the fields the quality board looks at.
QUALITY_FIELDS = {
    "abstract": N_(
        "One or two sentences on content and origin let readers judge an entry without opening it."
    ),
    "keywords": N_("Keywords are what the search finds besides the title."),
    "themes": N_("A theme puts the entry where readers browse."),
    "database_level": N_("The level says whether it belongs to base, theme or department resources."),
    "resource_code": N_("The resource code lets other systems refer to the entry."),
    "national_grade": N_("Without a grade nothing may be shared or opened."),
    "local_level": N_("The local level decides which protection applies."),
    "provider": N_("Readers have to know who provides the data."),
    "collector": N_("The collecting department answers for the source."),
    "approver": N_("The approving department answers for the content."),
    "contact_phone": N_("A telephone number saves a written request."),
    "data_form": N_("The form tells whether there is a table, a file or an interface."),
    "formats": N_("Formats tell with which tools the data can be read."),
    "items": N_("Data items are what similar collections and the lead source are found by."),
    "record_count": N_("The number of records shows growth and loss."),
    "update_frequency": N_("Without a frequency freshness cannot be measured."),
    "sharing_attribute": N_("Other agencies have to know whether they may have the data."),
    "opening_attribute": N_("The public has to know whether it may have the data."),
}
