"""``cleaner restore``: give texts their original wording back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.console import is_terminal, note
from cleaner.cli.options import make_restorer
from cleaner.cli.plan import BACKUP, STDIN, Reading, Request, make_plan
from cleaner.documents.read import Format, HtmlMode
from cleaner.normalise.typography import Typography

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
    html: Annotated[
        HtmlMode, typer.Option(help="Change the text of pages in place, or extract the article as plain text.")
    ] = "in-place",
    utf8: Annotated[
        bool, typer.Option("--utf8", help="Write UTF-8; if not given, the encoding that was read.")
    ] = False,
    pack: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="A rule pack over the shipped ones; repeatable.")
    ] = None,
    lm: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An ARPA language model instead of the shipped one.")
    ] = None,
    kinds: Annotated[
        str | None,
        typer.Option(
            metavar="KIND,…", help="Make only these edits: spin, spelling, spacing, unicode, residue, agreement."
        ),
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(metavar="0..1", help="Make only edits that are at least this sure.")
    ] = None,
    typography: Annotated[
        Typography,
        typer.Option(
            help="Quotation marks, dashes and spaces: keep them, set them as print does, or type them in ASCII."
        ),
    ] = "keep",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="The inputs are JSON Lines, whatever their names; for standard input.")
    ] = False,
    field: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The field that holds the text in .jsonl, .csv, .tsv and .parquet files; all others stay as they are."
            " A dotted name leads into inner objects of JSON.",
        ),
    ] = "text",
    extra_fields: Annotated[
        bool, typer.Option("--extra-fields", help="Add edits, spin_rate, dialect and spun to each record.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No summary and no progress on standard error.")] = False,
) -> None:
    """Restore texts. The result goes to standard output, in order, unless -o or --in-place says otherwise.

    Bytes that are not changed come out as they went in: line ends, byte order mark and all.
    """
    names = files or ([] if is_terminal(sys.stdin) else [STDIN])
    if not names:
        note(context.get_help())
        raise typer.Exit(2)
    from cleaner.cli.records import Wish, are_records, carry_out_records
    from cleaner.cli.work import carry_out
    from cleaner.report import FORMATS, JOINED

    request = Request(names, output, in_place, backup, check, report or (), Reading(html, utf8, format))
    wish = Wish(field, extra_fields, jsonl)
    records = are_records(request, wish)
    plan = make_plan(request, tuple(FORMATS), tuple(JOINED))
    restorer = make_restorer(pack or (), lm, kinds, min_confidence, typography)
    if records:
        raise typer.Exit(carry_out_records(plan, wish, restorer, quiet))
    raise typer.Exit(carry_out(plan, restorer, quiet))
