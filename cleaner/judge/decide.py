"""Which candidate, if any: lattice posteriors under a spin rate that is estimated from the text itself."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaner.judge.lattice import Arc, Lattice, Posterior, build, posterior
from cleaner.judge.ngram import NgramModel
from cleaner.judge.weights import Weights
from cleaner.packs.lexicon import Lexicon
from cleaner.propose.candidates import Candidate
from cleaner.text.tokens import Kind, Token, tokenize

FIRST_RATE = 0.5
ROUNDS = 4
NEIGHBOURS = 2
"""Sentences before and after that a sentence's spin rate is estimated from, beside the whole text's."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate with its log-odds: ``terms`` (nats) sum to ``logit``, the log-odds of its posterior ``probability``.

    ``kept`` is the posterior that its words stand rightly.
    """

    candidate: Candidate
    probability: float
    kept: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """All readings of a text, its spin rate (share of swappable words that were swapped), the weight of each dialect,
    and the evidence (nats) that the text is spun."""

    readings: tuple[Reading, ...]
    rates: tuple[float, ...]
    rate: float
    dialects: dict[str, float]
    evidence: float
    words: int


@dataclass(slots=True)
class _Sentence:
    """Words of one sentence by token position, its arcs (words as they stand first) and their candidates."""

    words: list[int]
    arcs: list[Arc]
    candidates: list[list[Candidate]]


def judge(
    tokens: Sequence[Token], candidates: Iterable[Candidate], lexicon: Lexicon, model: NgramModel, weights: Weights
) -> Judgement:
    """Weigh ``candidates`` against each other and against leaving the text as it stands.

    The rate and the dialect are estimated by expectation-maximisation: the posteriors under one estimate give the
    next, so that on human-written text both the rate and the posteriors fall towards zero together.
    """
    sentences = _sentences(tokens, candidates, model)
    lattices = build([s.arcs for s in sentences], [len(s.words) for s in sentences], model, weights.lm)
    dialects = {dialect: 1 / max(1, len(lexicon.dialects)) for dialect in lexicon.dialects}
    rates = [FIRST_RATE] * len(sentences)
    rate, found = FIRST_RATE, [Posterior([], 0.0)] * len(sentences)
    for _ in range(ROUNDS):
        swappable = [_swappable(s, tokens, lexicon, dialects) for s in sentences]
        found = [
            posterior(lattice, _own_scores(s, swap, r, dialects, weights))
            for lattice, s, swap, r in zip(lattices, sentences, swappable, rates, strict=True)
        ]
        swapped = [_swapped(s, p, swap) for s, p, swap in zip(sentences, found, swappable, strict=True)]
        rate, rates = _rates(swapped, weights)
        dialects = _dialects(sentences, found, dialects)
    readings = [
        Reading(best, p.arcs[at], _kept(s, p, s.arcs[at]))
        for s, p in zip(sentences, found, strict=True)
        for at in range(len(s.words), len(s.arcs))
        for best in [_likeliest(s.candidates[at], dialects)]
    ]
    evidence = sum(p.evidence for p in found)
    return Judgement(tuple(readings), tuple(rates), rate, dialects, evidence, sum(len(s.words) for s in sentences))


def _sentences(tokens: Sequence[Token], candidates: Iterable[Candidate], model: NgramModel) -> list[_Sentence]:
    """Split into sentences; candidates for the same words in the same place become one arc."""
    sentences: list[_Sentence] = []
    place: dict[int, tuple[int, int]] = {}
    for at, token in enumerate(tokens):
        if token.opens or not sentences:
            sentences.append(_Sentence([], [], []))
        if token.kind is not Kind.MARK:
            current = sentences[-1]
            place[at] = (len(sentences) - 1, len(current.words))
            current.arcs.append(Arc(len(current.words), len(current.words) + 1, (_word_id(token, model),)))
            current.words.append(at)
            current.candidates.append([])
    grouped: dict[tuple[int, int, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.start in place and candidate.end - 1 in place:
            grouped[candidate.start, candidate.end, candidate.original].append(candidate)
    for (start, end, original), group in grouped.items():
        number, first = place[start]
        ids = tuple(_word_id(t, model) for t in tokenize(original) if t.kind is not Kind.MARK)
        if ids and place[end - 1][0] == number:
            sentences[number].arcs.append(Arc(first, place[end - 1][1] + 1, ids))
            sentences[number].candidates.append(group)
    return sentences


def _word_id(token: Token, model: NgramModel) -> int:
    return model.number if token.kind is Kind.NUMBER else model.word_id(token.key)


def _swappable(s: _Sentence, tokens: Sequence[Token], lexicon: Lexicon, dialects: dict[str, float]) -> list[float]:
    """P(swap) of each word of the sentence, were it an original that stands in a spun text."""
    return [sum(w * lexicon.swaps[d].get(tokens[at].key, 0.0) for d, w in dialects.items()) for at in s.words]


def _own_scores(
    s: _Sentence, swappable: list[float], rate: float, dialects: dict[str, float], weights: Weights
) -> list[float]:
    rate = min(max(rate, 1e-4), 0.98)
    scores = [weights.keep * math.log1p(-min(0.97, rate * swap)) for swap in swappable]
    log_rate = math.log(rate)
    for group in s.candidates[len(s.words) :]:
        channel = _log_channel(group, dialects)
        first = group[0]
        scores.append(
            weights.channel * channel
            + log_rate
            + weights.bias
            + (weights.phrase if first.end - first.start > 1 else 0.0)
            + (weights.name if first.named else 0.0)
        )
    return scores


def _log_channel(group: list[Candidate], dialects: dict[str, float]) -> float:
    return math.log(sum(dialects.get(c.dialect, 1.0) * math.exp(c.log_channel) for c in group) + 1e-12)


def _likeliest(group: list[Candidate], dialects: dict[str, float]) -> Candidate:
    return max(group, key=lambda c: dialects.get(c.dialect, 1.0) * math.exp(c.log_channel))


def _swapped(s: _Sentence, p: Posterior, swappable: list[float]) -> tuple[float, float]:
    """Expected numbers of swaps and of swappable words left alone."""
    swaps = sum(p.arcs[len(s.words) :])
    left = sum(kept * swap for kept, swap in zip(p.arcs, swappable, strict=False))
    return swaps, left


def _rates(swapped: list[tuple[float, float]], weights: Weights) -> tuple[float, list[float]]:
    """The whole text's spin rate, and each sentence's from its neighbourhood with the whole's as prior."""

    def share(swaps: float, left: float, prior: float, strength: float) -> float:
        return (swaps + prior * strength) / (swaps + left + strength)

    whole = share(sum(s for s, _ in swapped), sum(k for _, k in swapped), weights.rate, weights.rate_strength)
    local = []
    for at in range(len(swapped)):
        near = swapped[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        local.append(share(sum(s for s, _ in near), sum(k for _, k in near), whole, weights.local_strength))
    return whole, local


def _dialects(sentences: list[_Sentence], found: list[Posterior], dialects: dict[str, float]) -> dict[str, float]:
    """The share of each dialect in the expected swaps, sharpened, as a page has one."""
    mass = {dialect: 0.5 for dialect in dialects}
    for s, p in zip(sentences, found, strict=True):
        for at in range(len(s.words), len(s.arcs)):
            parts = {c.dialect: dialects.get(c.dialect, 0.0) * math.exp(c.log_channel) for c in s.candidates[at]}
            total = sum(parts.values())
            for dialect, share in parts.items():
                if dialect in mass and total > 0:
                    mass[dialect] += p.arcs[at] * share / total
    total = sum(m**2 for m in mass.values())
    return {dialect: m**2 / total for dialect, m in mass.items()}


def _kept(s: _Sentence, p: Posterior, arc: Arc) -> float:
    return min(p.arcs[arc.start : arc.end])
