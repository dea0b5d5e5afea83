"""What of a Markdown text is no prose: code, tables, link targets, raw HTML, front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cleaner.text.spans import joined

_FRONT_MATTER = re.compile(
    r"(?:---(?=\s)|\+\+\+(?=\s)).*?(?:\r\n?|\n)(?:---|\+\+\+|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.DOTALL
)
_LINE_END = re.compile(r"\r\n?|\n")
_FIXED_BLOCKS = frozenset(("fence", "code_block", "html_block", "table_open"))
_FIXED_INLINE = re.compile(
    r"""
      \\[\\`*_<\[\]]                                                # an escaped mark opens nothing
    | (?P<fixed>
        (?<!`)(?P<ticks>`+)(?!`) [^`] .{0,5000}? (?<!`)(?P=ticks)(?!`)  # a code span
      | \]\( [^()\r\n]{0,2000} (?:\([^()\r\n]{0,2000}\)[^()\r\n]{0,2000})? \)  # a link's target and title
      | \]\[ [^\]\r\n]{0,2000} \]                                  # a link's reference
      | </?[A-Za-z!?][^<>]{0,5000}>                                 # a tag, a comment, an address in brackets
      )
    """,
    re.VERBOSE | re.DOTALL,
)


def fixed_spans(text: str) -> list[tuple[int, int]]:
    r"""The spans of ``text`` that no edit may touch, in order.

    >>> text = "---\ntitle: x\n---\nSee `a` in [the docs](u.html).\n\n    code\n"
    >>> [text[start:end] for start, end in fixed_spans(text)]
    ['---\ntitle: x\n---\n', '`a`', '](u.html)', '    code\n']
    """
    front = _FRONT_MATTER.match(text)
    skip = front.end() if front else 0
    spans = [(0, skip)] if front else []
    starts = [skip, *(match.end() for match in _LINE_END.finditer(text, skip)), len(text)]
    for kind, first, last in _blocks(text[skip:]):
        start, end = starts[first], starts[min(last, len(starts) - 1)]
        if kind in _FIXED_BLOCKS:
            spans.append((start, end))
        elif kind == "inline":
            spans += (match.span("fixed") for match in _FIXED_INLINE.finditer(text, start, end) if match["fixed"])
    return joined(spans)


def _blocks(text: str) -> Iterator[tuple[str, int, int]]:
    """The blocks of ``text`` with their lines (first, behind the last), from 0; those of tables within their table."""
    parser = MarkdownIt("commonmark").enable("table")
    tokens: list[Token] = []
    found: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    parser.block.parse(_LINE_END.sub("\n", text), parser, found, tokens)
    yield from ((token.type, token.map[0], token.map[1]) for token in tokens if token.map)
    yield from (("fence", *each["map"]) for each in found.get("references", {}).values())
