"""Which candidate, if any: lattice posteriors under an estimate of the page that they themselves improve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.edits import log_odds
from cleaner.judge.lattice import Arc, Posterior, build, posterior
from cleaner.judge.ngram import NgramModel
from cleaner.judge.page import Page, estimate, first_guess, own_scores, swap_terms
from cleaner.judge.sentences import Sentence, by_parts, lay_out
from cleaner.judge.spun import spun_parts
from cleaner.judge.weights import Weights
from cleaner.packs.lexicon import Lexicon
from cleaner.propose.candidates import Candidate
from cleaner.text.tokens import Token

ROUNDS = 4
REFINING = 2
"""Rounds of expectation-maximisation, from the first guess and from an earlier estimate."""
HOPELESS = 0.02
"""Below this probability a text's evidence is not followed further: it only falls from round to round."""
UNLIKELY = 0.02
"""Dialects of a smaller weight than this are left aside when an estimate is refined."""
SHOWN = 0.01
"""Readings with a smaller posterior are dropped."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate with its posterior ``probability``, and the posterior ``kept`` that its words stand rightly.

    ``terms`` (nats) sum to the log-odds of ``probability``: what the language model says of this swap made alone, the
    channel, the spin rate, and the rest, which comes from the other readings of the sentence.
    """

    candidate: Candidate
    probability: float
    kept: float
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All readings of a text, the estimate of its page, and the probability that it is ``spun`` at all, from the
    ``evidence`` (nats) of its ``words``; ``parts`` gives that of the part around each token that is a word.
    """

    readings: tuple[Reading, ...]
    page: Page
    parts: dict[int, float]
    spun: float
    evidence: float
    words: int


def judge(
    tokens: Sequence[Token],
    candidates: Iterable[Candidate],
    lexicon: Lexicon,
    model: NgramModel,
    weights: Weights,
    page: Page | None = None,
) -> Judgement:
    """Weigh ``candidates`` against each other and against leaving the text as it stands.

    With ``page``, an estimate from an earlier judgement of the same text, it is only refined: candidates of dialects
    that it rules out are left aside, and the probability of being spun is of no account.
    """
    if page is not None:
        candidates = [c for c in candidates if page.dialects.get(c.dialect, 1.0) >= UNLIKELY]
    sentences = lay_out(tokens, candidates, model)
    lengths = [len(s.words) for s in sentences]
    lattices = build([s.arcs for s in sentences], lengths, model, weights.lm)
    rounds = ROUNDS if page is None else REFINING
    page = page or first_guess(sentences, lexicon)
    before, found, spun, evidence = page, [Posterior([], 0.0)] * len(sentences), [0.0], [0.0]
    for at in range(rounds):
        found = [
            by_parts(posterior(lattice, own_scores(s, rate, page, lexicon, weights)), s.parts)
            for lattice, s, rate in zip(lattices, sentences, page.rates, strict=True)
        ]
        before, page = page, estimate(sentences, found, page, lexicon, weights)
        evidence = [p.evidence for p in found]
        spun = spun_parts(evidence, lengths, weights)
        if at >= 1 and max(spun, default=0.0) < HOPELESS:
            break
    readings = tuple(_readings(sentences, found, before, model, weights))
    return Judgement(readings, page, _by_token(sentences, spun), max(spun, default=0.0), sum(evidence), sum(lengths))


def _by_token(sentences: Sequence[Sentence], values: Sequence[float]) -> dict[int, float]:
    return {token: value for s, value in zip(sentences, values, strict=False) for token in s.words}


def _readings(
    sentences: Sequence[Sentence], found: Sequence[Posterior], page: Page, model: NgramModel, weights: Weights
) -> Iterable[Reading]:
    """The candidates that matter, each with the terms of its score."""
    picked = [
        (number, at)
        for number, (s, p) in enumerate(zip(sentences, found, strict=True))
        for at in s.swaps
        if p.arcs[at] >= SHOWN
    ]
    language = _language_terms([(sentences[number], sentences[number].arcs[at]) for number, at in picked], model)
    for (number, at), lm in zip(picked, language, strict=True):
        s, arc, probability = sentences[number], sentences[number].arcs[at], found[number].arcs[at]
        channel, rate = swap_terms(s, at, page.rates[number], page, weights)
        rest = log_odds(probability) - weights.lm * lm - channel - rate
        terms = (("language", weights.lm * lm), ("channel", channel), ("rate", rate), ("sentence", rest))
        best = max(s.candidates[at], key=lambda c: page.dialects.get(c.dialect, 1.0) * c.swap * c.form)
        yield Reading(best, probability, min(found[number].arcs[arc.start : arc.end]), terms)


def _language_terms(picked: Sequence[tuple[Sentence, Arc]], model: NgramModel) -> list[float]:
    """Log P of the sentence with one swap made, against the sentence as it stands."""
    triples: list[tuple[int, int, int]] = []
    sizes: list[tuple[int, int]] = []
    for s, arc in picked:
        ids = [-1, model.begin, *(a.ids[0] for a in s.arcs[: len(s.words)]), model.end]
        before, after = ids[arc.start : arc.start + 2], ids[arc.end + 2 : arc.end + 4]
        made, stood = [*before, *arc.ids, *after], ids[arc.start : arc.end + 2 + len(after)]
        for words in (made, stood):
            triples.extend(zip(words, words[1:], words[2:], strict=False))
        sizes.append((len(made) - 2, len(stood) - 2))
    if not triples:
        return []
    columns = np.array(triples, np.int64)
    scores = model.score(columns[:, 0], columns[:, 1], columns[:, 2]).tolist()
    out, at = [], 0
    for made_size, stood_size in sizes:
        middle = at + made_size
        out.append(sum(scores[at:middle]) - sum(scores[middle : middle + stood_size]))
        at = middle + stood_size
    return out
