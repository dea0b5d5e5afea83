"""The figures as plots: SVG files with text as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.compare import Outcome
from benchmarks.growth import Curve
from benchmarks.texts import JUDGED

OURS, THEIRS = "#b3261e", "#2b5c8a"

mpl.use("svg")
plt.rcParams |= {
    "svg.fonttype": "none",
    "svg.hashsalt": "cleaner",
    "font.size": 9,
    "axes.grid": True,
    "axes.axisbelow": True,
}
plt.rcParams |= {
    "grid.color": "#ddd",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.family": "sans-serif",
}


def tools(outcomes: Sequence[Outcome], path: Path) -> None:
    """What each tool undoes, what harm it does to human text, and how fast it is."""
    names = [outcome.tool.name for outcome in outcomes]
    bars = {f"undone, blind {dialect} pages": [o.scores[dialect].undone for o in outcomes] for dialect in JUDGED}
    bars["false changes per 1,000 words"] = [outcome.false for outcome in outcomes]
    bars["words per second, spun text"] = [outcome.spun[0] for outcome in outcomes]
    figure, axes = plt.subplots(1, len(bars), figsize=(11, 2.6), sharey=True)
    for at, (title, values) in zip(axes, bars.items(), strict=True):
        at.barh(names, values, color=[OURS if name == "cleaner" else THEIRS for name in names])
        at.set_title(title, fontsize=9)
    for at in axes[: len(JUDGED)]:
        at.set_xlim(-0.3, 1)
    axes[-1].set(xscale="log", xlim=(100, None))
    axes[-1].minorticks_off()
    axes[0].invert_yaxis()
    _save(figure, path)


def growth(curves: Sequence[Curve], path: Path) -> None:
    """Seconds for 1,000 words over each kind of size: flat is linear."""
    units = list(dict.fromkeys(curve.unit for curve in curves))
    figure, axes = plt.subplots(1, len(units), figsize=(11, 3.2), sharey=True)
    for at, unit in zip(axes, units, strict=True):
        for curve in curves:
            if curve.unit == unit:
                _line(at, curve)
        at.set(xscale="log", yscale="log", xlabel=unit)
        at.minorticks_off()
        at.legend(frameon=False, fontsize=7)
    axes[0].set_ylabel("seconds for 1,000 words")
    _save(figure, path)


def stages(found: dict[str, dict[str, float]], path: Path) -> None:
    """Microseconds a word by stage, spun and human text one below the other."""
    names = list(next(iter(found.values())))
    figure, axes = plt.subplots(1, len(found), figsize=(11, 3.4), sharey=True)
    for at, (kind, times) in zip(axes, found.items(), strict=True):
        at.barh(names, [times[name] for name in names], color=THEIRS)
        at.set(title=f"{kind} text", xlabel="µs a word")
    axes[0].invert_yaxis()
    _save(figure, path)


def _line(at: Axes, curve: Curve) -> None:
    sizes, seconds = [p.size for p in curve.points], [p.seconds for p in curve.points]
    at.plot(sizes, seconds, "o-", markersize=3, label=f"{curve.name}: exponent {curve.exponent:+.2f}")


def _save(figure: Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(figure)
