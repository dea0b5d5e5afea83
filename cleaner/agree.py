"""What a swap leaves behind: a/an before it, and words doubled by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaner.edits import Edit
from cleaner.text.articles import article
from cleaner.text.casing import like
from cleaner.text.tokens import Kind, Token, tokenize

SOURCE = "agreement"


def agreement_edits(text: str, tokens: Sequence[Token], edits: Sequence[Edit]) -> list[Edit]:
    """``edits`` (in order) with what makes their surroundings agree."""
    by_end = {token.end: at for at, token in enumerate(tokens)}
    by_start = {token.start: at for at, token in enumerate(tokens)}
    starts = {edit.start for edit in edits}
    out: list[Edit] = []
    for edit in edits:
        previous = tokens[by_start[edit.start] - 1] if by_start.get(edit.start, 0) > 0 else None
        if previous is not None and edit.start != previous.end:
            between = text[previous.end : edit.start]
            fixed = _article_before(previous, edit) if between.isspace() and not _touched(previous, out) else None
            if fixed is not None:
                out.append(fixed)
            elif not _touched(previous, out):
                edit = _without_doubled(previous, edit)
        out.append(edit)
        following = tokens[by_end[edit.end] + 1] if by_end.get(edit.end, len(tokens)) + 1 < len(tokens) else None
        if following is not None and edit is out[-1]:
            out[-1] = _last_article(edit, following, starts)
    return out


def _touched(token: Token, edits: Sequence[Edit]) -> bool:
    return bool(edits) and edits[-1].end > token.start


def _article_before(previous: Token, edit: Edit) -> Edit | None:
    """A change of the article before ``edit``, where the swap changed the sound that follows it.

    >>> from cleaner.text.tokens import tokenize
    >>> tokens = tokenize("an graceful move")
    >>> _article_before(tokens[0], Edit(3, 11, "graceful", "smooth", "spin", "x", 0.9)).after
    'a'
    """
    first = next((t for t in tokenize(edit.after) if t.kind is not Kind.MARK), None)
    if previous.key not in ("a", "an") or first is None:
        return None
    right = article(first.text)
    if previous.key == right:
        return None
    after = like(previous.text, right, opens=True)
    return Edit(previous.start, previous.end, previous.text, after, "agreement", SOURCE, edit.confidence)


def _last_article(edit: Edit, following: Token, starts: set[int]) -> Edit:
    """``edit`` with an article at its end that suits the word behind it, unless that is changed as well."""
    head, blank, last = edit.after.rpartition(" ")
    if last not in ("a", "an") or following.start in starts:
        return edit
    return replace(edit, after=f"{head}{blank}{article(following.text)}")


def _without_doubled(previous: Token, edit: Edit) -> Edit:
    """``edit`` without a first word that would stand twice, as in "the the place" for "the where".

    >>> from cleaner.text.tokens import tokenize
    >>> _without_doubled(tokenize("the main ones")[0], Edit(4, 8, "main", "the first", "spin", "x", 0.9)).after
    'first'
    """
    first, blank, rest = edit.after.partition(" ")
    if blank and first.casefold() == previous.key and previous.kind is Kind.WORD and not edit.before.startswith(first):
        return replace(edit, after=rest)
    return edit
