"""Exact proposals: every phrase of the lexicon that stands in the text, overlapping ones kept as alternatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cleaner.packs.lexicon import Entry, Lexicon
from cleaner.propose.candidates import Candidate, Option, Share
from cleaner.text.tokens import Kind, Token


class PhraseIndex:
    """The spun phrases of a lexicon, with what each may stand for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._ways: dict[str, tuple[Way, ...]] = {}

    def candidates(self, tokens: Sequence[Token]) -> Iterator[Candidate]:
        """Candidates for all spans that are the spun side of an entry.

        Capitals in mid-sentence mark names, which only named entries may touch; a line in title case is a headline,
        where capitals say nothing.
        """
        keys = [token.key for token in tokens]
        headline = headline_tokens(tokens)
        guarded = protected_tokens(keys, self.lexicon.protect)
        lengths = self.lexicon.lengths
        for start, key in enumerate(keys):
            found = lengths.get(key) or (lengths.get(key.removesuffix("'s")) if key.endswith("'s") else None)
            for length in found or ():
                end = start + length
                if end > len(keys) or (length > 1 and any(token.opens for token in tokens[start + 1 : end])):
                    continue
                if guarded and not guarded.isdisjoint(range(start, end)):
                    continue
                ways = self._ways_of(key if length == 1 else " ".join(keys[start:end]))
                if ways:
                    named, plain = _allowed(tokens[start:end], start in headline)
                    for first, last, option in ways:
                        if named if option.named else plain:
                            yield Candidate(start + first, end - last, option)

    def _ways_of(self, spun: str) -> tuple[Way, ...]:
        known = self._ways.get(spun)
        if known is None:
            known = self._ways[spun] = tuple(_ways(spun, _entries(spun, self.lexicon)))
        return known


class Way(NamedTuple):
    """A way back from a phrase: without its ``first`` and ``last`` tokens it may stand for ``option``."""

    first: int
    last: int
    option: Option


def _ways(spun: str, entries: Iterable[Entry]) -> Iterator[Way]:
    """The ways back from a phrase, entries of several dialects with the same original put together."""
    keys = spun.split(" ")
    grouped: dict[tuple[int, int, str, bool], list[Share]] = defaultdict(list)
    for entry in entries:
        first, last, original = trimmed(keys, 0, len(keys), entry.original)
        share = Share(entry.dialect, entry.swap * entry.form, entry.source)
        grouped[first, len(keys) - last, original, entry.named].append(share)
    for (first, last, original, named), shares in grouped.items():
        yield Way(first, last, Option(original, tuple(shares), "spin", named))


def _entries(spun: str, lexicon: Lexicon) -> Iterator[Entry]:
    """The entries of a phrase; for a possessive that has none of its own, those of its base, in the possessive.

    Spinners match whole words, and an apostrophe ends a word: "metropolis's" is what becomes of "city's".
    """
    known = lexicon.entries.get(spun)
    if known is not None:
        yield from known
    elif spun.endswith("'s"):
        for entry in lexicon.entries.get(spun.removesuffix("'s"), ()):
            possessive = entry.original + ("'" if entry.original.endswith("s") else "'s")
            yield replace(entry, original=possessive)


def trimmed(keys: Sequence[str], start: int, end: int, original: str) -> tuple[int, int, str]:
    """The span without the words that the original shares with it at its ends; one word is left on each side.

    >>> trimmed(["within", "the", "house"], 0, 2, "in the"), trimmed(["brand", "new"], 0, 2, "new")
    ((0, 1, 'in'), (0, 2, 'new'))
    """
    words = original.split(" ")
    while end - start > 1 and len(words) > 1 and keys[end - 1] == words[-1].casefold():
        words, end = words[:-1], end - 1
    while end - start > 1 and len(words) > 1 and keys[start] == words[0].casefold():
        words, start = words[1:], start + 1
    return start, end, " ".join(words)


def _allowed(span: Sequence[Token], headline: bool) -> tuple[bool, bool]:
    """Whether the case of ``span`` allows named entries, which need capitals, and others, which keep off names."""
    words = [token for token in span if token.kind is Kind.WORD]
    capital = [token.text[0].isupper() for token in words]
    plain = headline or not any(up and not token.opens for up, token in zip(capital, words, strict=True))
    return bool(words) and all(capital), plain


def protected_tokens(keys: Sequence[str], protect: frozenset[str]) -> frozenset[int]:
    """Positions of tokens that belong to a protected phrase.

    >>> sorted(protected_tokens("a crypto wallet is lost".split(), frozenset({"crypto wallet"})))
    [1, 2]
    """
    if not protect:
        return frozenset()
    longest = max(phrase.count(" ") + 1 for phrase in protect)
    found: set[int] = set()
    for start in range(len(keys)):
        for length in range(1, longest + 1):
            if " ".join(keys[start : start + length]) in protect:
                found.update(range(start, start + length))
    return frozenset(found)


def headline_tokens(tokens: Sequence[Token]) -> frozenset[int]:
    r"""Positions of tokens in lines whose words are mostly capitalised: headlines in title case.

    >>> from cleaner.text.tokens import tokenize
    >>> sorted(headline_tokens(tokenize("Senate Passes Excessive Budget\nIt met on Monday.")))
    [0, 1, 2, 3]
    """
    found: set[int] = set()
    sentence: list[int] = []
    for at, token in enumerate(tokens):
        if token.opens:
            found.update(_title_case(tokens, sentence))
            sentence = []
        sentence.append(at)
    found.update(_title_case(tokens, sentence))
    return frozenset(found)


def _title_case(tokens: Sequence[Token], sentence: list[int]) -> list[int]:
    long = [tokens[at].text for at in sentence if tokens[at].kind is Kind.WORD and len(tokens[at].text) > 3]
    capital = sum(word[0].isupper() for word in long)
    return sentence if len(long) >= 3 and capital >= 0.8 * len(long) else []
