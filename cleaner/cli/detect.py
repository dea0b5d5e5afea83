"""``cleaner detect``: whether texts are spun, how much, and by which table."""

from __future__ import annotations

import json as json_lib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli import flags
from cleaner.cli.console import emit, emit_line, note, refuse
from cleaner.cli.options import make_restorer, named_inputs, read_named, settle_flags
from cleaner.cli.plan import STDIN, Reading
from cleaner.documents.read import DocumentError, Format, display_name

if TYPE_CHECKING:
    from cleaner.detection import Detection
    from cleaner.pipeline import Restorer

EXAMPLES = """\b
Examples:
  cleaner detect pages/*.txt
  cleaner detect pages/*.html report.docx --json > verdicts.jsonl
  cleaner detect articles.jsonl --field body | jq -r 'select(.verdict == "spun") | .url'
  curl -s https://example.org/page.html | cleaner detect - --format html --check --quiet && echo fine

\b
Verdicts:
  spun     the probability is 50% or more; cleaner restore changes such a text
  human    below 1%, of 60 words or more: written by people, or paraphrased or translated in fluent words, which
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
            metavar="FILES",
            help="Text, Markdown, HTML, .docx or .jsonl; - is standard input, and so is nothing in a pipe.",
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
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="The inputs are JSON Lines, whatever their names; for standard input.")
    ] = False,
    field: flags.Field = None,
    packs: flags.Packs = None,
    lm: flags.Lm = None,
    allow_files: flags.Allow = None,
    html: flags.Html = None,
    no_config: flags.NoConfig = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing; for the exit code of --check.")] = False,
) -> None:
    """Tell spun texts from others. Each input gets a line: the verdict, how likely that is, how much is spun, and by
    which table.

    Of .jsonl files the records come out with fields added: verdict, spun, spin_rate, dialect, words, evidence, swaps.
    Nothing else is changed. It takes a fraction of the time of restoring.
    """
    names = named_inputs(context, files)
    records = _are_records(names, jsonl, format)
    settings = settle_flags(context).settings
    restorer, reading = make_restorer(settings), Reading(settings.html, format=format)
    from cleaner.cli.work import exit_code

    if records:
        outcomes = [each for name in names for each in _records(name, settings.field, restorer, quiet)]
    else:
        show = _silent if quiet else _json_line if json else _line
        outcomes = [_attempt(name, reading, restorer, show) for name in names]
    raise typer.Exit(exit_code(outcomes, check))


def _are_records(names: Sequence[str], jsonl: bool, format: Format | None) -> bool:
    """Whether the inputs are JSON Lines. Raises :class:`UseError` for what does not go together."""
    from cleaner.documents.records import JSONL, is_records

    others = [name for name in names if is_records(Path(name)) and not name.lower().endswith(JSONL)]
    found = [jsonl or name.lower().endswith(JSONL) for name in names]
    refusals = (
        (names.count(STDIN) > 1, "- is given twice; stdin can be read once"),
        (jsonl and format is not None, "--format and --jsonl exclude each other"),
        (others and not jsonl and format is None, "of records, detect reads JSON Lines; restore --extra-fields others"),
        (any(found) and not all(found) and format is None, "texts and records cannot be mixed; give them apart"),
    )
    refuse(refusals)
    return all(found) and format is None


def _records(file: str, field: str, restorer: Restorer, quiet: bool) -> Iterator[bool | None]:
    """Whether a record of an input is spun; ``None`` as well where some, or all of it, could not be used."""
    from cleaner.cli.records import Tally, open_records
    from cleaner.detection import FIELDS
    from cleaner.documents.jsonl import annotated

    path = None if file == STDIN else Path(file)
    tally, spun = Tally("<stdin>" if path is None else display_name(path)), 0

    def fields(text: str) -> dict[str, Any]:
        nonlocal spun
        found = restorer.detect(text)
        spun += found.verdict == "spun"
        return found.as_dict()

    try:
        with open_records(path) as source:
            for piece in tally.watch(annotated(source, field, fields, FIELDS)):
                if not quiet:
                    emit(piece.data)
    except DocumentError as error:
        note(f"cleaner: {error}")
        yield None
        return
    if not quiet:
        left = f", {tally.bad:,} not judged" if tally.bad else ""
        note(f"{tally.name}: {tally.records:,} records, {spun:,} spun{left}")
    yield spun > 0
    if tally.bad:
        yield None


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
