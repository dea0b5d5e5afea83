"""``cleaner learn``: a pack from parallel text, observed substitutions or reviewers' decisions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.console import UseError, note

EXAMPLES = """\b
Examples:
  cleaner learn pages/ my-pack                    (NAME.spun.txt with NAME.orig.txt, the same lines)
  cleaner learn observed.tsv my-pack --dialect table --kept kept.tsv
  cleaner learn --decisions reviews/              (shows what they teach)
  cleaner learn --decisions reviews/ -o my-pack --evaluate gold/
  cleaner restore --pack my-pack article.txt
"""


def learn(
    source: Annotated[
        Path | None, typer.Argument(metavar="SOURCE", help="A folder of spun pages with originals, or a TSV.")
    ] = None,
    out: Annotated[
        Path | None, typer.Argument(metavar="PACK", help="The pack's folder; its learnt.tsv is written anew.")
    ] = None,
    dialect: Annotated[str, typer.Option("--dialect", help="Dialect of the rows: its name in a TSV.")] = "table",
    kept: Annotated[Path | None, typer.Option("--kept", help="TSV of words that stood in both texts.")] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Learn from the *.decisions.json of reviews in and below DIR instead."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PACK",
            help="With --decisions: the pack's folder, made or added to; without it nothing is written.",
        ),
    ] = None,
    evaluate: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="With --decisions: the figures on these pages, before and after."),
    ] = None,
) -> None:
    """Learn a table from spun text with its originals, or from what reviewers decided.

    The same input gives the same bytes. A new pack gets a pack.toml to fill in; in a pack with hand-written rows these
    help to part merged neighbours. Decisions are kept text by text: those on new texts are added, those on a text that
    was reviewed again take the place of the earlier ones.
    """
    if decisions is not None:
        if source is not None or kept is not None:
            raise UseError("--decisions takes the place of SOURCE and PACK; name the pack by -o")
        from cleaner.cli.teach import teach

        teach(decisions, output, evaluate)
        return
    if source is None or out is None or output is not None or evaluate is not None:
        raise UseError("give SOURCE and PACK, or --decisions DIR, to which -o and --evaluate belong")
    _learn_table(source, out, dialect, kept)


def about(folder: Path, provenance: str, dialect: str = "") -> str:
    """The pack.toml of a new pack in ``folder``, to fill in."""
    facts = {"name": folder.resolve().name, "version": "0.1", "language": "en", "licence": "unstated"}
    facts |= {"provenance": provenance} | ({"dialect": dialect} if dialect else {})
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())


def _learn_table(source: Path, out: Path, dialect: str, kept: Path | None) -> None:
    if not source.exists():
        raise UseError(f"{source}: no such file or folder")
    from cleaner.learn.table import from_pages, from_tsv, learn, write_learnt
    from cleaner.packs.load import load_pack

    pack = load_pack(out) if (out / "pack.toml").exists() else None
    seen = from_pages(_pages(source)) if source.is_dir() else from_tsv(source, kept, dialect)
    known = [(row.original, row.spun) for row in pack.rows if ":learnt" not in row.source] if pack else []
    counts = learn(seen, known, pack.names if pack else ())
    if not counts:
        raise UseError(f"{source}: holds no substitutions of dialect {dialect!r}")
    out.mkdir(parents=True, exist_ok=True)
    if pack is None:
        (out / "pack.toml").write_text(about(out, f"learnt from {source.name}", dialect), "utf-8")
    write_learnt(out / "learnt.tsv", counts, seen.kept, "learnt")
    note(f"{out / 'learnt.tsv'}: {len(counts)} rows from {sum(seen.swapped.values())} substitutions")


def _pages(folder: Path) -> list[tuple[str, str]]:
    pages = []
    for spun in sorted(folder.glob("*.spun.txt")):
        original = spun.with_name(spun.name.replace(".spun.", ".orig."))
        if not original.exists():
            raise UseError(f"{spun}: its original {original.name} is missing")
        texts = spun.read_text("utf-8"), original.read_text("utf-8")
        if len(texts[0].splitlines()) != len(texts[1].splitlines()):
            raise UseError(f"{spun}: has not as many lines as {original.name}")
        pages.append(texts)
    if not pages:
        raise UseError(f"{folder}: holds no NAME.spun.txt with NAME.orig.txt")
    return pages
