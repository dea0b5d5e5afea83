"""``cleaner batch``: many files cleaned at once, with a report on each and a summary."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleaner.cli import flags
from cleaner.cli.console import UseError, is_terminal, note, progress
from cleaner.cli.options import make_restorer, settle_flags
from cleaner.cli.plan import STDIN
from cleaner.documents.read import display_name, printable

if TYPE_CHECKING:
    from cleaner.batch.plan import Plan
    from cleaner.batch.summary import Summary

DONE, BAD, SKIPPED = 0, 2, 3
"""Exit codes: all done; nothing was usable; some files or records failed."""
LISTED = 20
"""How many failures are listed; the summary has all."""
EXAMPLES = """\b
Examples:
  cleaner batch scraped/ clean/
  cleaner batch scraped/ clean/ --resume                  (after Ctrl-C, a crash, or new files)
  cleaner batch 'scraped/2021-*/**/*.html' clean/ --jobs 4
  find scraped -name '*.txt' -mtime -1 | cleaner batch - clean/
  cleaner batch scraped/ clean/ --resume --reject rejections.tsv

\b
What lies where:
  clean/…                       each text under its own name, in the folders of the input
  clean/reports/index.html      the summary to look at; summary.json, files.csv and substitutions.csv hold the same
  clean/reports/….html, .json   the report on each text: NAME.txt.html, NAME.txt.json
  clean/.cleaner/               what is done so far

\b
Exit codes:
  0    done
  2    bad use, or no file was usable
  3    done, but some files or records failed (listed at the end)
  130  stopped by Ctrl-C; --resume goes on
"""


def batch(
    context: typer.Context,
    places: Annotated[
        list[str],
        typer.Argument(
            metavar="IN… OUT",
            help="Folders, files or quoted patterns, or - for a list of paths on standard input; then the folder for"
            " the results.",
        ),
    ],
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the batch in OUT: what is done and unchanged is skipped.")
    ] = False,
    reject: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Substitutions never to make: before<TAB>after a line."),
    ] = None,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(help="Who does the work: processes of this machine, or Ray, which may have many machines."),
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="With --engine ray: a cluster whose machines all see IN and OUT."),
    ] = None,
    reports: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for reports and summary; OUT/reports if not given.")
    ] = None,
    packs: flags.Packs = None,
    lm: flags.Lm = None,
    kinds: flags.Kinds = None,
    min_confidence: flags.MinConfidence = None,
    typography: flags.Typography = None,
    quotes: flags.Quotes = None,
    only_spun: flags.OnlySpun = None,
    allow_files: flags.Allow = None,
    field: flags.Field = None,
    jobs: flags.Jobs = None,
    no_config: flags.NoConfig = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Name the files that are left out.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no summary on standard error.")] = False,
) -> None:
    """Clean many files: texts, Markdown, HTML, Word, and JSONL, CSV, TSV or Parquet with a text in a field.

    The inputs are only read. One bad file never stops a batch, and what is done survives any end of it.
    """
    *inputs, last = places
    if not inputs:
        raise UseError("give inputs and then the folder for the results: cleaner batch IN OUT")
    if address and engine != "ray":
        raise UseError("--address goes with --engine ray")
    ray = (address or "local") if engine == "ray" else None
    out = Path(last)
    from cleaner.batch.plan import make_plan
    from cleaner.batch.run import Batch, open_manifest, pending, run
    from cleaner.batch.settings import read_rejections, settings_key

    settings = settle_flags(context).settings
    folder = reports or out / "reports"
    plan = make_plan([place for place in inputs if place != STDIN], _listed(inputs), out, folder)
    _tell_plan(plan, verbose, quiet)
    rejected = read_rejections(reject) if reject else ()
    restorer = make_restorer(settings, rejected)
    whole = Batch(plan, out, folder, settings.field, settings_key(restorer, settings.field))
    with open_manifest(whole, resume) as manifest:
        tasks = pending(whole, manifest, restorer)
        if resume and not quiet:
            note(f"{len(plan.inputs) - len(tasks):,} done already, {len(tasks):,} to do")
        try:
            with progress(len(tasks), is_terminal(sys.stderr) and not quiet) as (_, step):
                summary = run(whole, manifest, tasks, restorer, settings.jobs, step, ray)
        except KeyboardInterrupt:
            again = [*sys.argv[1:], *([] if resume else ["--resume"])]
            note(f"stopped; what is done is kept. Go on with: cleaner {shlex.join(again)}")
            raise
    _tell_summary(summary, folder, quiet)
    whole_done = not (summary.failed or summary.rejects)
    raise typer.Exit(DONE if whole_done else SKIPPED if summary.done else BAD)


def _listed(inputs: list[str]) -> list[str]:
    if STDIN not in inputs:
        return []
    if inputs.count(STDIN) > 1 or sys.stdin is None:
        raise UseError("- is given twice or closed; standard input can be read once")
    from cleaner.batch.plan import read_list

    return read_list(sys.stdin.buffer.read())


def _tell_plan(plan: Plan, verbose: bool, quiet: bool) -> None:
    from cleaner.batch.plan import SUFFIXES

    if not plan.inputs:
        raise UseError(f"there is no file to clean; a batch takes {' '.join(SUFFIXES)}")
    if verbose:
        for path in plan.others:
            note(f"left out: {display_name(path)}")
    elif plan.others and not quiet:
        note(f"left out for their suffix: {len(plan.others):,} (--verbose names them)")


def _tell_summary(summary: Summary, reports: Path, quiet: bool) -> None:
    """Failures are told even where all else is not: an exit code alone helps nobody."""
    for file in summary.failed[:LISTED]:
        note(f"cleaner: {file.reason}")
    if len(summary.failed) > LISTED:
        note(f"cleaner: … and {len(summary.failed) - LISTED:,} more, see files.csv")
    for file in summary.done if summary.rejects else ():
        if file.rejects:
            note(f"cleaner: {printable(file.name)}: {file.rejects:,} records could not be used; see its rejects")
    if quiet:
        return
    f = summary.figures
    failed = f", {len(summary.failed):,} failed" if summary.failed else ""
    counts = f"{f.words:,} words, {f.changes:,} changes, {f.suggestions:,} suggestions"
    note(f"{len(summary.done):,} files done{failed}: {counts}")
    note(f"summary: {display_name(reports / 'index.html')}")
