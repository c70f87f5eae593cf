"""What was billed, paid and shared under a right: told by the packages that keep money, for the final account."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from kernel.words import Text


@dataclass(frozen=True)
class Figure:
    """One line of a final account: what, how often, how much in fen, and whether somebody still owes it."""

    label: Text
    count: int
    minor: int
    is_open: bool = False


Figures = Callable[[uuid.UUID], list[Figure]]
_FIGURES: list[Figures] = []


def adds_figures(found: Figures) -> Figures:
    """A package above registers its lines of the final account: `(right id) -> list[Figure]`."""
    _FIGURES.append(found)
    return found


def final_figures(right_id: uuid.UUID) -> list[Figure]:
    """All lines of the final account of a right."""
    return [row for found in _FIGURES for row in found(right_id)]
