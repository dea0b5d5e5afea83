"""``cleaner diff``: the reports of a restoration, for any two texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.console import UseError, emit_line
from cleaner.cli.options import read_named, write_output
from cleaner.cli.plan import STDIN, read_wish

EXAMPLES = """\b
Examples:
  cleaner diff before.txt after.txt
  cleaner diff before.txt after.txt --report html=changes.html --report docx=changes.docx
  cleaner restore page.txt | cleaner diff page.txt - --report word-diff
  cleaner diff before.txt after.txt --check --report sarif=changes.sarif

\b
Exit codes:
  0  done
  1  --check found a difference
  2  bad use or bad input
"""


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The text as it was; - is standard input.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The text as it is; - is standard input.")],
    check: Annotated[
        bool, typer.Option("--check", help="List the differences, one a line, and exit 1 if there are any.")
    ] = False,
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[=PATH]",
            help="Write this report, as restore does; repeatable. Without a path it takes standard output, and so does"
            " diff where no report is asked for.",
        ),
    ] = None,
) -> None:
    """Show what changed between two texts, word by word."""
    from cleaner.cli.work import CHANGES, DONE, findings, rendered
    from cleaner.diff import compare
    from cleaner.report import FORMATS

    wishes = [read_wish(text, tuple(FORMATS)) for text in report or ([] if check else ["diff"])]
    loose = [wish for wish in wishes if wish.path is None]
    if old == new == STDIN:
        raise UseError("- is given twice; stdin can be read once")
    if len(loose) + check > 1:
        raise UseError("only one --report can go to stdout, and none with --check; give the others a path")
    before, after = read_named(old), read_named(new)
    result = compare(before.text, after.text)
    for wish in wishes:
        place = None if wish.path is None else Path(wish.path)
        write_output(wish.path, rendered(wish.format, place, before, result), (old, new))
    if check:
        for line in findings(before.name, result):
            emit_line(line)
        raise typer.Exit(CHANGES if result.edits else DONE)
