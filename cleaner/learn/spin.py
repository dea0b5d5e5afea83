"""Spinning by program: human text run forward through a pack's tables, as material for fitting.

A page gets a table of its own: which originals it swaps at all, and one or two forms of each, as real pages have it
(most originals are swapped always or never on a page, the commonest form holds four fifths of the swaps).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from cleaner.packs.lexicon import phrase_key
from cleaner.packs.model import Row
from cleaner.text.casing import like
from cleaner.text.tokens import Kind, Token, tokenize

SECOND_FORM = 0.35
"""Share of originals for which a page uses two forms."""

Forward = dict[str, list[Row]]


def forward_table(rows: Sequence[Row]) -> Forward:
    """Rows by original, looked up as token keys joined by blanks."""
    table: Forward = defaultdict(list)
    for row in rows:
        table[phrase_key(row.original)].append(row)
    return dict(table)


def spin(text: str, tables: Sequence[Forward], rng: random.Random, rate: float = 1.0) -> str:
    """``text`` through ``tables``, one after the other; ``rate`` scales every P(swap), 0 to 1."""
    for table in tables:
        text = _pass(text, table, rng, rate)
    return text


def _pass(text: str, table: Forward, rng: random.Random, rate: float) -> str:
    longest = max(key.count(" ") + 1 for key in table)
    chosen: dict[str, list[str]] = {}
    tokens = tokenize(text)
    pieces: list[str] = []
    at, done = 0, 0
    while at < len(tokens):
        length, forms = _match(tokens, at, longest, table, chosen, rng, rate)
        if forms:
            span = tokens[at : at + length]
            before = text[span[0].start : span[-1].end]
            pieces += (text[done : span[0].start], like(before, rng.choice(forms), opens=span[0].opens))
            done = span[-1].end
        at += length
    return "".join((*pieces, text[done:]))


def _match(
    tokens: Sequence[Token],
    at: int,
    longest: int,
    table: Forward,
    chosen: dict[str, list[str]],
    rng: random.Random,
    rate: float,
) -> tuple[int, list[str]]:
    """The longest phrase at ``at`` that this page swaps, and its forms; one token and none otherwise."""
    for length in range(min(longest, len(tokens) - at), 0, -1):
        span = tokens[at : at + length]
        if any(token.kind is Kind.FIXED or token.opens for token in span[1:]) or _is_name(span):
            continue
        key = " ".join(token.key for token in span)
        if key in table:
            if key not in chosen:
                chosen[key] = _choose(table[key], rng, rate)
            if chosen[key]:
                return length, chosen[key]
    return 1, []


def _is_name(span: Sequence[Token]) -> bool:
    return any(token.text[0].isupper() and not token.opens for token in span)


def _choose(rows: list[Row], rng: random.Random, rate: float) -> list[str]:
    """The forms that a page uses for an original; none when it leaves the original alone."""
    if rng.random() > rate * max(row.swap for row in rows):
        return []
    forms, weights = [row.spun for row in rows], [row.form * row.swap for row in rows]
    first = rng.choices(forms, weights)[0]
    if rng.random() < SECOND_FORM:
        return [first, first, first, rng.choices(forms, weights)[0]]
    return [first]
