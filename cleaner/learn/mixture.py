"""Back-off models with open probabilities: estimated from counts, mixed, pruned.

Interpolated Kneser-Ney (Chen and Goodman 1998) with one discount an order; linear interpolation of back-off models as
SRILM does it (Stolcke 2002).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cleaner.judge.ngram import Array, Floats, Ids, NgramTables

DISCOUNT = (0.5, 0.7, 0.8)
DOUBT = 3.0
"""How often a word must occur in spun pages, above or below what the model expects there, to count as telling."""


@dataclass(frozen=True)
class Sorted:
    """Probabilities by n-gram: int64 keys in order (ids in base ``size``) with values; absent keys give ``other``."""

    keys: Array
    values: Array

    def get(self, wanted: Ids, other: Array | float) -> Array:
        """The values of ``wanted`` keys, ``other`` where a key is absent."""
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.values[at], other)


class Backoff:
    """A back-off model over a common vocabulary, for interpolation: linear probabilities, not logarithms."""

    def __init__(
        self, unigram: Array, unigram_backoff: Array, bigram: Sorted, backoff: Sorted, trigram: Sorted
    ) -> None:
        self.unigram, self.unigram_backoff = unigram, unigram_backoff
        self.bigram, self.backoff, self.trigram = bigram, backoff, trigram
        self.size = len(unigram)

    def p2(self, keys: Ids) -> Array:
        """P of the bigrams ``keys``."""
        first, second = keys // self.size, keys % self.size
        return self.bigram.get(keys, self.unigram_backoff[first] * self.unigram[second])

    def p3(self, keys: Ids) -> Array:
        """P of the trigrams ``keys``."""
        return self.trigram.get(keys, self.backoff.get(keys // self.size, 1.0) * self.p2(keys % self.size**2))


def widen(tables: NgramTables, words: dict[str, int], spare: Array) -> Backoff:
    """``tables`` over the vocabulary ``words``; a word that they lack gets its share of ``spare``."""
    size = len(words)
    to = np.array([words[w] for w in tables.words], np.int64)
    unigram = spare.copy()
    unigram[to] = np.exp(tables.unigram)
    backoff = np.ones(size)
    backoff[to] = np.exp(tables.unigram_backoff)
    keys2, keys3 = to[tables.bigrams] @ [size, 1], to[tables.trigrams] @ [size**2, size, 1]
    by2, by3 = np.argsort(keys2), np.argsort(keys3)
    return Backoff(
        unigram / unigram.sum(),
        backoff,
        Sorted(keys2[by2], np.exp(tables.bigram[by2])),
        Sorted(keys2[by2], np.exp(tables.bigram_backoff[by2])),
        Sorted(keys3[by3], np.exp(tables.trigram[by3])),
    )


def kneser_ney(ids: Ids, size: int, floor: Array) -> Backoff:
    """Interpolated Kneser-Ney over a stream of word ids in which -1 parts the sentences."""
    first, second, third = ids[:-2], ids[1:-1], ids[2:]
    keys2, counts2 = np.unique((second * size + third)[(second >= 0) & (third >= 0)], return_counts=True)
    whole = (first >= 0) & (second >= 0) & (third >= 0)
    keys3, counts3 = np.unique((first[whole] * size + second[whole]) * size + third[whole], return_counts=True)
    d1, d2, d3 = DISCOUNT
    contexts = np.bincount(keys2 % size, minlength=size)
    total1 = contexts.sum()
    unigram = np.maximum(contexts - d1, 0) / total1 + d1 * (contexts > 0).sum() / total1 * floor
    # For bigrams: continuation counts (how many words stand before), raw counts where a sentence begins.
    continuation = np.zeros(len(keys2))
    np.add.at(continuation, np.searchsorted(keys2, keys3 % size**2), 1)
    mass2 = np.where(continuation > 0, continuation, counts2)
    heads = keys2 // size
    total2 = np.bincount(heads, mass2, size)
    backoff2 = np.where(total2 > 0, d2 * np.bincount(heads, minlength=size) / np.maximum(total2, 1), 1.0)
    bigram = np.maximum(mass2 - d2, 0) / total2[heads] + backoff2[heads] * unigram[keys2 % size]
    histories, where = np.unique(keys3 // size, return_inverse=True)
    total3 = np.bincount(where, counts3)
    backoff3 = d3 * np.bincount(where) / total3
    lower = Sorted(keys2, bigram)
    trigram = np.maximum(counts3 - d3, 0) / total3[where] + backoff3[where] * lower.get(keys3 % size**2, 0.0)
    return Backoff(unigram, backoff2, lower, Sorted(histories, backoff3), Sorted(keys3, trigram))


def mix(a: Backoff, b: Backoff, share: float, prune: float) -> Backoff:
    """``(1 - share) a + share b`` on the union of their n-grams, with back-off weights that sum to one again."""
    size = a.size
    unigram = (1 - share) * a.unigram + share * b.unigram
    keys3 = np.union1d(a.trigram.keys, b.trigram.keys)
    p3 = (1 - share) * a.p3(keys3) + share * b.p3(keys3)
    keys2 = np.union1d(np.union1d(a.bigram.keys, b.bigram.keys), keys3 // size)
    p2 = (1 - share) * a.p2(keys2) + share * b.p2(keys2)
    heads = keys2 // size
    left = 1 - np.bincount(heads, p2, size)
    over = 1 - np.bincount(heads, unigram[keys2 % size], size)
    unigram_backoff = np.clip(left, 1e-4, 1) / np.clip(over, 1e-4, 1)
    lower = Sorted(keys2, p2)

    def history_weights(keys: Ids, values: Array) -> Array:
        at = np.searchsorted(keys2, keys // size)
        below = lower.get(keys % size**2, unigram_backoff[keys // size % size] * unigram[keys % size])
        free = 1 - np.bincount(at, values, len(keys2))
        rest = 1 - np.bincount(at, below, len(keys2))
        return np.clip(free, 1e-4, 1) / np.clip(rest, 1e-4, 1)

    weight = history_weights(keys3, p3)
    at = np.searchsorted(keys2, keys3 // size)
    below = lower.get(keys3 % size**2, unigram_backoff[keys3 // size % size] * unigram[keys3 % size])
    change = unigram[keys3 // size**2] * p2[at] * p3 * np.abs(np.log(p3) - np.log(weight[at] * below))
    keep = change > prune
    keys3, p3 = keys3[keep], p3[keep]
    weight = history_weights(keys3, p3)
    return Backoff(unigram, unigram_backoff, lower, Sorted(keys2, weight), Sorted(keys3, p3))


def tables(words: list[str], model: Backoff, counts: Array) -> NgramTables:
    """A finished mixture in logarithms; ``counts`` are those of each word in pages that were spun."""

    def nat(p: Array) -> Floats:
        return np.log(p).astype(np.float32)

    size, keys2, keys3 = model.size, model.bigram.keys, model.trigram.keys
    return NgramTables(
        words,
        nat(model.unigram),
        nat(model.unigram_backoff),
        np.stack((keys2 // size, keys2 % size), 1),
        nat(model.bigram.values),
        nat(model.backoff.values),
        np.stack((keys3 // size**2, keys3 // size % size, keys3 % size), 1),
        nat(model.trigram.values),
        nat((counts + DOUBT) / (counts.sum() * model.unigram + DOUBT)),
    )
