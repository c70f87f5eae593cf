"""Classes of sharing and opening as the rules of places name them, and the codes of ours that stand for each."""

from collections.abc import Iterable, Mapping

from kernel.words import N_

# Class in a profile (sharing.classes, opening.classes) → our codes with the words of that place;
# "" = the words of the code list.
CODES_OF_CLASS: Mapping[str, Mapping[str, str]] = {
    "unconditional": {"unconditional": ""},
    "conditional": {"conditional": ""},
    "restricted": {"conditional": N_("restricted sharing")},
    "none": {"none": ""},
    "open": {"open": ""},
    "listed": {
        "open": N_("in the opening catalogue"),
        "conditional": N_("in the opening catalogue, on conditions"),
    },
    "unlisted": {"none": N_("not in the opening catalogue")},
}
UNDECIDED = "undecided"


def codes_of(classes: Iterable[str]) -> dict[str, str]:
    """Our codes for these classes of a profile, with the words of the place."""
    return {code: word for name in classes for code, word in CODES_OF_CLASS[name].items()}


def worded(choices: Iterable[tuple[str, str]], classes: Iterable[str]) -> list[tuple[str, str]]:
    """The choices (code, words) that the classes leave, in the words of the place; what is undecided may stay so."""
    known = codes_of(classes)
    if not known:
        return list(choices)
    return [(code, known.get(code) or word) for code, word in choices if code in known or code == UNDECIDED]
