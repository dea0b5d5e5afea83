"""``cleaner learn``: a pack from parallel text or observed substitutions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.console import UseError, note

EXAMPLES = """\b
Examples:
  cleaner learn pages/ my-pack                    (NAME.spun.txt with NAME.orig.txt, the same lines)
  cleaner learn observed.tsv my-pack --dialect table --kept kept.tsv
  cleaner restore --pack my-pack article.txt
"""


def learn(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A folder of spun pages with originals, or a TSV.")],
    out: Annotated[Path, typer.Argument(metavar="PACK", help="The pack's folder; its learnt.tsv is written anew.")],
    dialect: Annotated[str, typer.Option("--dialect", help="Dialect of the rows: its name in a TSV.")] = "table",
    kept: Annotated[Path | None, typer.Option("--kept", help="TSV of words that stood in both texts.")] = None,
) -> None:
    """Learn a table from spun text with its originals. The same input gives the same bytes.

    A new pack gets a pack.toml to fill in; in a pack with hand-written rows these help to part merged neighbours.
    """
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
        (out / "pack.toml").write_text(_ABOUT.format(name=out.name, source=source.name, dialect=dialect), "utf-8")
    write_learnt(out / "learnt.tsv", counts, seen.kept, "learnt")
    note(f"{out / 'learnt.tsv'}: {len(counts)} rows from {sum(seen.swapped.values())} substitutions")


_ABOUT = """name = "{name}"
version = "0.1"
language = "en"
licence = "unstated"
provenance = "learnt from {source}"
dialect = "{dialect}"
"""


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
