"""How far confidences can be trusted: reliability, Brier score, expected calibration error, AUC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """``reliability`` has a row (mean confidence, share right, count) for each tenth of confidence that is in use.

    ``brier`` is the mean squared error (0 is perfect, 0.25 is a coin), ``ece`` the mean gap between confidence and
    share right, ``auc`` the chance that a right edit is surer than a wrong one; all 0 to 1, ``nan`` where undefined.
    """

    count: int
    brier: float
    ece: float
    auc: float
    reliability: tuple[tuple[float, float, int], ...]

    def lines(self) -> list[str]:
        """The figures as text."""
        rows = [f"  confidence {c:.2f}: right {r:.2f} of {n}" for c, r, n in self.reliability]
        return [
            f"confidence: {self.count} edits, Brier {self.brier:.3f}, ECE {self.ece:.3f}, AUC {self.auc:.3f}",
            *rows,
        ]


def calibrate(judged: Sequence[tuple[float, bool]]) -> Calibration:
    """Figures over (confidence, right) pairs.

    >>> calibrate([(0.9, True), (0.8, True), (0.3, False), (0.1, False)]).auc
    1.0
    """
    if not judged:
        return Calibration(0, float("nan"), float("nan"), float("nan"), ())
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    rows = [(sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b), len(b)) for b in bins if b]
    brier = sum((c - r) ** 2 for c, r in judged) / len(judged)
    ece = sum(abs(c - r) * n for c, r, n in rows) / len(judged)
    return Calibration(len(judged), brier, ece, auc(judged), tuple(rows))


def auc(judged: Sequence[tuple[float, bool]]) -> float:
    """Area under the ROC curve by ranks, ties shared (Mann and Whitney 1947)."""
    right = sum(1 for _, r in judged if r)
    wrong = len(judged) - right
    if not right or not wrong:
        return float("nan")
    ordered = sorted(judged)
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += sum(r for _, r in ordered[at:end]) * (at + end + 1) / 2
        at = end
    return (ranks - right * (right + 1) / 2) / (right * wrong)
