"""``cleaner explain``: why each change is made."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli.console import emit
from cleaner.cli.options import make_restorer, read_named


def explain(file: Annotated[str, typer.Argument(help="Plain text in UTF-8; - is standard input.")]) -> None:
    """Print every change that would be made, with its reasons and what else was weighed.
    """
    document = read_named(file)
    restorer = make_restorer((), None, None, None)
    from cleaner.report.explain import explain as explanation

    emit(explanation(restorer.restore(document.text), document.name).encode("utf-8"))
