"""What every report shows: changes and suggestions in order of place, and text made visible."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from cleaner.edits import Edit, Result


@dataclass(frozen=True, slots=True)
class Item:
    """A change (``applied``) or a suggestion, with its ``number`` in order of place, counted from 1.

    ``line`` and ``column`` say where it starts in the source: counted from 1, columns in code points.
    """

    number: int
    edit: Edit
    applied: bool
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: kept text and items in order. An item that spans lines stays whole, in its first line."""

    number: int
    runs: tuple[str | Item, ...]


def items(result: Result) -> list[Item]:
    """All changes and suggestions in order of place."""
    starts = [0, *(match.end() for match in re.finditer("\n", result.source))]
    both = chain(((edit, True) for edit in result.edits), ((edit, False) for edit in result.suggestions))
    ordered = sorted(both, key=lambda pair: (pair[0].start, pair[0].end, not pair[1]))
    return [_item(number, edit, applied, starts) for number, (edit, applied) in enumerate(ordered, 1)]


def lines(result: Result) -> Iterator[Line]:
    """The source by lines, with the items in place. Suggestions that overlap an item shown already are left out."""
    number, inside, runs = 1, 0, list[str | Item]()
    for piece in pieces(result):
        if isinstance(piece, Item):
            runs.append(piece)
            inside += piece.edit.before.count("\n")
            continue
        first, *others = piece.split("\n")
        runs.append(first)
        for other in others:
            yield Line(number, tuple(run for run in runs if run))
            number, inside, runs = number + inside + 1, 0, [other]
    yield Line(number, tuple(run for run in runs if run))


def pieces(result: Result) -> Iterator[str | Item]:
    """The source from start to end: kept text and the :func:`placed` items between."""
    at = 0
    for item in placed(result):
        yield result.source[at : item.edit.start]
        yield item
        at = item.edit.end
    yield result.source[at:]


def placed(result: Result) -> Iterator[Item]:
    """The items that can be shown in the text without overlap, in order of place and numbered anew; changes go before
    suggestions.
    """
    ends = [edit.end for edit in result.edits]
    at, number = 0, 0
    for item in items(result):
        behind = bisect_right(ends, item.edit.start)
        hidden = behind < len(ends) and result.edits[behind].start < item.edit.end
        if item.applied or (item.edit.start >= at and not hidden):
            number, at = number + 1, item.edit.end
            yield replace(item, number=number)


def visible(text: str) -> str:
    r"""``text`` for a table or a card: what would not be seen gets a sign or its code point.

    >>> visible("fine"), visible(" ,"), visible("10\u00a0km"), visible("a\nb"), visible("")
    ('fine', '·,', '10[U+00A0]km', 'a↵b', '∅')
    """
    inner = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - len(inner) - before if inner else 0
    return "·" * before + "".join(map(_sign, inner)) + "·" * after or "∅"


def safe(text: str) -> str:
    r"""``text`` for a terminal: characters that would steer it, or turn the writing direction, become code points.

    >>> safe("\x1b[2Jgone")
    '[U+001B][2Jgone'
    """
    return _STEERING.sub(lambda match: _sign(match.group()), text)


def percent(share: float) -> str:
    """A share (0 to 1) in percent, never rounded to certainty.

    >>> percent(0.934), percent(0.9996), percent(1.0), percent(0.001)
    ('93%', '>99%', '100%', '<1%')
    """
    if 0 < share <= 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SIGNS = {"\n": "↵", "\t": "⇥"}


def _sign(character: str) -> str:
    known = _SIGNS.get(character, character)
    return known if known.isprintable() else f"[U+{ord(known):04X}]"


def _item(number: int, edit: Edit, applied: bool, starts: Sequence[int]) -> Item:
    line = bisect_right(starts, edit.start)
    return Item(number, edit, applied, line, edit.start - starts[line - 1] + 1)
