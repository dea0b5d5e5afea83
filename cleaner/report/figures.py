"""The figures at the top of every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from cleaner.edits import KINDS, Edit, Result


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a result. ``words`` are runs of non-blanks of the source; ``by_kind`` counts the changes of each kind
    that occurs, in the order of :data:`cleaner.edits.KINDS`; ``quoted`` counts the changes in quotation marks;
    ``confidence`` is the mean of the changes (0 to 1), or ``None``.
    """

    words: int
    changes: int
    suggestions: int
    by_kind: tuple[tuple[str, int], ...]
    quoted: int
    confidence: float | None


def figures(result: Result) -> Figures:
    """The figures of ``result``."""
    return Figures(
        words=len(result.source.split()),
        changes=len(result.edits),
        suggestions=len(result.suggestions),
        by_kind=count_kinds(result.edits),
        quoted=sum(edit.quoted for edit in result.edits),
        confidence=fmean(edit.confidence for edit in result.edits) if result.edits else None,
    )


def count_kinds(edits: Iterable[Edit]) -> tuple[tuple[str, int], ...]:
    """How many of ``edits`` are of each kind that occurs."""
    counts = Counter(edit.kind for edit in edits)
    return tuple((kind, counts[kind]) for kind in KINDS if counts[kind])
