"""The words of a text as they stand under the language model, and what each swap would change by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cleaner.judge.ngram import Ids, NgramModel

Values = npt.NDArray[np.float64]

NONE = -1
"""What stands before the beginning of a sentence."""


class Arc(NamedTuple):
    """Words ``ids`` in place of the text's words ``start`` to ``end``."""

    start: int
    end: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A text's word ids as they stand, each sentence between two marks of its beginning and one of its end.

    ``sentence`` numbers the sentence of each word and ``place`` its place in ``ids``; ``closing`` is the place of each
    sentence's end. ``score`` (nats) is the log probability of each place's word behind the two before it; for marks of
    a beginning it is 0.
    """

    ids: Ids
    sentence: Ids
    place: Ids
    closing: Ids
    score: Values


def frame(words: Sequence[int], sentence: Sequence[int], model: NgramModel) -> Frame:
    """The frame of the ids of a text's ``words``, of which each lies in the ``sentence`` of that number, from 0 on."""
    of_word = np.array(sentence, np.int64)
    place = np.arange(len(of_word)) + 3 * of_word + 2
    sizes = np.bincount(of_word)
    closing = np.cumsum(sizes) + 3 * np.arange(len(sizes)) + 2
    ids = np.full(len(of_word) + 3 * len(sizes), NONE)
    ids[place] = words
    ids[closing] = model.end
    ids[closing - sizes - 1] = model.begin
    scored = np.concatenate((place, closing))
    score = np.zeros(len(ids))
    score[scored] = model.score(ids[scored - 2], ids[scored - 1], ids[scored])
    return Frame(ids, of_word, place, closing, score)


def gains(arcs: Sequence[Arc], text: Frame, model: NgramModel) -> Values:
    """What each swap, made alone, adds to the log probability (nats) of its sentence."""
    if not arcs:
        return np.zeros(0)
    start = text.place[[arc.start for arc in arcs]]
    after = text.place[[arc.end - 1 for arc in arcs]] + 1
    sizes = np.array([len(arc.ids) for arc in arcs])
    two_back, back = text.ids[start - 2], text.ids[start - 1]
    made = np.zeros(len(arcs))
    for at in range(int(sizes.max())):
        long = np.flatnonzero(sizes > at)
        word = np.array([arcs[n].ids[at] for n in long.tolist()])
        made[long] += model.score(two_back[long], back[long], word)
        two_back[long], back[long] = back[long], word
    made += model.score(two_back, back, text.ids[after])
    inside = text.ids[after] != model.end
    made[inside] += model.score(back[inside], text.ids[after[inside]], text.ids[after[inside] + 1])
    reach = np.concatenate(([0.0], np.cumsum(text.score)))
    stood: Values = reach[after + 1 + inside] - reach[start]
    return made - stood
