"""``cleaner review``: read the changes of texts in the browser, and decide on them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import flags
from cleaner.cli.console import UseError, emit_line, note
from cleaner.cli.options import make_restorer, settle_flags
from cleaner.cli.plan import STDIN

EXAMPLES = """\b
Examples:
  cleaner review page.txt --open
  cleaner review pages/ --decisions decisions/
  cleaner apply page.txt page.txt.decisions.json -o final.txt

The page is served to this machine alone; the printed address works once. Ctrl-C ends the review.
"""


def review(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATHS", help="Plain text in UTF-8; a folder stands for its .txt files.")
    ],
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where decisions go; if not given, NAME.decisions.json beside each text."),
    ] = None,
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="Any free one if not given.")] = 0,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    packs: flags.Packs = None,
    lm: flags.Lm = None,
    kinds: flags.Kinds = None,
    min_confidence: flags.MinConfidence = None,
    typography: flags.Typography = None,
    quotes: flags.Quotes = None,
    only_spun: flags.OnlySpun = None,
    allow_files: flags.Allow = None,
    no_config: flags.NoConfig = False,
) -> None:
    """Review texts in the browser. Every decision is saved at once, and a review goes on where it stopped."""
    if STDIN in paths:
        raise UseError("review keeps decisions beside a file, so it cannot read standard input; name a file")
    from cleaner.review.desk import Desk, sheets
    from cleaner.review.server import HOST, Server

    restorer = make_restorer(settle_flags(context).settings)
    desk = Desk(sheets([Path(path) for path in paths], decisions), restorer.restore)
    desk.check()
    try:
        server = Server(desk, port)
    except OSError as error:
        raise UseError(f"port {port} of {HOST} cannot be used ({error.strerror}); choose another --port") from None
    emit_line(server.url)
    note(f"{len(desk)} {'text' if len(desk) == 1 else 'texts'} to review; Ctrl-C ends")
    if open_:
        import webbrowser

        webbrowser.open(server.url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        texts, made, whole = desk.figures()
        note(f"\n{made:,} of {whole:,} decisions made on {texts} of {len(desk)} texts")
    finally:
        desk.close()
        server.server_close()
