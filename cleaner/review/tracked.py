"""Decisions read back from the Word document of a report, after an editor accepted and rejected changes in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from cleaner.diff import compare
from cleaner.edits import Edit, EditError, Result, apply
from cleaner.report import json_report
from cleaner.report.docx import signs, units
from cleaner.report.fields import ReportError
from cleaner.report.view import Item, pieces
from cleaner.review.decisions import REVIEWER, Decision, Decisions, apply_decisions, decide, undecided
from cleaner.review.word_text import WordText, read_word


def read_tracked(data: bytes, source: str) -> Decisions:
    """The review of ``source`` in the .docx file ``data``, written as a report and edited since.

    What the document says with all tracked changes made, whoever tracks them, is what the editor wants. A change of
    ours that is still tracked is undecided, else it is accepted or rejected as the text shows; what the editor wrote is
    "edited". Raises :class:`ReportError` for what is no such document or is one of another text, and for words
    rewritten around characters that Word cannot hold.
    """
    word = read_word(data)
    report = json_report.read(word.record)
    if json_report.digest(source) != report.source_sha256:
        raise ReportError(f"the text is not the source of this report of {report.name!r}: SHA-256 differs")
    try:
        text = apply(source, report.edits)
    except EditError as error:
        raise ReportError(f"edits do not fit the text: {error}") from error
    result = Result(source, text, report.edits, report.suggestions, report.spin_rate, report.dialect, report.spun)
    decisions = replace(undecided(result, report.name), decisions=tuple(_decisions(result, word)))
    if signs(apply_decisions(source, decisions)[0]) != word.text:
        raise ReportError("its text cannot be traced to the source; make these changes in the text itself")
    return decisions


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the source at ``start``: kept text, or an ``item``. ``shown`` is what the document as we wrote it says
    there, ``other`` what it says once a change is rejected or a suggestion followed.
    """

    start: int
    source: str
    shown: str
    item: Item | None = None
    other: str | None = None

    def parts(self, cuts: Iterable[int]) -> Iterator[_Piece]:
        """Kept text cut at these places of ``shown``."""
        every, at = units(self.source), self.start
        for start, end in pairwise((0, *cuts, len(self.shown))):
            part = "".join(every[start:end])
            yield _Piece(at, part, self.shown[start:end])
            at += len(part)


def _pieces(result: Result) -> Iterator[_Piece]:
    at = 0
    for piece in pieces(result):
        source = piece if isinstance(piece, str) else piece.edit.before
        if isinstance(piece, str):
            yield _Piece(at, source, signs(source))
        else:
            before, after = signs(source), signs(piece.edit.after)
            yield _Piece(at, source, *((after, piece, before) if piece.applied else (before, piece, after)))
        at += len(source)


def _decisions(result: Result, word: WordText) -> Iterator[Decision]:
    line_end = next(iter(re.findall(r"\r\n|\r|\n", result.source)), "\n")
    both = result.source + result.text
    stand_ins = {signs(unit) for unit in units(both)} - set(both) - {"\n"}
    starts, ends = sorted(start for start, _ in word.tracked), sorted(end for _, end in word.tracked)
    for group, at, end in _groups(list(_pieces(result)), word.text):
        readings = _readings(group, word.text[at:end])
        if readings is None:
            own = word.text[at:end]
            if stand_ins.intersection(own):
                raise ReportError(
                    f"{own!r} was rewritten around a character that Word cannot hold; change the text itself"
                )
            yield from _rewritten(group, own.replace("\n", line_end))
            continue
        for piece, reading in zip(group, readings, strict=True):
            first, at = at, at + len(reading)
            if piece.item is not None:
                tracked = bisect_right(starts, at) > bisect_left(ends, first)
                yield _decision(piece.item, reading == piece.shown, tracked)


def _decision(item: Item, as_shown: bool, tracked: bool) -> Decision:
    if not item.applied:
        return decide(item.edit, False, "undecided" if as_shown else "accepted")
    return decide(item.edit, True, "rejected" if not as_shown else "undecided" if tracked else "accepted")


def _rewritten(group: Sequence[_Piece], own: str) -> Iterator[Decision]:
    """The editor's ``own`` words in the place of a group."""
    before = "".join(piece.source for piece in group)
    filled = [piece for piece in group if piece.item is not None or piece.source]
    if len(filled) == 1 and filled[0].item is not None:
        yield decide(filled[0].item.edit, filled[0].item.applied, "edited", own)
    elif before != own:
        start = group[0].start
        edit = Edit(start, start + len(before), before, own, "spin", REVIEWER, 1.0)
        yield decide(edit, False, "edited", own)


def _readings(group: Sequence[_Piece], text: str) -> list[str] | None:
    """How each piece reads, as shown or otherwise, where all of them together are ``text``; ``None`` where they cannot.

    >>> a, b = _Piece(0, "in", "in", None, "at"), _Piece(2, "in the past", "ago", None, "in the past")
    >>> _readings([a, b], "atago"), _readings([a, b], "inin the past"), _readings([a, b], "ago")
    (['at', 'ago'], ['in', 'in the past'], None)
    """
    ways: list[dict[int, str]] = []
    reached = {0}
    for piece in group:
        way: dict[int, str] = {}
        for at in sorted(reached):
            for reading in (piece.shown, piece.other):
                if reading is not None and text.startswith(reading, at):
                    way.setdefault(at + len(reading), reading)
        ways.append(way)
        reached = set(way)
    if len(text) not in reached:
        return None
    readings, at = list[str](), len(text)
    for way in reversed(ways):
        readings.append(way[at])
        at -= len(way[at])
    return readings[::-1]


def _groups(every: Sequence[_Piece], wanted: str) -> Iterator[tuple[list[_Piece], int, int]]:
    """Pieces that belong together, with their span of ``wanted``: all of them where the editor wrote nothing; else, in
    turn, those that the editor's changes touch and those between.
    """
    if _readings(every, wanted) is not None:
        yield list(every), 0, len(wanted)
        return
    changes = compare("".join(piece.shown for piece in every), wanted).edits
    starts, ends = [change.start for change in changes], [change.end for change in changes]
    growth = list(accumulate((len(change.after) - len(change.before) for change in changes), initial=0))
    at = begin = 0
    for touched, pairs in groupby(_cut(every, starts, ends), key=lambda pair: pair[0]):
        group = [piece for _, piece in pairs]
        at += sum(len(piece.shown) for piece in group)
        end = at + growth[bisect_right(starts, at) if touched else bisect_left(starts, at)]
        yield group, begin, end
        begin = end


def _cut(every: Iterable[_Piece], starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[bool, _Piece]]:
    """The pieces, kept text cut where changes start and end; with each whether a change touches it."""
    cuts, at = sorted((*starts, *ends)), 0
    for piece in every:
        inner = () if piece.item else cuts[bisect_left(cuts, at) : bisect_right(cuts, at + len(piece.shown))]
        for part in piece.parts([cut - at for cut in inner]) if inner else (piece,):
            last = at + len(part.shown)
            # An item, or a place without words, belongs to a change that begins or ends beside it.
            if piece.item or at == last:
                yield bisect_right(starts, last) > bisect_left(ends, at), part
            else:
                yield bisect_left(starts, last) > bisect_right(ends, at), part
            at = last
