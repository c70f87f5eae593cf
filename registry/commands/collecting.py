"""What is checked beside the entry itself when it is handed in: its sources, what it repeats, local grading rules."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete

from jurisdictions.profile import Profile
from kernel.db import db
from registry.models import CatalogueEntry, EntryName
from registry.queries import keeping, sources
from registry.rules import collection as law
from registry.rules.grading import local_grading_rules_are_kept
from registry.vocabulary.collecting import telling_names, title_name


def checks(entry: CatalogueEntry, fields: Mapping[str, Any], rules: Profile) -> Iterator[Callable[[], None]]:
    """The checks of an entry that need more than its own text, each to be called; a refusal is RuleBroken.

    Its items come from their lawful source, nothing is collected again unexplained, and the grading rules of its
    place allow the attributes. `fields`: the entry as it would be handed in.
    """
    yield lambda: local_grading_rules_are_kept(fields, keeping.rules_in_force(entry.jurisdiction))
    names = telling_names(fields.get("items") or ())
    yield lambda: _base_data(entry, fields, names, rules)
    yield lambda: law.items_come_from_their_source(sources.items_with_other_source(entry, names, rules))
    yield lambda: law.nothing_is_collected_again(
        [row.entry.title for row in sources.to_be_explained(entry, fields, rules)]
    )


def may_be_collected(entry: CatalogueEntry, fields: Mapping[str, Any], rules: Profile) -> None:
    """Call every check of `checks`; raises RuleBroken at the first that is not kept."""
    for check in checks(entry, fields, rules):
        check()


def _base_data(
    entry: CatalogueEntry, fields: Mapping[str, Any], names: dict[str, str], rules: Profile
) -> None:
    obtained = sources.obtained_names(entry.id)
    collected = [written for name, written in names.items() if name not in obtained]
    title = [] if obtained else [str(fields["title"])]
    collector = fields.get("collector") or fields.get("provider") or ""
    law.base_data_come_from_their_department([*title, *collected], collector, rules)


def note_names(entry: CatalogueEntry) -> None:
    """Keep the names by which an entry in review or published is found as similar."""
    forget_names(entry)
    names = [("title", title_name(entry.title)), *(("item", name) for name in telling_names(entry.items))]
    db.session.add_all(
        EntryName(
            kind=kind,
            name=name,
            entry_id=entry.id,
            jurisdiction=entry.jurisdiction,
            agency_id=entry.agency_id,
        )
        for kind, name in names
    )


def forget_names(entry: CatalogueEntry) -> None:
    """An entry that is withdrawn or returned is nobody's source."""
    db.session.execute(delete(EntryName).where(EntryName.entry_id == entry.id))
