"""Which candidate, if any: lattice posteriors under an estimate of the page that they themselves improve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.edits import EditKind, log_odds
from cleaner.judge.lattice import Values, build, posterior
from cleaner.judge.layout import Layout, by_parts, lay_out
from cleaner.judge.ngram import NgramModel
from cleaner.judge.page import Page, estimate, first_guess, gather, own_scores, swap_terms
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
    """

    readings: tuple[Reading, ...]
    page: Page
    parts: dict[int, float]
    spun: float
    evidence: float
    words: int


HUMAN = Judgement((), Page(0.0, np.zeros(0), {}), {}, 0.0, 0.0, 0)
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
        return Judgement((), first_guess(0, lexicon), {}, 0.0, 0.0, 0)
    lattice = build(text.arcs, text.sentence, model, weights.lm)
    seen = gather(text, lexicon, weights)
    lengths: list[int] = seen.sizes.tolist()
    rounds = ROUNDS if page is None else REFINING
    page = page or first_guess(len(lengths), lexicon)
    for at in range(rounds):
        found = posterior(lattice, own_scores(seen, page, weights))
        arcs = by_parts(found.arcs, text.parts)
        before, page = page, estimate(seen, arcs, page, weights)
        spun = spun_parts(found.evidence.tolist(), lengths, weights)
        if at >= 1 and max(spun) < HOPELESS:
            break
    readings = tuple(_readings(text, arcs, swap_terms(seen, before, weights), before, model, weights))
    parts = {token: spun[sentence] for token, sentence in zip(text.words, text.sentence, strict=True)}
    return Judgement(readings, page, parts, max(spun), float(found.evidence.sum()), sum(lengths))


def _readings(
    text: Layout, arcs: Values, terms: tuple[Values, Values], page: Page, model: NgramModel, weights: Weights
) -> Iterator[Reading]:
    """The candidates that matter, each with the terms of its score."""
    words = len(text.words)
    picked = [words + at for at in np.flatnonzero(arcs[words:] >= SHOWN).tolist()]
    language = _language_terms(text, picked, model)
    for at, lm in zip(picked, language, strict=True):
        arc, probability = text.arcs[at], float(arcs[at])
        channel, rate = (float(term[at - words]) for term in terms)
        rest = log_odds(probability) - weights.lm * lm - channel - rate
        said = (("language", weights.lm * lm), ("channel", channel), ("rate", rate), ("sentence", rest))
        option, share = _best(text.options[at - words], page)
        kept = float(arcs[arc.start : arc.end].min())
        start, end = text.words[arc.start], text.words[arc.end - 1] + 1
        yield Reading(start, end, option.original, option.kind, share.source, probability, kept, said)


def _best(options: Sequence[Option], page: Page) -> tuple[Option, Share]:
    """The option that is likeliest on this page, and how it is known."""
    known = [(option, share) for option in options for share in option.shares]
    return max(known, key=lambda item: page.dialects.get(item[1].dialect, 1.0) * item[1].share)


def _likely(dialect: str, page: Page) -> bool:
    return page.dialects.get(dialect, 1.0) >= UNLIKELY


def _language_terms(text: Layout, picked: Sequence[int], model: NgramModel) -> list[float]:
    """Log P of the sentence with one swap made, against the sentence as it stands."""
    triples: list[tuple[int, int, int]] = []
    sizes: list[tuple[int, int]] = []
    framed, place = _framed(text, model)
    for number in picked:
        arc = text.arcs[number]
        start, end = place[arc.start], place[arc.end - 1] + 1
        before, after = framed[start - 2 : start], framed[end : end + 2]
        after = after[: after.index(model.end) + 1] if model.end in after else after
        made, stood = [*before, *arc.ids, *after], [*framed[start - 2 : end], *after]
        for words in (made, stood):
            triples.extend(zip(words, words[1:], words[2:], strict=False))
        sizes.append((len(made) - 2, len(stood) - 2))
    if not triples:
        return []
    scores = model.score(*np.array(triples, np.int64).T).tolist()
    out, at = [], 0
    for made_size, stood_size in sizes:
        middle = at + made_size
        out.append(sum(scores[at:middle]) - sum(scores[middle : middle + stood_size]))
        at = middle + stood_size
    return out


def _framed(text: Layout, model: NgramModel) -> tuple[list[int], list[int]]:
    """The words as they stand with the marks of beginnings and ends, and where each word stands among them."""
    framed: list[int] = []
    place: list[int] = []
    for word, sentence in enumerate(text.sentence):
        if word == 0 or text.sentence[word - 1] != sentence:
            framed += [-1, model.begin] if word == 0 else [model.end, -1, model.begin]
        place.append(len(framed))
        framed.append(text.arcs[word].ids[0])
    return [*framed, model.end], place
