"""The decision: whether a policy permits a use, as a tree: which rule allowed or refused, what would change it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from contracts.rules.policy.model import Policy, Request
from contracts.rules.policy.terms import purpose_class, words
from kernel.words import N_, Text


@dataclass(frozen=True)
class Finding:
    """One rule, how it turned out (None: left open, because it was not stated), and what would change it.

    `parts` are the rules it is made of; a rule with parts holds where none of them refuses.
    """

    rule: str
    holds: bool | None
    said: Text
    change: Text | None = None
    basis: str = ""
    parts: tuple["Finding", ...] = ()

    @property
    def refusals(self) -> Iterator["Finding"]:
        """The leaves that refuse, in order."""
        if not self.parts and self.holds is False:
            yield self
        for part in self.parts:
            yield from part.refusals


def all_of(rule: str, parts: list[Finding], yes: Text, no: Text, basis: str = "") -> Finding:
    """A rule that holds where none of its parts refuses."""
    holds = all(part.holds is not False for part in parts)
    return Finding(rule, holds, yes if holds else no, None, basis, tuple(parts))


def decide(policy: Policy, asked: Request) -> Finding:
    """Whether the policy permits the use, rule by rule."""
    parts = [rule(policy, asked) for rule in _RULES]
    yes, no = Text(N_("The policy permits this use.")), Text(N_("The policy does not permit this use."))
    return all_of("policy", parts, yes, no)


def _who(policy: Policy, asked: Request) -> Finding:
    if policy.to is None:
        return Finding("who", True, Text(N_("Anybody may take up this offer.")))
    said = Text(N_("The policy is for {name}."), name=policy.to.name or policy.to.uid)
    if asked.by is None:
        return Finding("who", None, said)
    change = Text(N_("Order or apply for a right of your own."))
    return Finding("who", asked.by == policy.to.uid, said, change)


def _target(policy: Policy, asked: Request) -> Finding:
    titles = sorted(one.title or one.uid for one in policy.targets)
    said = Text(N_("The policy covers: {what}."), what=[Text(title) for title in titles])
    if asked.target is None:
        return Finding("target", None, said)
    covered = asked.target in {one.uid for one in policy.targets}
    return Finding("target", covered, said, Text(N_("Choose data that the policy covers.")))


def _action(policy: Policy, asked: Request) -> Finding:
    if asked.action in policy.forbidden:
        said = Text(N_("Expressly forbidden: {actions}."), actions=words("actions", policy.forbidden))
        return Finding("action", False, said, Text(N_("Nothing changes this: do without it.")))
    said = Text(N_("Permitted actions: {actions}."), actions=words("actions", policy.actions))
    change = Text(N_("Keep to the permitted actions, or ask for a right that includes this one."))
    return Finding("action", asked.action in policy.actions, said, change)


def _purpose(policy: Policy, asked: Request) -> Finding:
    if policy.purposes is None:
        return Finding("purpose", True, Text(N_("Any lawful purpose is permitted.")))
    said = Text(N_("Permitted purposes: {purposes}."), purposes=words("purposes", policy.purposes))
    if asked.purpose is None:
        return Finding("purpose", None, said)
    held = bool({asked.purpose, purpose_class(asked.purpose)} & policy.purposes)
    change = Text(N_("Choose a permitted purpose. A use for another one needs a right of its own."))
    return Finding("purpose", held, said, change, "WZ34; YN L121")


def _territory(policy: Policy, asked: Request) -> Finding:
    if policy.territory is None:
        return Finding("territory", True, Text(N_("The place of use is not limited.")))
    said = Text(N_("Permitted territory: {places}."), places=sorted(policy.territory))
    if asked.places is None:
        return Finding("territory", None, said)
    change = Text(N_("Use it within the territory. A wider one needs a new decision."))
    return Finding("territory", bool(asked.places & policy.territory), said, change, "WZ35–36")


def _term(policy: Policy, asked: Request) -> Finding:
    said = term_said(policy)
    if policy.starts_on is None and policy.ends_on is None:
        return Finding("term", True, said)
    if asked.on is None:
        return Finding("term", None, said)
    early = policy.starts_on is not None and asked.on < policy.starts_on
    late = policy.ends_on is not None and asked.on > policy.ends_on
    change = (
        Text(N_("Wait until the first day.")) if early else Text(N_("Order anew, or apply for a renewal."))
    )
    return Finding("term", not (early or late), said, change)


def term_said(policy: Policy) -> Text:
    """The term of a policy in words."""
    if policy.starts_on and policy.ends_on:
        return Text(N_("It runs from {first} to {last}."), first=policy.starts_on, last=policy.ends_on)
    if policy.starts_on:
        return Text(N_("It runs from {first}, without an end."), first=policy.starts_on)
    return (
        Text(N_("It runs until {last}."), last=policy.ends_on)
        if policy.ends_on
        else Text(N_("Its time is not limited."))
    )


def _count(policy: Policy, asked: Request) -> Finding:
    if policy.most is None:
        return Finding("count", True, Text(N_("How often is not limited.")))
    said = Text(N_("At most {most} times."), most=policy.most)
    if asked.used is None:
        return Finding("count", None, said)
    change = Text(N_("All {most} are used. Order more."), most=policy.most)
    return Finding("count", asked.used < policy.most, said, change)


def _form(policy: Policy, asked: Request) -> Finding:
    if policy.forms is None:
        return Finding("form", True, Text(N_("The form of delivery is not limited.")))
    said = Text(N_("Form of delivery: {forms}."), forms=words("forms", policy.forms))
    if asked.form is None:
        return Finding("form", None, said)
    change = Text(N_("Take it in the form offered, or ask the seller for another."))
    return Finding("form", asked.form in policy.forms, said, change)


_RULES: tuple[Callable[[Policy, Request], Finding], ...] = (
    _who, _target, _action, _purpose, _territory, _term, _count, _form,
)  # fmt: skip


def with_names(text: Text, name: Callable[[str], str]) -> Text:
    """A text whose places are named; a policy knows their codes alone."""
    if "places" not in text.params:
        return text
    return Text(text.msgid, **{**text.params, "places": [name(code) for code in text.params["places"]]})


def shown(found: Finding, say: Callable[[Text], str]) -> dict[str, Any]:
    """A finding as plain data, in the words of one language."""
    return {
        "rule": found.rule,
        "holds": found.holds,
        "said": say(found.said),
        "change": say(found.change) if found.change and found.holds is False else None,
        "basis": found.basis or None,
        "parts": [shown(part, say) for part in found.parts],
    }
