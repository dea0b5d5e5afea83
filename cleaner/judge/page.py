"""What a page tells about its own spinning: how much of it, where, and from which table.

All of it is estimated by expectation-maximisation (Dempster, Laird and Rubin 1977): the posteriors under one estimate
give the next. On human-written text the rate and the posteriors fall towards zero together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cleaner.judge.frame import Values
from cleaner.judge.layout import Layout
from cleaner.judge.ngram import Ids, NgramModel
from cleaner.judge.weights import Weights
from cleaner.packs.lexicon import Lexicon
from cleaner.propose.candidates import Option

FIRST_RATE = 0.5
NEIGHBOURS = 2
"""Sentences before and after that a sentence's spin rate is estimated from, beside the whole text's."""


@dataclass(frozen=True, slots=True)
class Page:
    """The estimate: spin rate (share of swappable words that were swapped) of the text and of each sentence, and the
    weight of each dialect.
    """

    rate: float
    rates: Values
    dialects: dict[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a layout holds for the estimate and for the scores of its arcs; none of it depends on the estimate.

    ``sentence`` and ``swap_sentence`` are those of the words and of the swaps, ``sizes`` the words of each sentence.
    ``tabled[w, d]`` is P(swap) of word w in dialect d, as far as it is believed; ``stays`` (nats) is what speaks for or
    against each word as it stands; ``shares[s, d]`` is P(swap) * P(form) of swap s in dialect d, the last column for
    options that depend on none; ``extra`` (nats) is what else speaks for or against each swap.
    """

    sentence: Ids
    swap_sentence: Ids
    sizes: Ids
    tabled: Values
    stays: Values
    shares: Values
    extra: Values


def gather(text: Layout, lexicon: Lexicon, model: NgramModel, weights: Weights) -> Evidence:
    """The evidence that lies in a layout."""
    words = len(text.words)
    usage = _usage(text, model)
    sentence = np.array(text.sentence, np.int64)
    clashes = np.array(text.clashes, np.float64)
    tabled = [[lexicon.believed[d].get(key, 0.0) for key in text.standing] for d in lexicon.dialects]
    return Evidence(
        sentence=sentence,
        swap_sentence=sentence[[arc.start for arc in text.arcs[words:]]],
        sizes=np.bincount(sentence),
        tabled=np.array(tabled).reshape(len(lexicon.dialects), words).T,
        stays=weights.article * clashes[:words] + weights.strange * np.array(text.strange, np.float64),
        shares=_shares(text, lexicon),
        extra=weights.article * clashes[words:] + np.array(_extras(text, weights)) + weights.usage * usage,
    )


def select(seen: Evidence, swaps: Ids) -> Evidence:
    """The evidence without any swaps but these."""
    return replace(seen, swap_sentence=seen.swap_sentence[swaps], shares=seen.shares[swaps], extra=seen.extra[swaps])


def _usage(text: Layout, model: NgramModel) -> Values:
    """How much commoner the words of each swap are, in the kind of page that gets spun, than those that stand there."""
    words = len(text.words)
    known = model.usage.astype(np.float64)
    stand = np.concatenate(([0.0], np.cumsum(known[[arc.ids[0] for arc in text.arcs[:words]]])))
    swaps = text.arcs[words:]
    said = np.array([known[arc.ids[0]] if len(arc.ids) == 1 else known[list(arc.ids)].sum() for arc in swaps])
    usual: Values = said - (stand[[arc.end for arc in swaps]] - stand[[arc.start for arc in swaps]])
    return usual


def _shares(text: Layout, lexicon: Lexicon) -> Values:
    column = {dialect: at for at, dialect in enumerate((*lexicon.dialects, ""))}
    rows, columns, values = [], [], []
    for at, options in enumerate(text.options):
        for option in options:
            for dialect, share, _ in option.shares:
                rows.append(at)
                columns.append(column[dialect])
                values.append(share)
    shares = np.zeros((len(text.options), len(column)))
    np.add.at(shares, (rows, columns), values)
    return shares


