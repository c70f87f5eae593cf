"""Clauses: templates of agreements with placeholders only, their checks, and what changed between two versions."""

from contracts.rules.clauses.blanks import with_blanks
from contracts.rules.clauses.differences import Difference, differences
from contracts.rules.clauses.duties import (
    clauses_are_complete,
    clauses_say_the_same_facts,
    clauses_take_placeholders_only,
)
from contracts.rules.clauses.grammar import Clause, clauses_of, delivered, filled, kinds, known, rows_of

__all__ = [
    "Clause",
    "Difference",
    "clauses_are_complete",
    "clauses_of",
    "clauses_say_the_same_facts",
    "clauses_take_placeholders_only",
    "delivered",
    "differences",
    "filled",
    "kinds",
    "known",
    "rows_of",
    "with_blanks",
]
