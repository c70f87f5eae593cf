"""The text of an entry: written with all that follows, compared, checked by the rules, guarded in two tabs."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete

from jurisdictions.profile import Profile
from kernel import audit, due
from kernel.db import db
from kernel.errors import Conflict, RuleBroken
from kernel.words import N_, Text
from registry.commands import collecting
from registry.models import CatalogueEntry, EntryTerm
from registry.rules import attributes, personal, review
from registry.rules import catalogue as law
from registry.schemas.catalogue import EntryInput
from registry.vocabulary.entry_fields import FORM_FIELDS, LIST_FIELDS

AGREEMENTS = {"agreement_forbids": "forbids", "agreement_silent": "silent"}
_KINDS = {"theme": "themes", "format": "formats", "industry": "industries"}


class TextConflict(Conflict):
    """Somebody else rewrote the entry after this text was begun. Nothing was written; the caller still has its text."""

    code = "text_conflict"
    default = N_(
        "The entry was changed after you opened it. Compare both texts below and save again what is to stand."
    )


def same_revision(entry: CatalogueEntry, revision: int | None) -> None:
    """Refuse a text that was made from another revision than the one that stands; None asks for no check."""
    if revision is not None and revision != entry.revision:
        raise TextConflict()


def fields_of(entry: CatalogueEntry) -> dict[str, Any]:
    """Every field of the entry that the rules read."""
    return {name: getattr(entry, name) for name in (*FORM_FIELDS, "published_on")}


def write(entry: CatalogueEntry, values: Mapping[str, Any]) -> None:
    """Set every field of the entry, and what follows from them: the gaps."""
    for name in FORM_FIELDS:
        value = values.get(name)
        setattr(entry, name, [] if value is None and name in LIST_FIELDS else value)
    entry.missing = list(law.missing_fields(fields_of(entry), due.profile(entry)))


def rewrite(entry: CatalogueEntry, values: Mapping[str, Any]) -> None:
    """Set every field of an entry that is stored already, and its terms anew; the event keeps what changed."""
    before = fields_of(entry)
    write(entry, values)
    changed = differences(before, fields_of(entry))
    if changed:
        entry.revision += 1
        audit.note(changed={name: [_plain(old), _plain(new)] for name, (old, new) in changed.items()})
    db.session.execute(delete(EntryTerm).where(EntryTerm.entry_id == entry.id))
    db.session.add_all(
        EntryTerm(entry_id=entry.id, kind=kind, code=code) for kind, code in term_codes(fields_of(entry))
    )


def told_by(entry: CatalogueEntry) -> dict[str, Any]:
    """What the entry says, as the form would send it: only what is told."""
    return {
        name: value
        for name, value in EntryInput().dump(fields_of(entry)).items()
        if value not in (None, "", [])
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field → (old, new) where they say different things; an empty list says as little as nothing."""
    return {
        name: (before.get(name), after.get(name))
        for name in FORM_FIELDS
        if (before.get(name) or None) != (after.get(name) or None)
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def term_codes(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(kind, code) of every theme, format and industry, each once."""
    return [(kind, code) for kind, field in _KINDS.items() for code in dict.fromkeys(values.get(field) or ())]


def may_be_handed_in(entry: CatalogueEntry) -> None:
    """Everything the rules ask before an entry is handed in; raises RuleBroken."""
    rules, fields = due.profile(entry), fields_of(entry)
    for check in (*_checks(fields, rules), *collecting.checks(entry, fields, rules)):
        check()
    review.prior_assessments_are_made(entry.assessments or {}, rules)


def stands_against(entry: CatalogueEntry) -> list[RuleBroken]:
    """Every refusal the entry would meet today, not only the first, so that all can be mended at once."""
    rules = due.profile(entry)
    fields = fields_of(entry)
    checks = [*_checks(fields, rules), *collecting.checks(entry, fields, rules)]
    checks.append(lambda: review.prior_assessments_are_made(entry.assessments or {}, rules))
    found = []
    for check in checks:
        try:
            check()
        except RuleBroken as refused:
            found.append(refused)
    return found


def text_is_lawful(fields: Mapping[str, Any], rules: Profile) -> None:
    """A text is complete and its attributes fit each other and the data items; raises RuleBroken."""
    for check in _checks(fields, rules):
        check()


def _checks(fields: Mapping[str, Any], rules: Profile) -> Iterable[Any]:
    """The checks of a text, in the order of the form."""
    found = personal_items_of(fields)
    items = fields.get("items") or ()
    yield lambda: law.entry_is_complete(fields, rules)
    if fields.get("resource_code"):
        yield lambda: law.resource_code_is_standard(fields["resource_code"], fields["database_level"])
    yield lambda: personal.biometrics_are_grounded(
        [str(item["name"]) for item in items], fields.get("collection_basis")
    )
    yield lambda: law.grade_limits_attributes(
        fields.get("national_grade"),
        opening=fields.get("opening_attribute"),
        sharing=fields.get("sharing_attribute"),
    )
    yield lambda: attributes.attributes_are_classes_of_the_place(fields, rules)
    yield lambda: law.sharing_attribute_is_grounded(fields, rules)
    yield lambda: _opening(fields, rules, found)
    yield lambda: attributes.closing_is_grounded(fields, rules, found)
    yield lambda: attributes.operation_attribute_is_lawful(fields, rules)


def personal_items_of(fields: Mapping[str, Any]) -> tuple[personal.PersonalItem, ...]:
    """What of the text shows personal information: the words themselves, and what the agency marked."""
    items = fields.get("items") or ()
    shown = personal.personal_items([str(fields["title"]), *(str(item["name"]) for item in items)])
    return (*shown, *attributes.items_marked(items))


def _opening(fields: Mapping[str, Any], rules: Profile, found: Iterable[personal.PersonalItem]) -> None:
    ground, removed = fields.get("opening_ground"), fields.get("ground_removed_by")
    law.opening_attribute_is_lawful(
        fields.get("opening_attribute"),
        rules,
        personal=found,
        trade_secret=ground == "trade_secret" or attributes.has_trade_secrets(fields.get("items") or ()),
        state_secret=ground == "state_secret",
        agreement=AGREEMENTS.get(ground or ""),
        treated=removed == "treatment",
        consented=removed == "consent",
    )


def loosening_is_recorded(entry: CatalogueEntry, after: Mapping[str, Any]) -> None:
    """A published entry is opened further only with the record of how the ground against it was removed."""
    barred = bool(entry.opening_ground) or any(item.certain for item in personal_items_of(fields_of(entry)))
    attributes.loosening_is_recorded(fields_of(entry), after, barred)


def comment_texts(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Comments by field, without the empty ones."""
    return {row["field"]: row["comment"] for row in rows if row["comment"]}


def warnings_of(entry: CatalogueEntry) -> tuple[Text, ...]:
    """What to look at again before the data are opened: findings that bar nothing by themselves."""
    fields = fields_of(entry)
    texts = [entry.title, entry.abstract or "", *(str(item["name"]) for item in entry.items or ())]
    return personal.opening_warnings(fields["opening_attribute"], personal.personal_items(texts))
