"""The law of attributes: classes of a place, authorised operation as an axis of its own, loosening, comments."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from jurisdictions.profile import Profile
from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.rules.personal import PersonalItem
from registry.vocabulary import ENTRY_FIELDS, FIELDS, OPENING_ATTRIBUTES, SENSITIVITIES, SHARING_ATTRIBUTES
from registry.vocabulary.classes import UNDECIDED, codes_of

_OPENNESS = ("none", UNDECIDED, "conditional", "open")


@duty("H01", "O01", basis="WZ24; WZ29; DG13; DG31; LS18; LS21; CD25; CD32; YN L78; YN L99")
def attributes_are_classes_of_the_place(fields: Mapping[str, Any], profile: Profile) -> None:
    """Sharing and opening are said in the classes that the rules of the place know."""
    for name, words in (("sharing_attribute", SHARING_ATTRIBUTES), ("opening_attribute", OPENING_ATTRIBUTES)):
        known, said = codes_of(profile.list(ENTRY_FIELDS[name].classes)), fields.get(name)
        if said and known and said not in known and said != UNDECIDED:
            raise Refused(
                N_("The rules of this place know no class “{word}”; choose one of: {classes}."),
                word=Text(words[said].en),
                classes=[Text(word or words[code].en) for code, word in known.items()],
            )


@duty("F02", basis="WZ35; GB/T 43697-2024")
def operation_attribute_is_lawful(fields: Mapping[str, Any], profile: Profile) -> None:
    """Data that are not open, or core, are not held out for authorised operation; conditions are stated.

    Reads operation_attribute, operation_conditions, opening_attribute, national_grade.
    """
    attribute = fields.get("operation_attribute")
    if attribute not in ("allowed", "conditional"):
        return
    if fields.get("national_grade") == "core":
        raise Refused(N_("Core data can never be authorised for operation."))
    if fields.get("national_grade") == "important" and attribute == "allowed":
        raise Refused(N_("Important data are authorised for operation on conditions or not at all."))
    if profile.flag("development.not_open_barred") and fields.get("opening_attribute") == "none":
        raise Refused(N_("Data that are not open can not be authorised for operation."))
    if attribute == "conditional" and not str(fields.get("operation_conditions") or "").strip():
        raise Refused(N_("State the conditions on which the data may be authorised for operation."))


@duty("O01", basis="WZ29; YN L99")
def closing_is_grounded(
    fields: Mapping[str, Any], profile: Profile, personal: Iterable[PersonalItem] = ()
) -> None:
    """Where data are open unless a ground stands against it, data that are not open say what the ground is.

    Reads opening_attribute, opening_ground, opening_basis. Personal items that the data show are ground enough.
    """
    if fields.get("opening_attribute") != "none" or profile.text("opening.default") != "open_unless_ground":
        return
    told = fields.get("opening_ground") or str(fields.get("opening_basis") or "").strip()
    if not told and not any(item.certain for item in personal):
        raise Refused(
            N_("Data that are not opened need the ground that stands against it, or the basis it rests on.")
        )


@duty("O01", basis="WZ29; DG31; YN L100")
def loosening_is_recorded(before: Mapping[str, Any], after: Mapping[str, Any], barred: bool) -> None:
    """Opening further what was closed rests on the record of a treatment or of consent where a ground stood against it.

    `barred`: personal items, or a ground that was stated, stood against opening. Reads opening_attribute,
    ground_removed_by, removal_record of both texts.
    """
    was, now = before.get("opening_attribute"), after.get("opening_attribute")
    if not barred or _OPENNESS.index(now or UNDECIDED) <= _OPENNESS.index(was or UNDECIDED):
        return
    if not after.get("ground_removed_by") or not str(after.get("removal_record") or "").strip():
        raise Refused(
            N_(
                "A ground stood against opening these data. Say how it was removed, by treatment or by consent, and "
                "where the record of it is kept."
            )
        )


@duty("C02", basis="WZ12; DG11; YN L42; everything at once: our own reading")
def comments_are_made_at_once(
    commented: Collection[str], earlier: Collection[str] | None, changed: Collection[str]
) -> None:
    """What the first review let pass, and the agency did not touch since, is not brought up in a second one.

    `commented`: fields named now; `earlier`: fields named in the first return, None where there was none;
    `changed`: fields the agency changed since.
    """
    if earlier is None:
        return
    late = [name for name in FIELDS.codes if name in set(commented) - set(earlier) - set(changed)]
    if late:
        raise Refused(
            N_(
                "The first review let {fields} pass and nothing was changed there since; comments are made once."
            ),
            fields=[Text(FIELDS[name].en) for name in late],
        )


def items_marked(items: Iterable[Mapping[str, Any]]) -> tuple[PersonalItem, ...]:
    """Data items that the agency itself marked as personal, as findings that bar opening."""
    return tuple(
        PersonalItem(str(item["name"]), "marked", sensitive=item["sensitivity"] == "sensitive_personal")
        for item in items
        if item.get("sensitivity") in SENSITIVITIES and "personal" in str(item["sensitivity"])
    )


def has_trade_secrets(items: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the agency marked a data item as a trade secret."""
    return any(item.get("sensitivity") == "trade_secret" for item in items)
