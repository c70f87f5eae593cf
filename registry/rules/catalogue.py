"""The law of catalogue entries: what an entry must say, and which attributes it may carry."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jurisdictions.profile import Profile
from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.rules.personal import PersonalItem
from registry.vocabulary import DATABASE_LEVELS, FIELDS, RESOURCE_CODE
from registry.vocabulary.entry_fields import ASKED_WITH, PARTS

_CITATION = re.compile(r"《[^》]{2,}》|第[〇零一二三四五六七八九十百\d]{1,8}条")
_CONDITIONAL_FIELDS = {
    "reasons": "sharing_basis",
    "basis": "sharing_basis",
    "conditions": "sharing_conditions",
    "scope": "sharing_scope",
    "use": "use_conditions",
}


def named(fields: Iterable[str]) -> list[Text]:
    """Fields in words, for a message."""
    return [Text(FIELDS[field].en) for field in fields]


def missing_fields(
    fields: Mapping[str, Any], profile: Profile, key: str = "catalogue.entry_fields"
) -> tuple[str, ...]:
    """The fields that the rule of the jurisdiction asks for and the entry does not tell, in the rule's order.

    Conditions, scope and manner are asked for only with the attribute they belong to. The name is always asked for.
    """
    return tuple(
        group[0]
        for group, attribute, values in _asked_groups(profile.list(key), key)
        if (attribute is None or fields.get(attribute) in values)
        and not any(_told(fields.get(field)) for field in group)
    )


@lru_cache(maxsize=256)
def _asked_groups(
    parts: tuple[str, ...], key: str
) -> tuple[tuple[tuple[str, ...], str | None, frozenset[str]], ...]:
    """The groups of fields behind the parts a rule names, each once, with the attribute they are asked for beside."""
    groups: dict[str, tuple[tuple[str, ...], str | None, frozenset[str]]] = {}
    for part in ("name", *parts):
        if part not in PARTS:
            raise ValueError(f"{key} of the profile names “{part}”, which is no known part of an entry")
        for group in PARTS[part]:
            attribute, values = ASKED_WITH.get(group[0], (None, frozenset()))
            groups.setdefault(group[0], (group, attribute, values))
    return tuple(groups.values())


def _told(value: Any) -> bool:
    return (
        bool(value.strip()) if isinstance(value, str) else value is not None and value != [] and value != {}
    )


@duty("C05", basis="WZ13; DG11; CD12; YN L45")
def entry_is_complete(fields: Mapping[str, Any], profile: Profile) -> None:
    """An entry says everything that the rule for catalogues asks for before it is handed in."""
    missing = missing_fields(fields, profile)
    if missing:
        raise Refused(N_("The entry does not yet say: {fields}."), fields=named(missing))


@duty(
    "C01",
    "C12",
    basis="WZ12; DG11; LS9; CD14; YN L40; YN L42; national guide for compiling catalogues (2017)",
)
def resource_code_is_standard(code: str, database_level: str | None = None) -> None:
    """A resource code follows the unified standard: class, item, sub-item, detail, “/”, serial number."""
    if not RESOURCE_CODE.fullmatch(code):
        raise Refused(
            N_(
                "“{code}” is not a resource code. It has six or more digits, the first 1 to 3, then “/” and a number, "
                "such as 307001/000001."
            ),
            code=code,
        )
    if database_level and code[0] != DATABASE_LEVELS[database_level].digit:
        raise Refused(
            N_("The code {code} begins with {digit}, but {level} begin with {right}."),
            code=code,
            digit=code[0],
            level=Text(DATABASE_LEVELS[database_level].en),
            right=DATABASE_LEVELS[database_level].digit,
        )


@duty("H01", basis="WZ24-25; DG13-14; LS18; CD25-26; YN L78-83")
def sharing_attribute_is_grounded(fields: Mapping[str, Any], profile: Profile) -> None:
    """Sharing on conditions states what the rule asks for; 'not shared' cites the law or gives the reasons.

    Reads sharing_attribute, sharing_basis, sharing_conditions, sharing_scope, use_conditions.
    """
    attribute = fields.get("sharing_attribute")
    if attribute == "conditional":
        wanted = [_CONDITIONAL_FIELDS[part] for part in profile.list("sharing.conditional_states")]
        missing = [field for field in dict.fromkeys(wanted) if not _told(fields.get(field))]
        if missing:
            raise Refused(N_("Data shared on conditions must state: {fields}."), fields=named(missing))
    if attribute == "none":
        _not_shared_is_grounded(fields.get("sharing_basis"), profile.list("sharing.not_shared_basis"))


def _not_shared_is_grounded(basis: str | None, accepted: Sequence[str]) -> None:
    if not accepted:
        return
    if not _told(basis):
        raise Refused(N_("Data that are not shared need a stated basis or reasons."))
    if set(accepted) != {"reasons"} and not _CITATION.search(basis or ""):
        raise Refused(
            N_("Data that are not shared need the law they rest on: name it in 《》 or cite its article.")
        )


@duty("O01", basis="WZ29; DG31; YN L99-100")
def opening_attribute_is_lawful(
    attribute: str | None,
    profile: Profile,
    *,
    personal: Iterable[PersonalItem] = (),
    trade_secret: bool = False,
    state_secret: bool = False,
    agreement: str | None = None,
    treated: bool = False,
    consented: bool = False,
) -> None:
    """Secrets, privacy and agreements bar opening until the data are treated or those concerned consent.

    `agreement` on how the data were obtained: None (there is none), 'forbids', 'silent' or 'allows' opening.
    Consent lifts privacy and trade secrets, never a state secret. Where the rule says so, data whose ground has
    been removed must be opened.
    """
    certain = [item for item in personal if item.certain]
    if attribute in ("open", "conditional"):
        _no_ground_bars(certain, trade_secret, state_secret, treated, consented)
        _agreement_allows(agreement, profile.text("opening.agreement_bar"))
    elif attribute == "none" and (treated or consented) and (certain or trade_secret):
        if profile.text("opening.after_treatment") == "must_open" and not state_secret:
            raise Refused(
                N_(
                    "The ground against opening has been removed by treatment or consent; the data must be opened."
                )
            )


def _no_ground_bars(
    certain: Sequence[PersonalItem], trade_secret: bool, state_secret: bool, treated: bool, consented: bool
) -> None:
    if state_secret and not treated:
        raise Refused(
            N_(
                "Data with state secrets are not opened. Remove the secret parts first and keep the record of it."
            )
        )
    if treated or consented:
        return
    if certain:
        raise Refused(
            N_(
                "The data name {items}. Personal information is not opened before it is treated or the persons "
                "consent: attach the record of either, or choose “not open”."
            ),
            items=[item.text for item in certain[:5]],
        )
    if trade_secret:
        raise Refused(
            N_("Trade secrets are not opened before the data are treated or their holder consents.")
        )


def _agreement_allows(agreement: str | None, bar: str) -> None:
    if agreement == "forbids" and bar:
        raise Refused(N_("The agreement by which the data were obtained forbids opening them."))
    if agreement == "silent" and bar == "agreement_not_express":
        raise Refused(
            N_("The agreement by which the data were obtained does not expressly allow opening them.")
        )


ALLOWED_BY_GRADE: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "core": (frozenset({"none"}), frozenset({"none"})),
    "important": (frozenset({"conditional", "none", "undecided"}), frozenset({"conditional", "none"})),
}


@duty("G02", basis="WZ11; DG7; DG10; LS24; YN L21; YN L38; GB/T 43697-2024; 网络数据安全管理条例 31")
def grade_limits_attributes(
    national_grade: str | None,
    *,
    opening: str | None = None,
    sharing: str | None = None,
    registering: bool = False,
) -> None:
    """Core data are neither opened nor shared nor registered; important data never without conditions."""
    if national_grade == "core" and registering:
        raise Refused(N_("Core data can be neither registered nor authorised for operation."))
    if national_grade not in ALLOWED_BY_GRADE:
        return
    openings, sharings = ALLOWED_BY_GRADE[national_grade]
    if (opening and opening not in openings) or (sharing and sharing not in sharings):
        raise Refused(
            N_("Core data are neither opened nor shared.")
            if national_grade == "core"
            else N_("Important data are opened and shared on conditions or not at all.")
        )
