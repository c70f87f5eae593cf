"""The law of base and theme databases, of the list of data resources, of a place's catalogue and its rounds."""

from collections.abc import Sequence

from jurisdictions.profile import Profile
from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.vocabulary import DATABASE_LEVELS


@duty("C11", "A12", basis="WZ10; LS14; CD15; CD20; YN L34-35")
def database_is_lawful(kind: str, code: str | None, profile: Profile) -> None:
    """A base database is one that the rule names; lower levels build theme databases of their own only."""
    if kind != "base":
        return
    local = profile.get("databases.lower_levels")
    if local is not None and local.value == "theme_only" and local.origin != profile.code:
        raise Refused(
            N_(
                "Base databases are built by the level above; this place builds theme databases of its own ({basis})."
            ),
            basis=local.basis,
        )
    named = profile.list("databases.base")
    if named and code not in named:
        raise Refused(
            N_("Choose one of the base databases that the rule of the place names ({basis})."),
            basis=profile.value("databases.base").basis,
        )


@duty("A12", basis="WZ10; LS14; CD20; YN L34-35")
def database_stands_once(title: str | None) -> None:
    """A place keeps each named database once, under one lead department. `title`: of the one that stands."""
    if title is not None:
        raise Refused(N_("The place has this database already: {title}."), title=title)


@duty("C11", basis="CD15; CD16; YN L34")
def entry_belongs_to_its_level(level: str | None, kind: str) -> None:
    """An entry belongs to base, theme or department resources; it goes into a database of that kind only.

    An entry that does not say its level yet may go into either.
    """
    if level is not None and level != kind:
        raise Refused(
            N_("The entry says that it belongs to {level}; it does not go into this database."),
            level=Text(DATABASE_LEVELS[level].en),
        )


@duty("C11", basis="CD16; YN L34")
def database_has_entries(number: int) -> None:
    """The lead department compiles a catalogue of entries; an empty one is none."""
    if not number:
        raise Refused(N_("The database has no entries yet. Add those that belong to it first."))


@duty("C14", basis="WZ6; DG6; YN L12")
def catalogued_how_far(entry_state: str | None) -> str:
    """How far data of the list are in the catalogue: catalogued, under_way or not_catalogued."""
    if entry_state == "published":
        return "catalogued"
    return "under_way" if entry_state in ("draft", "submitted", "returned") else "not_catalogued"


@duty("C08", basis="LS4; LS9")
def supplement_adds_something(known: Sequence[str], profile: Profile) -> None:
    """A county's supplementary catalogue lists what the catalogue above does not hold; nothing stands in both.

    `known`: titles of the county's entries that stand in the catalogue above as well.
    """
    if known and is_supplement(profile):
        raise Refused(
            N_(
                "The catalogue above already holds {titles}. A supplementary catalogue adds what is missing there; "
                "withdraw these entries first."
            ),
            titles=[f"“{title}”" for title in known[:5]],
        )


def is_supplement(profile: Profile) -> bool:
    """Whether the catalogue of this place only adds to the one above it."""
    return profile.level == "county" and profile.flag("catalogue.county_supplement")


@duty("C08", basis="WZ12; LS9; CD13; YN L41")
def catalogue_has_a_level_above(level: str) -> None:
    """A catalogue is reported to the level above by a county or a prefecture."""
    if level not in ("county", "prefecture"):
        raise Refused(N_("There is no level above this place to which its catalogue would be reported."))


@duty("O02", basis="WZ30; DG32; LS21; CD32; YN L105")
def catalogue_is_adjusted_in_rounds(profile: Profile) -> None:
    """Where the rule has the catalogue adjusted yearly a round is held; where continuously, each change is its own."""
    cadence = profile.get("opening.catalogue_adjustment")
    if cadence is not None and cadence.value == "continuous":
        raise Refused(
            N_("Here the catalogue is adjusted continuously, entry by entry; no rounds are held ({basis})."),
            basis=cadence.basis,
        )


@duty("O02", basis="WZ30; DG32; YN L105")
def round_is_answered(missing: Sequence[str], reasons: str) -> None:
    """A round closes when every agency has answered; closing it before needs reasons."""
    if missing and not reasons.strip():
        raise Refused(
            N_(
                "{number} agencies have not answered yet: {names}. Wait for them, or give the reasons for closing."
            ),
            number=len(missing),
            names=list(missing[:5]),
        )
