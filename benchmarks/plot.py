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

mpl.use("svg")
plt.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "cleaner", "font.size": 9, "axes.grid": True}
plt.rcParams |= {
    "grid.color": "#ddd",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.family": "sans-serif",
}


def tools(outcomes: Sequence[Outcome], path: Path) -> None:
    """What each tool undoes over how fast it is, with the harm that it does to human text beside its name."""
    figure, axes = plt.subplots(1, len(JUDGED), figsize=(9, 3.6), sharey=True)
    for at, dialect in zip(axes, JUDGED, strict=True):
        for outcome in outcomes:
            speed, undone = outcome.spun[0], outcome.scores[dialect].undone
            at.plot(speed, undone, "o", color="#b3261e" if outcome.tool.name == "cleaner" else "#2b5c8a")
            label = f"{outcome.tool.name}\n{outcome.false:.2f} false"
            at.annotate(label, (speed, undone), (0, 6), textcoords="offset points", ha="center", fontsize=7)
        at.axhline(0, color="#888", linewidth=0.8)
        at.set(xscale="log", xlim=(500, 1e7), ylim=(-0.3, 1), title=f"blind {dialect} pages", xlabel="words per second")
    axes[0].set_ylabel("undone; false changes per 1,000 words")
    _save(figure, path)


def growth(curves: Sequence[Curve], path: Path) -> None:
    """Seconds for 1,000 words over each kind of size: flat is linear."""
    units = list(dict.fromkeys(curve.unit for curve in curves))
    figure, axes = plt.subplots(1, len(units), figsize=(10, 3.2))
    for at, unit in zip(axes, units, strict=True):
        for curve in curves:
            if curve.unit == unit:
                _line(at, curve)
        at.set(xscale="log", yscale="log", xlabel=unit)
        at.legend(frameon=False, fontsize=7)
    axes[0].set_ylabel("seconds for 1,000 words")
    _save(figure, path)


def stages(found: dict[str, dict[str, float]], path: Path) -> None:
    """Microseconds a word by stage, spun and human text one below the other."""
    names = list(next(iter(found.values())))
    figure, axes = plt.subplots(1, len(found), figsize=(9, 3.4), sharey=True)
    for at, (kind, times) in zip(axes, found.items(), strict=True):
        at.barh(names, [times[name] for name in names], color="#2b5c8a")
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
