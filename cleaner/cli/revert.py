"""``cleaner revert``: the text as it was before a restoration."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli.console import UseError
from cleaner.cli.options import read_named, write_output

EXAMPLES = """\b
Examples:
  cleaner restore page.txt -o clean.txt --report json=clean.json
  cleaner revert clean.txt clean.json > page.txt
"""


def revert(
    restored: Annotated[
        str, typer.Argument(metavar="RESTORED", help="The restored text as cleaner wrote it; - is standard input.")
    ],
    report: Annotated[str, typer.Argument(metavar="REPORT.json", help="Its report (restore --report json=…).")],
    output: Annotated[str | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """Undo a restoration. Its JSON report gives the input back, byte for byte."""
    from cleaner.edits import inverse
    from cleaner.report.fields import ReportError
    from cleaner.report.json_report import read
    from cleaner.report.json_report import revert as undo

    document, record = read_named(restored), read_named(report)
    try:
        data = read(record.text)
        undo(document.text, data)
    except ReportError as error:
        raise UseError(f"{document.name} cannot be reverted by {record.name}: {error}") from None
    write_output(output, document.rewrite(inverse(data.edits)), (restored, report))
