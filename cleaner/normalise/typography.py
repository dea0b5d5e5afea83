"""Quotation marks, dashes and spaces in one style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from cleaner.edits import Edit, EditKind
from cleaner.text.quotations import ELIDED

Typography = Literal["keep", "typographic", "ascii"]

_ASCII: dict[str, tuple[str, EditKind]] = {
    **dict.fromkeys("‘’‚‛′", ("'", "unicode")),
    **dict.fromkeys("“”„‟″", ('"', "unicode")),
    **dict.fromkeys("‐‑‒–", ("-", "unicode")),
    **dict.fromkeys("—―", ("--", "unicode")),
    "…": ("...", "unicode"),
    **dict.fromkeys(
        "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", (" ", "spacing")
    ),
}
_NOT_ASCII = re.compile(f"[{''.join(_ASCII)}]")
_TYPED = re.compile(
    r"""
      (?P<double> " )
    | (?P<single> ' )
    | (?P<em> (?<=\w)--(?=\w) | (?<=\S[ ])--(?=[ ]\S) )
    | (?P<en> (?<=[^\s\d-][ ])-(?=[ ][^\s\d-]) )
    | (?P<ellipsis> (?<![.])[.]{3}(?![.]) )
    | (?P<paragraph> \n\s*\n )
    """,
    re.VERBOSE,
)
_MARKS = {"em": "—", "en": "–", "ellipsis": "…"}
_OPENS = re.compile(r"(?<![^\s(\[{\u2018\u201c'\"—–/-])(?=\S)")


def typography_edits(text: str, style: Typography) -> list[Edit]:
    r"""The edits that bring ``text`` into ``style``; none for "keep".

    "ascii" types what a keyboard has; "typographic" sets quotation marks, apostrophes, dashes and ellipses as print
    does, and leaves inches, feet and minus signs alone.

    >>> [e.after for e in typography_edits("“So” – it’s…", "ascii")]
    ['"', '"', '-', "'", '...']
    >>> from cleaner.edits import apply
    >>> text = '''"It's the '90s," he said -- "6' 2" tall" - so...'''
    >>> print(apply(text, typography_edits(text, "typographic")))
    “It’s the ’90s,” he said — “6' 2" tall” – so…
    """
    if style == "ascii":
        return [_edit(match.start(), match.group(), *_ASCII[match.group()]) for match in _NOT_ASCII.finditer(text)]
    return list(_set(text)) if style == "typographic" else []


def _set(text: str) -> Iterator[Edit]:
    quoting = False
    for match in _TYPED.finditer(text):
        name, at = match.lastgroup or "", match.start()
        if name == "paragraph":
            quoting = False
        elif name == "double":
            after = _double(text, at, quoting)
            quoting = after == "“" if after else quoting
            if after:
                yield _edit(at, '"', after, "unicode")
        elif name == "single":
            after = _single(text, at)
            if after:
                yield _edit(at, "'", after, "unicode")
        else:
            yield _edit(at, match.group(), _MARKS[name], "unicode")


def _double(text: str, at: int, quoting: bool) -> str:
    """The mark for a straight one; empty for inches and for what stands alone."""
    if _OPENS.match(text, at) and text[at + 1 : at + 2].strip():
        return "“"
    before = text[at - 1 : at]
    if before.isdigit() and (not quoting or text.find('"', at + 1, at + 200) > 0):
        return ""
    return "”" if before.strip() else ""


def _single(text: str, at: int) -> str:
    """The mark for a straight one; empty for feet and for what stands alone."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isdigit() and not behind.isalpha():
        return ""
    if before.isalpha() or ELIDED.match(text, at):
        return "’"
    if _OPENS.match(text, at):
        return "‘" if behind.strip() else ""
    return "’" if before.strip() else ""


def _edit(start: int, before: str, after: str, kind: EditKind) -> Edit:
    return Edit(start, start + len(before), before, after, kind, "typography", 1.0, (), {"rule": 1.0})
