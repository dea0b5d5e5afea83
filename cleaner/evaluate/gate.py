"""Every figure that the project answers for, in one run, held against pinned floors and ceilings.

Run as ``python -m cleaner.evaluate.gate [--data FOLDER]``; exits 1 when a figure is worse than
``fixtures/figures.toml`` allows. The corpora (not part of the repository) are read from FOLDER where it is at hand.
"""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.evaluate.calibration import calibrate
from cleaner.evaluate.corpora import Part, documents, part
from cleaner.evaluate.observed import measure as measure_observed
from cleaner.evaluate.run import judge_edits
from cleaner.evaluate.score import Score, false_changes, score_page
from cleaner.packs.lexicon import Lexicon
from cleaner.pipeline import Restorer

ROOT = Path(__file__).resolve().parent.parent.parent
CORPORA = {"voa-news": Part.TEST, "gov-digital": Part.TEST, "bbc-news-evaluation": None}
"""The corpora of human text and the part of each that is evaluated (all of it where there is none to keep out)."""

SEED_NOTES = ("double:recalled-1", "double:seed")
"""Sources of rows that may have no other evidence than the seed."""


@dataclass(frozen=True, slots=True)
class Page:
    """A text to restore, and its original; ``None`` where the text is human-written and nothing may change."""

    figure: str
    spun: str
    original: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What restoring a page came to."""

    figure: str
    score: Score
    judged: list[tuple[float, bool]]
    false: int
    words: int
    again: int


_restorer = Restorer()


def measure(page: Page) -> Outcome:
    """Restore one page with this process's restorer."""
    result = _restorer.restore(page.spun)
    if page.original is None:
        return Outcome(page.figure, Score(), [], *false_changes(page.spun, result.text), 0)
    again = len(_restorer.restore(result.text).edits)
    score = score_page(page.spun, result.text, page.original)
    return Outcome(page.figure, score, judge_edits(result, page.original), 0, 0, again)


def spun_pages() -> Iterator[Page]:
    """The seed with its gold, and the blind pages by dialect and part."""
    seed = next((ROOT / "seeds").glob("*.txt"))
    yield Page("seed", seed.read_text("utf-8"), (ROOT / "fixtures/seed/gold.txt").read_text("utf-8"))
    for path in sorted((ROOT / "fixtures/blind").glob("*/*.spun.txt")):
        original = path.with_name(path.name.replace(".spun.", ".orig.")).read_text("utf-8")
        dialect = {"t": "table", "d": "double", "p": "paraphrased"}[path.name[0]]
        yield Page(f"blind {path.parent.name} {dialect}", path.read_text("utf-8"), original)
        if dialect != "paraphrased":
            yield Page("false blind originals", original, None)


def human_pages(data: Path) -> Iterator[Page]:
    """The corpora as documents, as blocks of 20 lines and as single lines."""
    for name, wanted in CORPORA.items():
        path = data / "corpora" / f"{name}.txt.xz"
        texts = documents(path) if wanted is None else part(path, wanted)
        lines = [line for text in texts for line in text.split("\n") if line.strip()]
        yield from (Page(f"false {name} documents", text, None) for text in texts)
        blocks = ("\n".join(lines[at : at + 20]) for at in range(0, len(lines), 20))
        yield from (Page(f"false {name} blocks", block, None) for block in blocks)
        yield from (Page(f"false {name} lines", line, None) for line in lines)


def without_seed_rows(lexicon: Lexicon) -> Lexicon:
    """The lexicon without the rows that the seed shows, and without the list that was written with the seed at hand."""
    kept = {
        spun: tuple(entry for entry in entries if not any(note in entry.source for note in SEED_NOTES))
        for spun, entries in lexicon.entries.items()
    }
    return replace(lexicon, entries={spun: entries for spun, entries in kept.items() if entries})


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """All figures by name: undone and precision for spun pages, false changes per 1,000 words for human text."""
    found: dict[str, float] = {}
    for name in sorted({outcome.figure for outcome in outcomes}):
        mine = [outcome for outcome in outcomes if outcome.figure == name]
        if name.startswith("false "):
            found[name] = 1000 * sum(o.false for o in mine) / max(1, sum(o.words for o in mine))
            continue
        score = sum((o.score for o in mine), Score())
        found[f"{name} undone"], found[f"{name} precision"] = score.undone, score.precision
        changed = max(1, score.changes)
        found[f"{name} changed again"] = sum(o.again for o in mine) / changed
    calibration = calibrate([pair for outcome in outcomes for pair in outcome.judged])
    found["confidence brier"], found["confidence ece"], found["confidence auc"] = (
        calibration.brier,
        calibration.ece,
        calibration.auc,
    )
    return found


def failures(found: dict[str, float], pinned: dict[str, dict[str, float]]) -> list[str]:
    """One line for each figure that is worse than its pinned bound, or missing."""
    out = []
    for name, floor in pinned["at_least"].items():
        if name in found and round(found[name], 3) < floor:
            out.append(f"{name}: {found[name]:.3f} is below the pinned {floor:.3f}")
    for name, ceiling in pinned["at_most"].items():
        if name in found and round(found[name], 3) > ceiling:
            out.append(f"{name}: {found[name]:.3f} is above the pinned {ceiling:.3f}")
    return out


def main() -> int:
    """Measure, print, compare. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with corpora/ (human-written text, not in the repository)")
    data = parser.parse_args().data
    pages = list(spun_pages())
    if data is not None and (data / "corpora").is_dir():
        pages += human_pages(data)
    else:
        print("no corpora at hand: false changes are measured on the blind originals alone", file=sys.stderr)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(measure, pages, chunksize=16))
    found = figures(outcomes)
    restorer = Restorer()
    restorer.__dict__["lexicon"] = without_seed_rows(restorer.lexicon)
    seed = pages[0]
    assert seed.original is not None
    score = score_page(seed.spun, restorer.restore(seed.spun).text, seed.original)
    found["seed without seed rows undone"] = score.undone
    if data is not None and (data / "dialects").is_dir():
        observed = measure_observed(data)
        found["observed swaps undone"], found["observed swaps precision"] = observed.undone, observed.precision
    for name, value in found.items():
        print(f"{name:48} {value:8.3f}")
    pinned = tomllib.loads((ROOT / "fixtures/figures.toml").read_text("utf-8"))
    worse = failures(found, pinned)
    print("\n".join(worse) or "all figures hold", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
