"""How much of the spin is undone, how many changes help, and how many are made on human-written text.

Tokens, distance, changes and their helpfulness are defined as in the project's referee, and agree with it to the digit.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Score:
    """Sums over lines or pages. ``before`` and ``after`` are word distances to the original; ``helpful`` of
    ``changes`` bring their line nearer to it; ``matched`` of them are among the ``wanted`` token edits of the
    original (exact span and text).
    """

    before: int = 0
    after: int = 0
    changes: int = 0
    helpful: int = 0
    wanted: int = 0
    matched: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def undone(self) -> float:
        """Share of the spin that is undone: 1 - distance after / distance before; at most 1, negative for harm."""
        return 1 - self.after / max(1, self.before)

    @property
    def precision(self) -> float:
        """Share of the changes that bring their line nearer to the original, 0 to 1."""
        return self.helpful / max(1, self.changes)

    @property
    def exact(self) -> tuple[float, float, float]:
        """Precision, recall and F0.5 of edits that agree with the original's in span and text."""
        p, r = self.matched / max(1, self.changes), self.matched / max(1, self.wanted)
        return p, r, 1.25 * p * r / max(1e-9, 0.25 * p + r)


def words(text: str) -> list[str]:
    """The referee's tokens.

    >>> words("The US’s 20-year-old plan, 2.5%")
    ['the', "us's", '20', 'year-old', 'plan', '2.5']
    """
    return _WORD.findall(text.replace("’", "'").casefold())


def changes(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Runs of the token alignment a -> b that differ: start and end in ``a``, and what stands there in ``b``."""
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(i1, i2, tuple(b[j1:j2])) for tag, i1, i2, j1, j2 in blocks if tag != "equal"]


def score_line(spun: Sequence[str], restored: Sequence[str], original: Sequence[str]) -> Score:
    """The score of one line (or of a page whose lines do not match)."""
    before = Levenshtein.distance(spun, original)
    made = changes(spun, restored)
    wanted = set(changes(spun, original))
    helpful = sum(Levenshtein.distance([*spun[:i], *new, *spun[j:]], original) < before for i, j, new in made)
    after = Levenshtein.distance(restored, original)
    return Score(before, after, len(made), helpful, len(wanted), len(wanted.intersection(made)))


def score_page(spun: str, restored: str, original: str) -> Score:
    """The score of a page, line by line where all three have the same number of lines that are not blank."""
    pages = [[line for line in text.split("\n") if line.strip()] for text in (spun, restored, original)]
    if not len(pages[0]) == len(pages[1]) == len(pages[2]):
        return score_line(*(words(text) for text in (spun, restored, original)))
    total = Score()
    for triple in zip(*pages, strict=True):
        total += score_line(*(words(line) for line in triple))
    return total


def false_changes(text: str, restored: str) -> tuple[int, int]:
    """Changes of any kind on a human-written text, and its number of words."""
    before = words(text)
    return len(changes(before, words(restored))), len(before)
