"""``cleaner detect``: whether texts are spun, how much, and by which table."""

from __future__ import annotations

import json as json_lib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import flags
from cleaner.cli.console import UseError, emit_line, is_terminal, note
from cleaner.cli.options import make_restorer, read_named, settle_flags
from cleaner.cli.plan import STDIN, Reading
from cleaner.documents.read import DocumentError, Format

if TYPE_CHECKING:
    from cleaner.detection import Detection
    from cleaner.pipeline import Restorer

EXAMPLES = """\b
Examples:
  cleaner detect pages/*.txt
  cleaner detect pages/*.html report.docx --json > verdicts.jsonl
  curl -s https://example.org/page.html | cleaner detect - --format html --check --quiet && echo fine

\b
Verdicts:
  spun     the probability is 50% or more; cleaner restore changes such a text
  human    below 5%, of 60 words or more: written by people, or paraphrased or translated in fluent words, which
           leaves no marks of a synonym table and cannot be told from it
  unclear  what lies between, and short texts without clear marks

\b
Exit codes:
  0  done
  1  --check found a spun text
  2  bad use, or no input was usable
  3  done, but some inputs were skipped (one line each on standard error)
"""


def detect(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILES", help="Text, Markdown, HTML or .docx; - is standard input, and so is nothing in a pipe."
        ),
    ] = None,
    json: Annotated[
        bool,
        typer.Option("--json", help="Print a JSON object a line with everything, evidence and telling swaps, too."),
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 if a text is spun.")] = False,
    format: Annotated[
        Format | None,
        typer.Option(help="Read all inputs as this, whatever their suffix; stdin is plain text if not given."),
    ] = None,
    packs: flags.Packs = None,
    lm: flags.Lm = None,
    allow_files: flags.Allow = None,
    html: flags.Html = None,
    no_config: flags.NoConfig = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing; for the exit code of --check.")] = False,
) -> None:
    """Tell spun texts from others. Each input gets a line: the verdict, how likely that is, how much is spun, and by
    which table.

    Nothing is changed. It takes a fraction of the time of restoring.
    """
    names = files or ([] if is_terminal(sys.stdin) else [STDIN])
    if not names:
        note(context.get_help())
        raise typer.Exit(2)
    if names.count(STDIN) > 1:
        raise UseError("- is given twice; stdin can be read once")
    settings = settle_flags(context).settings
    restorer, reading = make_restorer(settings), Reading(settings.html, format=format)
    from cleaner.cli.work import exit_code

    show = _silent if quiet else _json_line if json else _line
    raise typer.Exit(exit_code([_attempt(name, reading, restorer, show) for name in names], check))


def _attempt(file: str, reading: Reading, restorer: Restorer, show: Callable[[str, Detection], None]) -> bool | None:
    """Whether an input is spun; ``None`` for one that was skipped."""
    from cleaner.normalise.residue import RuleTimeoutError

    try:
        document = read_named(file, reading)
        found = restorer.detect(document.text)
    except DocumentError as error:
        note(f"cleaner: {error}")
        return None
    except RuleTimeoutError as error:
        note(f"cleaner: {document.name}: {error}")
        return None
    show(document.name, found)
    return found.verdict == "spun"


def _line(name: str, found: Detection) -> None:
    from cleaner.report.view import percent

    table = f"spin rate {percent(found.spin_rate)}, dialect {found.dialect}, " if found.dialect else ""
    emit_line(f"{name}: {found.verdict} ({percent(found.spun)} likely spun), {table}{found.words:,} words")


def _json_line(name: str, found: Detection) -> None:
    emit_line(json_lib.dumps({"name": name, **found.as_dict()}, allow_nan=False))


def _silent(name: str, found: Detection) -> None:
    pass
