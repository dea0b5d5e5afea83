"""Packs merged for use: which originals a spun phrase may have, and how likely the table is to swap a word."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from cleaner.packs.model import Pack, PackError, Row, Rule
from cleaner.packs.tally import Pair, Tally, tallies
from cleaner.text.spelling import british
from cleaner.text.tokens import fold, tokenize

COMPOSED = 0.5
"""How far a chain of two rows is believed beside a row of its own."""
GUESSED = 0.7
"""How far P(swap) is believed that somebody guessed, against a word that stands unswapped: guesses are generous."""
TAUGHT = 0.01
"""P(swap) * P(form) of a substitution that only a reviewer knows, before what was said for it."""
MAX_VARIANTS = 200
"""About how many spun variants a name may have; of its words' forms the commonest are combined."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A way back: the spun phrase under which it is found may stand for ``original``.

    ``swap`` is P(original is swapped) and ``form`` P(this phrase | it is) in ``dialect``; ``named`` entries, whose
    originals are written with capitals, serve capitalised text only.
    """

    original: str
    swap: float
    form: float
    dialect: str
    source: str
    named: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by spun phrase (keys of its tokens, joined by blanks), with what the search over them needs.

    ``lengths`` gives for the first key of any spun phrase the lengths (in tokens) of the phrases that begin so, longest
    first; ``swaps`` gives P(swap) by dialect and word, ``believed`` how much of it counts against a word that stands
    unswapped; ``protect`` holds phrases (keys as in ``entries``) that are never touched, ``never`` the substitutions,
    as (before, after), both folded, that reviewers ruled out.
    """

    entries: dict[str, tuple[Entry, ...]]
    lengths: dict[str, tuple[int, ...]]
    swaps: dict[str, dict[str, float]]
    believed: dict[str, dict[str, float]]
    rules: tuple[Rule, ...]
    protect: frozenset[str]
    never: frozenset[Pair]
    dialects: tuple[str, ...]


def phrase_key(text: str) -> str:
    """How phrases are looked up: token keys joined by blanks.

    >>> phrase_key("One-year old")
    'one - year old'
    """
    if text.replace(" ", "").isalpha():
        return fold(text)
    return " ".join(token.key for token in tokenize(text))


def entries_for(original: str, entries: Iterable[Entry]) -> list[Entry]:
    """Those of ``entries`` that stand for ``original`` (folded), which may be spelt the British way."""
    return [entry for entry in entries if original in (fold(entry.original), british(fold(entry.original)))]


def build_lexicon(packs: Sequence[Pack]) -> Lexicon:
    """Merge ``packs``, later ones over earlier ones. Raises :class:`PackError` when a pack builds on a missing one."""
    by_name = {pack.name: pack for pack in packs}
    found: dict[str, dict[tuple[str, str], Entry]] = defaultdict(dict)
    swaps: dict[str, dict[str, float]] = {}
    believed: dict[str, dict[str, float]] = {}
    names = [name for pack in packs for name in pack.names]
    for pack in packs:
        if not (pack.rows or pack.phrases):
            continue
        dialect = pack.dialect or pack.name
        rows = list(_through(pack, by_name))
        known, counted = swaps.setdefault(dialect, {}), believed.setdefault(dialect, {})
        for row in rows:
            if " " not in row.original:
                rate = row.swap * (1.0 if row.seen else GUESSED)
                known[row.original] = max(known.get(row.original, 0.0), row.swap)
                counted[row.original] = max(counted.get(row.original, 0.0), rate)
        for row in (*rows, *_name_rows(names, rows)):
            entry = Entry(row.original, row.swap, row.form, dialect, row.source, row.original != row.original.lower())
            _keep_best(found[phrase_key(row.spun)], entry)
    said = tallies(verdicts for pack in packs for verdicts in pack.verdicts)
    for pair, tally in said.items():
        _teach(found, pair, tally)
    entries = {spun: tuple(sorted(e.values(), key=_order)) for spun, e in found.items()}
    return Lexicon(
        entries=entries,
        lengths=_lengths(entries),
        swaps=swaps,
        believed=believed,
        rules=tuple(rule for pack in packs for rule in pack.rules),
        protect=frozenset(phrase_key(phrase) for pack in packs for phrase in pack.protect),
        never=frozenset(pair for pair, tally in said.items() if tally.forbidden),
        dialects=tuple(swaps),
    )


def _through(pack: Pack, packs: dict[str, Pack]) -> Iterator[Row]:
    """The rows of a pack; for a second link also the first link's, chains of both, and phrases through both."""
    yield from pack.rows
    yield from pack.phrases
    if not pack.after:
        return
    if pack.after not in packs:
        raise PackError(f"{pack.folder / 'pack.toml'}: builds on pack {pack.after!r}, which is not loaded")
    first = packs[pack.after]
    second: dict[str, list[Row]] = defaultdict(list)
    for row in pack.rows:
        second[row.original].append(row)
    for row in first.rows:
        links = second.get(row.spun, [])
        passed = 1 - max((link.swap for link in links), default=0.0)
        yield Row(row.original, row.spun, row.form, row.swap * max(passed, 0.1), row.source)
        for link in links:
            if link.spun != row.original:
                form = row.form * link.form
                yield Row(row.original, link.spun, form, row.swap * link.swap * COMPOSED, f"{row.source}+{link.source}")


def _name_rows(names: Iterable[str], rows: Sequence[Row]) -> Iterator[Row]:
    """Spun variants of names that are made of common words ("Supreme Courtroom" for "Supreme Court")."""
    forms: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        forms[row.original].append(row)
    for name in names:
        words = name.split(" ")
        most = min(6, int(MAX_VARIANTS ** (1 / len(words))) - 1)
        choices = [
            [(word, 1.0, "")] + [(r.spun, r.form * r.swap, r.source) for r in _best(forms[word.casefold()], most)]
            for word in words
        ]
        for variant in product(*choices):
            spun = " ".join(word for word, _, _ in variant)
            if phrase_key(spun) != phrase_key(name):
                probability = math.prod(p for _, p, _ in variant)
                source = "+".join(source for _, _, source in variant if source)
                yield Row(name, spun, 1.0, max(probability, 1e-6), f"names:{source}")


def _best(rows: list[Row], most: int) -> list[Row]:
    return sorted(rows, key=lambda r: -r.form)[:most]


def _teach(found: dict[str, dict[tuple[str, str], Entry]], pair: Pair, tally: Tally) -> None:
    """Let what reviewers said of a substitution weigh on it; one that no pack knows enters, of no dialect, where more
    was said for it than against.
    """
    key = phrase_key(pair[0])
    known = entries_for(pair[1], found.get(key, {}).values())
    for entry in known:
        found[key][entry.original, entry.dialect] = replace(entry, form=min(1.0, entry.form * tally.weight))
    if not known and tally.accepted > tally.rejected:
        original = tally.original
        entry = Entry(original, TAUGHT, tally.weight, "", "reviewer", original != original.lower())
        found[key][original, ""] = entry


def _keep_best(entries: dict[tuple[str, str], Entry], entry: Entry) -> None:
    key = entry.original, entry.dialect
    if key not in entries or entries[key].swap * entries[key].form < entry.swap * entry.form:
        entries[key] = entry


def _order(entry: Entry) -> tuple[float, str, str]:
    return -entry.swap * entry.form, entry.original, entry.dialect


def _lengths(entries: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for spun in entries:
        keys = spun.split(" ")
        lengths[keys[0]].add(len(keys))
    return {first: tuple(sorted(known, reverse=True)) for first, known in lengths.items()}
