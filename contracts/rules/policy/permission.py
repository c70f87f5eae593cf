"""The duty behind every access: what the policy refuses is refused, with the rule and what would change it."""

from contracts.rules.policy.decision import Finding
from kernel.duty import Refused, duty
from kernel.words import N_, Text


@duty("T02", "L04", "X03", basis="WZ35–36; WZ46; YN L123; YN L168–172")
def use_is_permitted(found: Finding) -> None:
    """Data are used only as the policy of the right permits: by whom, for what, where, when, how often, how."""
    if refusals := list(found.refusals):
        first = refusals[0]
        said = N_("This use is not permitted. {said} {change}")
        raise Refused(said, said=first.said, change=first.change or Text(""))
