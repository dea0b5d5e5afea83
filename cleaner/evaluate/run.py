"""Figures over a folder of pages: ``NAME.spun.txt`` with ``NAME.orig.txt``, and ``NAME.clean.txt``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cleaner.edits import Result
from cleaner.evaluate.calibration import Calibration, calibrate
from cleaner.evaluate.score import Score, false_changes, score_line, score_page, words
from cleaner.pipeline import Restorer


class FolderError(ValueError):
    """A folder that holds no pages, or a page without its original; the message says which."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``pages`` are (name, family, score); ``clean`` are (name, false changes, words)."""

    pages: tuple[tuple[str, str, Score], ...]
    clean: tuple[tuple[str, int, int], ...]
    calibration: Calibration

    @property
    def families(self) -> dict[str, Score]:
        """The sum of the scores of each family."""
        sums: dict[str, Score] = {}
        for _, family, score in self.pages:
            sums[family] = sums.get(family, Score()) + score
        return sums

    @property
    def false_rate(self) -> float:
        """False changes per 1,000 words of clean text."""
        return 1000 * sum(made for _, made, _ in self.clean) / max(1, sum(count for _, _, count in self.clean))

    def table(self) -> str:
        """The figures as text."""
        lines = [
            f"{family} {name:16} undone {s.undone:6.3f}  changes {s.changes:4}  precision {s.precision:.2f}"
            for name, family, s in self.pages
        ]
        for family, s in sorted(self.families.items()):
            p, r, f = s.exact
            pages = sum(1 for _, other, _ in self.pages if other == family)
            lines.append(
                f"family {family}: {pages} pages, undone {s.undone:.3f}, precision {s.precision:.3f}, "
                f"exact edits P {p:.3f} R {r:.3f} F0.5 {f:.3f}"
            )
        if self.pages:
            lines += self.calibration.lines()
        if self.clean:
            count = sum(count for _, _, count in self.clean)
            lines.append(f"clean: {count} words, false changes per 1000: {self.false_rate:.2f}")
        return "\n".join(lines)

    def to_json(self) -> str:
        """The figures as JSON, schema ``cleaner-evaluation/1``."""
        families = {
            name: {"undone": s.undone, "precision": s.precision, "exact": s.exact, **asdict(s)}
            for name, s in sorted(self.families.items())
        }
        pages = [
            {"name": name, "family": family, "undone": s.undone, "precision": s.precision, **asdict(s)}
            for name, family, s in self.pages
        ]
        clean = [{"name": name, "false_changes": made, "words": count} for name, made, count in self.clean]
        figures = {
            "schema": "cleaner-evaluation/1",
            "families": families,
            "pages": pages,
            "clean": clean,
            "false_per_1000": self.false_rate if self.clean else None,
            "calibration": asdict(self.calibration),
        }
        return json.dumps(figures, indent=2, ensure_ascii=False)


def run(folder: Path, restorer: Restorer, families: Path | None = None) -> Evaluation:
    """Evaluate ``restorer`` on ``folder``; ``families`` is a TSV whose first two columns are NAME and family.

    Raises :class:`FolderError` when there is nothing to evaluate.
    """
    family = _read_families(families) if families else {}
    spun, clean = sorted(folder.glob("*.spun.txt")), sorted(folder.glob("*.clean.txt"))
    if not spun and not clean:
        raise FolderError(f"{folder}: holds no NAME.spun.txt with NAME.orig.txt and no NAME.clean.txt")
    pages = []
    for path in spun:
        name = path.name.removesuffix(".spun.txt")
        original = path.with_name(f"{name}.orig.txt")
        if not original.exists():
            raise FolderError(f"{path}: its original {original.name} is missing")
        pages.append((name, family.get(name, "all"), path.read_text("utf-8"), original.read_text("utf-8")))
    texts = [(path.name.removesuffix(".clean.txt"), path.read_text("utf-8")) for path in clean]
    return evaluate(pages, texts, restorer)


def evaluate(
    pages: Iterable[tuple[str, str, str, str]], clean: Iterable[tuple[str, str]], restorer: Restorer
) -> Evaluation:
    """Evaluate on (name, family, spun, original) pages and (name, text) clean texts."""
    scores, judged = [], []
    for name, family, spun, original in pages:
        result = restorer.restore(spun)
        scores.append((name, family, score_page(spun, result.text, original)))
        judged += judge_edits(result, original)
    false = [(name, *false_changes(text, restorer.restore(text).text)) for name, text in clean]
    return Evaluation(tuple(scores), tuple(false), calibrate(judged))


def judge_edits(result: Result, original: str) -> list[tuple[float, bool]]:
    """The confidence of each edit and suggestion, and whether made alone it brings its line nearer to the original.

    Only where spun text and original have the same lines; edits that change no word are left out.
    """
    spun_lines, original_lines = result.source.split("\n"), original.split("\n")
    if len(spun_lines) != len(original_lines):
        return []
    starts = _starts(spun_lines)
    judged = []
    for edit in (*result.edits, *result.suggestions):
        at = max(n for n, start in enumerate(starts) if start <= edit.start)
        line = spun_lines[at]
        if edit.end - starts[at] > len(line):
            continue
        moved = line[: edit.start - starts[at]] + edit.after + line[edit.end - starts[at] :]
        a, b, o = words(line), words(moved), words(original_lines[at])
        if a != b:
            s = score_line(a, b, o)
            judged.append((edit.confidence, s.after < s.before))
    return judged


def _starts(lines: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def _read_families(path: Path) -> dict[str, str]:
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
    return {row[0]: row[1] for row in rows}
