"""``cleaner restore``: give texts their original wording back."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import flags
from cleaner.cli.options import make_restorer, named_inputs, settle_flags
from cleaner.cli.plan import BACKUP, Reading, Request, make_plan
from cleaner.documents.read import Format

EXAMPLES = """\b
Examples:
  cleaner restore page.txt > clean.txt
  curl -s https://example.org/page.txt | cleaner restore | less
  cleaner restore pages/*.txt -o clean/ --report html=reports/
  cleaner restore page.txt -o clean.txt --report json=page.json --report diff
  cleaner restore --in-place --backup .spun pages/*.html
  cleaner restore pages/*.html --html extract -o articles/
  cleaner restore --check --quiet pages/*.txt --report sarif=pages.sarif
  cleaner restore articles.jsonl prices.csv -o clean/ --field body
  zcat articles.jsonl.gz | cleaner restore --jsonl --extra-fields | gzip > clean.jsonl.gz
  cleaner restore --allow house-words.txt --quotes suggest page.txt

\b
Exit codes:
  0  done
  1  --check found something to change
  2  bad use, or no input was usable
  3  done, but some inputs were skipped (one line each on standard error)
"""


def restore(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILES", help="Text, Markdown, HTML or .docx; - is standard input, and so is nothing in a pipe."
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", help="Write to this file; into this folder for several inputs or FOLDER/."),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Change the files; what was is kept as FILE.orig.")
    ] = False,
    backup: Annotated[
        str | None,
        typer.Option(
            metavar="SUFFIX", help=f'With --in-place: suffix of what is kept, {BACKUP} if not given; "" keeps nothing.'
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing, list what would change, and exit 1 if anything would.")
    ] = False,
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[=PATH]",
            help="Also write a report: diff, word-diff, json, jsonl, html, md, sarif or docx; repeatable. Without a"
            " path it takes standard output. For several inputs PATH is a FOLDER/ (gets NAME.FORMAT each) or holds"
            " {name}; diff, word-diff, jsonl and sarif can also be one file on all of them.",
        ),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(help="Read all inputs as this, whatever their suffix; stdin is plain text if not given."),
    ] = None,
    packs: flags.Packs = None,
    lm: flags.Lm = None,
    kinds: flags.Kinds = None,
    min_confidence: flags.MinConfidence = None,
    typography: flags.Typography = None,
    quotes: flags.Quotes = None,
    only_spun: flags.OnlySpun = None,
    allow_files: flags.Allow = None,
    html: flags.Html = None,
    utf8: flags.Utf8 = None,
    field: flags.Field = None,
    no_config: flags.NoConfig = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="The inputs are JSON Lines, whatever their names; for standard input.")
    ] = False,
    extra_fields: Annotated[
        bool, typer.Option("--extra-fields", help="Add edits, spin_rate, dialect and spun to each record.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No summary and no progress on standard error.")] = False,
) -> None:
    """Restore texts. The result goes to standard output, in order, unless -o or --in-place says otherwise.

    Bytes that are not changed come out as they went in: line ends, byte order mark and all. Flags go before what
    [tool.cleaner] in pyproject.toml says (cleaner config shows both). Text between <!-- cleaner: off --> and
    <!-- cleaner: on --> is left alone, and so is a line with <!-- cleaner: skip -->.
    """
    names = named_inputs(context, files)
    from cleaner.cli.records import Wish, are_records, carry_out_records
    from cleaner.cli.work import carry_out
    from cleaner.report import FORMATS, JOINED

    settings = settle_flags(context).settings
    reading = Reading(settings.html, settings.utf8, format)
    request = Request(names, output, in_place, backup, check, report or (), reading)
    wish = Wish(settings.field, extra_fields, jsonl)
    records = are_records(request, wish)
    plan = make_plan(request, tuple(FORMATS), tuple(JOINED))
    restorer = make_restorer(settings)
    if records:
        raise typer.Exit(carry_out_records(plan, wish, restorer, quiet))
    raise typer.Exit(carry_out(plan, restorer, quiet))
