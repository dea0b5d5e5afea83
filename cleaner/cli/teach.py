"""``cleaner learn --decisions``: what reviewers decided, shown, measured and kept in a pack."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cleaner.cli.console import UseError, emit_line, note
from cleaner.cli.learn import about

if TYPE_CHECKING:
    from cleaner.pipeline import Restorer
    from cleaner.review.decisions import Decisions

TABLE = "decided.tsv"
PROVENANCE = "decided.tsv: what reviewers decided, text by text"


def teach(folder: Path, pack: Path | None, pages: Path | None) -> None:
    """Learn from the decisions in ``folder`` and say what changes: on standard output, or with a ``pack`` to write on
    standard error; with ``pages`` also the figures on them. Raises :class:`UseError`, ``PackError`` and
    ``DocumentError`` before anything is written.
    """
    for each in (folder, pages):
        if each is not None and not each.is_dir():
            raise UseError(f"{each}: no such folder")
    from cleaner.documents.write import make_folder, write_file
    from cleaner.learn.decisions import learn, read_folder, render
    from cleaner.packs.load import load_pack
    from cleaner.pipeline import Restorer

    reviews = read_folder(folder)
    is_new = pack is None or not any((pack / name).exists() for name in ("pack.toml", TABLE))
    known = () if pack is None or is_new else load_pack(pack).verdicts
    table = render(learn(reviews, known))
    toml = about(pack or folder, PROVENANCE) if is_new else None
    say = emit_line if pack is None else note
    with TemporaryDirectory() as trial:
        taught = Path(trial, "pack")
        if pack is not None and not is_new:
            shutil.copytree(pack, taught)
        taught.mkdir(exist_ok=True)
        if toml is not None:
            (taught / "pack.toml").write_text(toml, "utf-8")
        (taught / TABLE).write_text(table, "utf-8")
        before = Restorer([] if pack is None or is_new else [pack])
        after = Restorer([taught])
        for line in (*_counts(reviews), *_lessons(taught), *(_effect(pages, before, after, reviews) if pages else ())):
            say(line)
    if pack is None:
        note("nothing is written; -o PACK keeps it")
        return
    make_folder(pack)
    if toml is not None:
        write_file(pack / "pack.toml", toml.encode())
    write_file(pack / TABLE, table.encode())
    note(f"{pack / TABLE}: written; use it by cleaner restore --pack {pack}")


def _counts(reviews: Sequence[Decisions]) -> Iterator[str]:
    verdicts = [each.verdict for review in reviews for each in review.decisions]
    made = ", ".join(f"{verdicts.count(verdict):,} {verdict}" for verdict in ("accepted", "rejected", "edited"))
    yield f"decisions on {len(reviews):,} texts: {made}, {verdicts.count('undecided'):,} open"


def _lessons(taught: Path) -> Iterator[str]:
    """What the pack changes beside the shipped ones."""
    from dataclasses import replace

    from cleaner.learn.lessons import lessons, lines
    from cleaner.packs.lexicon import build_lexicon
    from cleaner.packs.load import load_pack, shipped_packs

    pack = load_pack(taught)
    shipped = [load_pack(folder) for folder in shipped_packs()]
    before = build_lexicon([*shipped, replace(pack, verdicts=())])
    yield from lines(list(lessons(pack.verdicts, before, build_lexicon([*shipped, pack]))))


def _effect(pages: Path, before: Restorer, after: Restorer, reviews: Sequence[Decisions]) -> Iterator[str]:
    from cleaner.documents.read import read_document
    from cleaner.evaluate import FolderError, run
    from cleaner.evaluate.score import Score
    from cleaner.report.json_report import digest

    try:
        runs = [run(pages, restorer) for restorer in (before, after)]
    except FolderError as error:
        raise UseError(str(error)) from None
    one, other = (each.families.get("all", Score()) for each in runs)
    if runs[0].pages:
        yield f"{pages}: {len(runs[0].pages)} pages, before → after"
        yield f"  undone {one.undone:.3f} → {other.undone:.3f}, precision {one.precision:.3f} → {other.precision:.3f}"
    if runs[0].clean:
        rates = " → ".join(f"{each.false_rate:.2f}" for each in runs)
        yield f"  false changes per 1,000 words {rates}"
    learnt = {review.source_sha256 for review in reviews}
    same = sum(digest(read_document(path).text) in learnt for path in pages.glob("*.spun.txt"))
    if same:
        yield f"  {same} of the pages were learnt from; figures on them say little about others"