def first_guess(sentences: int, lexicon: Lexicon) -> Page:
    """Half of what can be swapped is, in any dialect alike."""
    return Page(FIRST_RATE, np.full(sentences, FIRST_RATE), {d: 1 / len(lexicon.dialects) for d in lexicon.dialects})


def estimate(seen: Evidence, arcs: Values, page: Page, weights: Weights) -> Page:
    """The next estimate from the posteriors of the ``arcs`` under ``page``."""
    words, sentences = len(seen.sentence), len(seen.sizes)
    dialects = _vector(page)[:-1]
    swaps = np.bincount(seen.swap_sentence, arcs[words:], sentences).astype(np.float64)
    left = np.bincount(seen.sentence, arcs[:words] * (seen.tabled @ dialects), sentences).astype(np.float64)
    rate, rates = _rates(swaps, left, weights)
    return Page(rate, rates, _dialects(seen, arcs[words:], page))


def own_scores(seen: Evidence, page: Page, weights: Weights) -> Values:
    """The scores (nats) of all arcs: of words as they stand, that the table left them alone; of swaps, the channel and
    the spin rate.
    """
    swapped = page.rates[seen.sentence] * (seen.tabled @ _vector(page)[:-1])
    kept = weights.keep * np.log1p(-np.minimum(0.97, swapped)) + seen.stays
    return np.concatenate((kept, np.add(*swap_terms(seen, page, weights))))


def swap_terms(seen: Evidence, page: Page, weights: Weights) -> tuple[Values, Values]:
    """What the channel and the spin rate say of each swap (nats)."""
    channel = weights.channel * np.log(seen.shares @ _vector(page) + 1e-9) + seen.extra
    return channel, np.log(np.clip(page.rates, 1e-4, 0.98))[seen.swap_sentence]


def _extras(text: Layout, weights: Weights) -> list[float]:
    """What beside the channel, the article before it and the spin rate speaks for or against each swap (nats)."""

    def extra(start: int, end: int, option: Option) -> float:
        digits = weights.digit * number_sense(text.standing[start], option.original)
        return weights.bias + weights.phrase * (end - start > 1) + weights.name * option.named + digits

    swaps = zip(text.arcs[len(text.words) :], text.options, strict=True)
    return [extra(arc.start, arc.end, group[0]) for arc, group in swaps]


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


def _vector(page: Page) -> Values:
    """The weights of the dialects, and 1 for what depends on none."""
    return np.array([*page.dialects.values(), 1.0])


def _rates(swaps: Values, left: Values, weights: Weights) -> tuple[float, Values]:
    """The text's spin rate, and each sentence's from its neighbourhood with the text's as prior."""
    whole = swaps.sum() + weights.rate * weights.rate_strength
    rate = float(whole / (swaps.sum() + left.sum() + weights.rate_strength))
    near, still = _around(swaps), _around(left)
    return rate, (near + rate * weights.local_strength) / (near + still + weights.local_strength)


def _around(values: Values) -> Values:
    """The sum of each value and its :data:`NEIGHBOURS`.

    >>> _around(np.array([1.0, 2, 3, 4])).tolist()
    [6.0, 10.0, 10.0, 9.0]
    """
    sums = np.concatenate(([0.0], np.cumsum(values)))
    at = np.arange(len(values))
    around: Values = sums[np.minimum(at + NEIGHBOURS + 1, len(values))] - sums[np.maximum(at - NEIGHBOURS, 0)]
    return around


def _dialects(seen: Evidence, swaps: Values, page: Page) -> dict[str, float]:
    """The share of each dialect in the expected swaps, sharpened, as a page has one."""
    parts = seen.shares[:, :-1] * _vector(page)[:-1]
    total = parts.sum(axis=1)
    belongs = total > 0
    mass = 0.5 + (swaps[belongs] / total[belongs]) @ parts[belongs]
    sharp: Sequence[float] = (mass**2 / (mass**2).sum()).tolist()
    return dict(zip(page.dialects, sharp, strict=True))
