"""How well a score parts two kinds of texts: receiver operating characteristic, its area, and its picture."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from cleaner.evaluate.calibration import auc

COLOURS = ("#b3452c", "#c58b1b", "#3f7f5f", "#2b5c8a")
LEAST = 0.001
"""The smallest share of false alarms that is drawn. The scale is logarithmic: only few can be borne."""


@dataclass(frozen=True, slots=True)
class Curve:
    """``points`` are (share of false alarms, recall), both from 0 to 1 and rising; ``area`` lies under them."""

    points: tuple[tuple[float, float], ...]
    area: float

    def recall(self, alarms: float) -> float:
        """The highest recall at which at most this share (0 to 1) of the others is taken for spun."""
        return max(recall for rate, recall in self.points if rate <= alarms)


def roc(spun: Sequence[float], others: Sequence[float]) -> Curve:
    """The curve of a score that should be higher for ``spun`` texts than for ``others``; neither may be empty.

    >>> curve = roc([0.9, 0.8, 0.4, 0.4], [0.6, 0.1])
    >>> curve.points, curve.area, curve.recall(0.01)
    (((0.0, 0.0), (0.0, 0.25), (0.0, 0.5), (0.5, 0.5), (0.5, 1.0), (1.0, 1.0)), 0.75, 0.5)
    """
    points = [(0.0, 0.0)]
    high, low = sorted(spun), sorted(others)
    for least in sorted({*spun, *others}, reverse=True):
        points.append((1 - bisect_left(low, least) / len(low), 1 - bisect_left(high, least) / len(high)))
    return Curve(tuple(points), auc([*((score, True) for score in spun), *((score, False) for score in others)]))


def draw(title: str, curves: Mapping[str, Curve]) -> str:
    """The curves as SVG, false alarms on a logarithmic scale from :data:`LEAST` on."""

    def place(alarms: float, recall: float) -> tuple[float, float]:
        return round(450 + 130 * math.log10(max(LEAST, alarms)), 1), round(360 - 300 * recall, 1)

    (left, top), (right, bottom) = place(LEAST, 1), place(1, 0)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 420" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{left}" y="30">{escape(title)}</text>',
        f'<text x="{right}" y="{bottom + 40}" text-anchor="end">others taken for spun</text>',
        f'<text x="{left - 30}" y="{top - 8}">recall</text>',
    ]
    for share in (0.001, 0.01, 0.1, 1.0):
        x, _ = place(share, 0)
        parts.append(f'<path d="M{x},{top}V{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{bottom + 20}" text-anchor="middle">{100 * share:g} %</text>')
    for recall in (0.0, 0.25, 0.5, 0.75, 1.0):
        _, y = place(1, recall)
        parts.append(f'<path d="M{left},{y}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{100 * recall:g} %</text>')
    for at, (name, curve) in enumerate(curves.items()):
        colour, y = COLOURS[at % len(COLOURS)], bottom - 20 * (len(curves) - at)
        line = " ".join(dict.fromkeys("{},{}".format(*place(*point)) for point in curve.points))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{right - 8}" y="{y}" text-anchor="end" fill="{colour}">{escape(name)}</text>')
    return "\n".join((*parts, "</svg>\n"))
