"""The index page of a batch: self-contained HTML with its figures, files and substitutions."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from cleaner.batch.clean import Task
from cleaner.batch.outcome import Outcome
from cleaner.batch.summary import Summary
from cleaner.documents.read import printable
from cleaner.report.pages import PALETTE, part, policy, template

MOST = 1000
"""How many substitutions the page lists: those made most often. The other formats hold all."""
COLUMNS = 40
"""Bars of the plot, each a fortieth of all spin rates wide."""
DIALECTS = ("table", "double", "rewriter")
"""Those that have a colour of their own."""
_WIDTH, _HEIGHT = 720, 150


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar of the plot, in its units; ``label`` says what it counts."""

    x: float
    y: float
    width: float
    height: float
    dialect: str
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """How many spun files have which spin rate: bars stacked by dialect, ticks as (place, label)."""

    bars: tuple[Bar, ...]
    dialects: tuple[tuple[str, int], ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    width: int = _WIDTH
    height: int = _HEIGHT


def render(summary: Summary, reports: Path, out: Path) -> str:
    """The page that lies in ``reports`` and links to the reports there and to the texts in ``out``."""
    to_out = os.path.relpath(out, reports)

    def report_link(name: str) -> str:
        task = Task(name, Path(name), Path(name), Path(name))
        return _url(str(task.reports["html"])) if "html" in task.reports else ""

    spun = [file for file in summary.done if file.figures.dialect]
    listed = [total for total in summary.substitutions if total.made or total.rejected]
    style, script = part(PALETTE) + part("batch/page/index.css"), part("batch/page/index.js")
    return template("batch/page/index.html").render(
        summary=summary,
        figures=summary.figures,
        files=sorted(summary.done, key=_doubt),
        substitutions=sorted(listed, key=lambda total: (not total.rejected, -total.made, total.pair))[:MOST],
        hidden=max(0, len(listed) - MOST),
        plot=plot(spun),
        clean=len(summary.done) - len(spun),
        colour=lambda dialect: dialect if dialect in DIALECTS else "other",
        printable=printable,
        report_link=report_link,
        text_link=lambda name: _url(f"{to_out}/{name}"),
        style=style,
        script=script,
        policy=policy(style, script),
    )


def plot(files: Sequence[Outcome]) -> Plot:
    """How many of these files have which spin rate."""
    rates = [(min(int(file.figures.spin_rate * COLUMNS), COLUMNS - 1), file.figures.dialect or "") for file in files]
    counts, dialects = Counter(rates), Counter(dialect for _, dialect in rates).most_common()
    tallest = max(Counter(column for column, _ in rates).values(), default=1)
    wide, high = _WIDTH / COLUMNS, _HEIGHT / tallest
    bars = []
    for column in range(COLUMNS):
        below = 0
        for name, _ in dialects:
            if count := counts[column, name]:
                below += count
                label = f"{column / COLUMNS:.1%} to {(column + 1) / COLUMNS:.1%}, {name}: {count:,}"
                bars.append(Bar(column * wide, _HEIGHT - below * high, wide, count * high, name, label))
    across = tuple((_WIDTH * tenth / 10, f"{tenth * 10}%") for tenth in range(11))
    up = tuple((_HEIGHT - count * high, f"{count:,}") for count in sorted({0, tallest // 2, tallest}))
    return Plot(tuple(bars), tuple(dialects), across, up)


def _doubt(file: Outcome) -> tuple[float, str]:
    """The least sure first; a file without changes gives no doubt."""
    sure = file.figures.confidence
    return (2.0 if sure is None else sure), file.name


def _url(path: str) -> str:
    return quote(os.fsencode(path))
