"""Fuzzy proposals: longer phrases of the lexicon that stand in the text slightly broken ("take care off")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from cleaner.packs.lexicon import Lexicon
from cleaner.propose.candidates import Candidate, candidate
from cleaner.propose.phrases import trimmed
from cleaner.text.tokens import Kind, Token

LIKE = 75.0
"""Least similarity (0 to 100, indel distance) of the one word that differs to the phrase's own."""
SHORTEST = 12
"""Phrases of fewer letters are too easily like something else."""
TRUST = 0.1
COMMON = 40
"""A word that anchors more phrases than this is no anchor."""


class FuzzyIndex:
    """The longer spun phrases of a lexicon, by the words they hold."""

    def __init__(self, lexicon: Lexicon) -> None:
        by_word: dict[str, list[str]] = defaultdict(list)
        for spun in lexicon.entries:
            words = spun.split(" ")
            if len(words) >= 3 and len(spun) >= SHORTEST:
                for word in {w for w in words if len(w) > 3}:
                    by_word[word].append(spun)
        self.anchors = {word: spun for word, spun in by_word.items() if len(spun) <= COMMON}
        self.lexicon = lexicon

    def candidates(self, tokens: Sequence[Token]) -> Iterator[Candidate]:
        """Candidates for spans like a phrase that holds one of their words in the same place, but not equal to it."""
        keys = [token.key for token in tokens]
        for at, key in enumerate(keys):
            for spun in self.anchors.get(key, ()):
                words = spun.split(" ")
                start = at - words.index(key)
                end = start + len(words)
                if start >= 0 and end <= len(keys) and _whole(tokens[start:end]):
                    yield from self._alike(keys, start, end, spun)

    def _alike(self, keys: Sequence[str], start: int, end: int, spun: str) -> Iterator[Candidate]:
        likeness = alike(keys[start:end], spun.split(" "))
        if likeness == 0.0:
            return
        for entry in self.lexicon.entries[spun]:
            if not entry.named:
                first, last, original = trimmed(keys, start, end, entry.original)
                share = entry.swap * entry.form * TRUST * likeness / 100
                yield candidate(first, last, original, share, f"{entry.source}+fuzzy", "spin", entry.dialect)


def alike(words: Sequence[str], phrase: Sequence[str]) -> float:
    """How like the phrase's word the one is that differs (0 to 100); 0.0 when it is another word, or not one differs.

    A single longer word, broken or inflected, is damage; another word makes another phrase.

    >>> alike("take care off".split(), "take care of".split()), alike("takes care of".split(), "take care of".split())
    (80.0, 88.88888888888889)
    >>> alike("take hold of".split(), "take care of".split()), alike("in the past".split(), "in the last".split())
    (0.0, 0.0)
    """
    differing = [(a, b) for a, b in zip(words, phrase, strict=True) if a != b]
    if len(differing) != 1 or differing[0][0][0] != differing[0][1][0]:
        return 0.0
    return fuzz.ratio(*differing[0], score_cutoff=LIKE)


def _whole(span: Sequence[Token]) -> bool:
    """Whether the span lies in one sentence and holds no names, marks or markup."""
    return all(t.kind is Kind.WORD or t.text == "-" for t in span) and not any(
        t.opens or t.text[0].isupper() for t in span[1:]
    )
