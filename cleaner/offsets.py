"""Where a span of the restored text lies in the text as read, and back: what carries annotations across."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.edits import Edit

Span = tuple[int, int]


class Offsets:
    """Maps spans (code points, ``start`` to before ``end``) of a source to its restored text, and back.

    Text that no edit touches maps one to one. A span that touches a part of an edit covers the whole of its other
    side. What an edit takes out, or puts in, between two characters belongs to the spans that hold both of them, and
    not to those that end or begin there; an empty span there covers it, and the whole text always maps to the whole
    text. So spans that hold a character keep their order, and one inside another stays inside.

    >>> from cleaner.edits import Edit
    >>> source, restored = "no allege contact in the past", "no direct contact ago"
    >>> edits = Edit(3, 9, "allege", "direct", "spin", "", 0.9), Edit(18, 29, "in the past", "ago", "spin", "", 0.9)
    >>> offsets = Offsets(edits, len(source))
    >>> offsets.to_source(10, 21), offsets.to_restored(21, 24), offsets.to_source(4, 5)
    ((10, 29), (18, 21), (3, 9))
    """

    def __init__(self, edits: Sequence[Edit], length: int) -> None:
        """``edits`` are in order and do not overlap; ``length`` is that of the source in code points."""
        source, restored, shift = [], [], 0
        for edit in edits:
            source.append((edit.start, edit.end))
            restored.append((edit.start + shift, edit.start + shift + len(edit.after)))
            shift += len(edit.after) - len(edit.before)
        self._source = _Side(source, length)
        self._restored = _Side(restored, length + shift)

    def to_source(self, start: int, end: int) -> Span:
        """The span of the source for a span of the restored text. Raises ``ValueError`` for one outside of it."""
        return _mapped(self._restored, self._source, start, end)

    def to_restored(self, start: int, end: int) -> Span:
        """The span of the restored text for a span of the source. Raises ``ValueError`` for one outside of it."""
        return _mapped(self._source, self._restored, start, end)


class _Side:
    """One text: its length and where its edits lie."""

    def __init__(self, edits: Sequence[Span], length: int) -> None:
        self.length = length
        self.starts, self.ends = [start for start, _ in edits], [end for _, end in edits]


def _mapped(near: _Side, far: _Side, start: int, end: int) -> Span:
    if not 0 <= start <= end <= near.length:
        raise ValueError(f"span {start} to {end} does not lie in a text of {near.length} characters")
    if (start, end) == (0, near.length):
        return 0, far.length
    first = bisect_right(near.ends, start)  # the first edit that ends after the start
    if first < len(near.ends) and near.starts[first] <= start:
        there = far.starts[first]
    else:
        there = start + (far.ends[first - 1] - near.ends[first - 1] if first else 0)
    last = bisect_left(near.starts, end) - 1  # the last edit that begins before the end
    if last >= 0 and near.ends[last] >= end:
        until = far.ends[last]
    else:
        until = end + (far.ends[last] - near.ends[last] if last >= 0 else 0)
    return min(there, until), max(there, until)
