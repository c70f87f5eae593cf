"""Fields that several schemas of billing share."""

from collections.abc import Callable
from typing import Any

from marshmallow import fields, validate

from jurisdictions import tree
from jurisdictions.profile import NATIONAL
from kernel.actor import Actor
from kernel.fields import Words, Yuan
from kernel.words import N_
from registry.vocabulary.purposes import CHOICES as PURPOSE_CHOICES

# A hundred thousand million yuan: far above any price, far below what the database can hold after adding up.
MOST_MINOR = 10**13
REASON = {"label": N_("Reason"), "widget": "textarea", "hint": N_("The other side reads this.")}


def reason_field(**metadata: Any) -> Words:
    """Why something is refused or taken back."""
    return Words(required=True, validate=validate.Length(max=2000), metadata=REASON | metadata)


def yuan_field(label: str, *, least: int = 0, **metadata: Any) -> Yuan:
    """An amount in yuan, kept as fen, from `least` fen up."""
    return Yuan(
        required=True, validate=validate.Range(least, MOST_MINOR), metadata={"label": label} | metadata
    )


def optional_yuan(label: str, **metadata: Any) -> Yuan:
    """An amount in yuan that may be left empty: then nothing."""
    return Yuan(load_default=0, validate=validate.Range(0, MOST_MINOR), metadata={"label": label} | metadata)


def day_field(label: str, **metadata: Any) -> fields.Date:
    """A day that has to be named."""
    return fields.Date(required=True, metadata={"label": label, "widget": "date"} | metadata)


def document_field(hint: str) -> Words:
    """The number of the document something rests on."""
    about = {"label": N_("Number of the document"), "hint": hint, "widget": "code"}
    return Words(required=True, validate=validate.Length(max=120), metadata=about)


def purposes_by(key: str) -> Callable[[Actor], list[tuple[str, str]]]:
    """The purposes a list of the rules names, as choices: those of the actor's places, else the nation's."""

    def choices(actor: Actor) -> list[tuple[str, str]]:
        profiles = [tree.profile_of(code) for code in actor.jurisdictions or {NATIONAL}]
        named = {purpose for profile in profiles for purpose in profile.list(key)}
        return [(purpose, word) for purpose, word in PURPOSE_CHOICES if purpose in named]

    return choices


def minor_field() -> fields.Integer:
    """Whole fen, strictly: no strings, no fractions."""
    return fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_MINOR))
