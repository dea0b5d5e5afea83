"""From spun pages with their originals, or observed substitutions, to a table of forms with counts.

Runs of the token alignment are cut into phrase pairs as in statistical machine translation (Koehn, Och and Marcu 2003),
here by the cheapest monotone segmentation: neighbours that were swapped side by side fall apart where the pieces are
known or occur by themselves elsewhere.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex

from cleaner.packs.load import LEARNT_HEADER
from cleaner.packs.model import PackError
from cleaner.text.spelling import american
from cleaner.text.tokens import Kind, tokenize

LONGEST = 6
"""Words on either side of a phrase pair."""
KNOWN, SAME, PAIRED = 1.0, 0.3, 1.6
"""Costs of a piece that is known, of a word that stands on both sides, and of two words in the same place."""
_WORDS = regex.compile(r"[\p{L}\p{N}$%][\p{L}\p{N}$%' .,-]*")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Observations:
    """How often each (original, spun) pair was seen, and how often each word stood in both texts."""

    swapped: Counter[Pair]
    kept: Counter[str]


def from_pages(pages: Iterable[tuple[str, str]]) -> Observations:
    """Observations from (spun, original) texts with the same lines. Raises ``ValueError`` where the lines differ."""
    swapped: Counter[Pair] = Counter()
    kept: Counter[str] = Counter()
    for spun, original in pages:
        for spun_line, original_line in zip(spun.splitlines(), original.splitlines(), strict=True):
            a, b = (
                [t.key for t in tokenize(line) if t.kind is not Kind.MARK or t.text == "-"]
                for line in (spun_line, original_line)
            )
            for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
                if tag == "equal":
                    kept.update(a[i1:i2])
                elif tag == "replace":
                    swapped[_joined(b[j1:j2]), _joined(a[i1:i2])] += 1
    return Observations(swapped, kept)


def from_tsv(substitutions: Path, kept: Path | None, dialect: str) -> Observations:
    """Observations from a TSV (dialect, reference, left, spun, original, right, count), and from one of words that
    stood in both texts (dialect, word, count). Raises :class:`PackError` naming file and line.
    """
    swapped: Counter[Pair] = Counter()
    for number, cells in _cells(substitutions, 7):
        if cells[0] == dialect:
            swapped[_joined(cells[4].split()), _joined(cells[3].split())] += _count(substitutions, number, cells[6])
    stood: Counter[str] = Counter()
    for number, cells in _cells(kept, 3) if kept else ():
        if cells[0] == dialect:
            stood[cells[1]] += _count(kept, number, cells[2]) if kept else 0
    return Observations(swapped, stood)


def learn(seen: Observations, known: Iterable[Pair] = (), names: Iterable[str] = ()) -> Counter[Pair]:
    """Counts of phrase pairs: merged neighbours parted, sides that differ in spelling or articles only left out.

    ``known`` are pairs of hand-written rows, which help to part others; originals that are ``names`` are written so.
    The same input gives the same counts.

    >>> seen = Counter({("raising prospects", "elevating odds"): 1, ("raising", "elevating"): 2})
    >>> learn(Observations(seen, Counter()))
    Counter({('raising', 'elevating'): 3, ('prospects', 'odds'): 1})
    """
    pairs = frozenset(known) | {pair for pair, count in seen.swapped.items() if count > 1 or _short(pair)}
    written = {name.casefold(): name for name in names}
    counts: Counter[Pair] = Counter()
    for pair, count in sorted(seen.swapped.items()):
        if not is_swap(pair):
            continue
        pieces = segment(pair, pairs)
        if len(pieces) == 1 and (pair in pairs or is_plausible(pair, count)):
            counts[pair] += count
        for piece in pieces if len(pieces) > 1 else ():
            if piece[0] != piece[1] and is_swap(piece):
                counts[piece] += count
    return Counter({(written.get(original, original), spun): n for (original, spun), n in counts.items()})


def segment(pair: Pair, known: frozenset[Pair]) -> list[Pair]:
    """The cheapest way to part a pair into known pieces, equal words and words in the same place; else the pair itself.

    >>> segment(("the price level", "the worth degree"), frozenset({("price", "worth")}))
    [('the', 'the'), ('price', 'worth'), ('level', 'degree')]
    """
    original, spun = (tuple(side.split(" ")) for side in pair)
    even = len(original) == len(spun)

    @lru_cache(None)
    def cheapest(i: int, j: int) -> tuple[float, tuple[Pair, ...]] | None:
        if i == len(original) and j == len(spun):
            return 0.0, ()
        best = None
        for a in range(1, min(LONGEST, len(original) - i) + 1):
            for b in range(1, min(LONGEST, len(spun) - j) + 1):
                piece = " ".join(original[i : i + a]), " ".join(spun[j : j + b])
                cost = _cost(piece, known, even) if piece != pair else None
                rest = cheapest(i + a, j + b) if cost is not None else None
                if cost is not None and rest is not None and (best is None or cost + rest[0] < best[0]):
                    best = cost + rest[0], (piece, *rest[1])
        return best

    found = cheapest(0, 0)
    return list(found[1]) if found else [pair]


def write_learnt(path: Path, counts: Counter[Pair], kept: Counter[str], note: str) -> None:
    """Write ``learnt.tsv`` of a pack, sorted, so that the same counts give the same bytes."""
    rows = [f"{o}\t{s}\t{n}\t{kept.get(o.lower(), 0)}\t{note}" for (o, s), n in sorted(counts.items())]
    path.write_text("\n".join((LEARNT_HEADER, *rows)) + "\n", "utf-8")


def is_swap(pair: Pair) -> bool:
    """Whether both sides are phrases, and differ in more than spelling, spacing, articles or digits for words.

    >>> is_swap(("price", "worth")), is_swap(("organised", "organized")), is_swap(("price (", "worth"))
    (True, False, False)
    """
    original, spun = pair
    if not all(_WORDS.fullmatch(side) for side in pair) or original.replace(" ", "").isdigit():
        return False
    squeezed = [side.replace(" ", "").replace("-", "") for side in pair]
    if squeezed[0] == squeezed[1]:
        return " " in spun and " " not in original
    a, b = original.split(" "), spun.split(" ")
    articles = {"a", "an"}
    alike = (x == y or {x, y} <= articles or x in american(y) or y in american(x) for x, y in zip(a, b, strict=False))
    return len(a) != len(b) or not all(alike)


def is_plausible(pair: Pair, count: int) -> bool:
    """Whether a pair that cannot be parted is a phrase, not two merged swaps or a slip of the alignment.

    >>> is_plausible(("ago", "in the past"), 1), is_plausible(("he said that", "the mentioned which"), 1)
    (True, False)
    """
    a, b = (side.count(" ") + 1 for side in pair)
    return count > 1 or (abs(a - b) < 3 and (a == 1 or a + b <= 5))


def _cost(piece: Pair, known: frozenset[Pair], even: bool) -> float | None:
    single = " " not in piece[0] and " " not in piece[1]
    if piece[0] == piece[1]:
        return SAME if single else None
    if piece in known:
        return KNOWN
    return PAIRED if single and even else None


def _joined(words: Iterable[str]) -> str:
    """Words as a phrase, hyphens and apostrophes closed up: "12 months - old" gives "12 months-old"."""
    return regex.sub(r"\s*(['’-])\s*", lambda m: "'" if m[1] == "’" else m[1], " ".join(words)).strip()


def _short(pair: Pair) -> bool:
    return " " not in pair[0] and " " not in pair[1]


def _cells(path: Path, width: int) -> Iterator[tuple[int, list[str]]]:
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != width:
            raise PackError(f"{path}:{number}: has {len(cells)} cells, needs {width} parted by tabs")
        yield number, cells


def _count(path: Path, number: int, cell: str) -> int:
    if not cell.isdigit():
        raise PackError(f"{path}:{number}: {cell!r} is no count")
    return int(cell)
