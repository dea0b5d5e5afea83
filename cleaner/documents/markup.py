"""Where the tags and text nodes of an HTML page stand in its source, however broken it is.

The states of the tokenizer of the HTML standard (WHATWG HTML, 13.2.5), written as regular expressions. Parsers that
are at hand give a tree, but no offsets of its text nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

SPACE = "\t\n\f\r "
_OPENING = re.compile(r"<(?:/?[A-Za-z]|[!?]|/(?=.))", re.DOTALL)
_TAG = re.compile(
    rf"""
    </?(?P<name>[A-Za-z][^{SPACE}/>]*+)
    (?: [{SPACE}/]++
      | [^{SPACE}/>][^{SPACE}/>=]*+
        (?: [{SPACE}]*+ = [{SPACE}]*+ (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^{SPACE}"'>][^{SPACE}>]*+ )?+ )?+
    )*+
    (?:>|\Z)
    """.replace(SPACE, r"\t\n\f\r\x20"),
    re.VERBOSE,
)
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_BOGUS = re.compile(r"<[^>]*+(?:>|\Z)")
_SCRIPT = re.compile(r"<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_RAW = frozenset("script style xmp iframe noembed noframes noscript textarea title plaintext".split())
"""Elements whose content is no markup; that of ``title`` is text."""
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{0,31});?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; ``name`` is in lower case. ``empty`` says that it ends with a slash."""

    name: str
    closes: bool
    empty: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text node: ``start`` to ``end`` of the source, never empty, with entities as they are written."""

    start: int
    end: int


def scan(source: str) -> Iterator[Tag | Text]:
    """The tags and text nodes of a page in order; what is between them is comments, declarations and raw text.

    >>> page = "<p title='>'>Less < more<!-- <b> --> &amp; <script>'<p>'</script>so"
    >>> [t.name if isinstance(t, Tag) else page[t.start : t.end] for t in scan(page)]
    ['p', 'Less < more', ' &amp; ', 'script', 'script', 'so']
    """
    at = 0
    while opening := _OPENING.search(source, at):
        if opening.start() > at:
            yield Text(at, opening.start())
        tag = _TAG.match(source, opening.start())
        if tag is None:
            other = _COMMENT.match(source, opening.start()) or _BOGUS.match(source, opening.start())
            at = other.end() if other else len(source)
            continue
        at = tag.end()
        if source[at - 1] != ">" or at - tag.start() < 3:  # cut off by the end of the page: no tag
            return
        name, closes = tag["name"].lower(), source[tag.start() + 1] == "/"
        yield Tag(name, closes, source[at - 2] == "/")
        if name in _RAW and not closes:
            end = _raw_end(source, name, at)
            if name == "title" and end > at:
                yield Text(at, end)
            at = end
    if at < len(source):
        yield Text(at, len(source))


def _raw_end(source: str, name: str, at: int) -> int:
    """Where the raw text that begins at ``at`` ends: before its end tag, or with the page."""
    if name == "plaintext":
        return len(source)
    if name == "script":
        return _script_end(source, at)
    end = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(source, at)
    return end.start() if end else len(source)


def _script_end(source: str, at: int) -> int:
    """As :func:`_raw_end`: a script within a comment within a script hides its end tag.

    >>> page = "<!-- <script> </script> --> x </script> y"
    >>> page[_script_end(page, 0) :]
    '</script> y'
    """
    commented = nested = False
    while match := _SCRIPT.search(source, at):
        at = match.end()
        if match.group() == "<!--":
            commented, at = True, at - 2  # its dashes may end it: <!-->
        elif match.group() == "-->":
            commented = nested = False
        elif match[1] and not nested:
            return match.start()
        elif commented:
            nested = not match[1]
    return len(source)


def entity(source: str, at: int, end: int) -> tuple[str, int]:
    """The text of the character reference at ``at`` and where it ends: itself, one character on, where it is none.

    >>> entity("&amp;c", 0, 6), entity("&notit;", 0, 7), entity("&c", 0, 2), entity("&#8217;", 0, 7)
    (('&', 5), ('¬', 4), ('&', 1), ('’', 7))
    """
    match = _ENTITY.match(source, at, end)
    if match is None:
        return source[at], at + 1
    written = match.group()
    if written[1] == "#":
        return unescape(written), match.end()
    known = next((size for size in range(len(written), 2, -1) if written[1:size] in html5), 1)
    return (html5[written[1:known]], at + known) if known > 1 else (source[at], at + 1)
