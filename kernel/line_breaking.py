"""Where lines of Chinese and Latin text break, when we set them ourselves."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

_PIECE = re.compile(r" |[!-~\u00a0-\u024f]+|.")
_NOT_FIRST = frozenset("、。，．：；？！）〕】》」』”’…—·%％!),.:;?]}")
_NOT_LAST = frozenset("（〔【《「『“‘([{￥¥")

Advance = Callable[[str], float]


def width_of(text: str, advance: Advance) -> float:
    """Of a line, in ems."""
    return sum(map(advance, text))


def broken(text: str, room: float, advance: Advance) -> list[str]:
    """A text in lines at most so many ems wide: between Chinese characters and at blanks, a long word anywhere.

    No line begins with a closing mark or ends with an opening one, as far as the line has anything else.
    """
    lines, line, used = list[str](), "", 0.0
    for piece in _pieces(text, room, advance):
        wide = width_of(piece, advance)
        if line and used + (0 if piece == " " else wide) > room:
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
        if line or piece != " ":
            line, used = line + piece, used + wide
    return [*lines, line.rstrip(" ")] if line.strip() or not lines else lines


def _pieces(text: str, room: float, advance: Advance) -> Iterator[str]:
    """What stays on one line: words, characters with the marks that belong to them."""
    held = ""
    for one, following in pairwise([*_PIECE.findall(text), ""]):
        held += one
        stays = following[:1] in _NOT_FIRST and one != " " or held[-1] in _NOT_LAST and following.strip()
        if stays and width_of(held + following, advance) <= room:
            continue
        while width_of(held, advance) > room and len(held) > 1:
            cut = next(n for n in range(len(held), 0, -1) if n == 1 or width_of(held[:n], advance) <= room)
            yield held[:cut]
            held = held[cut:]
        yield held
        held = ""
