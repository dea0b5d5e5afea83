"""Swaps of real pages, each judged between its two neighbours: ``python -m cleaner.evaluate.observed DATA``.

DATA/dialects holds what was observed on pages of the ``table`` dialect: each swap with the original word on either
side, and how often each word stood unswapped. One half of the swaps teaches (:mod:`cleaner.learn.table`), the other is
judged, both ways round; words that stood are judged between neighbours from the fitting parts of DATA/corpora. This is
less than the judge sees on a page, but the only real spinning with known originals at hand, by nobody who wrote our
rows. Swaps of one page may fall into both halves, and the language model knows how often their words occur, so that the
figures flatter; they serve to compare weights.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cleaner.evaluate.corpora import Part, part
from cleaner.judge.confidence import threshold
from cleaner.judge.frame import frame
from cleaner.judge.lattice import build, posterior
from cleaner.judge.layout import lay_out
from cleaner.judge.page import Page, gather, own_scores
from cleaner.judge.weights import Weights
from cleaner.learn.table import Observations, learn, write_learnt
from cleaner.packs.lexicon import build_lexicon
from cleaner.packs.load import load_pack, shipped_folder
from cleaner.pipeline import Restorer
from cleaner.propose import Proposers
from cleaner.text.tokens import Token, tokenize

DIALECT = "table"
RATE = 0.7
"""Spin rate of the observed pages."""
EACH = 6
"""Places at which a word that stood is judged, at most; they count as often as it stood."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word (or phrase) between its neighbours (empty at the ends of a line), what it was, and how often."""

    left: str
    word: str
    right: str
    original: str
    count: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums: ``swaps``, of which ``right`` were restored; ``changes``, of which ``harm`` fell on words that stood."""

    swaps: float = 0.0
    right: float = 0.0
    changes: float = 0.0
    harm: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def undone(self) -> float:
        """Share of the swaps that are restored, less the harm done; at most 1."""
        return (self.right - self.harm) / max(1.0, self.swaps)

    @property
    def precision(self) -> float:
        """Share of the changes that restore a swap, 0 to 1."""
        return self.right / max(1.0, self.changes)


def swaps(dialects: Path) -> list[Place]:
    """The observed swaps of a single word by a single word."""
    found = []
    for line in (dialects / "observed.tsv").read_text("utf-8").splitlines()[1:]:
        dialect, _, left, spun, original, right, count = line.split("\t")
        if dialect == DIALECT and spun.isalpha() and original.isalpha():
            found.append(Place(left, spun, right, original, float(count)))
    return found


def standing(data: Path, seed: int = 3) -> list[Place]:
    """Words that stood in spun pages, at places of the corpora's fitting parts."""
    around: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in ("voa-news", "gov-digital"):
        for document in part(data / "corpora" / f"{name}.txt.xz", Part.FIT):
            keys = [token.key for token in tokenize(document)]
            for left, word, right in zip(keys, keys[1:], keys[2:], strict=False):
                around[word].append((left, right))
    found, rng = [], random.Random(seed)
    for line in (data / "dialects" / "kept.tsv").read_text("utf-8").splitlines()[1:]:
        dialect, word, count = line.split("\t")
        if dialect == DIALECT and word.isalpha() and around[word]:
            times = min(int(count), EACH)
            for left, right in rng.choices(around[word], k=times):
                found.append(Place(left, word, right, word, int(count) / times))
    return found


def taught_by(places: Sequence[Place], kept: Counter[str]) -> Restorer:
    """A restorer whose table has seen these swaps and no others beside its hand-written rows."""
    folder = shipped_folder() / DIALECT
    pack = load_pack(folder)
    seen = Observations(Counter(), kept)
    for place in places:
        seen.swapped[place.original, place.word] += int(place.count)
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(shutil.copytree(folder, Path(temporary) / DIALECT))
        hand = {(row.original, row.spun) for row in pack.rows if not row.source.endswith(":learnt")}
        write_learnt(copy / "learnt.tsv", learn(seen, hand, pack.names), kept, "observed")
        packs = [load_pack(copy)]
    restorer = Restorer()
    restorer.__dict__["lexicon"] = build_lexicon(packs)
    return restorer


def judged(places: Sequence[Place], restorer: Restorer, weights: Weights) -> Tally:
    """Each place decided by the judge as if it stood on a page of the dialect."""
    tokens, middle = _tokens(places)
    proposers = Proposers(restorer.lexicon, restorer.model)
    inside = [c for c in proposers.exact(tokens) if c.end - c.start == 1 and c.start in middle]
    text = lay_out(tokens, inside, restorer.model)
    stands = frame([arc.ids[0] for arc in text.arcs[: len(text.words)]], text.sentence, restorer.model)
    seen = gather(text, restorer.lexicon, restorer.model, weights)
    page = Page(RATE, np.full(len(seen.sizes), RATE), {DIALECT: 1.0})
    lattice = build(text.arcs, stands, restorer.model, weights.lm)
    arcs = posterior(lattice, own_scores(seen, page, weights)).arcs.tolist()
    best: dict[int, tuple[float, str]] = {}
    words = len(text.words)
    for at, options in enumerate(text.options):
        start = text.arcs[words + at].start
        best[start] = max(best.get(start, (0.0, "")), (arcs[words + at], options[0].original))
    tally = Tally(swaps=sum(place.count for place in places if place.word != place.original))
    for word, (probability, original) in best.items():
        place = middle[text.words[word]]
        if probability >= threshold(arcs[word], weights):
            right, harm = original == place.original, place.word == place.original
            tally += Tally(right=place.count * right, changes=place.count, harm=place.count * harm)
    return tally


def _tokens(places: Sequence[Place]) -> tuple[list[Token], dict[int, Place]]:
    """All places as one text, one a line, and which of its tokens are in question."""
    lines: list[str] = []
    at, starts = 0, {}
    for place in places:
        left = "" if place.left == "<s>" else f"{place.left} "
        right = "" if place.right == "</s>" else f" {place.right}"
        starts[at + len(left)] = place
        lines.append(f"{left}{place.word}{right}")
        at += len(lines[-1]) + 1
    tokens = tokenize("\n".join(lines))
    return tokens, {number: starts[token.start] for number, token in enumerate(tokens) if token.start in starts}


def measure(data: Path) -> Tally:
    """The sums over both halves."""
    found, stood = swaps(data / "dialects"), standing(data)
    kept: Counter[str] = Counter()
    for place in stood:
        kept[place.word] += round(place.count)
    random.Random(1).shuffle(found)
    halves = found[::2], found[1::2]
    total = Tally()
    for teach, test in (halves, halves[::-1]):
        restorer = taught_by(teach, kept)
        total += judged([*test, *(replace(p, count=p.count / 2) for p in stood)], restorer, restorer.weights)
    return total


if __name__ == "__main__":
    tally = measure(Path(sys.argv[1]))
    print(f"undone {tally.undone:.3f}, precision {tally.precision:.3f} ({tally.swaps:.0f} swaps of single words)")
