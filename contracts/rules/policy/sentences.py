"""A policy as the sentences of a contract, in the order in which a contract says them."""

from contracts.rules.policy.decision import term_said
from contracts.rules.policy.model import Policy
from contracts.rules.policy.terms import in_order, word, words
from kernel.words import N_, Text


def sentences(policy: Policy) -> list[Text]:
    """What is permitted, for what, where, when, how often, in which form; what is forbidden; what is owed in return."""
    said = [_who(policy), Text(N_("Permitted: {actions}."), actions=words("actions", policy.actions))]
    if policy.purposes is not None:
        said.append(Text(N_("Purposes: {purposes}; no other."), purposes=words("purposes", policy.purposes)))
    if policy.territory is not None:
        said.append(Text(N_("Territory: {places} and what lies within."), places=sorted(policy.territory)))
    said.append(term_said(policy))
    if policy.most is not None:
        said.append(Text(N_("At most {most} times."), most=policy.most))
    if policy.forms is not None:
        said.append(Text(N_("Form of delivery: {forms}."), forms=words("forms", policy.forms)))
    if policy.forbidden:
        said.append(Text(N_("Forbidden: {actions}."), actions=words("actions", policy.forbidden)))
    duties = [word("duties", code) for code in in_order("duties", policy.duties)]
    return said + [Text(N_("Duty: {duty}."), duty=duty) for duty in duties]


def _who(policy: Policy) -> Text:
    by = policy.by.name or policy.by.uid
    if policy.to is None:
        return Text(N_("{giver} offers this use to everybody."), giver=by)
    said = N_("{giver} permits {user} the following use.")
    return Text(said, giver=by, user=policy.to.name or policy.to.uid)
