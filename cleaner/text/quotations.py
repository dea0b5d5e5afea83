"""What stands in quotation marks: somebody's very words, which want a closer look when they are changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.text.spans import joined

_DOUBLE = re.compile('["“”„«»]')
_CLOSERS = {'"': '"”', "“": '”"', "„": '“”"', "«": "»"}
_SINGLE = re.compile("['‘’]")
_BLANK_LINE = re.compile(r"(?:\r\n?+|\n)[ \t]*+(?:\r\n?+|\n)")
_LINE_END = re.compile(r"[\r\n\u2028\u2029]")
_BEFORE_OPENERS = frozenset("([{-–—/“„«‘\"'")
ELIDED = re.compile(r"['‘’](?:\d\ds?|tis|twas|twere|em|til|till|cause|cos|bout|round|n)\b", re.IGNORECASE)
"""An apostrophe before a word that has lost its beginning, which looks like an opening mark."""


def quotations(text: str) -> list[tuple[int, int]]:
    r"""Where quotations stand, without their marks and without those nested in them: code points, in order.

    Each paragraph is looked at by itself. A quotation that is not closed runs to the end of its paragraph, as in
    newspapers, where the next paragraph of a long quotation opens anew; a mark too many thus harms one paragraph.

    >>> def show(text): return [text[start:end] for start, end in quotations(text)]
    >>> show('"We were "ready"," he said. “They called it ‘war’,” said «Le Monde».')
    ['We were ', 'ready', 'They called it ‘war’,', 'Le Monde']
    >>> show('He began: "It was long.\n\n"And it was dull," he said.')
    ['It was long.', 'And it was dull,']
    """
    found = (
        span
        for start, end in _paragraphs(text)
        for span in (*_in_double_marks(text, start, end), *_in_single_marks(text, start, end))
    )
    return joined((start, end) for start, end in found if start < end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""Blank lines part paragraphs, for lines may be wrapped; in a text without any, line ends do.

    >>> list(_paragraphs("ab\ncd\n\nef")), list(_paragraphs("ab\ncd"))
    ([(0, 5), (7, 9)], [(0, 2), (3, 5)])
    """
    breaks = _BLANK_LINE if _BLANK_LINE.search(text) else _LINE_END
    start = 0
    for found in breaks.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _in_double_marks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    r"""Straight marks are told apart by their neighbours: what follows a digit or a letter opens nothing.

    >>> def show(text): return [text[start:end] for start, end in _in_double_marks(text, 0, len(text))]
    >>> show('A 6" pipe, a 6\'2" man and "a quotation" in <a href="x">')
    ['a quotation']
    >>> show('"It was late, she said. "Very late."'), show('„Nein“, sagte er')
    (['It was late, she said. ', 'Very late.'], ['Nein'])
    """
    opened, closers = -1, ""
    for match in _DOUBLE.finditer(text, first, last):
        mark, at = match.group(), match.start()
        straight = mark == '"'
        if opened >= 0 and mark in closers and not (straight and _opens(text, at) and not _blank(text, at + 1)):
            yield opened, at
            opened = -1
        elif mark in _CLOSERS and (not straight or _opens(text, at)):
            if opened >= 0:
                yield opened, at
            opened, closers = match.end(), _CLOSERS[mark]
    if opened >= 0:
        yield opened, last


def _in_single_marks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Here an apostrophe is likelier than a mark: only what opens before a word and closes behind one counts.

    The apostrophe of "the dogs' bowls" looks like a closing mark; it is taken for one where no better one follows.

    >>> def show(text): return [text[start:end] for start, end in _in_single_marks(text, 0, len(text))]
    >>> show("It's 'the dogs' bowls', isn't it? 'No.' That '90s' rock 'n' roll.")
    ["the dogs' bowls", 'No.']
    >>> show("‘Don’t go’ he said. The Smiths’ house; a ‘stray mark")
    ['Don’t go']
    """
    opened, weak = -1, -1
    for match in _SINGLE.finditer(text, first, last):
        mark, at = match.group(), match.start()
        if mark != "’" and _opens(text, at) and _is_word(text, at + 1) and not ELIDED.match(text, at):
            if weak >= 0:
                yield opened, weak
            opened, weak = match.end(), -1
        elif opened >= 0 and mark != "‘" and not _blank(text, at - 1) and not _is_word(text, at + 1):
            if text[at - 1] in "sS" and _is_word(text, at + 2):
                weak = at if weak < 0 else weak
            else:
                yield opened, at
                opened, weak = -1, -1
    if weak >= 0:
        yield opened, weak


def _opens(text: str, at: int) -> bool:
    """Whether what stands before ``at`` may stand before an opening mark."""
    return at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENERS


def _blank(text: str, at: int) -> bool:
    return not 0 <= at < len(text) or text[at].isspace()


def _is_word(text: str, at: int) -> bool:
    return at < len(text) and text[at].isalnum()
