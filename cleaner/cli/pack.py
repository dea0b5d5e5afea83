"""``cleaner pack``: list, show and test rule packs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.console import UseError, emit_line, note

if TYPE_CHECKING:
    from cleaner.packs.model import Pack

SHOW_EXAMPLES = """\b
Examples:
  cleaner pack show table
  cleaner pack show table --word people
  cleaner pack show ./newsroom
"""
TEST_EXAMPLES = """\b
Examples:
  cleaner pack test
  cleaner pack test ./newsroom
"""

app = typer.Typer(help="List, show and test rule packs.", no_args_is_help=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def _root(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        note(context.get_help())
        raise typer.Exit(2)


@app.command("list", epilog="\b\nExample:\n  cleaner pack list")
def list_packs() -> None:
    """List the packs that come with cleaner: name, version, dialect, rows, rules, licence."""
    from cleaner.packs.load import load_pack, shipped_packs

    head = ("name", "version", "dialect", "rows", "rules", "licence")
    packs = [load_pack(folder) for folder in shipped_packs()]
    for line in _columns([head, *(_facts(pack) for pack in packs)]):
        emit_line(line)


@app.command("show", epilog=SHOW_EXAMPLES)
def show_pack(
    name_or_dir: Annotated[str, typer.Argument(metavar="NAME_OR_DIR", help="A shipped pack's name, or a folder.")],
    word: Annotated[
        str | None, typer.Option(metavar="W", help="Show the rows with this word on either side instead.")
    ] = None,
) -> None:
    """Show what a pack says about itself and how much it holds, or its rows for a word."""
    from cleaner.packs.load import load_pack

    pack = load_pack(_folder(name_or_dir))
    lines = _columns(_about(pack)) if word is None else _columns(_rows_with(pack, word))
    for line in lines:
        emit_line(line)


@app.command("test", epilog=TEST_EXAMPLES)
def check_packs(
    names_or_dirs: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME_OR_DIR", help="Shipped packs' names, or folders; without any, all shipped packs."),
    ] = None,
) -> None:
    """Check packs: they load, each rule does what its examples say, and the tables are sorted, without repeats and
    without protected words. Problems are listed as file:line, and the exit code is then 1.
    """
    from cleaner.packs.check import check_pack
    from cleaner.packs.load import shipped_packs

    folders = [_folder(name) for name in names_or_dirs] if names_or_dirs else shipped_packs()
    failed = False
    for folder in folders:
        problems = check_pack(folder)
        for problem in problems:
            emit_line(problem)
        note(f"{folder.name}: {_count(problems) if problems else 'good'}")
        failed = failed or bool(problems)
    if failed:
        raise typer.Exit(1)


def _folder(name_or_dir: str) -> Path:
    """A shipped pack by its name, else a folder."""
    from cleaner.packs.load import shipped_packs

    shipped = {folder.name: folder for folder in shipped_packs()}
    folder = shipped.get(name_or_dir, Path(name_or_dir))
    if not folder.is_dir():
        raise UseError(f"{name_or_dir}: neither a folder nor a shipped pack ({', '.join(shipped)})")
    return folder


def _count(problems: Sequence[str]) -> str:
    return f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"


def _facts(pack: Pack) -> tuple[str, ...]:
    rows = len(pack.rows) + len(pack.phrases)
    return pack.name, pack.version, pack.dialect or "-", str(rows), str(len(pack.rules)), pack.licence


def _about(pack: Pack) -> list[tuple[str, ...]]:
    return [
        ("name", pack.name),
        ("version", pack.version),
        ("language", pack.language),
        ("licence", pack.licence),
        ("provenance", " ".join(pack.provenance.split())),
        ("dialect", pack.dialect or "-"),
        ("after", pack.after or "-"),
        ("folder", str(pack.folder)),
        ("rows", str(len(pack.rows))),
        ("phrases", str(len(pack.phrases))),
        ("names", str(len(pack.names))),
        ("rules", str(len(pack.rules))),
        ("protected", str(len(pack.protect))),
        ("verdicts", str(len(pack.verdicts))),
    ]


def _rows_with(pack: Pack, word: str) -> Iterator[tuple[str, ...]]:
    from cleaner.packs.tally import tallies

    key = f" {word.casefold()} "
    yield "original", "spun", "form", "swap", "source"
    for row in (*pack.rows, *pack.phrases):
        if any(key in f" {side.casefold()} " for side in (row.original, row.spun)):
            yield row.original, row.spun, f"{row.form:.3f}", f"{row.swap:.3f}", row.source
    for (spun, original), tally in tallies(pack.verdicts).items():
        if any(key in f" {side} " for side in (original, spun)):
            yield tally.original, spun, "-", "-", f"accepted {tally.accepted}, rejected {tally.rejected}"


def _columns(table: Sequence[tuple[str, ...]] | Iterator[tuple[str, ...]]) -> Iterator[str]:
    rows = list(table)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
