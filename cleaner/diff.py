"""What changed between any two texts, in the same record as a restoration."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from cleaner.edits import Edit, EditKind, Result
from cleaner.text.tokens import Token, fold, tokenize

SOURCE = "diff"
"""The source that these edits name."""


def compare(old: str, new: str) -> Result:
    """The edits that lead from ``old`` to ``new``, word by word: applied to ``old`` they give ``new`` exactly.

    Words are aligned by Levenshtein distance (RapidFuzz); what stands between two aligned words is one edit if it
    differs. Nothing is judged: every edit has confidence 1, ``spin_rate`` is the share of words of ``old`` that were
    replaced, ``dialect`` is ``None`` and ``spun`` is 0.

    >>> [(e.before, e.after, e.kind) for e in compare("It has easy been  a hour.", "It has still been an hour.").edits]
    [('easy', 'still', 'spin'), ('  ', ' ', 'spacing'), ('a', 'an', 'agreement')]
    """
    edits = tuple(_edits(old, new))
    replaced = sum(len(edit.before.split()) for edit in edits if edit.kind == "spin")
    return Result(old, new, edits, (), replaced / max(1, len(old.split())), None, 0.0)


def _edits(old: str, new: str) -> Iterator[Edit]:
    at, new_at = 0, 0
    for start, end, new_start, new_end in _aligned(old, new):
        for before, after in _parts(old[at:start], new[new_at:new_start]):
            if before != after:
                yield Edit(at, at + len(before), before, after, _kind(before, after), SOURCE, 1.0)
            at += len(before)
        at, new_at = end, new_end


def _aligned(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """The spans of words that both texts share, in order, and the ends of both."""
    tokens, new_tokens = tokenize(old), tokenize(new)
    numbers: dict[str, int] = {}

    def numbered(listed: list[Token]) -> list[int]:
        return [numbers.setdefault(token.text, len(numbers)) for token in listed]

    for block in Levenshtein.opcodes(numbered(tokens), numbered(new_tokens)).as_matching_blocks():
        for offset in range(block.size):
            one, other = tokens[block.a + offset], new_tokens[block.b + offset]
            yield one.start, one.end, other.start, other.end
    yield len(old), len(old), len(new), len(new)


def _parts(before: str, after: str) -> Iterator[tuple[str, str]]:
    """What stands between two shared words, in both texts: white space, words and white space. Where one has no words,
    the white space that both begin with, and the rest.

    >>> list(_parts("  a ", " an ")), list(_parts(" very ", " "))
    ([('  ', ' '), ('a', 'an'), (' ', ' ')], [(' ', ' '), ('very ', '')])
    """
    if before.strip() and after.strip():
        yield from zip(_stripped(before), _stripped(after), strict=True)
    else:
        unlike = (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
        shared = next(unlike, min(len(before), len(after)))
        yield before[:shared], after[:shared]
        yield before[shared:], after[shared:]


def _stripped(text: str) -> tuple[str, str, str]:
    head, tail = len(text) - len(text.lstrip()), len(text.rstrip())
    return text[:head], text[head:tail], text[tail:]


def _kind(before: str, after: str) -> EditKind:
    r"""What an edit is, by its look.

    >>> [_kind("a , b", "a, b"), _kind("ﬁne “x”", 'fine "x"'), _kind("An", "A"), _kind("recieve", "receive")]
    ['spacing', 'unicode', 'agreement', 'spelling']
    >>> [_kind("worth", "price"), _kind("tear", "team"), _kind("\nBack to top", "")]
    ['spin', 'spin', 'residue']
    """
    if "".join(before.split()) == "".join(after.split()):
        return "spacing"
    if _plain(before) == _plain(after):
        return "unicode"
    if {fold(before), fold(after)} == {"a", "an"}:
        return "agreement"
    if not after and "\n" in before:
        return "residue"
    return "spelling" if _is_slip(fold(before), fold(after)) else "spin"


def _plain(text: str) -> str:
    """``text`` with quotes, dashes and compatible characters in their plainest form."""
    return unicodedata.normalize("NFKC", text).translate(_PLAIN)


_PLAIN = {ord(odd): plain for odds, plain in (("‘’‚′", "'"), ("“”„″", '"'), ("‐‑–—−", "-")) for odd in odds}


def _is_slip(before: str, after: str) -> bool:
    """Whether two words look like one, mistyped: slips drop, double or swap letters behind the first, and mostly leave
    the set of letters as it was.

    >>> _is_slip("accomodate", "accommodate"), _is_slip("enviroment", "environment"), _is_slip("easy", "still")
    (True, True, False)
    """
    return before.isalpha() and after.isalpha() and before[0] == after[0] and set(before) == set(after)
