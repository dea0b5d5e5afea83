"""How the time for a word grows with the length of a text, the rows of the tables and the number of texts.

No text is used twice. Each curve is measured in a process of its own, from small to large, so that what memory a point
takes is seen, too. Times are processor time.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.texts import program_spun, stock, warm
from cleaner.packs.load import FORWARD_HEADER, load_pack, shipped_packs
from cleaner.pipeline import Restorer

LENGTHS = (10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
TIMES = (1, 2, 5, 10, 20)
DOCUMENTS = (10, 30, 100, 300, 1000)
DOCUMENT, LENGTH = 100, 500
"""Words of a text where the number of texts counts, and where that of rows does."""
SAMPLE = 3000
"""Words that a point is measured on at least."""
RUNS, ENOUGH = 3, 4.0
"""Samples of a point, the best of which counts, and the seconds after which there is no other."""
PATIENCE = 100.0
"""Seconds: what would take longer by the point before it is left out, and so is what would take half the memory."""


@dataclass(frozen=True)
class Point:
    """At ``size``: seconds for 1,000 words, and the peak memory (MB) of the process so far."""

    size: int
    seconds: float
    memory: float


@dataclass(frozen=True)
class Curve:
    """Points by size; ``unit`` says what is counted, ``fit_from`` from which size on the exponent is fitted."""

    name: str
    unit: str
    points: tuple[Point, ...]
    fit_from: int
    left_out: tuple[int, ...] = ()

    @property
    def exponent(self) -> float:
        """x in "the time for a word grows as size to the power of x"; 0 where a word costs the same at any size."""
        fitted = [point for point in self.points if point.size >= self.fit_from]
        sizes, seconds = np.log([point.size for point in fitted]), np.log([point.seconds for point in fitted])
        return float(np.polyfit(sizes, seconds, 1)[0])


def curves(data: Path | None, quick: bool) -> Iterator[Curve]:
    """All curves. A quick run ends each at a tenth of its size, or a fifth."""
    lengths = LENGTHS[:-4] if quick else LENGTHS
    yield from _alone(_lengths, data, lengths, True)
    yield from _alone(_lengths, data, lengths, False)
    yield from _alone(_rows, data, TIMES[:3] if quick else TIMES)
    yield from _alone(_documents, data, DOCUMENTS[:-2] if quick else DOCUMENTS)


def _alone(work: Callable[..., list[Curve]], *arguments: object) -> list[Curve]:
    """The curves that ``work`` measures in a process of its own."""
    print(f"growth: {work.__name__[1:]}", file=sys.stderr)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _lengths(data: Path | None, lengths: Sequence[int], spun: bool) -> list[Curve]:
    restorer, texts = warm(Restorer()), _texts(data, spun)
    points: list[Point] = []
    for size in lengths:
        if points and _too_much(points[-1], size):
            break
        try:
            points.append(Point(size, _best(restorer, texts, size), _memory()))
        except StopIteration:
            break
    name = "spun text" if spun else "human text"
    return [Curve(name, "words of a text", tuple(points), 1000, tuple(lengths[len(points) :]))]


def _best(restorer: Restorer, texts: Iterator[str], size: int) -> float:
    """Seconds for 1,000 words of texts of ``size`` words. Raises ``StopIteration`` when there are no more texts."""
    found: list[float] = []
    used = 0.0
    while len(found) < RUNS and used < ENOUGH:
        sample = [_take(texts, size) for _ in range(max(1, SAMPLE // size))]
        seconds = _seconds(restorer, sample)
        found.append(1000 * seconds / (size * len(sample)))
        used += seconds
    return min(found)


def _take(texts: Iterator[str], size: int) -> str:
    """A text of exactly ``size`` words, from documents that follow each other; what is left of the last one is lost."""
    found: list[str] = []
    while size > 0:
        words = re.findall(r"\S+\s*", next(texts))[:size]
        size -= len(words)
        found.append("".join(words))
    return "\n\n".join(found)


def _too_much(last: Point, size: int) -> bool:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**20
    return last.seconds * size / 1000 > PATIENCE or last.memory * size / last.size > memory / 2


def _rows(data: Path | None, times: Sequence[int]) -> list[Curve]:
    packs = [load_pack(folder) for folder in shipped_packs()]
    shipped = sum(len(pack.rows) + len(pack.phrases) for pack in packs)
    known = sorted({row.spun.split(" ")[0] for pack in packs for row in pack.rows})
    texts = _texts(data, spun=True)
    sample = [_take(texts, LENGTH) for _ in range(2 * SAMPLE // LENGTH)]
    restoring, loading = [], []
    with tempfile.TemporaryDirectory() as folder:
        for many in times:
            pack = write_pack(Path(folder) / f"{many}", (many - 1) * shipped, known)
            restorer = Restorer(packs=[pack])
            begin = time.process_time()
            _ = restorer.lexicon
            loaded = time.process_time() - begin
            seconds = 1000 * _seconds(warm(restorer), sample) / (LENGTH * len(sample))
            restoring.append(Point(many * shipped, seconds, _memory()))
            loading.append(Point(many * shipped, 1000 * loaded / (many * shipped), _memory()))
    return [
        Curve("restoring", "rows of the tables", tuple(restoring), 0),
        Curve("loading, for 1,000 rows", "rows of the tables", tuple(loading), 0),
    ]


def write_pack(folder: Path, rows: int, known: Sequence[str]) -> Path:
    """A pack of so many rows of made-up words: single ones, phrases of them, and phrases that begin like known ones."""
    chance = random.Random(3)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "il")]

    def word(number: int) -> str:
        return "".join(chance.choices(syllables, k=2)) + f"{syllables[number % 112]}{syllables[number // 112 % 112]}"

    lines = [FORWARD_HEADER]
    for number in range(rows):
        first = ("", f"{word(number)} ", f"{chance.choice(known)} ")[number % 3]
        lines.append(f"{word(number)}\t{first}{word(number)}q\t0.5\t0.5\tmade-up")
    about = {"name": "made-up", "version": "1", "language": "en", "licence": "MIT", "provenance": "made up"}
    folder.mkdir()
    toml = [f'{key} = "{value}"' for key, value in (about | {"dialect": "table"}).items()]
    (folder / "pack.toml").write_text("\n".join(toml), "utf-8")
    (folder / "forward.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def _documents(data: Path | None, numbers: Sequence[int]) -> list[Curve]:
    restorer, texts = warm(Restorer()), _texts(data, spun=True)
    points: list[Point] = []
    seconds, done = 0.0, 0
    for number in numbers:
        try:
            sample = [_take(texts, DOCUMENT) for _ in range(number - done)]
        except StopIteration:
            break
        seconds, done = seconds + _seconds(restorer, sample), number
        points.append(Point(done, 1000 * seconds / (DOCUMENT * done), _memory()))
    left_out = tuple(numbers[len(points) :])
    return [Curve("one after the other", f"texts of {DOCUMENT} words", tuple(points), 0, left_out)]


def _texts(data: Path | None, spun: bool) -> Iterator[str]:
    texts = stock(data)
    return (page.spun for page in program_spun(texts)) if spun else iter(texts)


def _seconds(restorer: Restorer, texts: Sequence[str]) -> float:
    begin = time.process_time()
    for text in texts:
        restorer.restore(text)
    return time.process_time() - begin


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(found: Sequence[Curve]) -> Iterator[str]:
    """The curves in Markdown."""
    yield "| of | seconds for 1,000 words at … | exponent | peak MB at the largest |"
    yield "|---|---|---|---|"
    for curve in found:
        points = ", ".join(f"{point.size:,}: {point.seconds:.3f}" for point in curve.points)
        missing = f"; left out: {', '.join(f'{size:,}' for size in curve.left_out)}" if curve.left_out else ""
        where = f"{curve.unit}: {curve.name}"
        yield f"| {where} | {points}{missing} | {curve.exponent:+.2f} | {curve.points[-1].memory:,.0f} |"
