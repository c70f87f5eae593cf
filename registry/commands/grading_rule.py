"""Classification and grading rules of a place: adopted by its authority, never weaker than those above."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema

from kernel.actor import Actor
from kernel.command import Command, command
from kernel.due import profile
from kernel.words import N_
from registry.commands.places import own_place
from registry.models import GradingRule
from registry.permissions import MAY
from registry.queries import keeping
from registry.rules import grading as law
from registry.schemas.keeping import GradingRuleInput, GradingRuleRepealInput
from registry.states import GRADING_RULE


def _command(verb: str, schema: type[Schema], label: str) -> Callable[[Callable[..., Any]], Command]:
    name = f"registry.grading_rule.{verb}"
    return command(
        name, may=MAY[name], on=GradingRule, states=GRADING_RULE, schema=schema, label=label, duties=("G01",)
    )


@_command("adopt", GradingRuleInput, N_("Adopt a grading rule"))
def adopt(*, actor: Actor, now: datetime, jurisdiction: str, **values: Any) -> GradingRule:
    """The authority adopts a grading rule for its place; it may be stricter than those above, never weaker."""
    own_place(actor, jurisdiction)
    fresh = GradingRule(jurisdiction=jurisdiction, organisation_id=actor.organisation_id, **values)
    rules = profile(fresh)
    law.local_rules_may_be_made(rules.level, rules)
    above = keeping.rules_in_force(jurisdiction, above_only=True)
    law.higher_rule_is_not_weakened(keeping.as_rule(fresh), above)
    return fresh


@_command("repeal", GradingRuleRepealInput, N_("Repeal the rule"))
def repeal(rule: GradingRule, *, actor: Actor, now: datetime, reasons: str) -> None:
    """The authority repeals a grading rule; entries are no longer held to it."""
    rule.reasons = reasons
