"""Classification and grading rules of a place: who may make them, and that they never weaken those above."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jurisdictions.profile import Profile
from kernel.duty import Refused, duty
from kernel.words import N_, Text
from registry.rules.catalogue import ALLOWED_BY_GRADE
from registry.vocabulary import OPENING_ATTRIBUTES, SHARING_ATTRIBUTES

NATIONAL_STANDARD = "GB/T 43697-2024"


@dataclass(frozen=True)
class Rule:
    """What entries of a level (a national grade or local level) and of themes (none: all) may carry."""

    title: str
    basis: str
    level: str
    openings: frozenset[str]
    sharings: frozenset[str]
    themes: frozenset[str] = frozenset()

    def meets(self, other: "Rule") -> bool:
        """Whether both speak of some same entries."""
        return self.level == other.level and (
            not self.themes or not other.themes or bool(self.themes & other.themes)
        )

    def is_for(self, fields: Mapping[str, Any]) -> bool:
        """Whether the rule speaks of this entry."""
        graded = self.level in (fields.get("national_grade"), fields.get("local_level"))
        return graded and (not self.themes or bool(self.themes & set(fields.get("themes") or ())))


NATIONAL = tuple(
    Rule(NATIONAL_STANDARD, NATIONAL_STANDARD, grade, openings, sharings)
    for grade, (openings, sharings) in ALLOWED_BY_GRADE.items()
)


@duty("G01", basis="WZ11; DG10; YN L36-37")
def local_rules_may_be_made(level: str, profile: Profile) -> None:
    """The level may make classification rules of its own. `level` of the place: province, prefecture, county."""
    found = profile.get("classification.local_rules")
    barred = {"city_only": {"county"}, "prefecture_may_add": {"county"}}.get(
        str(found.value) if found else "", set()
    )
    if found is not None and level in barred:
        raise Refused(
            N_(
                "This level makes no classification rules of its own; those of the level above apply ({basis})."
            ),
            basis=found.basis,
        )


@duty("G01", basis="WZ11; DG10; YN L36-37; own rule: never weaker than above")
def higher_rule_is_not_weakened(rule: Rule, higher: Iterable[Rule]) -> None:
    """A rule of a lower level allows nothing that a rule above forbids for the same entries."""
    for above in (*NATIONAL, *higher):
        if not rule.meets(above):
            continue
        loosened = [OPENING_ATTRIBUTES[code].en for code in sorted(rule.openings - above.openings)]
        loosened += [SHARING_ATTRIBUTES[code].en for code in sorted(rule.sharings - above.sharings)]
        if loosened:
            raise Refused(
                N_("The rule would weaken “{title}” ({basis}), which does not allow: {loosened}."),
                title=above.title,
                basis=above.basis,
                loosened=[Text(word) for word in loosened],
            )


@duty("G01", "G02", basis="WZ11; DG7; DG10; LS24; YN L21; YN L36-38")
def local_grading_rules_are_kept(fields: Mapping[str, Any], rules: Collection[Rule]) -> None:
    """An entry carries only sharing and opening attributes that the grading rules of its place allow for its level."""
    for rule in rules:
        if not rule.is_for(fields):
            continue
        for name, codes, allowed in (
            ("opening_attribute", OPENING_ATTRIBUTES, rule.openings),
            ("sharing_attribute", SHARING_ATTRIBUTES, rule.sharings),
        ):
            chosen = fields.get(name)
            if chosen and chosen not in allowed:
                raise Refused(
                    N_("“{title}” ({basis}) does not allow “{chosen}” for data of this level and theme."),
                    title=rule.title,
                    basis=rule.basis,
                    chosen=Text(codes[chosen].en),
                )
