"""Proposals for broken words: split ("with out"), run together ("ofthe") and misspelt ones, with SymSpell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from symspellpy import SymSpell, Verbosity

from cleaner.judge.ngram import NgramModel
from cleaner.propose.candidates import Candidate, candidate
from cleaner.text.tokens import Kind, Token

COMMON = -14.5
"""Least unigram log probability (nats) of words that others are corrected to."""
SPLIT, JOINED, MISSPELT = 0.02, 0.02, 0.01
"""P(form) of each kind of damage: how rarely a text that is spun elsewhere shows it at a given word."""

LONGEST = 40
"""Letters of the longest word that is mended: two common words run together have fewer."""


class Speller:
    """A SymSpell dictionary of the language model's common words, built at first use (about half a second)."""

    def __init__(self, model: NgramModel) -> None:
        self.model = model
        self._symspell: SymSpell | None = None

    def candidates(self, tokens: Sequence[Token]) -> Iterator[Candidate]:
        """Candidates for words that are broken; names and anything with a capital stay as they are."""
        for at, token in enumerate(tokens):
            if not _plain(token):
                continue
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if following is not None and _plain(following) and not following.opens and not following.glued:
                yield from self._rejoined(at, token.key, following.key)
            if (
                5 <= len(token.key) <= LONGEST
                and self._unknown(token.key)
                and not (following is not None and following.text == "-")
            ):
                yield from self._mended(at, token.key)

    def _rejoined(self, at: int, first: str, second: str) -> Iterator[Candidate]:
        whole = first + second
        broken = self._unknown(first) or self._unknown(second)
        if self._common(whole) or (broken and not self._unknown(whole)):
            yield candidate(at, at + 2, whole, SPLIT, "symspell:split", "spacing")

    def _mended(self, at: int, word: str) -> Iterator[Candidate]:
        for found in self.symspell.lookup(word, Verbosity.CLOSEST, max_edit_distance=1)[:3]:
            if found.distance:
                yield candidate(at, at + 1, found.term, MISSPELT, "symspell:misspelt", "spelling")
        parts = self.symspell.word_segmentation(word, max_edit_distance=0).corrected_string.split(" ")
        if len(parts) == 2 and all(self._common(part) and len(part) > 1 for part in parts):
            yield candidate(at, at + 1, " ".join(parts), JOINED, "symspell:joined", "spacing")

    @property
    def symspell(self) -> SymSpell:
        """The dictionary."""
        if self._symspell is None:
            speller = SymSpell(max_dictionary_edit_distance=1, prefix_length=7)
            for word, at in self.model.ids.items():
                logp = self.model.unigram(at)
                if logp > COMMON and word.isalpha() and len(word) > 1:
                    speller.create_dictionary_entry(word, max(1, round(math.exp(logp) * 1e9)))
            self._symspell = speller
        return self._symspell

    def _common(self, word: str) -> bool:
        return self.model.unigram(self.model.word_id(word)) > COMMON and word in self.model.ids

    def _unknown(self, word: str) -> bool:
        return self.model.word_id(word) == self.model.unknown and not self._inflection(word)

    @staticmethod
    def _inflection(word: str) -> bool:
        """Whether the word is a regular inflection of a dictionary word ("midwifing")."""
        from lemminflect import getAllLemmas

        return bool(getAllLemmas(word))


def _plain(token: Token) -> bool:
    return token.kind is Kind.WORD and token.text.isalpha() and token.text.islower()
