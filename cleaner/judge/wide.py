"""How well each arc of a page's sentences fits its wider context, as the page is understood so far."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.judge.context import ContextModel
from cleaner.judge.lattice import Posterior
from cleaner.judge.sentences import Sentence
from cleaner.text.tokens import tokenize


class WideContext:
    """The arcs' words in the context model's ids, laid out once for all rounds of a page."""

    def __init__(self, sentences: Sequence[Sentence], model: ContextModel) -> None:
        self._sentences, self._model = sentences, model
        self._words: list[list[list[int]]] = []
        self._places: list[int] = []
        self._flat: list[int] = []
        base = 0
        for s in sentences:
            rows = [[model.word_id(key)] for key in s.standing]
            rows += [[model.word_id(t.key) for t in tokenize(s.candidates[at][0].original)] for at in s.swaps]
            self._words.append(rows)
            for arc, row in zip(s.arcs, rows, strict=True):
                self._places.extend([base + arc.start] * len(row))
                self._flat.extend(row)
            base += len(s.words)

    def scores(self, found: Sequence[Posterior]) -> list[list[float]]:
        """A score (log-odds) for each arc of each sentence; ``found`` are the posteriors so far, none at first."""
        if not self._flat:
            return [[] for _ in self._sentences]
        contexts = self._model.contexts([self._likeliest(at, found) for at in range(len(self._sentences))])
        flat = self._model.score(contexts[np.array(self._places)], self._flat).tolist()
        out, at = [], 0
        for rows in self._words:
            scores = []
            for row in rows:
                scores.append(sum(flat[at : at + len(row)]))
                at += len(row)
            out.append(scores)
        return out

    def _likeliest(self, number: int, found: Sequence[Posterior]) -> list[int]:
        """The words of a sentence as they are understood so far: the likeliest one-word arc in each place."""
        s, rows = self._sentences[number], self._words[number]
        best = [row[0] for row in rows[: len(s.words)]]
        if not found:
            return best
        likely = list(found[number].arcs[: len(s.words)])
        for at in s.swaps:
            arc, p = s.arcs[at], found[number].arcs[at]
            if p > likely[arc.start] and len(rows[at]) == 1:
                best[arc.start], likely[arc.start] = rows[at][0], p
        return best
