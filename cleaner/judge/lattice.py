"""The lattice of a text's readings, and the posterior of each arc in it.

The arcs of a sentence are its words as they stand ("keep") and the candidates. A path's score is

    weight * log P_lm(words of the path) + sum of its arcs' own scores

and the posterior of an arc is the share of all paths' probability that runs through it (forward-backward, Rabiner
1989). As the language model looks two words back, states are pairs of neighbouring arcs. All sentences of a text are
walked through together, a word at a time: NumPy does with the pairs of all of them what a loop would do with one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.judge.frame import NONE, Arc, Frame, Values
from cleaner.judge.ngram import Ids, NgramModel


@dataclass(frozen=True, slots=True)
class Posterior:
    """The probability of each arc, and of each sentence the log-odds of all readings against it as it stands."""

    arcs: Values
    evidence: Values


@dataclass(frozen=True, slots=True)
class Lattice:
    """All sentences of a text. Arcs are those given, then one before and one behind each sentence.

    Pair p is arc ``second[p]`` behind another; pairs lie in order of the place where their second arc begins. Step k
    walks the pairs ``steps[k]`` to ``steps[k + 1]`` by the transitions ``moves[k]`` to ``moves[k + 1]``: transition t
    leads from pair ``source[t]`` to its own with the weight ``odds[t]``, the first of pair p being ``first_move[p]``.
    Weights are odds against the sentence as it stands, so that they stay within what a float holds. For the way back
    the transitions are listed again in order of their source: step k has ``leaving_moves[k]`` to
    ``leaving_moves[k + 1]``, with ``leaving_odds`` and the ``target`` of each, the first of pair p being
    ``first_leaving[p]``. ``fixed`` (nats) is what else each pair adds.
    """

    words: int
    arcs: int
    sentence: Ids
    second: Ids
    steps: list[int]
    moves: list[int]
    source: Ids
    odds: Values
    first_move: Ids
    leaving_moves: list[int]
    leaving_odds: Values
    target: Ids
    first_leaving: Ids
    fixed: Values


def build(arcs: Sequence[Arc], text: Frame, model: NgramModel, weight: float) -> Lattice:
    """The lattice of a ``text`` of one word at least. The first arcs must be its words as they stand, in order; the
    rest are swaps, none of which may leave its sentence.
    """
    of_word, words, count = text.sentence, len(text.sentence), len(text.closing)
    sizes = np.bincount(of_word, minlength=count)
    before = np.cumsum(sizes) - sizes
    sentences = np.arange(count)

    # Gaps between words are the lattice's nodes; a sentence of n words has n + 1 of them.
    start = np.fromiter((arc.start for arc in arcs), np.int64, len(arcs))
    stop = np.fromiter((arc.end for arc in arcs), np.int64, len(arcs))
    owner = np.concatenate((of_word[start], sentences, sentences))
    opening, closing = before + sentences, before + sizes + sentences
    start_gap = np.concatenate((start + of_word[start], opening, closing))
    end_gap = np.concatenate((stop + of_word[start], opening, closing))
    step_of = np.concatenate((start - before[of_word[start]] + 1, np.zeros(count, np.int64), np.full(count, 1 << 40)))
    word = _words(arcs, count, model)

    # Pairs: every arc behind every arc that ends where it begins; the arcs before the sentences have none before them.
    total = len(owner)
    ending = np.argsort(end_gap[: total - count], kind="stable")
    per_gap = np.bincount(end_gap[: total - count], minlength=words + count)
    by_step = np.argsort(step_of, kind="stable")
    behind = np.where(step_of[by_step] > 0, per_gap[start_gap[by_step]], 1)
    second = np.repeat(by_step, behind)
    first = np.concatenate(
        (
            np.full(count, NONE),
            ending[_ranges((np.cumsum(per_gap) - per_gap)[start_gap[by_step[count:]]], behind[count:])],
        )
    )
    into, pairs_into = np.empty(total, np.int64), np.empty(total, np.int64)
    into[by_step], pairs_into[by_step] = np.cumsum(behind) - behind, behind

    # Transitions: from every pair that ends in the arc with which another begins.
    moves = np.where(first >= 0, pairs_into[first], 0)
    pair = np.repeat(np.arange(len(second)), moves)
    source = _ranges(into[first[count:]], moves[count:])
    first_move = np.cumsum(moves) - moves

    score, fixed = _scores(word, first, second, pair, source, model)
    depth = np.concatenate(([0.0], np.cumsum(text.score[text.place])))
    span = np.concatenate((depth[stop] - depth[start], np.zeros(count), text.score[text.closing]))
    odds = np.exp(weight * score)
    steps = _bounds(step_of[second])
    leaving = np.argsort(source, kind="stable")
    leaves = np.bincount(source, minlength=len(second))
    first_leaving = np.cumsum(leaves) - leaves
    return Lattice(
        words=words,
        arcs=len(arcs),
        sentence=owner,
        second=second,
        steps=steps,
        moves=[*first_move[steps[:-1]].tolist(), len(pair)],
        source=source,
        odds=odds,
        first_move=first_move,
        leaving_moves=[*first_leaving[steps[:-1]].tolist(), len(pair)],
        leaving_odds=odds[leaving],
        target=pair[leaving],
        first_leaving=first_leaving,
        fixed=weight * (fixed - span[second]),
    )


def posterior(lattice: Lattice, own: Values) -> Posterior:
    """Forward-backward with the arcs' ``own`` scores (nats)."""
    count = (len(lattice.sentence) - lattice.arcs) // 2
    scores = np.concatenate((own, np.zeros(2 * count)))
    weight = np.exp(scores[lattice.second] + lattice.fixed)
    steps, moves, leaving = lattice.steps, lattice.moves, lattice.leaving_moves
    forward = np.ones(len(weight))
    for k in range(1, len(steps) - 1):
        here, to = steps[k], steps[k + 1]
        at, until = moves[k], moves[k + 1]
        reached = forward[lattice.source[at:until]] * lattice.odds[at:until]
        forward[here:to] = np.add.reduceat(reached, lattice.first_move[here:to] - at) * weight[here:to]
    backward = np.ones(len(weight))
    for k in range(len(steps) - 3, -1, -1):
        here, to = steps[k], steps[k + 1]
        at, until = leaving[k], leaving[k + 1]
        target = lattice.target[at:until]
        rest = backward[target] * weight[target] * lattice.leaving_odds[at:until]
        backward[here:to] = np.add.reduceat(rest, lattice.first_leaving[here:to] - at)
    through = np.bincount(lattice.second, forward * backward)
    total = through[lattice.arcs + count :]
    arcs = np.minimum(1.0, through[: lattice.arcs] / total[lattice.sentence[: lattice.arcs]])
    kept = np.bincount(lattice.sentence[: lattice.words], own[: lattice.words])
    return Posterior(arcs, np.maximum(0.0, np.log(total) - kept))


