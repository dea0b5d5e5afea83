"""Edits kept out of where a document may not be changed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from cleaner.documents.document import Barriers
from cleaner.edits import Edit, Result, apply


def confine(result: Result, barriers: Barriers) -> Result:
    """``result`` with only such edits as the barriers allow, and the text that these give.

    Edits (and suggestions) that touch a fixed span are dropped. Those that cross markup or would empty a block become
    suggestions, for a reader may make by hand what no rule can; an article that was changed for them stays as it was.
    """
    if not (barriers.points or barriers.fixed or barriers.blocks):
        return result
    free = [edit for edit in result.edits if not _touches(edit, barriers.fixed)]
    demoted = [edit for edit in free if _crosses(edit, barriers.points) or _empties(edit, barriers.blocks)]
    unmade = {edit.start for edit in result.edits} - {edit.start for edit in free} | {edit.start for edit in demoted}
    edits = [edit for edit in free if edit.start not in unmade and not _serves(edit, result.source, unmade)]
    suggestions = [edit for edit in result.suggestions if not _touches(edit, barriers.fixed)]
    return replace(
        result,
        text=apply(result.source, edits),
        edits=tuple(edits),
        suggestions=tuple(sorted((*suggestions, *demoted), key=lambda edit: (edit.start, edit.end))),
    )


def _touches(edit: Edit, fixed: tuple[tuple[int, int], ...]) -> bool:
    """Whether an edit overlaps a fixed span, or puts text into or beside one."""
    beside = edit.start == edit.end
    at = bisect_right(fixed, (edit.end + beside, -1))  # spans before this one begin before the edit ends
    return at > 0 and fixed[at - 1][1] > edit.start - beside


def _crosses(edit: Edit, points: tuple[int, ...]) -> bool:
    at = bisect_right(points, edit.start)
    return at < len(points) and points[at] < edit.end


def _empties(edit: Edit, blocks: frozenset[tuple[int, int]]) -> bool:
    return not edit.after and (edit.start, edit.end) in blocks


def _serves(edit: Edit, source: str, unmade: set[int]) -> bool:
    """Whether an edit changes the article before an edit that is not made."""
    if edit.kind != "agreement":
        return False
    rest = source[edit.end : edit.end + 80]
    return edit.end + len(rest) - len(rest.lstrip()) in unmade
