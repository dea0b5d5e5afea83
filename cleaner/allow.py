"""A project's allow list: words and phrases that stay as they are, and substitutions that are never made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_ARROW = re.compile("→|->")
_COMMENT = re.compile(r"\s#.*")
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r"}

Entry = str | tuple[str, str]
"""A word or phrase that is never touched, or a substitution (before, after) that is never made."""


class AllowError(ValueError):
    """An allow list that cannot be used; the message names file, line and cause."""


def read_entry(text: str) -> Entry:
    """The entry that ``text`` writes. Raises :class:`AllowError` without a place.

    >>> read_entry("crypto  wallet"), read_entry("dangle → have"), read_entry("dangle -> have")
    ('crypto wallet', ('dangle', 'have'), ('dangle', 'have'))
    """
    cells = text.split("\t")
    if len(cells) == 2 and not cells[1].startswith("#"):
        return unescaped(cells[0]), unescaped(cells[1])
    sides = [" ".join(side.split()) for side in _ARROW.split(_COMMENT.sub("", text))]
    if len(cells) > 2 or len(sides) > 2 or not all(sides):
        raise AllowError(f"{text.strip()!r}: write a word or phrase, or before → after")
    return sides[0] if len(sides) == 1 else (sides[0], sides[1])


def read_allow(path: Path) -> Iterator[Entry]:
    """The entries of a file, one a line; # begins a comment. Raises :class:`AllowError`.

    The sides of a substitution are parted by an arrow, or by a tab as in the rejections of a batch, where they are
    taken as they are but for what :func:`unescaped` reads.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise AllowError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise AllowError(f"{path}: not UTF-8 at byte {error.start}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            yield read_entry(line)
        except AllowError as error:
            raise AllowError(f"{path}:{number}: {error}") from None


def unescaped(text: str) -> str:
    r"""A text as it was before it was written into a cell of a line.

    >>> unescaped(r"a\tb\\t\#")
    'a\tb\\t#'
    """
    return re.sub(r"\\(.)", lambda match: _ESCAPED.get(match[1], match[1]), text)
