"""The one record that everything derives from: what was changed, where, why, and how surely."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from cleaner.offsets import Offsets

EditKind = Literal["spin", "spelling", "spacing", "unicode", "residue", "agreement"]
KINDS: tuple[EditKind, ...] = get_args(EditKind)
QuotePolicy = Literal["apply", "suggest", "skip"]
QUOTE_POLICIES: tuple[QuotePolicy, ...] = get_args(QuotePolicy)
"""What becomes of edits in quotations: made like others, only suggested, or left out."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same span that was weighed, with its probability (0 to 1)."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of ``before`` at ``start`` to ``end`` (code points of the text as read) into ``after``.

    ``source`` names the pack entry or rule; ``confidence`` is the probability (0 to 1) that the edit is right;
    ``reason`` holds the score terms in nats, which sum to the log-odds of the decision.
    ``quoted`` says that the span touches words in quotation marks.
    """

    start: int
    end: int
    before: str
    after: str
    kind: EditKind
    source: str
    confidence: float
    alternatives: tuple[Alternative, ...] = ()
    reason: dict[str, float] = field(default_factory=dict, hash=False)
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A restored text with its record.

    ``edits`` are applied: all of them on ``source`` give ``text``. ``suggestions`` are not applied.
    ``spin_rate`` is the share of words taken for swapped (0 to 1); ``dialect`` names the table that swapped them, or is
    ``None`` for a text that is left alone; ``spun`` is the probability (0 to 1) that the text is spun at all.
    """

    source: str
    text: str
    edits: tuple[Edit, ...]
    suggestions: tuple[Edit, ...]
    spin_rate: float
    dialect: str | None
    spun: float

    @property
    def offsets(self) -> Offsets:
        """Maps spans of ``source`` to ``text`` and back; made anew each time, so keep it for many spans."""
        return Offsets(self.edits, len(self.source))


class EditError(ValueError):
    """Edits that overlap, lie out of order or do not fit their text."""


def apply(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with all ``edits`` made. Raises :class:`EditError` when they overlap or do not fit.

    >>> apply("there has easy been", [Edit(10, 14, "easy", "still", "spin", "double", 0.9)])
    'there has still been'
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at or edit.end < edit.start:
            raise EditError(f"edit at {edit.start} overlaps the one before it or is out of order")
        if text[edit.start : edit.end] != edit.before:
            raise EditError(f"edit at {edit.start} expects {edit.before!r}, found {text[edit.start : edit.end]!r}")
        pieces += (text[at : edit.start], edit.after)
        at = edit.end
    return "".join((*pieces, text[at:]))


def log_odds(probability: float) -> float:
    """The log-odds (nats) of a probability, within what is worth telling apart (one in a million).

    >>> log_odds(0.5), round(log_odds(1.0))
    (0.0, 14)
    """
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def inverse(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that lead back: offsets refer to the restored text.

    >>> inverse([Edit(0, 1, "a", "bcd", "spin", "x", 1.0)])[0].end
    3
    """
    out, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        out.append(replace(edit, start=start, end=start + len(edit.after), before=edit.after, after=edit.before))
        shift += len(edit.after) - len(edit.before)
    return out


def revert(text: str, edits: Sequence[Edit]) -> str:
    """The text as it was before ``edits``. Raises :class:`EditError` when ``text`` is not their result."""
    return apply(text, inverse(edits))


def merge(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order of place, without those that overlap a surer one (or a longer one that is as sure)."""
    taken: list[Edit] = []
    spans = Spans()
    for edit in sorted(edits, key=lambda e: (-e.confidence, e.start - e.end, e.start)):
        if edit.before != edit.after and spans.free(edit.start, edit.end):
            spans.add(edit.start, edit.end)
            taken.append(edit)
    return sorted(taken, key=lambda e: (e.start, e.end))


class Spans:
    """Disjoint spans of a text, kept in order.

    >>> spans = Spans([(0, 4), (8, 9)])
    >>> spans.free(4, 8), spans.free(3, 5), spans.free(8, 8), spans.free(9, 12)
    (True, False, False, True)
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans = sorted(spans)

    def free(self, start: int, end: int) -> bool:
        """Whether no span overlaps ``start`` to ``end`` or begins at ``start``."""
        at = bisect_left(self._spans, (start, start))
        before = at == 0 or self._spans[at - 1][1] <= start
        return before and (at == len(self._spans) or (self._spans[at][0] >= end and self._spans[at][0] > start))

    def add(self, start: int, end: int) -> None:
        """Take a free span."""
        insort(self._spans, (start, end))
