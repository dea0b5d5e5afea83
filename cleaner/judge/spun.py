"""Whether a text is spun, as a whole or in part: pages mix spun body with clean quotes, captions and boilerplate."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from cleaner.judge.weights import Weights

PART = 150
"""Words of a part: about what it takes to tell spun text from human text with certainty."""
SHARE, MOST = 0.4, 5.0
"""How much of the whole page's log-odds its parts inherit, and at most: much of a page that is spun throughout, but
little of one that mixes."""


def spun_parts(evidence: Sequence[float], words: Sequence[int], weights: Weights) -> list[float]:
    """The probability that each sentence lies in spun text, from the evidence (nats) and the length of all sentences.

    A sentence belongs to every part of :data:`PART` words that holds it, and takes the likeliest one's probability.
    """
    whole = log_odds_spun(sum(evidence), sum(words), weights)
    if sum(words) <= 2 * PART:
        return [_probability(whole)] * len(words)
    prior = min(MOST, max(0.0, SHARE * whole))
    found = [0.0] * len(words)
    for start, end in _parts(words):
        logit = log_odds_spun(sum(evidence[start:end]), sum(words[start:end]), weights) + prior
        probability = _probability(logit)
        for at in range(start, end):
            found[at] = max(found[at], probability)
    return found


def _parts(words: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The shortest runs of sentences of at least :data:`PART` words, from each sentence on; the last one ends the text.

    >>> list(_parts([100, 40, 60, 90, 30]))
    [(0, 3), (1, 4), (2, 4), (2, 5)]
    """
    end, size = 0, 0
    for start in range(len(words)):
        while end < len(words) and size < PART:
            size, end = size + words[end], end + 1
        if size < PART:
            break
        yield start, end
        size -= words[start]
    last, size = len(words), 0
    while size < PART:
        last -= 1
        size += words[last]
    yield last, len(words)


def log_odds_spun(evidence: float, words: int, weights: Weights) -> float:
    """Log-odds that a text is spun: evidence counts by its density, and short texts need more of it."""
    return (
        weights.spun_offset
        + weights.spun_evidence * math.log1p(evidence)
        + weights.spun_density * evidence / (words + 10)
        + weights.spun_words * math.log(max(1, words))
    )


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))
