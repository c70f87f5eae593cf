"""Policies: one object, three faces – sentences of a contract, ODRL, and the decision at every access."""

from contracts.rules.policy.decision import Finding, all_of, decide, shown, with_names
from contracts.rules.policy.model import Party, Policy, Request, Target
from contracts.rules.policy.odrl import FILE_NAME, MEDIA_TYPE, UnreadablePolicy, as_odrl, odrl, read
from contracts.rules.policy.permission import use_is_permitted
from contracts.rules.policy.sentences import sentences
from contracts.rules.policy.terms import purpose_class, purposes_by_class, terms, word, words

__all__ = [
    "FILE_NAME",
    "MEDIA_TYPE",
    "Finding",
    "Party",
    "Policy",
    "Request",
    "Target",
    "UnreadablePolicy",
    "all_of",
    "as_odrl",
    "decide",
    "odrl",
    "purpose_class",
    "purposes_by_class",
    "read",
    "sentences",
    "shown",
    "terms",
    "use_is_permitted",
    "with_names",
    "word",
    "words",
]
