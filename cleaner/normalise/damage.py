"""What is put right before a text is judged: wrong encodings, odd characters, typography."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cleaner.edits import Edit, Result, Spans, apply, inverse, merge
from cleaner.normalise.mojibake import mojibake_edits
from cleaner.normalise.residue import rule_edits
from cleaner.normalise.typography import Typography, typography_edits
from cleaner.packs.model import Rule
from cleaner.text.tokens import Kind, tokenize


def damage_edits(text: str, rules: Iterable[Rule], typography: Typography) -> list[Edit]:
    """Edits of the kinds unicode and spacing that need no judgement; addresses, code and markup are left out.

    Typography comes last: it sets what the others have put right.
    """
    early = [rule for rule in rules if is_early(rule)]
    edits = _outside_fixed(text, [*mojibake_edits(text), *rule_edits(text, early, spun=False)])
    if typography == "keep":
        return edits
    middle = apply(text, edits)
    return compose(middle, edits, _outside_fixed(middle, typography_edits(middle, typography)))


def is_early(rule: Rule) -> bool:
    """Whether a rule is about characters rather than words, and about every text."""
    return rule.kind in ("unicode", "spacing") and not rule.spun_only


def onto_source(source: str, edits: Sequence[Edit], result: Result) -> Result:
    """``result``, which is of ``source`` with ``edits`` made, as a result of ``source`` itself."""
    made = compose(result.source, edits, result.edits)
    taken = Spans((edit.start, edit.end) for edit in edits)
    suggested = compose(result.source, edits, result.suggestions)
    suggestions = tuple(edit for edit in suggested if taken.free(edit.start, edit.end))
    return replace(result, source=source, edits=tuple(made), suggestions=suggestions)


def compose(middle: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    r"""One list of edits for two: ``first`` gave ``middle``, to which ``second`` refers. Where they meet, they become
    one edit, which is known as the second.

    >>> first = [Edit(3, 6, "â€™", "’", "unicode", "mojibake", 0.9), Edit(10, 11, "\u200b", "", "unicode", "rule", 0.9)]
    >>> second = [Edit(6, 10, "easy", "still", "spin", "table", 0.8)]
    >>> [(e.start, e.before, e.after) for e in compose("don’t easy", first, second)]
    [(3, 'â€™', '’'), (8, 'ea\u200bsy', 'still')]
    """
    changes = [*((edit, False) for edit in inverse(first)), *((edit, True) for edit in second)]
    out: list[Edit] = []
    shift = 0
    for group in _meeting(sorted(changes, key=lambda change: (change[0].start, change[0].end))):
        start, end = group[0][0].start, max(edit.end for edit, _ in group)
        piece = middle[start:end]
        before = apply(piece, [_moved(edit, -start) for edit, new in group if not new])
        after = apply(piece, [_moved(edit, -start) for edit, new in group if new])
        known = max(group, key=lambda change: (change[1], change[0].confidence))[0]
        if before != after:
            place = start + shift
            out.append(replace(known, start=place, end=place + len(before), before=before, after=after))
        shift += len(before) - len(piece)
    return out


def _meeting(changes: Sequence[tuple[Edit, bool]]) -> list[list[tuple[Edit, bool]]]:
    """Changes in order, those that overlap together."""
    groups: list[list[tuple[Edit, bool]]] = []
    end = -1
    for change in changes:
        if change[0].start < end:
            groups[-1].append(change)
        else:
            groups.append([change])
        end = max(end, change[0].end)
    return groups


def _moved(edit: Edit, by: int) -> Edit:
    return replace(edit, start=edit.start + by, end=edit.end + by)


def _outside_fixed(text: str, edits: Sequence[Edit]) -> list[Edit]:
    if not edits:
        return []
    fixed = Spans((token.start, token.end) for token in tokenize(text) if token.kind is Kind.FIXED)
    return merge(edit for edit in edits if fixed.free(edit.start, edit.end))
