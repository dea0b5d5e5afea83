"""Text that was decoded by the wrong encoding, put right by ftfy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from cleaner.edits import Edit, log_odds

CONFIDENCE = 0.99
"""ftfy aims at one wrong repair in a million texts; on the evaluation corpora it makes none."""
_CHUNK = re.compile(r"[^\n]{1,400}[^ \n]{0,200}")
"""Repaired by itself, so that one odd character far away does not keep the rest from being repaired, and so that no
line is too long to be compared."""
_CONTROL = re.compile("[\x80-\x9f]")


def mojibake_edits(text: str) -> list[Edit]:
    """What must change where UTF-8 was read as another encoding; text that is only odd (quotes, widths) stays.

    >>> [(e.before, e.after) for e in mojibake_edits("They donâ€™t know the cafÃ©, “so” naïve.")]
    [('â€™', '’'), ('Ã©', 'é')]
    """
    if text.isascii():
        return []
    return [edit for match in _CHUNK.finditer(text) for edit in _repairs(match.group(), match.start())]


def _repairs(chunk: str, at: int) -> Iterator[Edit]:
    if chunk.isascii():
        return
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    if is_bad(chunk) or _CONTROL.search(chunk):
        yield from _differences(chunk, fix_encoding(chunk), at)


def _differences(old: str, new: str, at: int) -> Iterator[Edit]:
    from rapidfuzz.distance import Levenshtein

    steps = Levenshtein.opcodes(old, new)
    for changes, group in groupby(steps, key=lambda step: step.tag != "equal"):
        if changes:
            parts = list(group)
            before = old[parts[0].src_start : parts[-1].src_end]
            after = new[parts[0].dest_start : parts[-1].dest_end]
            start = at + parts[0].src_start
            reason = {"rule": log_odds(CONFIDENCE)}
            yield Edit(start, start + len(before), before, after, "unicode", "mojibake", CONFIDENCE, (), reason)
