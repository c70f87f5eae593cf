"""What is looked up instead of texts: characters, pairs of characters, words, and the sounds of a title.

A token without a mark stands for any text. Tokens of the title and of the keywords are kept a second time with a mark,
because the smallest form of SQLite's index knows no columns; those by sound have a mark only.
"""

from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin
from pypinyin.contrib.mmseg import seg

from kernel.search.folding import runs

TITLE, KEYWORDS, SOUND = "\ue000", "\ue001", "\ue002"
MADE_WITH = "1"  # raised with every change of what a token is: an index of another make has to be rebuilt
LONGEST_TOKEN = 60
_SYLLABLES, _INITIALS = 6, 8


@dataclass(frozen=True, slots=True)
class Folded:
    """A document as the index reads it: folded title, keywords and rest, and the title's syllables."""

    title: str
    keywords: str
    body: str
    sounds: str

    @property
    def fields(self) -> tuple[str, str, str]:
        return self.title, self.keywords, self.body


@dataclass(frozen=True, slots=True)
class Term:
    """A token to look up; with `begins` every token that begins with it."""

    token: str
    begins: bool = False


def of_text(folded: str) -> set[str]:
    """The tokens of a folded text: each character and each pair of neighbours of a Chinese run, each word."""
    found: set[str] = set()
    for run in runs(folded):
        if is_letters(run):
            found.add(run[:LONGEST_TOKEN])
        else:
            found.update(run)
            found.update(map(str.__add__, run, run[1:]))
    return found


def of_document(document: Folded) -> list[str]:
    """Every token of a document, each once, in order: the same document has the same tokens for ever."""
    title, keywords = of_text(document.title), of_text(document.keywords)
    found = title | keywords | of_text(document.body)
    found |= {TITLE + token for token in title} | {KEYWORDS + token for token in keywords}
    return sorted(found | {SOUND + token for token in heard(document.sounds)})


def syllables(title: str) -> str:
    """The syllables of the Chinese of a folded title, run by run: “yu liang”."""
    spoken = [" ".join(map(_spoken, seg.cut(run))) for run in runs(title) if not is_letters(run)]
    return "\n".join(spoken)


@lru_cache(maxsize=65536)
def _spoken(phrase: str) -> str:
    """A phrase as pypinyin itself parts them: the same few come again in every title."""
    return " ".join(lazy_pinyin(phrase))


def heard(sounds: str) -> list[str]:
    """Words by which a title is found by its sound: from each syllable on, in full and by initials."""
    found = []
    for line in sounds.split("\n"):
        parts = [part for part in line.split(" ") if part]
        for start in range(len(parts)):
            found.append("".join(parts[start : start + _SYLLABLES])[:LONGEST_TOKEN])
            if len(parts) - start > 1:
                found.append("".join(part[0] for part in parts[start : start + _INITIALS]))
    return found


def terms(needle: str) -> list[Term]:
    """The tokens that every text with the needle has."""
    found = runs(needle)
    wanted: list[Term] = []
    for place, run in enumerate(found):
        if is_letters(run):
            wanted.append(Term(run, begins=place == len(found) - 1))
        elif len(run) == 1:
            wanted.append(Term(run))
        else:
            wanted += [Term(run[at : at + 2]) for at in range(len(run) - 1)]
    return list(dict.fromkeys(wanted))


def is_exact(needle: str) -> bool:
    """Whether its tokens say all: one or two Chinese characters, or one word. Longer ones are compared with texts."""
    found = runs(needle)
    return len(found) == 1 and (is_letters(found[0]) or len(found[0]) <= 2)


def is_letters(run: str) -> bool:
    """Whether a run is a word of letters and digits (any but Chinese characters)."""
    return not runs(run)


def contained(needle: str, document: Folded) -> bool:
    """Whether a document has the needle: what every index has to answer."""
    if any(needle in field for field in document.fields):
        return True
    word = needle.removeprefix(" ")
    spoken = word != needle and is_exact(needle)
    return spoken and any(sound.startswith(word) for sound in heard(document.sounds))
