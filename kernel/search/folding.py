"""What a text is for the search: without what does not change its meaning – width, case, blanks, punctuation.

Chinese characters stand next to each other, every word of letters or digits begins with a blank. A search word is
folded by the same function, and it is *found* in a text where its folded form is a part of the folded text: Chinese
anywhere, words of letters and digits from their beginning. Tokens, queries, verification and the check of the index
all rest on that one sentence.
"""

import re
import unicodedata

HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTERS = rf"(?:(?![{HAN}])[^\W_])+"
_JOINTS = r"[-_./:·]"
_PIECE = re.compile(rf"[{HAN}]+|{_LETTERS}(?:{_JOINTS}{_LETTERS})*")
_JOINT = re.compile(_JOINTS)
_BETWEEN_WORDS = re.compile(r"[\s、，,;；。]+")
RUN = re.compile(rf"[{HAN}]+|(?<= ){_LETTERS}")
# What protects the machine: so much of one text is searched, so many words of a query, each so long.
LONGEST_TEXT, MOST_WORDS, LONGEST_WORD = 60_000, 8, 40


def fold(text: str) -> str:
    """One text on one line; a code written with signs (a-1/2) is one word: “气象 CSV（A-1/2）” is “气象 csv a12”."""
    return "".join(_pieces(text, None))


def fold_all(texts: list[str]) -> str:
    """Several texts, each on a line of its own and each once; the parts of codes follow as lines."""
    parts: list[str] = []
    lines = ["".join(_pieces(text, parts)) for text in texts]
    return "\n".join(dict.fromkeys(line for line in [*lines, *parts] if line))[:LONGEST_TEXT]


def _pieces(text: str, parts: list[str] | None) -> list[str]:
    found = []
    for piece in _PIECE.findall(unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()):
        if not _is_letters(piece):
            found.append(piece)
            continue
        split = _JOINT.split(piece)
        found.append(" " + "".join(split))
        if parts is not None and len(split) > 1:
            parts.extend(" " + part for part in split)
    return found


def _is_letters(piece: str) -> bool:
    return not RUN.match(piece)


def needles(words: str) -> list[str] | None:
    """The folded words of a query, at most eight; None where something was typed but nothing can be looked for."""
    typed = [part for part in _BETWEEN_WORDS.split(words.strip()) if part]
    found = [needle for part in typed[: MOST_WORDS * 4] if (needle := fold(part)[:LONGEST_WORD])]
    if typed and not found:
        return None
    return list(dict.fromkeys(found))[:MOST_WORDS]


def runs(folded: str) -> list[str]:
    """The runs of a folded text: Chinese characters that stand together, or one word of letters and digits."""
    return RUN.findall(folded)
