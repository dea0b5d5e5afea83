"""Which candidate, if any: lattice posteriors under an estimate of the page that they themselves improve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.edits import EditKind, log_odds
from cleaner.judge.frame import Values, frame, gains
from cleaner.judge.lattice import build, posterior
from cleaner.judge.layout import Layout, by_parts, lay_out, narrow
from cleaner.judge.ngram import Ids, NgramModel
from cleaner.judge.page import Evidence, Page, estimate, first_guess, gather, own_scores, select, swap_terms
from cleaner.judge.spun import spun_parts
from cleaner.judge.weights import Weights
from cleaner.packs.lexicon import Lexicon
from cleaner.propose.candidates import Candidate, Option, Share
from cleaner.text.tokens import Token

ROUNDS = 4
REFINING = 2
"""Rounds of expectation-maximisation, from the first guess and from an earlier estimate."""
HOPELESS = 0.02
"""Below this probability a text's evidence is not followed further: it only falls from round to round."""
UNLIKELY = 0.02
"""Dialects of a smaller weight than this are left aside when an estimate is refined."""
MARGIN = 6.0
"""Nats by which a swap, made alone, may be worse than the best in its place and still be followed: its neighbours'
swaps may speak for it. Of 50,000 swaps on blind pages a half fall here, and none that would have been made.
"""
SHOWN = 0.01
"""Readings with a smaller posterior are dropped."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Tokens ``start`` to ``end`` read as ``original``, with the posterior ``probability`` of that, and the posterior
    ``kept`` that they stand rightly. ``source`` names the likeliest of the entries or rules that propose it.

    ``terms`` (nats) sum to the log-odds of ``probability``: what the language model says of this swap made alone, the
    channel, the spin rate, and the rest, which comes from the other readings of the sentence.
    """

    start: int
    end: int
    original: str
    kind: EditKind
    source: str
    probability: float
    kept: float
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All readings of a text, the estimate of its page, and the probability that it is ``spun`` at all, from the
    ``evidence`` (nats) of its ``words``; ``parts`` gives that of the part around each token that is a word.
    ``followed`` are the candidates that were worth a place in the lattice.
    """

    readings: tuple[Reading, ...]
    followed: tuple[Candidate, ...]
    page: Page
    parts: dict[int, float]
    spun: float
    evidence: float
    words: int


HUMAN = Judgement((), (), Page(0.0, np.zeros(0), {}), {}, 0.0, 0.0, 0)
"""The judgement of a text that needs no closer look."""


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
        candidates = [c for c in candidates if any(_likely(share.dialect, page) for share in c.option.shares)]
    text = lay_out(tokens, candidates, model)
    if not text.words:
        return HUMAN
    stands = frame([arc.ids[0] for arc in text.arcs[: len(text.words)]], text.sentence, model)
    seen = gather(text, lexicon, model, weights)
    lengths: list[int] = seen.sizes.tolist()
    gain = weights.lm * gains(text.arcs[len(text.words) :], stands, model)
    rounds = ROUNDS if page is None else REFINING
    page = page or first_guess(len(lengths), lexicon)
    worth = _worthwhile(text, seen, page, gain, weights)
    text, seen, gain = narrow(text, worth.tolist()), select(seen, worth), gain[worth]
    lattice = build(text.arcs, stands, model, weights.lm)
    for at in range(rounds):
        found = posterior(lattice, own_scores(seen, page, weights))
        arcs = by_parts(found.arcs, text.parts)
        before, page = page, estimate(seen, arcs, page, weights)
        spun = spun_parts(found.evidence.tolist(), lengths, weights)
        if at >= 1 and max(spun) < HOPELESS:
            break
    readings = tuple(_readings(text, arcs, gain, swap_terms(seen, before, weights), before))
    parts = {token: spun[sentence] for token, sentence in zip(text.words, text.sentence, strict=True)}
    evidence = float(found.evidence.sum())
    return Judgement(readings, tuple(_followed(text)), page, parts, max(spun), evidence, sum(lengths))


def _followed(text: Layout) -> Iterator[Candidate]:
    swaps = zip(text.arcs[len(text.words) :], text.options, strict=True)
    for arc, options in swaps:
        start, end = text.words[arc.start], text.words[arc.end - 1] + 1
        yield from (Candidate(start, end, option) for option in options)


def _worthwhile(text: Layout, seen: Evidence, page: Page, gain: Values, weights: Weights) -> Ids:
    """The swaps that may come out on top: those that, made alone, are not much worse than their words as they stand,
    and than the best swap of the same word.
    """
    words = len(text.words)
    own = own_scores(seen, page, weights)
    swaps = np.array([(arc.start, arc.end) for arc in text.arcs[words:]], np.int64).reshape(-1, 2)
    start, end = swaps.T
    kept = np.concatenate(([0.0], np.cumsum(own[:words])))
    better = own[words:] + gain - (kept[end] - kept[start])
    single = end - start == 1
    best = np.zeros(words)
    np.maximum.at(best, start[single], better[single])
    return np.flatnonzero(better > np.where(single, best[start], 0.0) - MARGIN)


def _readings(text: Layout, arcs: Values, gain: Values, terms: tuple[Values, Values], page: Page) -> Iterator[Reading]:
    """The candidates that matter, each with the terms of its score."""
    words = len(text.words)
    for at in np.flatnonzero(arcs[words:] >= SHOWN).tolist():
        arc, probability = text.arcs[words + at], float(arcs[words + at])
        language, channel, rate = float(gain[at]), float(terms[0][at]), float(terms[1][at])
        rest = log_odds(probability) - language - channel - rate
        said = (("language", language), ("channel", channel), ("rate", rate), ("sentence", rest))
        option, share = _best(text.options[at], page)
        kept = float(arcs[arc.start : arc.end].min())
        start, end = text.words[arc.start], text.words[arc.end - 1] + 1
        yield Reading(start, end, option.original, option.kind, share.source, probability, kept, said)


def _best(options: Sequence[Option], page: Page) -> tuple[Option, Share]:
    """The option that is likeliest on this page, and how it is known."""
    known = [(option, share) for option in options for share in option.shares]
    return max(known, key=lambda item: page.dialects.get(item[1].dialect, 1.0) * item[1].share)


def _likely(dialect: str, page: Page) -> bool:
    return page.dialects.get(dialect, 1.0) >= UNLIKELY
