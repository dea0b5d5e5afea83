"""What a reviewer's decisions are worth on other pages: ``python -m cleaner.evaluate.teaching [--data FOLDER]``.

A simulated reviewer, who knows the originals, decides on every second blind fitting page of each dialect; a pack is
learnt from that, and the other pages are restored with and without it; then the other way round. Human text is the
pages' originals and, where FOLDER is at hand, the fitting part of its corpora. The test pages are left alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner.cli.learn import about
from cleaner.diff import compare
from cleaner.edits import Edit, Result
from cleaner.evaluate.corpora import Part, part
from cleaner.evaluate.gate import ROOT
from cleaner.evaluate.score import Score, false_changes, score_page
from cleaner.learn.decisions import learn, render
from cleaner.pipeline import Restorer
from cleaner.report.view import placed
from cleaner.review.decisions import REVIEWER, Decision, Decisions, decide, undecided
from cleaner.text.tokens import fold, tokenize

CORPORA = "voa-news", "gov-digital"
EVERY = 12
"""Of the corpora's fitting documents every so-many-th is restored."""

Page = tuple[str, str, str]
"""Name, spun text and original."""


def reviewed(name: str, result: Result, original: str) -> Decisions:
    """The decisions of a reviewer who knows the original of ``result``.

    What agrees with the original is accepted, what does not is rejected, or edited where the original's words for that
    very place are clear; words that nothing was proposed for are typed.
    """
    source = result.source
    wanted = list(_wanted(source, original))
    made, met = list[Decision](), set[Edit]()
    for item in placed(result):
        edit = item.edit
        near = [each for each in wanted if each.start < edit.end and each.end > edit.start]
        met.update(near)
        made.append(_decide(edit, item.applied, near, source))
    missed = [each for each in wanted if each not in met and each.before.strip() and each.after.strip()]
    made += [decide(each, False, "edited", each.after) for each in missed]
    return replace(undecided(result, name), decisions=tuple(sorted(made, key=lambda each: each.edit.start)))


def _decide(edit: Edit, applied: bool, near: Sequence[Edit], source: str) -> Decision:
    if any(each.start < edit.start or each.end > edit.end for each in near):
        agrees = any(f" {fold(edit.after)} " in f" {fold(each.after)} " for each in near)
        return decide(edit, applied, "accepted" if agrees else "rejected")
    own, at = "", edit.start
    for each in near:
        own, at = own + source[at : each.start] + each.after, each.end
    own = " ".join((own + source[at : edit.end]).split())
    if fold(own) == fold(edit.after):
        return decide(edit, applied, "accepted")
    return decide(edit, applied, "edited" if own and own != edit.before else "rejected", own)


def _wanted(spun: str, original: str) -> Iterator[Edit]:
    """What leads from a spun text to its original, runs of as many words on both sides parted word by word."""
    for edit in compare(spun, original).edits:
        before, after = tokenize(edit.before), tokenize(edit.after)
        if len(before) != len(after):
            words = edit.before.rstrip() or edit.before
            yield replace(edit, end=edit.start + len(words), before=words, source=REVIEWER)
            continue
        for one, other in zip(before, after, strict=True):
            if one.text != other.text:
                start, end = edit.start + one.start, edit.start + one.end
                yield Edit(start, end, one.text, other.text, "spin", REVIEWER, 1.0)


def taught(pages: Sequence[Page], folder: Path) -> Restorer:
    """A restorer with a pack in ``folder`` that was learnt from the review of ``pages``."""
    plain = Restorer()
    reviews = [reviewed(name, plain.restore(spun), original) for name, spun, original in pages]
    (folder / "pack.toml").write_text(about(folder, "a simulated review"), "utf-8")
    (folder / "decided.tsv").write_text(render(learn(reviews)), "utf-8")
    return Restorer([folder])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="the folder that holds corpora/")
    corpora = parser.parse_args(arguments).data / "corpora"
    pages = list(_pages())
    halves = pages[::2], pages[1::2]
    paths = [path for name in CORPORA if (path := corpora / f"{name}.txt.xz").exists()]
    human = [text for path in paths for text in part(path, Part.FIT)[::EVERY]]
    print("| | table undone | precision | double undone | precision | correct | wrong | false changes of words |")
    print("|---|---|---|---|---|---|---|---|")
    plain = Restorer()
    _print("without", [(plain, half) for half in halves], human)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        packs = taught(halves[1], Path(one)), taught(halves[0], Path(other))
        _print("taught by the other half", list(zip(packs, halves, strict=True)), human)
        _print("taught by the same half", list(zip(packs, halves[::-1], strict=True)), human)
    return 0


def _pages() -> Iterator[Page]:
    for path in sorted((ROOT / "fixtures/blind/fit").glob("[td]-*.spun.txt")):
        original = path.with_name(path.name.replace(".spun.", ".orig."))
        yield path.name.removesuffix(".spun.txt"), path.read_text("utf-8"), original.read_text("utf-8")


def _print(label: str, runs: Sequence[tuple[Restorer, Sequence[Page]]], human: Sequence[str]) -> None:
    sums = {"t": Score(), "d": Score()}
    false = words = 0
    for restorer, pages in runs:
        for name, spun, original in pages:
            sums[name[0]] += score_page(spun, restorer.restore(spun).text, original)
        for text in (*(original for _, _, original in pages), *human):
            made, count = false_changes(text, restorer.restore(text).text)
            false, words = false + made, words + count
    both = sums["t"] + sums["d"]
    figures = " | ".join(f"{s.undone:.3f} | {s.precision:.3f}" for s in sums.values())
    print(
        f"| {label} | {figures} | {both.helpful} | {both.changes - both.helpful} | {false} of {words:,} |", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
