"""What several commands share: their settings, setting up the restorer, reading an input, writing an output."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cleaner.cli.console import UseError, emit, is_terminal, note
from cleaner.cli.plan import AS_NAMED, STDIN, Reading, identity
from cleaner.documents.read import Document, display_name, read_document, read_stream

if TYPE_CHECKING:
    from cleaner.config import Config, Settings
    from cleaner.pipeline import Restorer


def named_inputs(context: typer.Context, files: Sequence[str] | None) -> Sequence[str]:
    """``files``, or standard input where none is named and something is piped in. Else the command's help is all that
    there is to say: raises ``typer.Exit``.
    """
    if files or not is_terminal(sys.stdin):
        return files or [STDIN]
    note(context.get_help())
    raise typer.Exit(2)


def read_input(path: Path | None, reading: Reading = AS_NAMED) -> Document:
    """The document in ``path``, or on standard input for ``None``. Raises ``DocumentError``."""
    if path is None:
        stream = None if sys.stdin is None else sys.stdin.buffer
        return read_stream(stream, reading.html, utf8=reading.utf8, format=reading.format)
    return read_document(path, reading.html, utf8=reading.utf8, format=reading.format)


def read_named(file: str, reading: Reading = AS_NAMED) -> Document:
    """The document that ``file`` names on the command line (``-``: standard input). Raises ``DocumentError``."""
    return read_input(None if file == STDIN else Path(file), reading)


def write_output(output: str | None, data: bytes, inputs: Sequence[str]) -> None:
    """Write to the file ``output``, or to standard output for ``None``. Raises :class:`UseError` when that is one of
    ``inputs``, and ``DocumentError``.
    """
    if output is None:
        emit(data)
        return
    from cleaner.documents.write import write_file

    check_spared(Path(output), inputs)
    write_file(Path(output), data)


def check_spared(output: Path, inputs: Sequence[str]) -> None:
    """Raise :class:`UseError` when ``output`` is one of ``inputs``."""
    place = identity(output)
    if place is not None and place in [identity(Path(file)) for file in inputs if file != STDIN]:
        raise UseError(f"{display_name(output)} is an input and would be overwritten; choose another name")


def settle_flags(context: typer.Context) -> Config:
    """The settings in force for a command: its flags, over the file that governs the working directory unless
    ``--no-config`` is given. Raises ``ConfigError``.
    """
    from cleaner.config import settle

    flags = dict(context.params)
    if flags.get("kinds") is not None:
        flags["kinds"] = [kind.strip() for kind in flags["kinds"].split(",")]
    return settle(flags, None if flags["no_config"] else Path.cwd())


def make_restorer(settings: Settings, rejected: Collection[tuple[str, str]] = ()) -> Restorer:
    """The restorer that ``settings`` describe; it never makes the substitutions ``rejected`` either. Raises
    ``AllowError``.
    """
    from cleaner.allow import read_allow, read_entry
    from cleaner.pipeline import Restorer

    entries = [read_entry(text) for text in settings.allow]
    entries += [entry for path in settings.allow_files for entry in read_allow(path)]
    return Restorer(
        packs=settings.packs,
        lm=settings.lm,
        kinds=settings.kinds,
        min_confidence=settings.min_confidence,
        rejected=[*rejected, *(entry for entry in entries if not isinstance(entry, str))],
        typography=settings.typography,
        allow=[entry for entry in entries if isinstance(entry, str)],
        quotes=settings.quotes,
        only_spun=settings.only_spun,
    )
