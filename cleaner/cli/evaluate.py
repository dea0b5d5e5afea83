"""``cleaner evaluate``: figures on a folder of gold texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.console import UseError, emit_line
from cleaner.cli.options import make_restorer

EXAMPLES = """\b
Examples:
  cleaner evaluate fixtures/gold
  cleaner evaluate fixtures/gold --json > figures.json
  cleaner evaluate pages/ --families families.tsv
"""


def evaluate(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Holds NAME.spun.txt beside NAME.orig.txt, and NAME.clean.txt.")
    ],
    families: Annotated[
        Path | None, typer.Option("--families", metavar="TSV", help="NAME and family of each page; else all are one.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Measure restoration. The spun texts of a folder are restored and compared with their originals."""
    if not folder.is_dir():
        raise UseError(f"{folder}: no such folder")
    from cleaner.config import Settings
    from cleaner.evaluate import FolderError, run

    try:
        result = run(folder, make_restorer(Settings()), families)
    except (FolderError, OSError) as error:
        raise UseError(str(error)) from None
    except UnicodeDecodeError:
        raise UseError(f"{folder}: a page is not UTF-8") from None
    emit_line((result.to_json() if json else result.table()).rstrip("\n"))
