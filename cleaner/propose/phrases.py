"""Exact proposals: every phrase of the lexicon that stands in the text, overlapping ones kept as alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cleaner.packs.lexicon import Entry, Lexicon
from cleaner.propose.candidates import Candidate
from cleaner.text.tokens import Kind, Token


def exact(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Candidate]:
    """Candidates for all spans that are the spun side of an entry.

    Capitals in mid-sentence mark names, which only named entries may touch; a line in title case is a headline, where
    capitals say nothing.
    """
    keys = [token.key for token in tokens]
    headline = headline_tokens(tokens)
    guarded = protected_tokens(keys, lexicon.protect)
    for start, key in enumerate(keys):
        for length in lexicon.lengths.get(key) or lexicon.lengths.get(key.removesuffix("'s"), ()):
            end = start + length
            if end > len(keys) or any(token.opens for token in tokens[start + 1 : end]):
                continue
            if not guarded.isdisjoint(range(start, end)):
                continue
            spun = key if length == 1 else " ".join(keys[start:end])
            for entry in _entries(spun, lexicon):
                if _may_stand_for(tokens[start:end], entry, start in headline):
                    first, last, original = trimmed(keys, start, end, entry.original)
                    yield Candidate(
                        first, last, original, entry.swap, entry.form, entry.dialect, entry.source, "spin", entry.named
                    )


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


def _may_stand_for(span: Sequence[Token], entry: Entry, headline: bool) -> bool:
    """Whether the case of ``span`` allows ``entry``: names need a named entry, and named entries need capitals."""
    capitals = [token.text[0].isupper() for token in span if token.kind is Kind.WORD]
    if entry.named:
        return bool(capitals) and all(capitals)
    if headline:
        return True
    return not any(token.text[0].isupper() and not token.opens for token in span if token.kind is Kind.WORD)


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
