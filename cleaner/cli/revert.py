"""``cleaner revert``: the text as it was before a restoration."""

from __future__ import annotations

import hashlib
from typing import Annotated

import typer

from cleaner.cli.console import UseError
from cleaner.cli.options import read_named, write_output


def revert(
    restored: Annotated[str, typer.Argument(help="The restored text as cleaner wrote it; - is standard input.")],
    report: Annotated[str, typer.Argument(metavar="REPORT.json", help="Its report (restore --report json=…).")],
    output: Annotated[str | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """Undo a restoration with the help of its JSON report: gives the input back byte for byte.
    """
    from cleaner.edits import revert as undo
    from cleaner.report.json_report import read

    document = read_named(restored)
    record = read_named(report)
    found = read(record.text)
    if _sha256(document.text) != found.text_sha256:
        raise UseError(f"{document.name}: not the text that {record.name} is of (its sha256 differs)")
    text = undo(document.text, found.edits)
    write_output(output, document.encode(text), (restored, report))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
