"""A second opinion from wider context than a trigram: which of the confusable words fits its sentence and its page.

A log-bilinear model (Mnih and Hinton 2007; trained as word2vec is, Mikolov et al. 2013, but against the words that the
tables confuse): the score of a word in its place is the product of its output vector with the sum of its neighbours'
input vectors, weighted by position, and of the page's words near by. Scores are log-odds against chance, so that they
can be added to a path's score.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cleaner.judge.ngram import Array

WINDOW = 6
"""Words on each side, within the sentence."""
NEAR = 45
"""Words on each side whose sum stands for the page."""


class ContextModel:
    """Scores of words in their context. Read-only, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Open the model in ``folder``. Raises ``FileNotFoundError`` when a part of it is missing."""
        words = (folder / "words.txt").read_text("utf-8").split("\n")
        self.ids: dict[str, int] = {word: at for at, word in enumerate(words)}
        parts = np.load(folder / "context.npz")
        self._near, self._page, self._out, self._bias, self._positions, self._content = (
            parts[name].astype(np.float32) for name in ("near", "page", "out", "bias", "positions", "content")
        )
        self._folder = folder

    def __reduce__(self) -> tuple[type[ContextModel], tuple[Path]]:
        return ContextModel, (self._folder,)

    def word_id(self, key: str) -> int:
        """The id of a folded word; 1 for words that the model does not know."""
        return self.ids.get(key, 1)

    def contexts(self, sentences: Sequence[Sequence[int]]) -> Array:
        """A context vector for each word of a page's ``sentences`` (ids), in order."""
        gap = [0] * WINDOW
        stream: list[int] = []
        places: list[int] = []
        for sentence in sentences:
            stream += gap
            places.extend(range(len(stream), len(stream) + len(sentence)))
            stream += sentence
        stream += gap
        ids, at = np.array(stream, np.int64), np.array(places, np.int64)
        vectors = self._near[ids]
        sums = np.zeros((len(at), vectors.shape[1]), np.float32)
        for row, offset in enumerate([*range(-WINDOW, 0), *range(1, WINDOW + 1)]):
            sums += vectors[at + offset] * self._positions[row]
        return sums + self._page_vectors(ids, at)

    def _page_vectors(self, ids: Array, at: Array) -> Array:
        """The words near each place, summed and scaled by the root of their number (the word itself left out)."""
        counted = self._content[ids]
        vectors = self._page[ids] * counted[:, None]
        running = np.concatenate((np.zeros((1, vectors.shape[1]), np.float32), np.cumsum(vectors, 0)))
        total = np.concatenate((np.zeros(1, np.float32), np.cumsum(counted)))
        low, high = np.maximum(at - NEAR, 0), np.minimum(at + NEAR + 1, len(ids))
        number = total[high] - total[low] - counted[at]
        return (running[high] - running[low] - vectors[at]) / np.sqrt(np.maximum(number, 1))[:, None]

    def score(self, contexts: Array, words: Sequence[int]) -> Array:
        """Log-odds of each word in the context of the same row; 0 for unknown words."""
        ids = np.array(words, np.int64)
        scores = np.einsum("nd,nd->n", contexts, self._out[ids]) + self._bias[ids]
        return np.where(ids > 1, scores, 0.0)
