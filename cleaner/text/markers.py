"""Markers by which a text says that part of it is to be left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SWITCH = re.compile(
    r"<!--\s*+cleaner:\s*+(?P<comment>off|on)\s*+-->"
    r"|(?<![^\r\n])[ \t]*+(?:(?:\#|//)[ \t]*+)?cleaner:[ \t]*+(?P<line>off|on)[ \t]*+(?![^\r\n])",
    re.IGNORECASE,
)
_SKIP = re.compile(r"<!--[ \t]*+cleaner:[ \t]*+skip[ \t]*+-->", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")


def left_alone(text: str) -> Iterator[tuple[int, int]]:
    r"""Spans, in no order, that markers in ``text`` take out, themselves included.

    ``<!-- cleaner: off -->`` reaches to ``<!-- cleaner: on -->`` or to the end of the text; ``<!-- cleaner: skip -->``
    takes out its line. ``cleaner: off`` and ``cleaner: on`` may also stand on lines of their own, behind # or //.

    >>> text = "a\n# cleaner: off\nb\n# cleaner: on\nc\nd <!-- cleaner: skip -->\ne <!-- cleaner: off --> f"
    >>> [text[start:end] for start, end in left_alone(text)]
    ['d <!-- cleaner: skip -->', '# cleaner: off\nb\n# cleaner: on', '<!-- cleaner: off --> f']
    """
    yield from (line.span() for line in _LINE.finditer(text) if _SKIP.search(line.group()))
    off = -1
    for switch in _SWITCH.finditer(text):
        if (switch["comment"] or switch["line"]).lower() == "off":
            off = switch.start() if off < 0 else off
        else:
            yield off if off >= 0 else switch.start(), switch.end()
            off = -1
    if off >= 0:
        yield off, len(text)