@dataclass(frozen=True, slots=True)
class _Words:
    """Of each arc the first and the last word, the second and the last but one (:data:`NONE` for arcs of one word),
    and the log probability of its words from the third on.
    """

    first: Ids
    second: Ids
    before_last: Ids
    last: Ids
    rest: Values


def _words(arcs: Sequence[Arc], sentences: int, model: NgramModel) -> _Words:
    ends = [model.begin] * sentences + [model.end] * sentences
    nothing = [NONE] * (2 * sentences)
    rest = np.zeros(len(arcs) + 2 * sentences)
    long = [(number, arc.ids) for number, arc in enumerate(arcs) if len(arc.ids) > 2]
    if long:
        triples = np.array([(n, *ids[k : k + 3]) for n, ids in long for k in range(len(ids) - 2)], np.int64)
        np.add.at(rest, triples[:, 0], model.score(*triples.T[1:]))
    return _Words(
        first=np.array([arc.ids[0] for arc in arcs] + ends, np.int64),
        second=np.array([arc.ids[1] if len(arc.ids) > 1 else NONE for arc in arcs] + nothing, np.int64),
        before_last=np.array([arc.ids[-2] if len(arc.ids) > 1 else NONE for arc in arcs] + nothing, np.int64),
        last=np.array([arc.ids[-1] for arc in arcs] + ends, np.int64),
        rest=rest,
    )


def _scores(word: _Words, first: Ids, second: Ids, pair: Ids, source: Ids, model: NgramModel) -> tuple[Values, Values]:
    """The log probability of the first word of each transition's second arc, and of each pair that of the second arc's
    other words.
    """
    last = np.where(first >= 0, word.last[first], NONE)
    lower, backoff = model.bigram(last, word.first[second])
    many = word.second >= 0
    inner = np.zeros(len(word.first), np.float32)
    _, inner[many] = model.bigram(word.before_last[many], word.last[many])
    backoff = np.where(many[second], inner[second], backoff)
    middle = first[pair]
    two_back = np.where(many[middle], word.before_last[middle], last[source])
    score = model.trigram(two_back, last[pair], word.first[second[pair]], lower[pair], backoff[source])
    fixed = word.rest[second]
    longer = many[second] & (first >= 0)
    fixed[longer] += model.score(last[longer], word.first[second[longer]], word.second[second[longer]])
    return score.astype(np.float64), fixed


def _ranges(starts: Ids, counts: Ids) -> Ids:
    """The numbers from each start on, as many as its count.

    >>> _ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)


def _bounds(ordered: Ids) -> list[int]:
    """Where runs of equal numbers begin, and the length of all.

    >>> _bounds(np.array([0, 0, 2, 2, 2]))
    [0, 2, 5]
    """
    return [*np.flatnonzero(np.diff(ordered, prepend=-1)).tolist(), len(ordered)]
