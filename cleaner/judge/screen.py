"""Human-written text told by its words alone, so that most of it needs no closer look.

A table changes how often words occur: it uses up its originals and multiplies its forms. How often each word occurs in
spun text follows from the table and the language model's unigrams, with no data beside; the log-likelihood ratio of a
part's words against human text (naive Bayes) then tells whether there can be anything to find.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from cleaner.judge.ngram import NgramModel
from cleaner.judge.spun import PART
from cleaner.packs.lexicon import Lexicon
from cleaner.text.tokens import Kind, Token

RATE = 0.7
"""Spin rate of the spun text that human text is told from."""
MOST = 5.0
"""The most (nats) that one word may say: a rare word is no proof by itself."""
LEAST = 60
"""Texts of fewer words are always looked at closely: their words say too little."""
CLEAN = -0.05
"""A text whose parts all have a lower ratio (nats a word) is human. Four in five human documents are told so; pages
spun at the usual rate lie above 0.08, and few that are spun at a fifth of it lie below."""
WHOLE = 1000
"""Words from which a dialect's table counts as known. Of another any sign is followed: human text lies about 0."""


class Screen:
    """What each word says (nats) for being spun, in each dialect."""

    def __init__(self, lexicon: Lexicon, model: NgramModel) -> None:
        self.lexicon, self.model = lexicon, model

    def rules_out(self, tokens: Sequence[Token]) -> bool:
        """Whether the words of a text rule out that a part of it is spun."""
        keys = [token.key for token in tokens if token.kind is not Kind.MARK]
        if len(keys) < LEAST:
            return False
        return all(
            _highest([ratios.get(key, 0.0) for key in keys]) < (CLEAN if len(ratios) >= WHOLE else 0.0)
            for ratios in self._ratios
        )

    @cached_property
    def _ratios(self) -> list[dict[str, float]]:
        return [_ratios(dialect, self.lexicon, self.model) for dialect in self.lexicon.dialects]


def _highest(said: list[float]) -> float:
    """The mean of what the words of a part say, in the part in which it is highest; parts overlap by half."""
    sums = np.concatenate(([0.0], np.cumsum(said)))
    starts = np.arange(0, max(1, len(said) - PART // 2), PART // 2)
    ends = np.minimum(starts + PART, len(said))
    return float(((sums[ends] - sums[starts]) / (ends - starts)).max())


def _ratios(dialect: str, lexicon: Lexicon, model: NgramModel) -> dict[str, float]:
    """Log P(word | spun) / P(word | human) of the words that ``dialect`` swaps or makes."""
    swaps = lexicon.swaps[dialect]
    made: dict[str, float] = defaultdict(float)
    for spun, entries in lexicon.entries.items():
        if " " not in spun:
            for entry in entries:
                if entry.dialect == dialect and not entry.named:
                    made[spun] += _frequency(entry.original, model) * entry.swap * entry.form
    ratios = {}
    for word in {*swaps, *made}:
        change = made.get(word, 0.0) / _frequency(word, model) - swaps.get(word, 0.0)
        ratios[word] = min(MOST, math.log(max(1e-3, 1 + RATE * change)))
    return ratios


def _frequency(phrase: str, model: NgramModel) -> float:
    """About how often a word or phrase stands at a given place: of a phrase, a fifth of its rarest word's frequency."""
    rarest = min(model.unigram(model.word_id(word)) for word in phrase.casefold().split(" "))
    return math.exp(rarest) * (0.2 if " " in phrase else 1.0)
