"""The commands put together, and what becomes of their errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from cleaner.cli import apply, batch, config, detect, diff, evaluate, explain, learn, pack, restore, revert, review
from cleaner.cli.console import PipeClosedError, UseError, emit_line, note
from cleaner.garbage import collect_rarely

BAD, INTERRUPTED, PIPE_CLOSED = 2, 130, 141
"""Exit codes: bad use or bad input; as by SIGINT; as by SIGPIPE, for whoever reads our output went away."""

app = typer.Typer(
    name="cleaner",
    help="Gives machine-paraphrased news its original wording back, and explains every change.",
    epilog="Each command has examples: cleaner restore --help",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("restore", epilog=restore.EXAMPLES)(restore.restore)
app.command("batch", epilog=batch.EXAMPLES)(batch.batch)
app.command("detect", epilog=detect.EXAMPLES)(detect.detect)
app.command("explain", epilog=explain.EXAMPLES)(explain.explain)
app.command("review", epilog=review.EXAMPLES)(review.review)
app.command("apply", epilog=apply.EXAMPLES)(apply.apply)
app.command("revert", epilog=revert.EXAMPLES)(revert.revert)
app.command("diff", epilog=diff.EXAMPLES)(diff.diff)
app.command("config", epilog=config.EXAMPLES)(config.config)
app.add_typer(pack.app, name="pack")
app.command("evaluate", epilog=evaluate.EXAMPLES)(evaluate.evaluate)
app.command("learn", epilog=learn.EXAMPLES)(learn.learn)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's own) and return its exit code.

    Errors that a user can cause become one line on stderr and exit code 2; others are bugs, and are raised.
    """
    collect_rarely()
    try:
        return int(app(args=arguments, prog_name="cleaner", standalone_mode=False) or 0)
    except PipeClosedError:
        _drop_stdout()
        return PIPE_CLOSED
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:
        if hasattr(error, "format_message"):  # a command line that Typer refuses
            return _refuse(error.format_message())
        if not isinstance(error, _expected()):
            raise
        _drop_stdout()
        return _refuse(str(error))


def _version(wanted: bool) -> None:
    if wanted:
        from cleaner import __version__

        emit_line(f"cleaner {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        note(context.get_help())
        raise typer.Exit(BAD)


def _expected() -> tuple[type[Exception], ...]:
    from cleaner.allow import AllowError
    from cleaner.batch.plan import BatchError
    from cleaner.config import ConfigError
    from cleaner.documents.extras import MissingExtraError
    from cleaner.documents.read import DocumentError
    from cleaner.edits import EditError
    from cleaner.engines import EngineError
    from cleaner.judge.arpa import ArpaError
    from cleaner.normalise.residue import RuleTimeoutError
    from cleaner.packs.model import PackError

    ours = UseError, AllowError, BatchError, ConfigError, DocumentError, EditError, EngineError
    return *ours, ArpaError, MissingExtraError, RuleTimeoutError, PackError, OSError


def _refuse(message: str) -> int:
    note("cleaner: " + " ".join(message.split()))
    return BAD


def _drop_stdout() -> None:
    """Let what is still buffered for a stdout that fails go nowhere, or the interpreter complains when it ends."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except AttributeError:  # a closed stdout is None
        pass
