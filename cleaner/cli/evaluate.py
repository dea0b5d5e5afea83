"""``cleaner evaluate``: figures on a folder of gold texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.console import UseError, emit_line
from cleaner.cli.options import make_restorer


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Holds NAME.spun.txt beside NAME.orig.txt, and NAME.clean.txt.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Restore the spun texts of a folder and print how near that comes to their originals.
    """
    if not folder.is_dir():
        raise UseError(f"{folder}: no such folder")
    restorer = make_restorer((), None, None, None)
    from cleaner.evaluate import run

    result = run(folder, restorer, None)
    emit_line((result.to_json() if json else result.table()).rstrip("\n"))
