"""A project's allow list: words and phrases that stay as they are, and substitutions that are never made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_ARROW = re.compile(r"\t|→|->")
_COMMENT = re.compile(r"(?:^|\s)#.*")

Entry = str | tuple[str, str]
"""A word or phrase that is never touched, or a substitution (before, after) that is never made."""


class AllowError(ValueError):
    """An allow list that cannot be used; the message names file, line and cause."""


def read_entry(text: str) -> Entry:
    """The entry that ``text`` writes. Raises :class:`AllowError` without a place.

    >>> read_entry("crypto  wallet"), read_entry("dangle → have"), read_entry("dangle -> have")
    ('crypto wallet', ('dangle', 'have'), ('dangle', 'have'))
    """
    sides = [" ".join(side.split()) for side in _ARROW.split(text)]
    if len(sides) > 2 or not all(sides):
        raise AllowError(f"{text.strip()!r}: write a word or phrase, or before → after")
    return sides[0] if len(sides) == 1 else (sides[0], sides[1])


def read_allow(path: Path) -> Iterator[Entry]:
    """The entries of a file: one a line; the sides of a substitution are parted by an arrow or a tab; # begins a
    comment. Raises :class:`AllowError`.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise AllowError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise AllowError(f"{path}: not UTF-8 at byte {error.start}") from None
    for number, line in enumerate(lines, 1):
        entry = _COMMENT.sub("", line)
        if not entry.strip():
            continue
        try:
            yield read_entry(entry)
        except AllowError as error:
            raise AllowError(f"{path}:{number}: {error}") from None
