"""Tokens and candidates laid out for the lattice: the words of a text in sentences, and the arcs over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.judge.frame import Arc, Values
from cleaner.judge.ngram import NgramModel
from cleaner.propose.candidates import Candidate, Option
from cleaner.text.articles import article
from cleaner.text.tokens import Kind, Token

LONGEST = 60
"""Words of a sentence: a longer one is cut, as the odds of its readings could leave the range of a float."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A text for the judge. Word w stands at token ``words[w]``, has the key ``standing[w]`` and lies in sentence
    ``sentence[w]`` (from 0); ``strange[w]`` says that the language model does not know it.

    The first ``len(words)`` arcs are the words as they stand, the others swaps, of which ``options`` holds what each
    stands for. ``clashes[a]`` says that the article before arc a does not suit its sound; ``parts`` gives for an arc
    that a chain of shorter arcs spells out too the arcs of that chain.
    """

    words: list[int]
    standing: list[str]
    sentence: list[int]
    strange: list[bool]
    arcs: list[Arc]
    options: list[list[Option]]
    clashes: list[bool]
    parts: dict[int, list[int]]


def lay_out(tokens: Sequence[Token], candidates: Iterable[Candidate], model: NgramModel) -> Layout:
    """The layout of a text. Candidates for the same words in the same place become one arc; those that the language
    model cannot tell from the text as it stands (another spelling of the same word) are left out.
    """
    text = _standing(tokens, model)
    place: list[int | None] = [None] * len(tokens)
    for word, at in enumerate(text.words):
        place[at] = word
    known: dict[tuple[int, int, str], list[Option]] = {}
    for start, end, option in candidates:
        first, last = place[start], place[end - 1]
        if first is None or last is None or text.sentence[first] != text.sentence[last]:
            continue
        group = known.get((first, last, option.original))
        if group is not None:
            group.append(option)
            continue
        ids = model.phrase(option.original)
        stands = text.arcs[first].ids if first == last else tuple([a.ids[0] for a in text.arcs[first : last + 1]])
        if ids and ids != stands:
            known[first, last, option.original] = group = [option]
            text.arcs.append(Arc(first, last + 1, ids))
            text.options.append(group)
            text.clashes.append(_clash(tokens, start, option.original))
    return text


def narrow(text: Layout, swaps: Sequence[int]) -> Layout:
    """The layout without any swaps but these (numbered from 0)."""
    words = len(text.words)
    arcs = text.arcs[:words] + [text.arcs[words + at] for at in swaps]
    clashes = text.clashes[:words] + [text.clashes[words + at] for at in swaps]
    options = [text.options[at] for at in swaps]
    return replace(text, arcs=arcs, clashes=clashes, options=options, parts=dict(_parts(arcs, words)))


def _standing(tokens: Sequence[Token], model: NgramModel) -> Layout:
    """The layout of the words as they stand."""
    text = Layout([], [], [], [], [], [], [], {})
    sentence, begin = -1, 0
    for at, token in enumerate(tokens):
        if token.kind is Kind.MARK:
            continue
        word = len(text.words)
        if token.opens or sentence < 0 or word - begin >= LONGEST:
            sentence, begin = sentence + 1, word
        ids = (model.number if token.kind is Kind.NUMBER else model.word_id(token.key),)
        text.words.append(at)
        text.standing.append(token.key)
        text.sentence.append(sentence)
        text.strange.append(ids[0] == model.unknown and token.text.islower())
        text.arcs.append(Arc(word, word + 1, ids))
        text.clashes.append(_clash(tokens, at, token.text))
    return text


def by_parts(arcs: Values, parts: dict[int, list[int]]) -> Values:
    """``arcs`` with the probability of each arc that a chain of shorter arcs spells out handed on to that chain."""
    for whole, chain in parts.items():
        for part in chain:
            arcs[part] = min(1.0, arcs[part] + arcs[whole])
        arcs[whole] = 0.0
    return arcs


def _clash(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether ``text`` at token ``at`` stands behind an article of the wrong sound: "an graceful" was "an orderly"."""
    before = tokens[at - 1].key if at > 0 else ""
    return before in ("a", "an") and not tokens[at].opens and article(text) != before


def _parts(arcs: Sequence[Arc], words: int) -> Iterator[tuple[int, list[int]]]:
    """Arcs that a chain of shorter arcs spells out, longest first: "easy dangle" for "still have"."""
    long = [number for number in range(words, len(arcs)) if arcs[number].end - arcs[number].start > 1]
    if not long:
        return
    starting: dict[int, list[int]] = defaultdict(list)
    for number, arc in enumerate(arcs):
        starting[arc.start].append(number)

    for number in sorted(long, key=lambda n: arcs[n].start - arcs[n].end):
        found = _chain(arcs, starting, number, arcs[number].start, arcs[number].ids)
        if found is not None and len(found) > 1:
            yield number, found


def _chain(
    arcs: Sequence[Arc], starting: dict[int, list[int]], whole: int, start: int, ids: tuple[int, ...]
) -> list[int] | None:
    """Arcs other than ``whole`` that spell ``ids`` out from ``start`` to its end."""
    if start == arcs[whole].end:
        return None if ids else []
    for number in starting[start]:
        arc = arcs[number]
        if number != whole and arc.end <= arcs[whole].end and ids[: len(arc.ids)] == arc.ids:
            rest = _chain(arcs, starting, whole, arc.end, ids[len(arc.ids) :])
            if rest is not None:
                return [number, *rest]
    return None
