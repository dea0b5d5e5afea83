"""Which spans of a text could have been something else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from cleaner.judge.ngram import NgramModel
from cleaner.packs.lexicon import Lexicon
from cleaner.propose.candidates import Candidate
from cleaner.propose.fuzzy import FuzzyIndex
from cleaner.propose.inflected import inflected
from cleaner.propose.phrases import PhraseIndex
from cleaner.propose.spelling import Speller
from cleaner.text.tokens import Token

__all__ = ["Candidate", "Proposers"]


class Proposers:
    """All proposers over one lexicon. What only spun text needs is built when the first spun text comes."""

    def __init__(self, lexicon: Lexicon, model: NgramModel) -> None:
        self.lexicon, self.model = lexicon, model

    def exact(self, tokens: Sequence[Token]) -> list[Candidate]:
        """Phrases of the lexicon as they are: what tells spun text from human text."""
        return list(self._phrases.candidates(tokens))

    def inexact(self, tokens: Sequence[Token]) -> list[Candidate]:
        """Inflected, slightly broken and misspelt forms: for text that is spun."""
        return [
            *inflected(tokens, self.lexicon),
            *self._fuzzy.candidates(tokens),
            *self._speller.candidates(tokens),
        ]

    @cached_property
    def _phrases(self) -> PhraseIndex:
        return PhraseIndex(self.lexicon)

    @cached_property
    def _fuzzy(self) -> FuzzyIndex:
        return FuzzyIndex(self.lexicon)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self.model)
