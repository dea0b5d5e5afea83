"""What a page tells about its own spinning: how much of it, where, and from which table.

All of it is estimated by expectation-maximisation (Dempster, Laird and Rubin 1977): the posteriors under one estimate
give the next. On human-written text the rate and the posteriors fall towards zero together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.judge.lattice import Posterior
from cleaner.judge.sentences import Sentence
from cleaner.judge.weights import Weights
from cleaner.packs.lexicon import Lexicon

FIRST_RATE = 0.5
NEIGHBOURS = 2
"""Sentences before and after that a sentence's spin rate is estimated from, beside the whole text's."""

Posteriors = Sequence[Posterior]


@dataclass(frozen=True, slots=True)
class Page:
    """The estimate: spin rate (share of swappable words that were swapped) of the text and of each sentence, and the
    weight of each dialect.
    """

    rate: float
    rates: list[float]
    dialects: dict[str, float]


def first_guess(sentences: Sequence[Sentence], lexicon: Lexicon) -> Page:
    """Half of what can be swapped is, in any dialect alike."""
    return Page(FIRST_RATE, [FIRST_RATE] * len(sentences), {d: 1 / len(lexicon.dialects) for d in lexicon.dialects})


def estimate(sentences: Sequence[Sentence], found: Posteriors, page: Page, lexicon: Lexicon, weights: Weights) -> Page:
    """The next estimate from the posteriors under ``page``."""
    counts = []
    for s, p in zip(sentences, found, strict=True):
        left = sum(k * table_swap(key, page.dialects, lexicon) for key, k in zip(s.standing, p.arcs, strict=False))
        counts.append((sum(p.arcs[len(s.words) :]), left))
    rate, rates = _rates(counts, weights)
    return Page(rate, rates, _dialects(sentences, found, page.dialects))


def table_swap(key: str, dialects: dict[str, float], lexicon: Lexicon) -> float:
    """P(swap) of a word in the dialects of the page, as the tables have it."""
    return sum(weight * lexicon.swaps[dialect].get(key, 0.0) for dialect, weight in dialects.items())


def own_scores(s: Sentence, rate: float, page: Page, lexicon: Lexicon, weights: Weights) -> list[float]:
    """The scores (nats) of a sentence's arcs: of words as they stand, that the table left them alone; of swaps, the
    channel and the spin rate.
    """
    scores = [
        weights.keep * math.log1p(-min(0.97, rate * table_swap(key, page.dialects, lexicon)))
        + weights.article * clash
        + weights.strange * odd
        for key, clash, odd in zip(s.standing, s.clashes, s.strange, strict=False)
    ]
    return scores + [sum(swap_terms(s, at, rate, page, weights)) for at in s.swaps]


def swap_terms(s: Sentence, at: int, rate: float, page: Page, weights: Weights) -> tuple[float, float]:
    """What the channel and the spin rate say of swap arc ``at`` (nats)."""
    group = s.candidates[at]
    channel = math.log(sum(page.dialects.get(c.dialect, 1.0) * c.swap * c.form for c in group) + 1e-9)
    extra = (
        weights.bias
        + (weights.phrase if s.arcs[at].end - s.arcs[at].start > 1 else 0.0)
        + (weights.name if group[0].named else 0.0)
        + (weights.article if s.clashes[at] else 0.0)
        + weights.digit * number_sense(s.standing[s.arcs[at].start], group[0].original)
    )
    return weights.channel * channel + extra, math.log(min(max(rate, 1e-4), 0.98))


def number_sense(spun: str, original: str) -> int:
    """1 where small digits or an ordinal in digits become a word, -2 where a word becomes digits, else 0.

    The language model knows numbers as one class, so that it cannot tell "3" from any other; news writes small numbers
    as words, and words are rarely what is left of digits.

    >>> number_sense("2nd", "moment"), number_sense("20", "twenty"), number_sense("third", "3rd")
    (1, 0, -2)
    """
    if spun[:1].isdigit():
        small = not spun.isdigit() or int(spun) <= 12
        return int(small and not original[:1].isdigit())
    return -2 if original[:1].isdigit() else 0


def _rates(counts: list[tuple[float, float]], weights: Weights) -> tuple[float, list[float]]:
    """The text's spin rate, and each sentence's from its neighbourhood with the text's as prior."""

    def share(swaps: float, left: float, prior: float, strength: float) -> float:
        return (swaps + prior * strength) / (swaps + left + strength)

    whole = share(sum(s for s, _ in counts), sum(k for _, k in counts), weights.rate, weights.rate_strength)
    local = []
    for at in range(len(counts)):
        near = counts[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        local.append(share(sum(s for s, _ in near), sum(k for _, k in near), whole, weights.local_strength))
    return whole, local


def _dialects(sentences: Sequence[Sentence], found: Posteriors, dialects: dict[str, float]) -> dict[str, float]:
    """The share of each dialect in the expected swaps, sharpened, as a page has one."""
    mass = dict.fromkeys(dialects, 0.5)
    for s, p in zip(sentences, found, strict=True):
        for at in s.swaps:
            parts = {c.dialect: dialects.get(c.dialect, 0.0) * c.swap * c.form for c in s.candidates[at]}
            total = sum(parts.values())
            for dialect, share in parts.items():
                if dialect in mass and total > 0:
                    mass[dialect] += p.arcs[at] * share / total
    total = sum(m**2 for m in mass.values())
    return {dialect: m**2 / total for dialect, m in mass.items()}
