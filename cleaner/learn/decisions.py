"""From reviewers' decisions to verdicts on substitutions, kept in a pack's ``decided.tsv``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.documents.read import DocumentError, display_name, read_document
from cleaner.learn.table import is_plausible, is_swap
from cleaner.packs.load import DECIDED_HEADER
from cleaner.packs.model import Verdicts
from cleaner.report.fields import ReportError
from cleaner.review.decisions import REVIEWER, Decision, Decisions, read
from cleaner.text.tokens import fold

DIGITS = 16
"""Digits of a text's SHA-256 that name it."""


class Vote(NamedTuple):
    """One word for or against reading ``before`` as ``after``, which was proposed with ``confidence`` (0 to 1)."""

    before: str
    after: str
    accepted: bool
    confidence: float


def read_folder(folder: Path) -> list[Decisions]:
    """The decisions in all ``*.decisions.json`` of ``folder`` and below, in order of path; of one text those of which
    most are made. Raises :class:`DocumentError` that names the file, or the folder that holds none.
    """
    found: dict[str, Decisions] = {}
    for path in sorted(folder.rglob("*.decisions.json")):
        try:
            decisions = read(read_document(path, format="txt").text)
        except ReportError as error:
            raise DocumentError(f"{display_name(path)}: {error}; save the review again or move the file away") from None
        known = found.get(decisions.source_sha256)
        if known is None or known.decided < decisions.decided:
            found[decisions.source_sha256] = decisions
    if not found:
        raise DocumentError(f"{display_name(folder)}: holds no *.decisions.json; cleaner review saves them")
    return list(found.values())


def learn(reviews: Iterable[Decisions], known: Iterable[Verdicts] = ()) -> list[Verdicts]:
    """The verdicts of ``reviews``, with those ``known`` of other texts, in the order of ``decided.tsv``.

    What is known of a text that was reviewed again gives way, so that learning the same twice changes nothing.
    """
    by_text: dict[str, list[Verdicts]] = defaultdict(list)
    for verdicts in known:
        by_text[verdicts.text].append(verdicts)
    for review in reviews:
        by_text[review.source_sha256[:DIGITS]] = list(_verdicts(review))
    return sorted((v for each in by_text.values() for v in each), key=lambda v: (v.original, v.spun, v.text))


def render(verdicts: Iterable[Verdicts]) -> str:
    """``decided.tsv``: the same bytes for the same verdicts."""
    rows = (
        f"{v.original}\t{v.spun}\t{v.accepted}\t{v.rejected}\t{v.gain:.4f}\t{v.loss:.4f}\t{v.text}" for v in verdicts
    )
    return "\n".join((DECIDED_HEADER, *rows)) + "\n"


def votes(decision: Decision) -> Iterator[Vote]:
    """What a decision says of substitutions: nothing where it is not made, or only follows from its neighbours (a/an),
    and nothing for words of the reviewer's own that are a rewording.

    >>> from cleaner.edits import Alternative, Edit
    >>> from cleaner.review.decisions import decide
    >>> edit = Edit(0, 5, "Worth", "Value", "spin", "table", 0.7, (Alternative("Price", 0.2),))
    >>> for vote in votes(decide(edit, True, "edited", "Price")):
    ...     vote
    Vote(before='worth', after='value', accepted=False, confidence=0.7)
    Vote(before='worth', after='price', accepted=True, confidence=0.2)
    """
    edit = decision.edit
    if decision.verdict == "undecided" or edit.kind == "agreement":
        return
    before = fold(edit.before)
    accepted = fold(decision.after) == fold(edit.after)
    if edit.source != REVIEWER:
        yield Vote(before, cased(edit.before, edit.after), accepted, edit.confidence)
    if edit.source == REVIEWER or (not accepted and fold(decision.after) != before):
        others = {fold(other.text): other.probability for other in edit.alternatives}
        own = cased(edit.before, decision.after)
        if is_plausible((own, before), 1):
            yield Vote(before, own, True, others.get(fold(own), 0.0))


def cased(before: str, after: str) -> str:
    """``after`` as a table writes it: in lower case but for names.

    >>> cased("Easy", "Still"), cased("EASY", "STILL"), cased("Related Press", "Associated Press")
    ('still', 'still', 'Associated Press')
    """
    shouted = before.isupper() and after.isupper()
    named = before == before.lower() or after[1:] != after[1:].lower()
    return after.replace("’", "'") if named and not shouted else fold(after)


def _verdicts(review: Decisions) -> Iterator[Verdicts]:
    """The verdicts of one text. What is no swap (other spelling, white space, marks) is left out."""
    sums: dict[tuple[str, str], list[Vote]] = defaultdict(list)
    for decision in review.decisions:
        for vote in votes(decision):
            if is_swap((fold(vote.after), vote.before)):
                sums[vote.after, vote.before].append(vote)
    for (original, spun), each in sums.items():
        yield _sum(original, spun, each, review.source_sha256[:DIGITS])


def _sum(original: str, spun: str, each: Sequence[Vote], text: str) -> Verdicts:
    news = [1 - vote.confidence for vote in each if vote.accepted]
    losses = [vote.confidence for vote in each if not vote.accepted]
    return Verdicts(original, spun, len(news), len(losses), round(sum(news), 4), round(sum(losses), 4), text)
