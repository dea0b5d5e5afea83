"""The lattice of a sentence's readings, and the posterior of each candidate in it.

The lattice's arcs are the sentence's words as they stand ("keep") and the candidates. A path's score is

    weight * log P_lm(words of the path) + sum of its arcs' own scores

and the posterior of an arc is the share of all paths' probability that runs through it (forward-backward over pairs of
nodes, as the language model looks two words back; Rabiner 1989).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.judge.ngram import NgramModel


@dataclass(frozen=True, slots=True)
class Arc:
    """Words ``ids`` in place of the sentence's words ``start`` to ``end``."""

    start: int
    end: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Posterior:
    """The probability of each arc, and the log-odds of all readings against the sentence as it stands."""

    arcs: list[float]
    evidence: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """One sentence. Nodes are words of arcs in topological order; states are pairs of neighbouring nodes.

    ``pairs[p]`` is (first node, second node); the pairs into node n are the range ``into[n]``; ``head[n]`` is the arc
    that begins with node n, or -1; ``tail[a]`` is the last node of arc a; ``kept[n]`` says that n stands in the text.
    ``scores[offset[p] + k]`` is the language model's score of going on from the k-th pair into p's first node to p.
    """

    pairs: list[tuple[int, int]]
    into: list[range]
    head: list[int]
    tail: list[int]
    kept: list[bool]
    offset: list[int]
    scores: list[float]


def build(
    sentences: Sequence[Sequence[Arc]], lengths: Sequence[int], model: NgramModel, weight: float
) -> list[Lattice]:
    """The lattices of ``sentences`` (of ``lengths`` words each), with all n-grams looked up in one call.

    The first ``lengths[s]`` arcs of sentence s must be its words as they stand, in order; the rest are candidates.
    """
    lattices: list[Lattice] = []
    triples: list[tuple[int, int, int]] = []
    starts = [0]
    for arcs, length in zip(sentences, lengths, strict=True):
        lattices.append(_layout(arcs, length, model, triples))
        starts.append(len(triples))
    if triples:
        columns = np.array(triples, np.int64)
        scores = (weight * model.score(columns[:, 0], columns[:, 1], columns[:, 2])).tolist()
        for at, lattice in enumerate(lattices):
            lattice.scores.extend(scores[starts[at] : starts[at + 1]])
    return lattices


def _layout(arcs: Sequence[Arc], length: int, model: NgramModel, triples: list[tuple[int, int, int]]) -> Lattice:
    """Nodes and pairs of one sentence; the n-grams of its transitions are appended to ``triples``."""
    starting: list[list[int]] = [[] for _ in range(length)]
    for number, arc in enumerate(arcs):
        starting[arc.start].append(number)
    words, head, kept = [-1, model.begin], [-1, -1], [True, True]
    before: list[list[int]] = [[], [0]]
    ending: list[list[int]] = [[1], *([] for _ in range(length))]
    tail = [0] * len(arcs)
    for at in range(length):
        for number in starting[at]:
            previous = ending[at]
            for step, word in enumerate(arcs[number].ids):
                words.append(word)
                head.append(number if step == 0 else -1)
                kept.append(number < length)
                before.append(previous)
                previous = [len(words) - 1]
            tail[number] = previous[0]
            ending[arcs[number].end].append(previous[0])
    words.append(model.end)
    head.append(-1)
    kept.append(True)
    before.append(ending[length])

    base = len(triples)
    pairs: list[tuple[int, int]] = [(0, 1)]
    into: list[range] = [range(0), range(1)]
    offset = [0]
    for node in range(2, len(words)):
        begin = len(pairs)
        for first in before[node]:
            offset.append(len(triples) - base)
            pairs.append((first, node))
            triples.extend([(words[pairs[p][0]], words[first], words[node]) for p in into[first]])
        into.append(range(begin, len(pairs)))
    return Lattice(pairs, into, head, tail, kept, offset, [])


def posterior(lattice: Lattice, own: Sequence[float]) -> Posterior:
    """Forward-backward with the arcs' ``own`` scores (nats)."""
    pairs, into, scores = lattice.pairs, lattice.into, lattice.scores
    node_score = [own[arc] if arc >= 0 else 0.0 for arc in lattice.head]
    forward = [0.0] * len(pairs)
    plain = [-math.inf] * len(pairs)
    plain[0] = 0.0
    for p in range(1, len(pairs)):
        first, second = pairs[p]
        at = lattice.offset[p] - into[first].start
        forward[p] = _log_sum([forward[q] + scores[at + q] for q in into[first]]) + node_score[second]
        if lattice.kept[first] and lattice.kept[second]:
            plain[p] = max([plain[q] + scores[at + q] for q in into[first]]) + node_score[second]
    final = into[-1]
    total = _log_sum([forward[p] for p in final])
    backward = [-math.inf] * len(pairs)
    for p in final:
        backward[p] = 0.0
    for p in range(len(pairs) - 1, 0, -1):
        first, second = pairs[p]
        at = lattice.offset[p] - into[first].start
        rest = backward[p] + node_score[second]
        for q in into[first]:
            backward[q] = _log_add(backward[q], rest + scores[at + q])
    arcs = [
        min(1.0, math.exp(_log_sum([forward[p] + backward[p] for p in into[node]]) - total)) for node in lattice.tail
    ]
    return Posterior(arcs, max(0.0, total - max(plain[p] for p in final)))


def _log_sum(values: list[float]) -> float:
    if len(values) == 1:
        return values[0]
    top = max(values)
    if top == -math.inf:
        return top
    return top + math.log(sum([math.exp(v - top) for v in values]))


def _log_add(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    return a if b == -math.inf else a + math.log1p(math.exp(b - a))
