"""Tokens and candidates laid out for the lattice: one list of arcs a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleaner.judge.lattice import Arc, Posterior
from cleaner.judge.ngram import NgramModel
from cleaner.propose.candidates import Candidate
from cleaner.text.articles import article
from cleaner.text.tokens import Kind, Token, tokenize


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words by token position, and its arcs, of which the first ``len(words)`` are the words as they
    stand.

    ``candidates[a]`` are the candidates that arc a stands for (none for words as they stand), ``standing[w]`` is the
    key of word w, ``strange[w]`` says that the language model does not know it. ``parts`` gives for an arc that a chain
    of shorter arcs spells out too the arcs of that chain; ``clashes[a]`` says that the article before arc a does not
    suit its sound.
    """

    words: list[int]
    standing: list[str]
    strange: list[bool]
    arcs: list[Arc]
    candidates: list[list[Candidate]]
    clashes: list[bool]
    parts: dict[int, list[int]]

    @property
    def swaps(self) -> range:
        """The arcs that are no words as they stand."""
        return range(len(self.words), len(self.arcs))


def lay_out(tokens: Sequence[Token], candidates: Iterable[Candidate], model: NgramModel) -> list[Sentence]:
    """The sentences of a text. Candidates for the same words in the same place become one arc; those that the language
    model cannot tell from the text as it stands (another spelling of the same word) are left out.
    """
    sentences: list[Sentence] = []
    place: dict[int, tuple[int, int]] = {}
    for at, token in enumerate(tokens):
        if token.opens or not sentences:
            sentences.append(Sentence([], [], [], [], [], [], {}))
        if token.kind is not Kind.MARK:
            current = sentences[-1]
            number = len(current.words)
            place[at] = (len(sentences) - 1, number)
            _add(current, Arc(number, number + 1, (word_id(token, model),)), [], _clash(tokens, at, token.text))
            current.words.append(at)
            current.standing.append(token.key)
            current.strange.append(current.arcs[-1].ids[0] == model.unknown and token.text.islower())
    grouped: dict[tuple[int, int, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.start in place and candidate.end - 1 in place:
            grouped[candidate.start, candidate.end, candidate.original].append(candidate)
    for (start, end, original), group in grouped.items():
        at, first = place[start]
        last = place[end - 1][1] + 1
        ids = tuple(word_id(t, model) for t in tokenize(original) if t.kind is not Kind.MARK)
        stands = tuple(arc.ids[0] for arc in sentences[at].arcs[first:last])
        if ids and place[end - 1][0] == at and ids != stands:
            _add(sentences[at], Arc(first, last, ids), group, _clash(tokens, start, original))
    for s in sentences:
        s.parts.update(_parts(s.arcs))
    return sentences


def word_id(token: Token, model: NgramModel) -> int:
    """The language model's id of a token."""
    return model.number if token.kind is Kind.NUMBER else model.word_id(token.key)


def by_parts(p: Posterior, parts: dict[int, list[int]]) -> Posterior:
    """``p`` with the probability of each arc that a chain of shorter arcs spells out handed on to that chain."""
    for whole, chain in parts.items():
        for part in chain:
            p.arcs[part] = min(1.0, p.arcs[part] + p.arcs[whole])
        p.arcs[whole] = 0.0
    return p


def _add(s: Sentence, arc: Arc, group: list[Candidate], clash: bool) -> None:
    s.arcs.append(arc)
    s.candidates.append(group)
    s.clashes.append(clash)


def _clash(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether ``text`` at token ``at`` stands behind an article of the wrong sound: "an graceful" was "an orderly"."""
    before = tokens[at - 1].key if at > 0 and not tokens[at].opens else ""
    return before in ("a", "an") and article(text) != before


def _parts(arcs: Sequence[Arc]) -> Iterator[tuple[int, list[int]]]:
    """Arcs that a chain of shorter arcs spells out, longest first: "easy dangle" for "still have"."""
    starting: dict[int, list[int]] = defaultdict(list)
    for number, arc in enumerate(arcs):
        starting[arc.start].append(number)

    def chain(whole: int, start: int, ids: tuple[int, ...]) -> list[int] | None:
        if start == arcs[whole].end:
            return None if ids else []
        for number in starting[start]:
            arc = arcs[number]
            if number != whole and arc.end <= arcs[whole].end and ids[: len(arc.ids)] == arc.ids:
                rest = chain(whole, arc.end, ids[len(arc.ids) :])
                if rest is not None:
                    return [number, *rest]
        return None

    for number, arc in sorted(enumerate(arcs), key=lambda item: item[1].start - item[1].end):
        if arc.end - arc.start > 1:
            found = chain(number, arc.start, arc.ids)
            if found is not None and len(found) > 1:
                yield number, found
